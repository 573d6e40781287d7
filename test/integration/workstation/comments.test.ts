import { expect, test } from 'vitest';
import type { Act } from '../../../shared/decision.ts';
import type { ReviewSubject } from '../../../shared/ipc.ts';
import type { Mark } from '../../../shared/mark.ts';
import type { Submission } from '../../../shared/submission.ts';
import { HOLDS, openOffice, openSyncedDesk, rows, signIn, status, type TestDesk } from '../../helpers/office.ts';
import { until } from '../../helpers/until.ts';

const MARKS: Mark[] = [{ x: 0.25, y: 0.1, width: 0.5, height: 0.1, reason: 'S01' }];

async function firstSubject(bench: TestDesk): Promise<ReviewSubject> {
  const [row] = await rows(bench);
  if (!row) throw new Error('the queue is empty');
  return bench.handlers.subject({ id: row.id });
}

function imageOf({ images }: Submission, index: number) {
  const image = images[index];
  if (!image) throw new Error('no such picture');
  return { slot: image.slot, sha256: image.sha256 };
}

const returned = (of: Submission, index: number, reasons: ['S01'] | ['Q01'], marks?: Mark[]): Act => ({
  kind: 'image.return',
  ...imageOf(of, index),
  reasons,
  comment: '',
  ...(marks ? { marks } : {}),
});

test('marks and notes are on screen at once, reach a colleague, and go with the undo', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office);
  const { submission } = await firstSubject(bench);
  const { id, revision } = submission;
  const decide = (act: Act) => bench.handlers.decide({ submissionId: id, revision, act });
  await decide(returned(submission, 1, ['S01'], MARKS));
  const noted = await decide({ kind: 'submission.note', image: imageOf(submission, 0), text: '已电话核实' });
  expect(noted.subject.submission.images[1]?.marks).toEqual(MARKS);
  expect(noted.subject.submission.notes).toMatchObject([{ id: noted.decision.id, text: '已电话核实', by: null }]);
  await status(bench, 'both are sent', ({ sent }) => sent === 2);

  const colleague = await openSyncedDesk(office, { holds: HOLDS });
  await colleague.desk.signOut();
  await signIn(colleague, office, 'reviewer2');
  await until('the colleague has it', async () => (await rows(colleague)).length > 0);
  const theirs = await colleague.handlers.subject({ id });
  expect(theirs.submission.images[1]?.marks).toEqual(MARKS);
  expect(theirs.submission.notes).toMatchObject([{ text: '已电话核实', by: { name: expect.any(String) } }]);

  // Written beside somebody else's review; withdrawn before it is sent.
  const beside = await colleague.handlers.decide({
    submissionId: id,
    revision,
    act: { kind: 'submission.note', image: null, text: '同意' },
  });
  expect(beside.subject.submission.notes).toHaveLength(2);
  await colleague.handlers.undo({ submissionId: id });
  expect((await colleague.handlers.subject({ id })).submission.notes).toHaveLength(1);
});

test('a return taken back takes its marks along, and its reason is not counted', async () => {
  const bench = await openSyncedDesk(await openOffice(1), { holds: HOLDS });
  const { submission } = await firstSubject(bench);
  const { id, revision } = submission;
  const decide = (act: Act) => bench.handlers.decide({ submissionId: id, revision, act });
  expect(await bench.handlers.reasonUses(undefined)).toEqual({});
  await decide(returned(submission, 0, ['Q01']));
  await decide(returned(submission, 1, ['Q01']));
  await decide(returned(submission, 1, ['S01'], MARKS));
  expect(await bench.handlers.reasonUses(undefined)).toEqual({ Q01: 2, S01: 1 });
  await bench.handlers.undo({ submissionId: id });
  expect(await bench.handlers.reasonUses(undefined)).toEqual({ Q01: 2 });
  expect((await bench.handlers.subject({ id })).submission.images[1]).not.toHaveProperty('marks');
});

import { expect, it } from 'vitest';
import { factsOf } from '../../../../shared/audit/facts.ts';
import { AuditKind } from '../../../../shared/audit/wire.ts';
import { Act } from '../../../../shared/decision.ts';
import { Viewed } from '../../../../shared/viewing.ts';
import { sha } from '../../../factories/submission.ts';

const act = (from: unknown): Act => Act.parse(from);

it('a return is found by each of its reasons, the materials that it names and all its words', () => {
  const returned = act({
    kind: 'submission.return',
    images: [{ slot: 'M03-1', sha256: sha(1), reasons: ['Q01', 'S01'], comment: ' 公章不清 ' }],
    kept: [{ slot: 'M01-1', sha256: sha(2) }],
    materials: [{ material: 'M05', reasons: ['N05'], comment: '' }],
    form: { reasons: ['Q01'], comment: '单位名称' },
  });
  expect(factsOf({ act: returned })).toEqual({
    kind: 'submission.return',
    slot: null,
    reasons: ['Q01', 'S01', 'N05'],
    materials: ['M03', 'M05'],
    words: '公章不清\n单位名称',
    viewedMs: null,
  });
});

it('viewing time is that of the picture that was seen for the shortest time; one that was not seen counts as none', () => {
  const approve = act({
    kind: 'submission.approve',
    images: [
      { slot: 'M01-1', sha256: sha(1) },
      { slot: 'M03-1', sha256: sha(2) },
    ],
  });
  const seen = (slot: string, of: number, ms: number) =>
    Viewed.parse({ slot, sha256: sha(of), ms, percent: 50, rotated: false });
  expect(factsOf({ act: approve, viewed: [seen('M01-1', 1, 900), seen('M03-1', 2, 400)] }).viewedMs).toBe(400);
  expect(factsOf({ act: approve, viewed: [seen('M01-1', 1, 900), seen('M03-1', 9, 400)] }).viewedMs).toBe(0);
  const note = act({ kind: 'submission.note', image: null, text: '请复核' });
  expect(factsOf({ act: note, viewed: [] })).toMatchObject({ viewedMs: null, words: '请复核', slot: null });
});

it('every kind of act can be filtered by', () => {
  expect(AuditKind.options).toHaveLength(Act.options.length);
});

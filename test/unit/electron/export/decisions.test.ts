import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { decisionsToExport, recordedFilter } from '../../../../electron/export/decisions.ts';
import { AuditFilter, AuditRow } from '../../../../shared/audit/wire.ts';
import { approval, decision, NOW, submission } from '../../../factories/submission.ts';

const of = submission();
const made = decision(of, approval(of));
const row = (key: number) =>
  AuditRow.parse({
    key,
    id: made.id,
    submissionId: of.id,
    registrationNumber: of.registrationNumber,
    name: '考生甲',
    by: { id: 'acc-1', name: '样例审核员一', level: 'site' },
    at: NOW,
    kind: 'submission.approve',
    slot: null,
    reasons: [],
    words: '',
    outcome: 'applied',
    problem: null,
    viewedMs: null,
    reopened: false,
  });

it('reads page after page to the end, and says when there is more than may be exported', async () => {
  const all = Array.from({ length: 450 }, (_, n) => row(450 - n));
  const asked: (number | null)[] = [];
  const page = async ({ after, limit }: { after: number | null; limit: number }) => {
    asked.push(after);
    const rest = all.filter(({ key }) => after === null || key < after);
    const rows = rest.slice(0, limit);
    return { rows, next: rest.length > limit ? (rows.at(-1)?.key ?? null) : null };
  };
  const whole = await decisionsToExport(page, AuditFilter.parse({}));
  expect(whole.rows.map(({ key }) => key)).toEqual(all.map(({ key }) => key));
  expect(whole.cut).toBe(false);
  expect(asked).toEqual([null, 251, 51]);
  expect(await decisionsToExport(page, AuditFilter.parse({}), 300)).toMatchObject({ cut: true, rows: { length: 300 } });
  expect(await decisionsToExport(page, AuditFilter.parse({}), 450)).toMatchObject({
    cut: false,
    rows: { length: 450 },
  });
});

it('keeps of the words that were searched for only their hash', () => {
  const filter = AuditFilter.parse({ search: ' 公章 ', outcome: 'refused', reason: 'S01', kind: 'submission.return' });
  const kept = recordedFilter(filter);
  expect(kept).toMatchObject({ outcome: 'refused', conflicts: false, reasons: ['S01'], kinds: ['submission.return'] });
  expect(kept.search).toBe(createHash('sha256').update('公章').digest('hex'));
  expect(JSON.stringify(kept)).not.toContain('公章');
});

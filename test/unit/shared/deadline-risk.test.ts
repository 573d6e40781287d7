import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beijingDate, type DeadlineRisk, deadlineRisk, type UnsentConclusion } from '../../../shared/deadline-risk.ts';
import { reviewEnd } from '../../../shared/policy.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Friday; 72 hours for candidates. */
const RULES = { reviewUntil: '2026-03-06', reuploadHours: 72 };
const END = Date.parse('2026-03-06T15:59:59.999Z');
const returned: UnsentConclusion = { kind: 'return', deadline: null };
const returns = (now: number, deadline: string | null = null) =>
  deadlineRisk([{ kind: 'return', deadline }], [], RULES, now);

describe('returns that wait', () => {
  it('lose nothing while the whole time to upload again fits before the end of the review', () => {
    expect(returns(END - 72 * HOUR)).toMatchObject({ level: 'none', returns: { total: 1, closing: [] } });
    expect(returns(END - 72 * HOUR + 1)).toEqual({
      level: 'soon',
      returns: { total: 1, closing: [{ at: '2026-03-06T15:59:59.999Z', count: 1, urgency: 'soon' }] },
      conclusions: { total: 0, closing: [] },
      undecided: { total: 0, closing: [] },
    });
  });

  it('are urgent on the last day as the calendar of Beijing has it, and too late after its last moment', () => {
    const urgency = (now: string) => returns(Date.parse(now)).returns.closing[0]?.urgency;
    expect(urgency('2026-03-05T15:59:59.999Z')).toBe('soon');
    expect(urgency('2026-03-05T16:00:00.000Z')).toBe('today');
    expect(urgency('2026-03-06T15:59:59.998Z')).toBe('today');
    expect(urgency('2026-03-06T15:59:59.999Z')).toBe('past');
    expect(returns(END).level).toBe('today');
  });

  it('go by the end that the service gave their submission, where it gave one', () => {
    const early = '2026-03-04T02:00:00.000Z';
    expect(returns(Date.parse(early) - HOUR, early).returns.closing).toEqual([
      { at: early, count: 1, urgency: 'today' },
    ]);
  });

  it('are gathered by day: 3 returns, of which 2 close on Friday', () => {
    const later = '2026-03-12T15:59:59.999Z';
    const three: UnsentConclusion[] = [returned, { kind: 'return', deadline: later }, returned];
    expect(deadlineRisk(three, [], RULES, END - 2 * DAY).returns).toEqual({
      total: 3,
      closing: [{ at: '2026-03-06T15:59:59.999Z', count: 2, urgency: 'soon' }],
    });
  });
});

describe('approvals, refusals and what is still to be decided', () => {
  const others: UnsentConclusion[] = [
    { kind: 'approve', deadline: null },
    { kind: 'refuse', deadline: null },
  ];
  it('are at risk within two days of the end', () => {
    expect(deadlineRisk(others, [], RULES, END - 2 * DAY)).toMatchObject({ level: 'none' });
    const near = deadlineRisk(others, [], RULES, END - 2 * DAY + 1);
    expect(near).toMatchObject({ level: 'soon', returns: { total: 0 } });
    expect(near.conclusions).toEqual({ total: 2, closing: [{ at: reviewEnd(RULES), count: 2, urgency: 'soon' }] });
    const undecided = [
      { deadline: '2026-03-06T15:59:59.999Z', count: 40 },
      { deadline: '2026-03-09T15:59:59.999Z', count: 7 },
    ];
    expect(deadlineRisk([], undecided, RULES, END - HOUR)).toMatchObject({
      level: 'today',
      undecided: { total: 47, closing: [{ count: 40, urgency: 'today' }] },
    });
  });
});

const instants = fc.integer({ min: END - 30 * DAY, max: END + 10 * DAY });
const unsent = fc.array(
  fc.record({
    kind: fc.constantFrom<UnsentConclusion['kind']>('return', 'approve', 'refuse'),
    deadline: fc.option(instants.map((ms) => new Date(ms).toISOString())),
  }),
);
const undecided = fc.array(
  fc.record({ deadline: instants.map((ms) => new Date(ms).toISOString()), count: fc.integer({ min: 1, max: 50 }) }),
);
const RANK = { none: 0, soon: 1, today: 2 } as const;
const sum = (closing: DeadlineRisk['returns']['closing']) => closing.reduce((total, { count }) => total + count, 0);

it('never lists more than there is, nor a day twice, in order of time, and the level is that of the worst', () => {
  fc.assert(
    fc.property(unsent, undecided, instants, (all, open, now) => {
      const risk = deadlineRisk(all, open, RULES, now);
      for (const { total, closing } of [risk.returns, risk.conclusions, risk.undecided]) {
        expect(sum(closing)).toBeLessThanOrEqual(total);
        const keys = closing.map(({ at, urgency }) => `${beijingDate(Date.parse(at))} ${urgency}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(closing.map(({ at }) => at)).toEqual(closing.map(({ at }) => at).toSorted());
        for (const { at, urgency } of closing) expect(urgency === 'past').toBe(Date.parse(at) <= now);
      }
      const urgencies = [risk.returns, risk.conclusions, risk.undecided].flatMap(({ closing }) =>
        closing.map(({ urgency }) => urgency),
      );
      expect(risk.level === 'none').toBe(urgencies.length === 0);
      expect(risk.level === 'today').toBe(urgencies.some((urgency) => urgency !== 'soon'));
      expect(risk.returns.total + risk.conclusions.total).toBe(all.length);
    }),
  );
});

it('only grows while time passes and nothing is sent', () => {
  fc.assert(
    fc.property(unsent, undecided, instants, fc.integer({ min: 0, max: 20 * DAY }), (all, open, now, passed) => {
      const [before, after] = [deadlineRisk(all, open, RULES, now), deadlineRisk(all, open, RULES, now + passed)];
      expect(RANK[after.level]).toBeGreaterThanOrEqual(RANK[before.level]);
      expect(sum(after.returns.closing)).toBeGreaterThanOrEqual(sum(before.returns.closing));
      expect(sum(after.undecided.closing)).toBeGreaterThanOrEqual(sum(before.undecided.closing));
    }),
  );
});

it('does not depend on the order in which decisions wait', () => {
  fc.assert(
    fc.property(unsent, instants, (all, now) => {
      expect(deadlineRisk(all.toReversed(), [], RULES, now)).toEqual(deadlineRisk(all, [], RULES, now));
    }),
  );
});

it('counts days by Beijing, whatever the zone of the computer', () => {
  expect(beijingDate(Date.parse('2026-03-05T15:59:59.999Z'))).toBe('2026-03-05');
  expect(beijingDate(Date.parse('2026-03-05T16:00:00.000Z'))).toBe('2026-03-06');
});

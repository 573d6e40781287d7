import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  admit,
  type ClaimState,
  endClaim,
  type Holder,
  moveClaim,
  releaseClaim,
  renewClaim,
  shownClaim,
  takeClaim,
  UNCLAIMED,
} from '../../../shared/claim.ts';
import { AccountId } from '../../../shared/ids.ts';
import { NOW } from '../../factories/submission.ts';

const HOURS = 72;
const HOUR = 3_600_000;
const who = (id: string): Holder => ({ id: AccountId.parse(id), name: `样例${id}` });
const [a, b] = [who('a'), who('b')];
const at = (hours: number) => new Date(Date.parse(NOW) + hours * HOUR).toISOString();
const moment = (hours: number) => ({ now: at(hours), hours: HOURS });
const taken = (state: ClaimState, holder: Holder, hours: number) => takeClaim(state, holder, moment(hours)).state;

describe('a claim', () => {
  it('is the first one’s until it ends, then anybody’s, each under the next token', () => {
    const first = taken(UNCLAIMED, a, 0);
    expect(first).toEqual({ token: 1, holder: a, since: NOW, until: at(72) });
    expect(takeClaim(first, b, moment(1))).toEqual({ granted: false, state: first });
    expect(takeClaim(first, b, moment(72))).toMatchObject({ granted: true, state: { token: 2, holder: b } });
    expect(takeClaim(endClaim(first, at(1)), b, moment(1))).toMatchObject({ granted: true, state: { token: 2 } });
    expect(taken(first, a, 80)).toEqual({ token: 1, holder: a, since: at(80), until: at(152) });
  });

  it('lasts longer with every word from its holder, and from nobody else', () => {
    const first = taken(UNCLAIMED, a, 0);
    expect(renewClaim(first, a, moment(50)).until).toBe(at(122));
    expect(renewClaim(first, b, moment(50))).toBe(first);
    expect(renewClaim(first, a, moment(72))).toBe(first);
  });

  it('is given back only by its holder, under its token', () => {
    const first = taken(UNCLAIMED, a, 0);
    expect(shownClaim(releaseClaim(first, a, 1, at(1)), at(1))).toBeNull();
    expect(releaseClaim(first, b, 1, at(1))).toBe(first);
    expect(releaseClaim(moveClaim(moveClaim(first, b, moment(1)), a, moment(2)), a, 1, at(3)).token).toBe(3);
  });
});

describe('a decision', () => {
  const first = taken(UNCLAIMED, a, 0);
  it('counts for who holds the claim, and claims where nobody does', () => {
    expect(admit(first, a, 1, moment(1))).toMatchObject({ ok: true, state: { token: 1, until: at(73) } });
    expect(admit(first, a, null, moment(1))).toMatchObject({ ok: true, state: { token: 1 } });
    expect(admit(UNCLAIMED, b, null, moment(1))).toMatchObject({ ok: true, state: { token: 1, holder: b } });
    expect(admit(endClaim(first, at(1)), b, null, moment(2))).toMatchObject({ ok: true, state: { token: 2 } });
  });

  it('counts under a claim whose time is over, as long as nobody took it in between', () => {
    expect(admit(first, a, 1, moment(500))).toMatchObject({ ok: true, state: { token: 1, holder: a } });
    const between = endClaim(taken(first, b, 80), at(90));
    expect(admit(between, a, 1, moment(100))).toEqual({ ok: false, problem: 'claim.lost', claim: null });
  });

  it('does not count while another holds the claim, and says who', () => {
    const claim = { token: 1, holder: a, since: NOW };
    expect(admit(first, b, null, moment(1))).toEqual({ ok: false, problem: 'claim.held', claim });
    const moved = moveClaim(first, b, moment(1));
    expect(admit(moved, a, 1, moment(2))).toEqual({
      ok: false,
      problem: 'claim.lost',
      claim: { token: 2, holder: b, since: at(1) },
    });
  });

  it('of before a takeover is lost, also when the claim went to nobody or came back', () => {
    const freed = moveClaim(first, null, moment(1));
    expect(admit(freed, a, 1, moment(2))).toEqual({ ok: false, problem: 'claim.lost', claim: null });
    expect(admit(freed, a, null, moment(2))).toMatchObject({ ok: true, state: { token: 3, holder: a } });
    const back = moveClaim(moveClaim(first, b, moment(1)), a, moment(2));
    expect(admit(back, a, 1, moment(3))).toMatchObject({ ok: false, problem: 'claim.lost' });
    expect(admit(back, a, 3, moment(3))).toMatchObject({ ok: true });
  });

  it('under a token that a restored service has forgotten counts unless another holds the claim', () => {
    expect(admit(UNCLAIMED, a, 5, moment(0))).toMatchObject({ ok: true, state: { token: 5, holder: a } });
    expect(admit(first, b, 5, moment(1))).toMatchObject({ ok: false, problem: 'claim.lost' });
  });
});

type Step =
  | { kind: 'claim' | 'release' | 'decide' | 'conclude' | 'sync' | 'news'; by: number; wait: number }
  | { kind: 'move'; to: number | null; wait: number };

const person = fc.integer({ min: 0, max: 2 });
const wait = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100 }));
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom('claim', 'release', 'decide', 'conclude', 'sync', 'news'),
      by: person,
      wait,
    }),
    fc.record({ kind: fc.constant('move' as const), to: fc.option(person), wait }),
  ),
  { minLength: 1, maxLength: 40 },
);
const PEOPLE = [a, b, who('c')];

/**
 * Plays what people do at the one clock of the service. Each knows of the claim what they last heard (`news`), and a
 * decision carries the token of that, however old it is by then. Tells who held the claim when, apart from the rule.
 */
function play(all: readonly Step[]) {
  const knows: (number | null)[] = PEOPLE.map(() => null);
  const held: { by: number | null; token: number }[] = [];
  const applied: { by: number; token: number | null; after: number }[] = [];
  const tokens: number[] = [0];
  let state = UNCLAIMED;
  let hours = 0;
  for (const step of all) {
    hours += step.wait;
    const { now } = moment(hours);
    const before = state;
    const live = shownClaim(before, now)?.holder.id ?? null;
    if (step.kind === 'move') {
      state = moveClaim(state, step.to === null ? null : (PEOPLE[step.to] ?? null), moment(hours));
    } else {
      const me = PEOPLE[step.by] ?? a;
      const mine = knows[step.by] ?? null;
      if (step.kind === 'news') knows[step.by] = state.holder?.id === me.id && live === me.id ? state.token : null;
      if (step.kind === 'claim') {
        const { granted, state: next } = takeClaim(state, me, moment(hours));
        expect(granted).toBe(live === null || live === me.id);
        state = next;
        if (granted) knows[step.by] = state.token;
      }
      if (step.kind === 'release' && mine !== null) state = releaseClaim(state, me, mine, now);
      if (step.kind === 'sync') state = renewClaim(state, me, moment(hours));
      if (step.kind === 'decide' || step.kind === 'conclude') {
        const admitted = admit(state, me, mine, moment(hours));
        // Never while another one holds it.
        if (live !== null && live !== me.id) expect(admitted.ok).toBe(false);
        // And always for who holds it under the present token, or asks where nobody holds it and nothing is old.
        if (live === me.id && (mine === null || mine === state.token)) expect(admitted.ok).toBe(true);
        if (live === null && mine === null) expect(admitted.ok).toBe(true);
        if (admitted.ok) {
          applied.push({ by: step.by, token: mine, after: held.length });
          state = step.kind === 'conclude' ? endClaim(admitted.state, now) : admitted.state;
        }
      }
    }
    if (state.token !== before.token) {
      const by = PEOPLE.findIndex(({ id }) => id === state.holder?.id);
      held.push({ by: by === -1 ? null : by, token: state.token });
    }
    tokens.push(state.token);
  }
  return { tokens, held, applied };
}

describe('whatever three reviewers and a supervisor do', () => {
  it('tokens only grow, and each names one holder', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { tokens, held } = play(all);
        expect(tokens).toEqual([...tokens].sort((x, y) => x - y));
        expect(new Set(held.map(({ token }) => token)).size).toBe(held.length);
        expect(held.map(({ token }) => token)).toEqual(held.map((_, index) => index + 1));
        for (const [index, { by }] of held.entries()) if (index > 0) expect(by).not.toBe(held[index - 1]?.by);
      }),
      { numRuns: 500 },
    );
  });

  it('no decision under a token counts after another one held the claim', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { held, applied } = play(all);
        for (const { by, token, after } of applied) {
          if (token === null) continue;
          const since = held.slice(0, after).filter((one) => one.token > token);
          expect(since).toEqual([]);
          expect(held.find((one) => one.token === token)?.by).toBe(by);
        }
      }),
      { numRuns: 500 },
    );
  });
});

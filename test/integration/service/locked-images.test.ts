import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Act } from '../../../shared/decision.ts';
import type { Submission } from '../../../shared/submission.ts';
import { png } from '../../factories/pictures.ts';
import {
  type Caller,
  decisionOn,
  pullOne,
  send,
  startTestService,
  type TestService,
} from '../../factories/running-service.ts';
import { approval, judged, refusal, returning } from '../../factories/submission.ts';

/** Promise 9: whatever reviewers and candidate do, in whatever order, a locked picture stays the same. */

let service: TestService;
let reviewers: readonly Caller[];
let candidates: readonly Caller[];
const RUNS = 12;
beforeAll(async () => {
  // Candidates of the first site have the odd numbers; a run uses up one of them.
  service = await startTestService({ candidates: RUNS * 2 });
  reviewers = [await service.signIn('reviewer1'), await service.signIn('district1')];
  candidates = await Promise.all(Array.from({ length: RUNS }, (_, index) => service.candidate(index * 2 + 1)));
});
afterAll(() => service.end());

type Step =
  | {
      readonly by: 0 | 1;
      readonly kind: 'lock' | 'mark' | 'reopen' | 'approve' | 'return' | 'refuse';
      readonly at: number;
    }
  | { readonly kind: 'lockAll' | 'submit' }
  | { readonly kind: 'upload'; readonly at: number; readonly picture: number };

const steps = fc.array(
  fc.oneof(
    fc.record({
      by: fc.constantFrom<0 | 1>(0, 0, 0, 1),
      kind: fc.constantFrom('lock', 'lock', 'mark', 'reopen', 'approve', 'return', 'return', 'refuse' as const),
      at: fc.nat(20),
    }),
    fc.record({ kind: fc.constantFrom('lockAll', 'submit', 'submit' as const) }),
    fc.record({ kind: fc.constant('upload' as const), at: fc.nat(20), picture: fc.integer({ min: 5000, max: 9000 }) }),
  ),
  { minLength: 10, maxLength: 40 },
) as fc.Arbitrary<Step[]>;

function acts(of: Submission, kind: Step['kind'], at: number): Act[] {
  const images = judged(of);
  const image = images[at % images.length];
  if (!image) return [];
  switch (kind) {
    case 'lock':
      return [{ kind: 'image.lock', ...image }];
    case 'mark':
      return [{ kind: 'image.return', ...image, reasons: ['Q02'], comment: '' }];
    case 'reopen':
      return [{ kind: 'image.reopen', ...image }];
    case 'approve':
      return [approval(of)];
    case 'return': {
      const marked = of.images.filter(({ state, slot }) => state === 'returned' || slot === image.slot);
      return [
        returning(
          of,
          marked.map(({ slot }) => slot),
          {},
          at % 3 === 0 ? ['M20'] : [],
        ),
      ];
    }
    case 'refuse':
      return at % 7 === 0 ? [refusal(of)] : [];
    case 'lockAll':
      return images.map((one) => ({ kind: 'image.lock' as const, ...one }));
    default:
      return [];
  }
}

it('a locked picture never changes while it is locked', { timeout: 120_000 }, async () => {
  let run = 0;
  let uploads = 0;
  const property = fc.asyncProperty(steps, async (sequence) => {
    const number = run % RUNS;
    run += 1;
    const [site, district] = reviewers;
    const candidate = candidates[number];
    if (!site || !district || !candidate) throw new Error('nobody there');
    let before = await pullOne(site, number * 2 + 1);
    for (const step of sequence) {
      if (step.kind === 'upload') {
        const slot = before.images[step.at % before.images.length]?.slot;
        const reply = await candidate.ask('PUT', `/v1/candidate/images/${slot}`, { bytes: png(step.picture) });
        if (reply.status === 200) uploads += 1;
      } else if (step.kind === 'submit') {
        await candidate.ask('POST', '/v1/candidate/submit');
      } else {
        const reviewer = 'by' in step && step.by === 1 ? district : site;
        const decisions = acts(before, step.kind, 'at' in step ? step.at : 0).map((act) => decisionOn(before, act));
        if (decisions.length > 0) await send(reviewer, ...decisions);
      }
      const after = await pullOne(site, number * 2 + 1);
      for (const image of before.images) {
        if (image.state !== 'locked') continue;
        const now = after.images.find(({ slot }) => slot === image.slot);
        expect(now?.sha256).toBe(image.sha256);
      }
      before = after;
    }
  });
  await fc.assert(property, { numRuns: RUNS, seed: 20_260_310, endOnFailure: true });
  // The sequences do reach uploads: the property would be empty without.
  expect(uploads).toBeGreaterThan(5);
});

import { randomUUID } from 'node:crypto';
import { agreementOf, tableOf } from '../shared/agreement.ts';
import { canonicalJson } from '../shared/canonical.ts';
import { derive } from '../shared/checks/check.ts';
import type { Act, Judged } from '../shared/decision.ts';
import { tookPart } from '../shared/duties.ts';
import type { AccountId } from '../shared/ids.ts';
import type { Policy } from '../shared/policy.ts';
import { judgedIn } from '../shared/resolve.ts';
import { draw, type Risk } from '../shared/spot-check/sample.ts';
import {
  type DrawPlan,
  type SpotAgreement,
  type SpotCheck,
  type SpotItem,
  type SpotVerdict,
  VERDICTS,
  type Verdict,
} from '../shared/spot-check/wire.ts';
import { stateOf } from '../shared/status.ts';
import type { Image, Submission } from '../shared/submission.ts';
import { Failure } from './failure.ts';
import { sha256Of } from './images/blobs.ts';
import type { Person } from './store/accounts.ts';
import { record } from './store/audit.ts';
import { policyOf } from './store/policies.ts';
import type { Scope } from './store/scope.ts';
import {
  type Conclusion,
  checksOf,
  conclusionsIn,
  insertCheck,
  insertJudgement,
  itemsOf,
  planOf,
  type StoredCheck,
  type StoredItem,
} from './store/spot-checks.ts';
import type { Store } from './store/tables.ts';

/** What a conclusion says in one word. */
function verdictOf(act: Act): Verdict {
  if (act.kind === 'submission.refuse') return 'refuse';
  return act.kind === 'submission.return' ? 'return' : 'approve';
}

/** Every reason that a conclusion names, each once. */
function reasonsOf(act: Act): SpotVerdict['reasons'] {
  if (act.kind === 'submission.refuse') return act.reasons;
  if (act.kind !== 'submission.return') return [];
  const points = [...act.images, ...act.materials, act.form];
  return [...new Set(points.flatMap(({ reasons }) => reasons))];
}

/** Whether any picture of a conclusion was seen for a shorter time; nothing is known of those without a record. */
function isShort({ viewed, act }: Conclusion['decision'], shortMs: number): boolean {
  if (viewed === undefined) return false;
  const seen = new Map(viewed.map(({ slot, ms }) => [slot, ms]));
  return judgedIn(act).some(({ slot }) => (seen.get(slot) ?? 0) < shortMs);
}

/** Whether the form, as it stands now, fails a check that needs no picture. */
function failsChecks({ submission: { form, images }, at }: Conclusion, policy: Policy): boolean {
  const checks = derive({ form, images, facts: [], shared: [], policy, today: at.slice(0, 10) });
  return checks.some(({ status }) => status === 'failed');
}

function risksOf(conclusion: Conclusion, plan: DrawPlan, policy: Policy): Risk[] {
  const { decision } = conclusion;
  const passed = decision.act.kind === 'submission.approve';
  const refused = decision.act.kind === 'submission.refuse';
  const failed = plan.risks.includes('failed_checks') && passed && failsChecks(conclusion, policy);
  return [
    ...(isShort(decision, plan.shortMs) ? (['short_viewing'] as const) : []),
    ...(failed ? (['failed_checks'] as const) : []),
    ...(refused ? (['refused'] as const) : []),
  ];
}

type State = SpotItem['state'];

function stateOfItem({ decision, judgements }: StoredItem): State {
  const [second, third] = judgements;
  if (!second) return 'open';
  return third || second.said.verdict === verdictOf(decision.act) ? 'settled' : 'disputed';
}

/** Everybody who had a part in a submission, whatever the stored parts of before tell. */
const hadPart = (item: StoredItem, me: AccountId): boolean => item.by.id === me || tookPart(item.submission.parts, me);

function itemFor(item: StoredItem, me: AccountId): SpotItem {
  const { n, decision, submission, level, by, at, judgements } = item;
  const [second, third] = judgements.map((one) => {
    const { verdict, reasons, comment } = one.said;
    return { by: one.by, at: one.at, verdict, reasons, comment };
  });
  const state = stateOfItem(item);
  const first = {
    by,
    at,
    verdict: verdictOf(decision.act),
    reasons: reasonsOf(decision.act),
    comment: commentOf(decision.act),
  };
  const judged = judgements.some((one) => one.by.id === me);
  return {
    n,
    submission: submission.id,
    registrationNumber: submission.registrationNumber,
    level,
    state,
    mine: hadPart(item, me) ? 'part' : judged ? 'judged' : 'may',
    results: state === 'settled' && second ? { decision: decision.id, first, second, third: third ?? null } : null,
  };
}

const commentOf = (act: Act): string => ('comment' in act ? act.comment : '');

async function summaryOf(db: Store, check: StoredCheck): Promise<SpotCheck> {
  const states = (await itemsOf(db, check.id)).map(stateOfItem);
  const count = (state: State) => states.filter((one) => one === state).length;
  return {
    id: check.id,
    plan: planOf(check),
    drawnBy: { id: check.drawn_by as AccountId, name: check.name },
    drawnAt: check.drawn_at,
    frame: { size: check.frame_size, sha256: check.frame_sha256 as SpotCheck['frame']['sha256'] },
    counts: { drawn: states.length, open: count('open'), disputed: count('disputed'), settled: count('settled') },
  };
}

async function findCheck(db: Store, person: Person, id: string): Promise<StoredCheck> {
  const check = (await checksOf(db, placeOf(person))).find((one) => one.id === id);
  if (!check) throw new Failure('request.not_found');
  return check;
}

/** Where somebody's checks are: those of the district see all of it. */
const placeOf = ({ district, site, point, level }: Person) => ({
  district,
  site: level === 'district' ? null : site,
  point: level === 'point' ? point : null,
});

/** Draws a sample and keeps it; the log tells of the seed and of what it was drawn from, so that it can be drawn again. */
export async function drawCheck(
  db: Store,
  person: Person,
  scope: Scope,
  plan: DrawPlan,
  now: string,
): Promise<SpotCheck> {
  const policy = await policyOf(db, person.district);
  const frame = (await conclusionsIn(db, scope, plan)).map((conclusion) => ({
    decision: conclusion.decision.id,
    by: conclusion.by.id,
    reasons: reasonsOf(conclusion.decision.act),
    risks: plan.method === 'by_risk' ? risksOf(conclusion, plan, policy) : [],
  }));
  const ids = frame.map(({ decision }) => decision).sort();
  const sha256 = sha256Of(ids.join('\n'));
  const drawn = draw(frame, plan);
  const id = randomUUID();
  const row = {
    id,
    ...placeOf(person),
    plan: JSON.stringify(plan),
    drawn_by: person.id,
    drawn_at: now,
    frame_size: ids.length,
    frame_sha256: sha256,
  };
  await insertCheck(db, row, drawn);
  await record(db, {
    at: now,
    accountId: person.id,
    kind: 'spot.drawn',
    subject: null,
    facts: { check: id, plan: canonicalJson(plan), seed: plan.seed, frame: ids.length, sha256, drawn: drawn.length },
  });
  return summaryOf(db, { ...row, name: person.name });
}

/** The spot checks that somebody can see, newest first. */
export async function listChecks(db: Store, person: Person): Promise<SpotCheck[]> {
  const checks: SpotCheck[] = [];
  for (const check of await checksOf(db, placeOf(person))) checks.push(await summaryOf(db, check));
  return checks;
}

/** A check with its sample, without what is not settled. */
export async function readCheck(
  db: Store,
  person: Person,
  id: string,
): Promise<{ check: SpotCheck; items: SpotItem[] }> {
  const check = await findCheck(db, person, id);
  const items = await itemsOf(db, id);
  return { check: await summaryOf(db, check), items: items.map((item) => itemFor(item, person.id)) };
}

async function findItem(db: Store, person: Person, id: string, n: number): Promise<StoredItem> {
  await findCheck(db, person, id);
  const [item] = await itemsOf(db, id, n);
  if (!item) throw new Failure('request.not_found');
  return item;
}

/** A picture as it was to be judged: whatever has been said of it since, and before, left out. */
function unjudged(image: Image, { sha256 }: Judged): Image | null {
  const { marks: _, ...bare } = image;
  const asItWas = sha256 === image.sha256 ? image : image.earlier.find((earlier) => earlier.sha256 === sha256);
  if (!asItWas) return null;
  const { bytes, uploadedAt } = asItWas;
  return { ...bare, sha256, bytes, uploadedAt, state: 'open', reasons: [], comment: '', earlier: [] };
}

/** The submission as it was to be judged, with nothing that anybody decided or wrote. The form is as it stands now. */
function blinded({ decision, submission, level }: StoredItem, policy: Policy): Submission {
  const judged = new Map(judgedIn(decision.act).map((one) => [one.slot, one]));
  const { notes: _, ...bare } = submission;
  return {
    ...bare,
    status: stateOf(level, policy) ?? 'pending',
    revision: decision.revision,
    round: 1,
    deadline: null,
    images: submission.images.flatMap((image) => {
      const one = judged.get(image.slot);
      return (one && unjudged(image, one)) ?? [];
    }),
    opinions: [],
    claim: null,
    concludedBy: null,
    sentBack: null,
    parts: [],
  };
}

/** One item to be judged. Fails with `duty.own_decision` for who had a part in the submission. */
export async function readItem(
  db: Store,
  person: Person,
  id: string,
  n: number,
): Promise<{ item: SpotItem; submission: Submission }> {
  const item = await findItem(db, person, id, n);
  if (hadPart(item, person.id)) throw new Failure('duty.own_decision');
  const policy = await policyOf(db, person.district);
  return { item: itemFor(item, person.id), submission: blinded(item, policy) };
}

/**
 * Takes a judgement: the second one, or the third of what is disputed. Fails with `duty.own_decision` for who had a part
 * in the submission, `spot.judged` for who has judged it or when it is settled, `decision.no_reason` without a word on
 * what is not in order.
 */
export async function judgeItem(
  db: Store,
  person: Person,
  { id, n }: { readonly id: string; readonly n: number },
  said: SpotVerdict,
  now: string,
): Promise<SpotItem> {
  const item = await findItem(db, person, id, n);
  if (hadPart(item, person.id)) throw new Failure('duty.own_decision');
  const { judgements } = item;
  const isDone = judgements.some(({ by }) => by.id === person.id) || stateOfItem(item) === 'settled';
  if (isDone) throw new Failure('spot.judged');
  const silent = said.reasons.length === 0 && said.comment.trim() === '';
  if (said.verdict !== 'approve' && silent) throw new Failure('decision.no_reason');
  const place = judgements.length === 0 ? 2 : 3;
  const body = canonicalJson(said);
  const row = { check_id: id, n, place, account_id: person.id, verdict: said.verdict, body, at: now } as const;
  await insertJudgement(db, row);
  await record(db, {
    at: now,
    accountId: person.id,
    kind: 'spot.judged',
    subject: item.submission.id,
    facts: { check: id, n, place, verdict: said.verdict, sha256: sha256Of(body) },
  });
  const [after] = await itemsOf(db, id, n);
  return itemFor(after ?? item, person.id);
}

/** How far first and second judgement agree, over what is settled: before that the first is nobody's to know. */
export async function agreementIn(db: Store, person: Person, id: string): Promise<SpotAgreement> {
  await findCheck(db, person, id);
  const settled = (await itemsOf(db, id)).filter((item) => stateOfItem(item) === 'settled');
  const pairs = settled.flatMap(({ decision, judgements: [second] }) =>
    second ? [{ first: verdictOf(decision.act), second: second.said.verdict }] : [],
  );
  const table = tableOf(VERDICTS, pairs);
  const upheld = settled.filter(
    ({ decision, judgements }) => judgements[1]?.said.verdict === verdictOf(decision.act),
  ).length;
  return { ...agreementOf(table), table, upheld };
}

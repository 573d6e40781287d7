import { createHash } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { fillDecisionFacts } from '../../service/store/decision-facts.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import { REASON_CODES, type ReasonCode, reasonText } from '../../shared/catalogue/reasons.ts';
import { Act } from '../../shared/decision.ts';
import type { Slot } from '../../shared/ids.ts';
import { sha } from '../factories/submission.ts';
import { nameOf, SLOTS } from './district.ts';
import { clock } from './measure.ts';

/** Sites of the district, and reviewers of each; the district has as many of its own. */
const SITES = 18;
const REVIEWERS = 6;
/** Decisions on one submission. */
const EACH = 14;
const START = Date.UTC(2026, 1, 20);

/** Numbers that look random and are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const uuid = (n: number) => `0195b8a4-6c00-7000-8000-${String(n).padStart(12, '0')}`;
export const siteOf = (n: number) => `9901${String(1 + (n % SITES)).padStart(2, '0')}`;
export const reviewerOf = (n: number, of: number) => `acc-${n % SITES}-${of % REVIEWERS}`;

type Draw = (below: number) => number;

function actOf(draw: Draw, n: number, place: number): Act {
  const slot = SLOTS[place % SLOTS.length] as Slot;
  const judged = { slot, sha256: sha(n * 20 + (place % SLOTS.length)) };
  const reason = () => REASON_CODES[draw(draw(2) === 0 ? 6 : REASON_CODES.length)] as ReasonCode;
  const comment = () => {
    const words = [reasonText(reason()).zh, `${nameOf(draw(8_000))}的材料`, `第${1 + draw(300)}页`];
    return draw(3) === 0 ? words.slice(draw(3)).join('，') : '';
  };
  if (place < SLOTS.length) {
    return draw(8) === 0
      ? { kind: 'image.return', ...judged, reasons: [reason()], comment: comment() }
      : { kind: 'image.lock', ...judged };
  }
  const all = SLOTS.map((one, index) => ({ slot: one, sha256: sha(n * 20 + index) }));
  const way = draw(100);
  if (place > SLOTS.length) {
    if (way < 15) return { kind: 'submission.reopen', images: all, comment: '复核后重新审核' };
    return { kind: 'submission.note', image: null, text: `${nameOf(draw(8_000))}：${reasonText(reason()).zh}` };
  }
  if (way < 3) return { kind: 'submission.refuse', images: all, reasons: ['E01'], comment: comment() };
  if (way < 70) return { kind: 'submission.approve', images: all };
  const [back, ...kept] = all;
  return Act.parse({
    kind: 'submission.return',
    images: [{ ...back, reasons: [reason()], comment: comment() }],
    kept,
    materials: [],
    form: { reasons: [], comment: '' },
  });
}

/** Fills the database of a service with decisions, and derives what they are found by; gives the time of the latter, ms. */
export function fillDecisions(file: string, count: number): number {
  const db = new Sqlite(file);
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -1000000');
  const account = db.prepare(
    `INSERT INTO accounts (id, account, name, role, level, site, district, password_hash)
     VALUES (?, ?, ?, 'reviewer', ?, ?, '99', '')`,
  );
  const submission = db.prepare(
    `INSERT INTO submissions (id, registration_number, site, district, status, revision, seq, reached_district, image_count,
       image_bytes, document) VALUES (?, ?, ?, '99', 'pending', 1, ?, 0, 0, 0, ?)`,
  );
  const decision = db.prepare(
    `INSERT INTO decisions (id, submission_id, account_id, level, canonical, sha256, outcome, problem, slots, receipt, received_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, '[]', ?, ?)`,
  );
  const draw = numbers(7);
  db.transaction(() => {
    for (let n = 0; n < SITES; n += 1) {
      for (let of = 0; of < REVIEWERS; of += 1) {
        account.run(reviewerOf(n, of), reviewerOf(n, of), nameOf(n * REVIEWERS + of), 'site', siteOf(n));
        const id = `dis-${n}-${of}`;
        account.run(id, id, nameOf(500 + n * REVIEWERS + of), 'district', null);
      }
    }
    for (let n = 0; n * EACH < count; n += 1) {
      const id = `bench-${n}`;
      submission.run(id, `2026${siteOf(n)}${n}`, siteOf(n), n + 1, JSON.stringify({ form: { name: nameOf(n) } }));
      for (let place = 0; place < EACH && n * EACH + place < count; place += 1) {
        const number = n * EACH + place;
        const at = new Date(START + number * 1_700).toISOString();
        const act = actOf(draw, n, place);
        const slot = 'slot' in act ? [{ slot: act.slot, sha256: act.sha256 }] : [];
        const viewed = slot.map((one) => ({ ...one, ms: 300 + draw(20_000), percent: 60, rotated: false }));
        const [device, madeAt] = [uuid(1), at];
        const own = {
          id: uuid(number + 10),
          submissionId: id,
          revision: 1,
          device,
          deviceSeq: number + 1,
          madeAt,
          act,
        };
        const canonical = canonicalJson({ ...own, previous: null, claim: null, viewed });
        const sha256 = createHash('sha256').update(canonical).digest('hex');
        const who = place > SLOTS.length ? `dis-${n % SITES}-${draw(REVIEWERS)}` : reviewerOf(n, draw(REVIEWERS));
        const level = place > SLOTS.length ? 'district' : 'site';
        const taken = draw(200) > 0;
        const [outcome, problem] = taken ? ['applied', null] : ['conflict', 'decision.stale_image'];
        decision.run(own.id, id, who, level, canonical, sha256, outcome, problem, taken ? '{}' : null, at);
      }
    }
  })();
  const began = clock();
  db.transaction(() => fillDecisionFacts(db))();
  const took = clock() - began;
  db.close();
  return took;
}

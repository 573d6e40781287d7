import { type Act, concludes, type Decision } from '../../shared/decision.ts';
import type { Submission } from '../../shared/submission.ts';
import type { Records } from './records.ts';

/**
 * The service's log told again from the first data, without the service's rules: which picture stood where and whose the
 * submission was when each decision was applied, and what must have come of it.
 */
export type Replayed = {
  /** Applied though revision or pictures were no longer those that were judged, or the submission another's. */
  readonly silent: readonly string[];
  /** Applied more than once, or with an effect that no decision accounts for. */
  readonly doubled: readonly string[];
};

type Picture = { sha256: string; state: 'open' | 'locked' | 'returned' };
/** Who has the submission, while somebody has; the token stays. */
type Held = { token: number; by: string | null };
type Told = { held: Held; revision: number; round: number; opinions: number; pictures: Map<string, Picture> };

const namedBy = (act: Act): readonly { readonly slot: string; readonly sha256: string }[] => {
  switch (act.kind) {
    case 'image.lock':
    case 'image.return':
    case 'image.reopen':
      return [act];
    case 'submission.return':
      return [...act.images, ...act.kept];
    case 'submission.approve':
    case 'submission.refuse':
    case 'submission.send_back':
    case 'submission.reopen':
      return act.images;
    case 'submission.note':
      return [];
  }
};

function isStale(told: Told, { act, revision }: Decision): boolean {
  const named = namedBy(act);
  const whole = concludes(act);
  if (revision !== told.revision || (whole && named.length !== told.pictures.size)) return true;
  return named.some(({ slot, sha256 }) => told.pictures.get(slot)?.sha256 !== sha256);
}

function mark(told: Told, slot: string, state: Picture['state']): void {
  const picture = told.pictures.get(slot);
  if (picture) picture.state = state;
}

function carryOut(told: Told, act: Act): void {
  if (act.kind === 'image.lock') mark(told, act.slot, 'locked');
  if (act.kind === 'image.return') mark(told, act.slot, 'returned');
  if (act.kind === 'image.reopen') mark(told, act.slot, 'open');
  if (act.kind === 'submission.return') for (const { slot } of act.images) mark(told, slot, 'returned');
  if (act.kind === 'submission.return' || act.kind === 'submission.refuse') told.opinions += 1;
}

/** Whether a decision was its reviewer's to make: they hold the claim, and nobody else had it since it was made. */
function isHolders({ held }: Told, by: string | null, { claim }: Decision): boolean {
  return held.by === by && (claim ?? held.token) >= held.token;
}

/** Takes in an entry of the log on a claim. Gives whether it went to somebody while another one had it. */
function passOn(told: Told, kind: string, facts: Records['audit'][0]['facts']): boolean {
  const { held } = told;
  if (kind === 'claim.released' || kind === 'claim.expired') {
    told.held = { ...held, by: null };
    return false;
  }
  const next = { token: Number(facts.token), by: facts.holder === null ? null : String(facts.holder) };
  told.held = next;
  const robbed = kind === 'claim.taken' && held.by !== null && held.by !== next.by;
  return robbed || next.token < held.token;
}

const begin = ({ revision, round, opinions, images }: Submission): Told => ({
  held: { token: 0, by: null },
  revision,
  round,
  opinions: opinions.length,
  pictures: new Map(images.map(({ slot, sha256, state }) => [slot, { sha256, state }])),
});

function differs(told: Told, { claim, images, opinions, revision, round }: Submission): boolean {
  const pictures = images.every(({ slot, sha256, state }) => {
    const picture = told.pictures.get(slot);
    return picture?.sha256 === sha256 && picture.state === state;
  });
  const numbers = opinions.length === told.opinions && revision === told.revision && round === told.round;
  const { by, token } = told.held;
  const holder = by === null ? claim === null : claim?.holder.id === by && claim.token === token;
  return !(pictures && numbers && holder);
}

/** Tells the log again and compares the end with what is there. */
export function replay(first: readonly Submission[], { submissions, decisions, audit }: Records): Replayed {
  const told = new Map(first.map((submission) => [String(submission.id), begin(submission)]));
  const known = new Map(decisions.map((decision) => [decision.id, decision]));
  const silent: string[] = [];
  const doubled: string[] = [];
  const applied = new Set<string>();
  for (const { account_id: by, kind, subject, facts } of audit) {
    const of = told.get(subject ?? '');
    if (!of) continue;
    if (kind === 'image.uploaded') {
      of.revision += 1;
      of.pictures.set(String(facts.slot), { sha256: String(facts.sha256), state: 'open' });
    } else if (kind === 'submission.submitted') {
      of.revision += 1;
      of.round += 1;
    } else if (kind.startsWith('claim.')) {
      if (passOn(of, kind, facts)) silent.push(`${subject} was given to another while somebody had it`);
    } else if (kind === 'decision.answered' && facts.outcome === 'applied') {
      const id = String(facts.decision);
      if (applied.has(id)) doubled.push(`${id} was applied again`);
      applied.add(id);
      const decision = known.get(id)?.canonical;
      if (!decision) {
        doubled.push(`${id} was applied, but is not recorded`);
        continue;
      }
      if (isStale(of, decision)) silent.push(`${id} was applied to something else than it judged`);
      if (!isHolders(of, by, decision)) silent.push(`${id} was applied though another one had the submission`);
      if (decision.act.kind.startsWith('submission.')) of.held = { ...of.held, by: null };
      carryOut(of, decision.act);
    }
  }
  const made = new Set<string>();
  for (const { id, canonical, outcome } of decisions) {
    if (outcome !== 'applied') continue;
    const place = `${canonical.device} ${canonical.deviceSeq}`;
    if (made.has(place) || !applied.has(id)) doubled.push(`${id} is recorded as applied once more`);
    made.add(place);
  }
  for (const submission of submissions) {
    const of = told.get(submission.id);
    if (!of || differs(of, submission)) doubled.push(`${submission.id} is not what its decisions make of it`);
  }
  return { silent, doubled };
}

import type { HistoryEvent, SubmissionHistory } from '../../shared/audit/wire.ts';
import type { Sha256, Slot } from '../../shared/ids.ts';
import { judgedIn } from '../../shared/resolve.ts';
import type { Image } from '../../shared/submission.ts';

/** A picture that the candidate put in the place of another. */
type Replaced = {
  readonly what: 'replaced';
  readonly at: string;
  readonly slot: Slot;
  readonly before: Sha256;
  readonly now: Sha256;
};
/** One line of a candidate's history, with a name of its own. */
export type Item = { readonly name: string; readonly event: HistoryEvent | Replaced };
export type DecisionEvent = Extract<HistoryEvent, { what: 'decision' }>;

/** What stood in a place, from when until when. */
export type Version = {
  readonly sha256: Sha256;
  readonly uploadedAt: string;
  /** Null: it is there now. */
  readonly replacedAt: string | null;
};

/** All that ever stood in a place, oldest first. */
export function versionsOf({ sha256, uploadedAt, earlier }: Image): Version[] {
  const before = earlier.map((one) => ({
    sha256: one.sha256,
    uploadedAt: one.uploadedAt,
    replacedAt: one.replacedAt,
  }));
  return [...before.toReversed(), { sha256, uploadedAt, replacedAt: null }];
}

function replacements(image: Image): Replaced[] {
  const versions = versionsOf(image);
  return versions.slice(1).flatMap(({ sha256, uploadedAt }, index) => {
    const before = versions[index];
    return before
      ? [{ what: 'replaced', at: uploadedAt, slot: image.slot, before: before.sha256, now: sha256 } as const]
      : [];
  });
}

const nameOf = (event: Item['event'], index: number): string =>
  event.what === 'decision' ? event.decision.id : `${event.what}-${index}`;

/** Everything that happened, oldest first: events of the service, and pictures that were replaced. */
export function itemsOf({ submission, events }: SubmissionHistory): Item[] {
  const all: Item['event'][] = [...submission.images.flatMap(replacements), ...events];
  return all
    .map((event, index) => ({ name: nameOf(event, index), event }))
    .sort((a, b) => Date.parse(a.event.at) - Date.parse(b.event.at));
}

/** A place as it was when something happened. */
export type PlaceThen = {
  readonly slot: Slot;
  /** What was judged, or what stood there; null for nothing yet. */
  readonly stood: Sha256 | null;
  /** The picture before or after the one of then, where there is one: `other` is shown beside it. */
  readonly other: { readonly sha256: Sha256; readonly side: 'before' | 'after' } | null;
  /** The event is about this picture. */
  readonly named: boolean;
};

/** The picture that stood in a place at an instant. */
export function pictureAt(image: Image, at: string): Sha256 | null {
  const versions = versionsOf(image);
  const stood = versions.findLast(({ uploadedAt }) => Date.parse(uploadedAt) <= Date.parse(at));
  return stood?.sha256 ?? null;
}

/** What stands beside a picture: what it was replaced by, or else what it replaced. */
function besides(image: Image, sha256: Sha256 | null): PlaceThen['other'] {
  const versions = versionsOf(image);
  const index = versions.findIndex((version) => version.sha256 === sha256);
  const [before, after] = [versions[index - 1], versions[index + 1]];
  if (index < 0) return null;
  if (after) return { sha256: after.sha256, side: 'after' };
  return before ? { sha256: before.sha256, side: 'before' } : null;
}

/** The pictures of the submission as they were when something happened. */
export function placesThen(images: readonly Image[], event: Item['event']): PlaceThen[] {
  const judged = new Map(
    event.what === 'decision' ? judgedIn(event.decision.act).map(({ slot, sha256 }) => [slot, sha256]) : [],
  );
  return images.map((image): PlaceThen => {
    const { slot } = image;
    if (event.what === 'replaced' && event.slot === slot) {
      return { slot, stood: event.now, other: { sha256: event.before, side: 'before' }, named: true };
    }
    const stood = judged.get(slot) ?? pictureAt(image, event.at);
    return { slot, stood, other: besides(image, stood), named: judged.has(slot) };
  });
}

/** The place that is looked at first: one that the event is about and that was replaced, one that it is about, any. */
export function firstPlace(places: readonly PlaceThen[], event: Item['event']): PlaceThen | null {
  const act = event.what === 'decision' ? event.decision.act : null;
  const returned = act?.kind === 'submission.return' ? act.images.map(({ slot }) => slot) : [];
  return (
    places.find(({ slot }) => returned.includes(slot)) ??
    places.find(({ named, other }) => named && other !== null) ??
    places.find(({ named }) => named) ??
    places[0] ??
    null
  );
}

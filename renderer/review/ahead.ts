import type { QueryClient } from '@tanstack/react-query';
import type { Sha256, SubmissionId } from '../../shared/ids.ts';
import { imageUrl, type ReviewSubject } from '../../shared/ipc.ts';
import { call } from '../api.ts';
import { keys } from '../query.ts';

/**
 * Small renditions of the submissions before and after the open one, held so that the page keeps them. Only these, so
 * that memory doesn't grow with the queue.
 */
let held: ReadonlyMap<Sha256, HTMLImageElement> = new Map();

/** The pictures of a submission that have a small rendition here. */
export function preparable({ submission, facts, absent }: ReviewSubject): Sha256[] {
  const whole = new Set(facts.filter(({ decodes }) => decodes === 'whole').map(({ sha256 }) => sha256));
  return submission.images
    .map(({ sha256 }) => sha256)
    .filter((sha256) => whole.has(sha256) && !absent.includes(sha256));
}

function load(sha256: Sha256): HTMLImageElement {
  const image = new Image();
  image.decoding = 'sync';
  image.src = imageUrl(sha256, 'small');
  // One that can't be decoded shows so in its pane.
  image.decode().catch(() => undefined);
  return image;
}

/** Reads submissions ahead of need and decodes their small renditions, the likeliest first. */
export async function prepareSubmissions(client: QueryClient, ids: readonly (SubmissionId | null)[]): Promise<void> {
  const next = new Map<Sha256, HTMLImageElement>();
  for (const id of ids) {
    if (id === null) continue;
    const key = keys.subject(id);
    await client.prefetchQuery({ queryKey: key, queryFn: () => call('subject', { id }) });
    const subject = client.getQueryData<ReviewSubject>(key);
    for (const sha256 of subject ? preparable(subject) : []) next.set(sha256, held.get(sha256) ?? load(sha256));
  }
  held = next;
}

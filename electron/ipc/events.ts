import type { SubmissionId } from '../../shared/ids.ts';
import type { CHANGED, DeskStatus, EventPayload } from '../../shared/ipc.ts';
import type { Announce } from '../changes.ts';

/**
 * Shortest time between two events of a kind, ms. What the reviewer does shows at once; what arrives from the service
 * may wait, because each event makes the page read the queue again.
 */
const DECIDED_EVERY = 50;
/** Who is at work decides what is shown at all. */
const SESSION_EVERY = 0;
const ARRIVED_EVERY = 250;
/** Told oftener, the progress of a synchronisation costs the page a frame now and then. */
const STATUS_EVERY = 200;
/** More submissions than this are told as "all" (an empty list): the page then reads again what it shows. */
const NAMED = 500;

export type EventOptions = {
  readonly sendChanged: (event: EventPayload<'changed'>) => void;
  readonly sendStatus: (status: DeskStatus) => void;
  readonly status: () => DeskStatus;
};

/** Gathers what moves and tells the page in few events. */
export function openEvents({ sendChanged, sendStatus, status }: EventOptions): {
  readonly announce: Announce;
  readonly onStatus: () => void;
} {
  let tables = new Set<(typeof CHANGED)[number]>();
  let submissions = new Set<SubmissionId>();
  let all = false;
  let changeTimer: NodeJS.Timeout | null = null;
  let changeDue = Number.POSITIVE_INFINITY;
  let statusTimer: NodeJS.Timeout | null = null;

  const flush = () => {
    changeTimer = null;
    changeDue = Number.POSITIVE_INFINITY;
    const event = { tables: [...tables], submissions: all || submissions.size > NAMED ? [] : [...submissions] };
    tables = new Set();
    submissions = new Set();
    all = false;
    sendChanged(event);
  };
  return {
    announce: (moved, named = []) => {
      for (const table of moved) tables.add(table);
      for (const id of named) submissions.add(id);
      if (named.length === 0) all = true;
      const wait = moved.includes('session')
        ? SESSION_EVERY
        : moved.includes('decisions')
          ? DECIDED_EVERY
          : ARRIVED_EVERY;
      if (performance.now() + wait >= changeDue) return;
      if (changeTimer !== null) clearTimeout(changeTimer);
      changeDue = performance.now() + wait;
      changeTimer = setTimeout(flush, wait);
    },
    onStatus: () => {
      if (statusTimer !== null) return;
      statusTimer = setTimeout(() => {
        statusTimer = null;
        sendStatus(status());
      }, STATUS_EVERY);
    },
  };
}

import type { SubmissionId } from '../../shared/ids.ts';
import type { CHANGED, DeskStatus, EventPayload } from '../../shared/ipc.ts';
import type { Announce } from '../changes.ts';

/** Shortest time between two events of a kind, ms: 20 a second for changes, 10 for the status bar. */
const CHANGED_EVERY = 50;
const STATUS_EVERY = 100;
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
  let statusTimer: NodeJS.Timeout | null = null;

  const flush = () => {
    changeTimer = null;
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
      if (changeTimer === null) changeTimer = setTimeout(flush, CHANGED_EVERY);
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

import type { SubmissionId } from '../../shared/ids.ts';
import type { SyncProgress } from '../../shared/ipc.ts';
import type { Announce } from '../changes.ts';
import { asFailure, Failure } from '../failure.ts';
import { fetchPictures, type PictureStores, type Source } from '../images/fetch.ts';
import type { Intake } from '../images/intake-host.ts';
import { lookAtPictures } from '../images/look.ts';
import { openTending } from '../images/tend.ts';
import type { Log } from '../log.ts';
import { backoff } from '../outbox/backoff.ts';
import { sendDue } from '../outbox/send.ts';
import { noteThrough, readCursor } from '../store/cursor.ts';
import { nextDue } from '../store/outbox.ts';
import { attendedPictures, countPictures } from '../store/pictures.ts';
import { countSubmissions, type View } from '../store/submissions.ts';
import { isAway } from './failures.ts';
import { look, type Pace, timeLeft } from './progress.ts';
import { FIRST_PAGE, nextLimit, pullPage } from './pull.ts';
import type { Service } from './service.ts';
import { openAlarm } from './timer.ts';

/** How often the service is asked for news when nothing happens, ms. */
const INTERVAL = 15_000;

export type ScheduleOptions = {
  readonly service: Service;
  readonly stores: PictureStores;
  readonly intake: Intake;
  /** Submissions on and near the screen, whose pictures are looked at first. */
  readonly attended: () => readonly SubmissionId[];
  /** How long after opening housekeeping waits, ms. */
  readonly peace: number;
  /** Most bytes that pictures may take up on this computer. */
  readonly budget: () => number;
  /** Asked anew each time: the policy can change with a sign-in. */
  readonly view: () => View;
  readonly now: () => Date;
  readonly random: () => number;
  readonly newDevice: () => string;
  readonly announce: Announce;
  /** Something that the status bar shows has moved. */
  readonly onStatus: () => void;
  /** Signs in again with what was typed at an offline sign-in; false when that can't be done. */
  readonly reconnect: () => Promise<boolean>;
  /** The feed was read to its end. */
  readonly onPulled: () => void;
  readonly log: Log;
  /** Why the sign-in was offline; null after an online one. */
  readonly problem: Failure | null;
  /** The service is still being asked to sign in: nothing is sent or fetched before its answer, why it is away or null. */
  readonly answer: Promise<Failure | null> | null;
};

/** Whether the service answers, and how the synchronisation goes. */
export type Connection = {
  readonly online: boolean;
  /** The service is being asked to sign in, for the first time since the desk was opened. */
  readonly signingIn: boolean;
  readonly offlineSince: string | null;
  readonly problem: Failure | null;
  /** While it doesn't: how long until it is asked again, ms; 0 while it is being asked, null when it answers. */
  readonly nextTry: number | null;
  readonly sync: Omit<SyncProgress, 'problem'> & { readonly problem: Failure | null };
};

export type Schedule = {
  readonly connection: () => Connection;
  /** Asks for news soon, unless fetching is stopped. */
  readonly refresh: () => void;
  /** Asks for news now, also after `cancel`. */
  readonly start: () => void;
  /** Stops fetching until `start`; decisions still go out. */
  readonly cancel: () => void;
  /** A decision was saved or withdrawn. */
  readonly decided: () => void;
  /** A submission has come on screen: what it lacks of pictures is fetched, purged ones too. */
  readonly attended: () => void;
  /** Ends everything; resolves when nothing runs any more. */
  readonly close: () => Promise<void>;
};

type Progress = Connection['sync'];

/**
 * Runs sending, pulling, fetching and looking: each one at a time, beside each other, so that a long first
 * synchronisation never holds up a decision. One back-off for all: what fails is the network, not the task.
 */
export function openSchedule(options: ScheduleOptions): Schedule {
  const { service, stores, intake, view, now, random, newDevice, announce, onStatus, log } = options;
  const ending = new AbortController();
  let cancelling = new AbortController();
  let paused = false;
  let failures = 0;
  let signingIn = options.answer !== null;
  let online = service.signedIn();
  let offlineSince = online || signingIn ? null : now().toISOString();
  let problem = options.problem;
  /** Why nothing is sent though the service answers: its signature isn't the one known here. */
  let distrust: Failure | null = null;
  let pace: Pace = [];
  let pulling: Promise<void> | null = null;
  let sending: Promise<void> | null = null;
  let looking: Promise<void> | null = null;
  let again = false;

  const tending = openTending({
    stores,
    now,
    signal: ending.signal,
    attended: options.attended,
    after: options.peace,
    rule: () => ({ level: view().level, days: view().policy.picturesKeptDays, budget: options.budget() }),
    onPurged: (submissions) => announce(['images', 'submissions'], submissions),
  });

  const counts = () => {
    const { all, complete } = countSubmissions(stores.review.read);
    return { submissions: { done: all, total: all }, complete, ...countPictures(stores.review.read) };
  };
  let progress: Progress = {
    phase: 'idle',
    first: !readCursor(stores.review.read).through,
    ...counts(),
    remaining: null,
    problem: null,
  };

  const show = (change: Partial<Progress>) => {
    progress = { ...progress, ...change };
    onStatus();
  };

  /** After every answer of the service. */
  const reached = () => {
    failures = 0;
    if (online && problem === null) return;
    online = true;
    offlineSince = null;
    problem = null;
    onStatus();
    if (!distrust) sendAlarm.within(0);
  };

  const failed = (error: unknown) => {
    if (ending.signal.aborted) return;
    const failure = asFailure(error);
    log('sync.failed', { code: failure.code, detail: failure.detail ?? null });
    problem = failure;
    failures += 1;
    const away = isAway(failure);
    if (away && online) offlineSince = now().toISOString();
    if (away) online = false;
    if (failure.code === 'session.expired') service.forget();
    onStatus();
    pullAlarm.reset(backoff(failures, random()));
  };

  const recount = (change: Partial<Progress> = {}) => show({ ...counts(), ...change });

  /** Whether it brought anything; `onPage` hears of each page that did. */
  async function pull(signal: AbortSignal, onPage: () => void): Promise<boolean> {
    const quiet = !progress.first;
    let moved = false;
    let limit = FIRST_PAGE;
    if (!quiet) show({ phase: 'submissions', problem: null });
    for (;;) {
      const page = await pullPage({ service, store: stores.review, view: view(), now, signal, limit });
      limit = nextLimit(limit, page.took);
      reached();
      moved ||= page.submissions.length > 0;
      if (page.submissions.length > 0) {
        announce(['submissions'], page.submissions);
        onPage();
        recount();
        const { submissions, images, bytes } = progress;
        show({
          submissions: { ...submissions, total: submissions.done + page.remaining.submissions },
          images: { ...images, total: images.total + page.remaining.images },
          bytes: { ...bytes, total: bytes.total + page.remaining.bytes },
        });
      }
      if (page.ended) return moved;
    }
  }

  const onKept = (submissions: readonly SubmissionId[]) => {
    const { images, bytes, complete } = counts();
    pace = look(pace, performance.now(), bytes.done);
    // The totals may hold what the feed has still to bring.
    show({
      images: { ...progress.images, done: images.done },
      bytes: { ...progress.bytes, done: bytes.done },
      complete,
      remaining: timeLeft(pace, progress.bytes.total - bytes.done),
    });
    announce(['images', 'submissions'], submissions);
    lookSoon();
  };

  /** Fetches what is wanted; why something isn't here afterwards. */
  async function fetch(signal: AbortSignal, source: Source): Promise<Failure | null> {
    const { attended, budget } = options;
    pace = look([], performance.now(), progress.bytes.done);
    const access = await service.access(signal);
    const fetching = { access, stores, signal, attended, source, budget: budget(), onKept };
    const { missing, shortage } = await fetchPictures(fetching).catch((error: unknown) => {
      if (isAway(error)) service.suspect();
      throw error;
    });
    const [firstMissing] = missing.values();
    if (firstMissing) log('sync.missing', { pictures: missing.size, code: firstMissing.code });
    if (shortage === null) return firstMissing ?? null;
    log('sync.shortage', { code: shortage });
    if (shortage === 'store.budget' && (await tending.makeRoom())) {
      again = true;
      return null;
    }
    return new Failure(shortage);
  }

  /** Pulls, and fetches pictures from the first page on: the line is never idle, and the first submission soon complete. */
  async function pullAndFetch(signal: AbortSignal): Promise<void> {
    const failing = new AbortController();
    const source: Source = { ended: false, onPage: () => undefined };
    let fetching: Promise<Failure | null> | null = null;
    const begin = () => {
      fetching ??= fetch(AbortSignal.any([signal, failing.signal]), source);
      fetching.catch(() => undefined);
    };
    let moved = false;
    try {
      moved = await pull(signal, () => {
        begin();
        source.onPage();
      });
    } catch (error) {
      failing.abort();
      await Promise.allSettled([fetching]);
      throw error;
    }
    source.ended = true;
    options.onPulled();
    if (!service.enrolled()) sendAlarm.within(0);
    recount();
    lookSoon();
    if (lacking()) {
      show({ phase: 'images', problem: null });
      begin();
    }
    source.onPage();
    const why = await fetching;
    if (await tending.tend(moved)) again = true;
    recount(fetching ? { problem: why } : {});
  }

  const lacking = () =>
    progress.images.done < progress.images.total || attendedPictures(stores.review.read, options.attended()).length > 0;

  async function synchronise(): Promise<void> {
    const { signal } = cancelling;
    try {
      if (!service.signedIn()) {
        await service.health(signal);
        if (!(await options.reconnect())) {
          // The service is there, but work goes on as if it weren't until somebody signs in again.
          online = true;
          offlineSince = null;
          problem = new Failure('session.expired');
          failures = 0;
          onStatus();
          return;
        }
      }
      if (paused) {
        await service.health(signal);
        return reached();
      }
      await tending.begin();
      await pullAndFetch(signal);
      if (progress.first) stores.review.transact(noteThrough);
      pace = [];
      show({ phase: 'done', first: false, remaining: null });
    } catch (error) {
      if (ending.signal.aborted) return;
      if (signal.aborted) {
        recount({ phase: 'cancelled', remaining: null });
        return;
      }
      failed(error);
      if (progress.phase !== 'done' && progress.phase !== 'cancelled') {
        show({ phase: 'failed', problem: asFailure(error), remaining: null });
      }
    }
  }

  const wakePull = () => {
    if (ending.signal.aborted || signingIn) return;
    if (pulling) {
      again = true;
      return;
    }
    pulling = synchronise().finally(() => {
      pulling = null;
      pullAlarm.within(again ? 0 : failures > 0 ? backoff(failures, random()) : INTERVAL);
      again = false;
      if (!online) onStatus();
    });
    if (!online) onStatus();
  };

  async function send(): Promise<void> {
    const onMoved = (submissions: readonly SubmissionId[]) => {
      announce(['decisions', 'submissions'], submissions);
      onStatus();
    };
    try {
      const { signal } = ending;
      const answered = await sendDue({ service, store: stores.review, view: view(), now, newDevice, signal, onMoved });
      if (answered === 0 && !distrust) return;
      distrust = null;
      log('outbox.answered', { decisions: answered });
      reached();
      // The copies that carry the decisions.
      pullAlarm.within(0);
    } catch (error) {
      distrust = error instanceof Failure && error.code === 'service.key' ? error : null;
      failed(error);
    }
  }

  const wakeSend = () => {
    if (ending.signal.aborted || sending) return;
    // Without the service the pull asks whether it is back; then sending goes on by itself.
    if (!online || !service.signedIn()) return;
    sending = send().finally(() => {
      sending = null;
      const due = distrust ? INTERVAL : nextDue(stores.review.read, now());
      if (due !== null && online) sendAlarm.within(Math.max(failures > 0 ? 1_000 : 0, due));
    });
  };

  const lookSoon = () => {
    if (ending.signal.aborted || looking) return;
    const onLooked = (submissions: readonly SubmissionId[]) => announce(['images'], submissions);
    looking = lookAtPictures({ stores, intake, signal: ending.signal, onLooked, attended: options.attended })
      .catch((error: unknown) => log('intake.failed', { code: error instanceof Failure ? error.code : 'desk.failed' }))
      .finally(() => {
        looking = null;
      });
  };

  const pullAlarm = openAlarm(wakePull);
  const sendAlarm = openAlarm(wakeSend);
  const begin = () => {
    lookSoon();
    pullAlarm.reset(0);
    sendAlarm.reset(0);
  };
  if (options.answer) {
    void options.answer.then((why) => {
      if (ending.signal.aborted) return;
      signingIn = false;
      online = service.signedIn();
      offlineSince = online ? null : now().toISOString();
      problem = why;
      onStatus();
      begin();
    });
  } else begin();

  return {
    connection: () => ({
      online,
      signingIn,
      offlineSince,
      problem: distrust ?? problem,
      nextTry: online ? null : pulling ? 0 : pullAlarm.left(),
      sync: progress,
    }),
    refresh: () => {
      if (pulling) again = true;
      else pullAlarm.within(0);
    },
    start: () => {
      paused = false;
      if (progress.phase === 'cancelled' || progress.phase === 'failed') show({ phase: 'idle', problem: null });
      if (pulling) again = true;
      else pullAlarm.reset(0);
    },
    cancel: () => {
      paused = true;
      cancelling.abort();
      cancelling = new AbortController();
    },
    decided: () => {
      const due = nextDue(stores.review.read, now());
      if (due !== null) sendAlarm.reset(due);
      onStatus();
    },
    attended: () => {
      if (online && !paused && lacking()) pullAlarm.within(0);
    },
    close: async () => {
      ending.abort();
      cancelling.abort();
      pullAlarm.stop();
      sendAlarm.stop();
      await Promise.allSettled([pulling, sending]);
      intake.close();
      await looking;
    },
  };
}

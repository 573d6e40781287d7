import type { Found, ProofState } from '../../shared/proofs.ts';
import { asFailure } from '../failure.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/database.ts';
import { acknowledgeBreak, listBreaks } from '../store/log-breaks.ts';
import { countProofs, shownHead } from '../store/log-heads.ts';
import { sealLog } from '../store/log-seals.ts';
import type { Service } from '../sync/service.ts';
import { openVerification } from './verification.ts';
import { openWatch } from './watch.ts';

/** Findings that the screen shows. */
const SHOWN = 50;

export type ProofsOptions = {
  readonly service: Service;
  readonly store: Store;
  readonly sealFile: string;
  readonly reviewFile: { readonly path: string; readonly key: Uint8Array; readonly binding: string | null };
  readonly reader: URL;
  readonly now: () => Date;
  readonly online: () => boolean;
  /** Something that the status bar shows has moved. */
  readonly onStatus: () => void;
  readonly log: Log;
};

/** What proves the records of an account at work. */
export type Proofs = {
  /** The feed was read to its end: looks at the service's log, beside all else. */
  readonly look: () => void;
  readonly state: () => ProofState;
  /** Verifies everything that can be, unless that is under way. */
  readonly start: () => void;
  readonly cancel: () => void;
  /** A person takes note of a finding that work goes on from. */
  readonly note: (id: number) => void;
  /** Ends everything and seals the log; resolves when nothing runs any more. */
  readonly close: () => Promise<void>;
};

/** Opens the proofs of an account: a look at each synchronisation, and the verification on request. */
export function openProofs(options: ProofsOptions): Proofs {
  const { service, store, now, log, onStatus } = options;
  const ending = new AbortController();
  let looking: Promise<void> | null = null;
  const seal = () => sealLog(store, options.sealFile, now().toISOString());
  const onFound = ({ place, kind, first }: Found) => log('proofs.broken', { place, kind, first });
  const watch = openWatch({ service, store, now, signal: ending.signal, onLooked: seal, onFound });
  const verification = openVerification({
    service,
    store,
    now,
    reader: options.reader,
    file: options.reviewFile,
    online: () => options.online() && service.signedIn(),
    onProgress: onStatus,
  });
  return {
    look: () => {
      looking ??= watch.look().then((moved) => {
        looking = null;
        if (moved) onStatus();
      });
    },
    state: () => {
      const { read } = store;
      return {
        head: shownHead(read),
        ...countProofs(read),
        breaks: listBreaks(read, SHOWN),
        report: verification.report(),
      };
    },
    start: verification.start,
    cancel: verification.cancel,
    note: (id) => {
      store.transact((db) => acknowledgeBreak(db, id, now().toISOString()));
      onStatus();
    },
    close: async () => {
      ending.abort();
      await Promise.allSettled([looking, verification.close()]);
      try {
        seal();
      } catch (error) {
        // The disk is full, for instance: the seal of before stands.
        log('proofs.unsealed', { code: asFailure(error).code });
      }
    },
  };
}

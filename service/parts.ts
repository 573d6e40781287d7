import type { Rules } from './authorise.ts';
import type { Blobs } from './images/blobs.ts';
import type { RecoveryKeys } from './recovery/keys.ts';
import type { Signer } from './signature.ts';
import type { Store } from './store/tables.ts';

/** What the routes work with. */
export type Parts = {
  readonly db: Store;
  readonly blobs: Blobs;
  /** What receipts are signed with. */
  readonly signer: Signer;
  /** What opens the data keys that workstations sealed. */
  readonly recovery: RecoveryKeys;
  /** The service's clock: the only one that counts. */
  readonly clock: () => Date;
  /** Who may use which route. */
  readonly rules: Rules;
  readonly version: string;
  /** Sign-in attempts a minute from one address. */
  readonly signInsPerMinute: number;
  /** Whether candidates reach the service by https, so that cookies may insist on it. */
  readonly secure: boolean;
};

/** Runs work in one transaction: all of it is committed, or none. */
export type Transact = <T>(work: (db: Store) => Promise<T>) => Promise<T>;

/** The transaction of the parts' database. */
export function transactOf({ db }: Pick<Parts, 'db'>): Transact {
  return (work) => db.transaction().execute(work);
}

/** Work that only reads, in one transaction: it sees one state, and where the database can, waits for no other. */
export function reading<T>({ db }: Pick<Parts, 'db'>, work: (db: Store) => Promise<T>): Promise<T> {
  return db.transaction().setAccessMode('read only').execute(work);
}

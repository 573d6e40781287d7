import { type Keys, provedChanges, recoveryKeyForm } from '../../shared/keys.ts';
import { isSignedBy } from '../signature.ts';
import { logEntry } from '../store/audit.ts';
import type { Store } from '../store/database.ts';
import { pinServiceKey, readServiceKey, replaceServiceKey } from '../store/meta.ts';
import { ServiceFailure } from '../sync/failures.ts';
import type { Service } from '../sync/service.ts';

export type KnowOptions = {
  readonly service: Pick<Service, 'keys'>;
  readonly store: Store;
  readonly now: () => Date;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Compares the service's key with the one known here. The first one is kept; another one takes its place when every
 * change since is signed by the key before it. Gives the keys, the recovery key among them, as the trusted one signed.
 * @throws ServiceFailure, `service.key` when there is no proof
 */
export async function knowService({ service, store, now, signal }: KnowOptions): Promise<Keys> {
  const keys = await service.keys(signal);
  const { publicKey, recovery } = keys;
  const known = readServiceKey(store.read);
  const changes = known === null ? [] : provedChanges(known, keys, isSignedBy);
  if (changes === null) throw new ServiceFailure('service.key', 'no', 'another key');
  if (!isSignedBy(publicKey, recoveryKeyForm(recovery.publicKey), recovery.signature)) {
    throw new ServiceFailure('service.key', 'no', 'recovery key');
  }
  if (known === null) store.transact((db) => pinServiceKey(db, publicKey));
  if (changes.length > 0) {
    store.transact((db) => {
      for (const change of changes) {
        replaceServiceKey(db, change.to, change.at);
        logEntry(db, now().toISOString(), 'rekeyed', change);
      }
    });
  }
  return keys;
}

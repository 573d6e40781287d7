import { closeStores, createProfile, openStores, profileOf, type Stores } from '../../electron/account/profile.ts';
import { temporaryFolder } from './folder.ts';

/** The two databases of a new profile; to be closed before the test ends. */
export async function emptyStores(): Promise<{ stores: Stores; close: () => Promise<void> }> {
  const profile = profileOf(await temporaryFolder(), 'http://127.0.0.1:9', 'reviewer1');
  const key = await createProfile(profile, 'Sample-2026-desk');
  const surroundings = {
    binding: null,
    imagesWriter: new URL('../../electron/store/images-writer.ts', import.meta.url),
    backupWriter: new URL('../../electron/store/backup-writer.ts', import.meta.url),
    recordsReader: new URL('../../electron/proofs/records-reader.ts', import.meta.url),
  };
  const opening = { now: () => new Date(), log: () => undefined, onDamage: () => undefined };
  const stores = await openStores(profile, key, surroundings, opening);
  return { stores, close: () => closeStores(stores) };
}

import { closeStores, createProfile, openStores, profileOf, type Stores } from '../../electron/account/profile.ts';
import { temporaryFolder } from './folder.ts';

/** The two databases of a new profile; to be closed before the test ends. */
export async function emptyStores(): Promise<{ stores: Stores; close: () => Promise<void> }> {
  const profile = profileOf(await temporaryFolder(), 'http://127.0.0.1:9', 'reviewer1');
  const key = await createProfile(profile, 'Sample-2026-desk');
  const stores = await openStores(profile, key, {
    binding: null,
    imagesWriter: new URL('../../electron/store/images-writer.ts', import.meta.url),
  });
  return { stores, close: () => closeStores(stores) };
}

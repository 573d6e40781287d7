import { openDataKey, protect } from '../../electron/account/data-key.ts';

/** Goes over to another password of a profile, in a process of its own so that it can be killed: `id folder from to`. */
const [id = '', folder = '', from = '', to = ''] = process.argv.slice(2);
const profile = { id, service: 'service', folder };
const { key } = await openDataKey(profile, from, null);
await protect(profile, key, { passwords: [from, to], seal: null, recovery: null });
await protect(profile, key, { passwords: [to], seal: null, recovery: null });

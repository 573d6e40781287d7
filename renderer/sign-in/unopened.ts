/** Problems of data that can't be opened, after which new data may be begun. */
export const UNOPENED: ReadonlySet<string> = new Set(['store.locked', 'store.sealed', 'store.key', 'recovery.key']);

/** One step of the database's shape. Never changed once released; versions rise by one. */
export type Migration = { readonly version: number; readonly sql: string };

type Text = readonly [title: string, nextStep: string];

/** A problem of the closed list: HTTP status (0 where none is sent), what happened and what to do next. */
export type Entry = { readonly status: number; readonly zh: Text; readonly en: Text };

/** One entry of the list. */
export const entry = (status: number, zh: Text, en: Text): Entry => ({ status, zh, en });

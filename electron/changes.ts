import type { SubmissionId } from '../shared/ids.ts';
import type { CHANGED } from '../shared/ipc.ts';

type Table = (typeof CHANGED)[number];

/** Tells which tables and submissions a commit has moved; called after the commit, never before. */
export type Announce = (tables: readonly Table[], submissions?: readonly SubmissionId[]) => void;

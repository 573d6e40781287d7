import { first } from './0001-first.ts';
import { devices } from './0002-devices.ts';
import { tree } from './0005-tree.ts';
import type { Migration } from './migration.ts';

/** Every migration, in order; a database remembers the last one it went through. */
export const MIGRATIONS: readonly Migration[] = [first, devices, tree];

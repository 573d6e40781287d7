import { first } from './0001-first.ts';
import { devices } from './0002-devices.ts';
import { claims } from './0003-claims.ts';
import { recovery } from './0004-recovery.ts';
import { tree } from './0005-tree.ts';
import { levels } from './0006-levels.ts';
import { spotChecks } from './0007-spot-checks.ts';
import { audit } from './0008-audit.ts';
import { tallies } from './0009-tallies.ts';
import { auditByPlace } from './0010-audit-by-place.ts';
import type { Migration } from './migration.ts';

/** Every migration, in order; a database remembers the last one it went through. */
export const MIGRATIONS: readonly Migration[] = [
  first,
  devices,
  claims,
  recovery,
  tree,
  levels,
  spotChecks,
  audit,
  tallies,
  auditByPlace,
];

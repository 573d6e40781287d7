import type { Migration } from './migration.ts';
import { review001 } from './review-001.ts';
import { review002 } from './review-002.ts';
import { review003 } from './review-003.ts';
import { review004 } from './review-004.ts';
import { review005 } from './review-005.ts';
import { review006 } from './review-006.ts';
import { review007 } from './review-007.ts';
import { review008 } from './review-008.ts';
import { review009 } from './review-009.ts';
import { review010 } from './review-010.ts';
import { review011 } from './review-011.ts';

/** The history of `review.db`, in order. */
export const REVIEW_MIGRATIONS: readonly Migration[] = [
  review001,
  review002,
  review003,
  review004,
  review005,
  review006,
  review007,
  review008,
  review009,
  review010,
  review011,
];

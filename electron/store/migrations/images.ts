import { images001 } from './images-001.ts';
import { images002 } from './images-002.ts';
import type { Migration } from './migration.ts';

/**
 * The history of `images.db`, in order. By itself, so that the thread of the pictures reads nothing of `review.db`, above all
 * no dictionary of pinyin.
 */
export const IMAGES_MIGRATIONS: readonly Migration[] = [images001, images002];

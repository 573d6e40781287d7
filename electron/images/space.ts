import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What of a disk is left free for everything else, bytes: the databases' own logs, Windows' updates, other programs. */
const LEFT_FREE = 1_000_000_000;
/** … and of a small one at most this share. */
const LEFT_SHARE = 0.05;

/** What is known of a disk, bytes. */
export type Disk = { readonly size: number; readonly free: number };

/** Why no further picture is fetched. */
export type Shortage = 'store.space' | 'store.budget';

/** How many bytes of pictures may still come, and what ends them. Below the floor of the disk it is nothing. */
export function roomFor(disk: Disk, used: number, budget: number): { readonly bytes: number; readonly end: Shortage } {
  const floor = Math.min(LEFT_FREE, disk.size * LEFT_SHARE);
  const onDisk = Math.max(0, disk.free - floor);
  const inBudget = Math.max(0, budget - used);
  return onDisk <= inBudget ? { bytes: onDisk, end: 'store.space' } : { bytes: inBudget, end: 'store.budget' };
}

/** The disk on which a file lies. */
export async function diskOf(path: string): Promise<Disk> {
  const { bsize, blocks, bavail } = await statfs(dirname(path));
  return { size: bsize * blocks, free: bsize * bavail };
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

function mount(folder: string, megabytes: number): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const unmount = (folder: string) => {
  execFileSync('umount', [folder], { stdio: 'ignore' });
  rmSync(folder, { recursive: true });
};

/** Whether this machine lets a test have a disk of its own: Linux, as root. */
export function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'review-desk-disk-'));
  const mounted = mount(folder, 1);
  if (mounted) unmount(folder);
  else rmSync(folder, { recursive: true });
  return mounted;
}

/** A real disk of a few megabytes that goes with the test. */
export function smallDisk(megabytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'review-desk-disk-'));
  if (!mount(folder, megabytes)) throw new Error('no disk could be mounted');
  onTestFinished(() => unmount(folder));
  return folder;
}

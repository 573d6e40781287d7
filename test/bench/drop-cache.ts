import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../e2e/launch.ts';

/** What Chromium keeps from one start to the next to be quicker. */
const KEPT = ['Cache', 'Code Cache', 'GPUCache', 'DawnGraphiteCache', 'DawnWebGPUCache', 'ShaderCache'];

function filesIn(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/**
 * Has the system forget the content of Electron, of the built app with its native modules, and of a profile, as after the
 * computer was switched on. What another process has in use stays; the system decides about the rest.
 */
export function dropCaches(userData: string): void {
  for (const kept of KEPT) rmSync(join(userData, kept), { recursive: true, force: true });
  const electron = dirname(process.env.ELECTRON_EXEC_PATH ?? join(ROOT, 'node_modules/electron/dist/electron'));
  const binding = process.env.REVIEW_DESK_SQLITE_BINDING;
  const modules = ['better-sqlite3', 'sharp', '@img', '@node-rs', '@janhapke'].map((name) =>
    join(ROOT, 'node_modules', name),
  );
  const places = [electron, join(ROOT, 'out/main'), join(ROOT, 'out/renderer'), ...modules, userData];
  for (const file of [...places, ...(binding ? [binding] : [])].flatMap(filesIn)) {
    try {
      // Only tells the system that the file's pages won't be needed; reads nothing.
      execFileSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0', 'status=none']);
    } catch {
      // A socket, or gone meanwhile.
    }
  }
}

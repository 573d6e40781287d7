import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DESK = fileURLToPath(new URL('./desk-process.ts', import.meta.url));
const SERVICE = fileURLToPath(new URL('../../service/main.ts', import.meta.url));

/** What the processes of a run are started from: files for Node. */
export type Programs = { readonly desk: string; readonly service: string };

/** The sources as they are. */
export const SOURCES: Programs = { desk: DESK, service: SERVICE };

/**
 * Bundles workstation and service, as the shipped app is bundled: a process starts in half the time, and a run starts
 * thousands. `remove` takes them away again.
 */
export async function bundlePrograms(): Promise<Programs & { readonly remove: () => void }> {
  // In the checkout, so that the native modules are found.
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'out', 'faults-'));
  const outDir = join(folder, 'bundled');
  const store = join(ROOT, 'electron', 'store');
  await build({
    configFile: false,
    logLevel: 'warn',
    root: ROOT,
    publicDir: false,
    ssr: { noExternal: true, external: ['better-sqlite3', 'sharp', '@node-rs/argon2'] },
    build: {
      ssr: true,
      outDir,
      target: 'node22',
      rollupOptions: {
        input: {
          desk: DESK,
          service: SERVICE,
          'images-writer': join(store, 'images-writer.ts'),
          'backup-writer': join(store, 'backup-writer.ts'),
          'records-reader': join(ROOT, 'electron/proofs/records-reader.ts'),
        },
      },
    },
  });
  // Where the service looks for its version.
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  return {
    desk: join(outDir, 'desk.js'),
    service: join(outDir, 'service.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

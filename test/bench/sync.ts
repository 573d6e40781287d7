import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { openService } from '../../electron/sync/client.ts';
import type { ServiceProcess } from '../e2e/launch.ts';
import { reviewerAt } from './desk.ts';
import { borrowService, SLOTS } from './district.ts';
import { withFolder } from './folder.ts';
import { clock, compare, interleave, type Line, median } from './measure.ts';

const run = promisify(execFile);

/** 167 candidates of twelve pictures: 2,004. */
const CANDIDATES = 167;
const ROUNDS = 5;
/** Time of one round trip to the service far away, ms. */
const FAR = 30;

const Synced = z.object({
  ms: z.number(),
  bytes: z.number(),
  images: z.number(),
  blockedMax: z.number(),
  blockedP99: z.number(),
});
type Synced = z.infer<typeof Synced>;

const pathOf = (module: string) => fileURLToPath(new URL(module, import.meta.url));

/** What curl is told to fetch: the same pictures, each into a file. */
async function curlList(folder: string, url: string, data: string): Promise<string> {
  const { account, password } = reviewerAt(url);
  const service = openService({ origin: url, language: () => 'en' });
  const { token } = await service.signIn(account, password);
  await service.close();
  const entries = await readdir(join(data, 'images'), { recursive: true, withFileTypes: true });
  const pictures = entries
    .filter((entry) => entry.isFile())
    .flatMap(({ name }) => [`url = "${url}/v1/images/${name}"`, `output = "${join(folder, 'curl', name)}"`]);
  const list = join(folder, 'curl.txt');
  await writeFile(list, [`header = "Authorization: Bearer ${token}"`, ...pictures, ''].join('\n'), { mode: 0o600 });
  return list;
}

/** Opens the line to a service far away. */
async function openFarLine(url: string): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [pathOf('./far-line.ts'), url, String(FAR)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { url: String(line).trim(), child };
}

/** A first synchronisation into the encrypted store, verified, against curl into plain files, from one address. */
async function measure(name: string, folder: string, url: string, data: string, connections: number): Promise<Line> {
  const list = await curlList(folder, url, data);
  const seen: Synced[] = [];
  const ours = async (round: number) => {
    const profile = join(folder, `desk-${round}`);
    const { stdout } = await run(process.execPath, [pathOf('./sync-process.ts'), profile, url]);
    const synced = Synced.parse(JSON.parse(stdout));
    if (synced.images !== CANDIDATES * SLOTS.length) throw new Error(`only ${synced.images} pictures came`);
    seen.push(synced);
    await rm(profile, { recursive: true });
    return synced.bytes / 1e3 / synced.ms;
  };
  const curl = async () => {
    await mkdir(join(folder, 'curl'));
    const began = clock();
    await run('curl', ['-sS', '--fail', '-Z', '--parallel-max', String(connections), '-K', list]);
    const ms = clock() - began;
    await rm(join(folder, 'curl'), { recursive: true });
    return (seen[0]?.bytes ?? 0) / 1e3 / ms;
  };
  const values = await interleave(ROUNDS, { ours, curl });
  const unit = 'MB/s of pictures, verified, into the encrypted store';
  return compare(
    name,
    unit,
    values.ours,
    { curl: values.curl },
    {
      connectionsOfCurl: connections,
      pictures: seen[0]?.images,
      meanKilobytes: Math.round((seen[0]?.bytes ?? 0) / (seen[0]?.images ?? 1) / 1e3),
      eventLoopBlockedMaxMs: Math.round(median(seen.map(({ blockedMax }) => blockedMax))),
      eventLoopBlockedP99Ms: Number(median(seen.map(({ blockedP99 }) => blockedP99)).toPrecision(3)),
      load: Number((loadavg()[0] ?? 0).toPrecision(2)),
    },
  );
}

/** `sync`: from a service on this computer, and from one 30 ms away. */
export async function sync(): Promise<Line[]> {
  return withFolder(async (folder) => {
    const service: ServiceProcess = await borrowService(folder, CANDIDATES);
    const far = await openFarLine(service.url);
    try {
      return [
        await measure('sync', folder, service.url, service.folder, 6),
        await measure('sync.far', folder, far.url, service.folder, 16),
      ];
    } finally {
      far.child.kill();
      await service.stop();
    }
  });
}

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { RULES, type Rules } from './authorise.ts';
import { lapseDue } from './candidate/lapse.ts';
import { endClaimsOver } from './claims.ts';
import { type Blobs, openBlobs } from './images/blobs.ts';
import type { LogLevel } from './log.ts';
import { openRecoveryKeys, type RecoveryKeys } from './recovery/keys.ts';
import { buildServer, type Tls } from './server.ts';
import { changeKey, openSigner, type Signer } from './signature.ts';
import { record } from './store/audit.ts';
import { openDatabase } from './store/database.ts';
import { feedHead, startEpoch } from './store/feed.ts';
import { openPostgres } from './store/postgresql/open.ts';
import type { Store } from './store/tables.ts';
import { growTree } from './store/tree.ts';

/** The data folder, opened. */
export type Opened = {
  readonly db: Store;
  readonly blobs: Blobs;
  readonly signer: Signer;
  readonly recovery: RecoveryKeys;
  readonly close: () => Promise<void>;
};

export type OpenOptions = {
  /** `postgres://…`: the database is on PostgreSQL, not in the folder, and other processes may work with both too. */
  readonly databaseUrl?: string | undefined;
  /** On PostgreSQL: an empty database is refused, not filled. */
  readonly mustExist?: boolean;
};

/**
 * Opens (or makes) a data folder: `service.db`, `images/`, `signing-key.pem` and `recovery-key.pem`.
 * Throws `NewerDatabaseError`, on PostgreSQL also `DatabaseRefusedError`.
 */
export async function openData(folder: string, options: OpenOptions = {}): Promise<Opened> {
  const { databaseUrl: url, mustExist = false } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // First: who may not use the database makes no keys. Processes that start at once meet here, one after the other.
  const postgres = url === undefined ? null : await openPostgres({ url, newEpoch: randomUUID, mustExist });
  try {
    const openFolder = async () => ({
      blobs: await openBlobs(path.join(folder, 'images'), { shared: postgres !== null }),
      signer: openSigner(folder),
      recovery: openRecoveryKeys(folder),
    });
    const { blobs, signer, recovery } = postgres
      ? await postgres.transaction().execute(async (transaction) => {
          // Whoever has been answered has the writers' lock; a beginning alone waits for nothing.
          await feedHead(transaction);
          return openFolder();
        })
      : await openFolder();
    const db = postgres ?? (await openDatabase(path.join(folder, 'service.db'), randomUUID));
    return await opened(db, { blobs, signer, recovery });
  } catch (error) {
    await postgres?.destroy();
    throw error;
  }
}

async function opened(db: Store, parts: Pick<Opened, 'blobs' | 'signer' | 'recovery'>): Promise<Opened> {
  await growTree(db);
  return { db, ...parts, close: () => db.destroy() };
}

export type StartOptions = {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  readonly tls?: Tls;
  readonly logLevel: LogLevel;
  readonly logTo: Writable;
  readonly clock: () => Date;
  readonly signInsPerMinute: number;
  /** Who may use which route, where it isn't as the product has it. */
  readonly rules?: Rules;
};

/** A service that answers. */
export type Running = {
  readonly url: string;
  readonly app: FastifyInstance;
  /** Finishes the requests under way, then closes the database. */
  readonly stop: () => Promise<void>;
};

/** How often submissions and claims whose time is over are looked for, ms. */
const LAPSE_EVERY = 60_000;

/** The version of the product, from its package. */
export function productVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** Marks the data as restored from a backup: a new epoch, which every workstation notices. */
export async function markRestored(db: Store, now: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await startEpoch(transaction, randomUUID());
    await record(transaction, { at: now, accountId: null, kind: 'epoch.started', subject: null, facts: {} });
  });
}

/** Gives the service a new signing key, which the old one vouches for; the opened data with it. */
export async function rotateKey(data: Opened, folder: string, now: string): Promise<Opened> {
  const signer = changeKey(folder, now);
  const facts = { from: data.signer.publicKey, to: signer.publicKey };
  await data.db
    .transaction()
    .execute((transaction) =>
      record(transaction, { at: now, accountId: null, kind: 'key.changed', subject: null, facts }),
    );
  return { ...data, signer };
}

/** Starts the service on an opened data folder, which it closes when it stops. */
export async function startService(data: Opened, options: StartOptions): Promise<Running> {
  const { db, blobs, signer, recovery } = data;
  const { host, port, tls, clock, logLevel, logTo, signInsPerMinute, rules = RULES } = options;
  const secure = tls !== undefined;
  const parts = { db, blobs, signer, recovery, clock, version: productVersion(), signInsPerMinute, secure, rules };
  const app = await buildServer(parts, { logLevel, logTo, ...(tls ? { tls } : {}) });
  await app.listen({ host, port, listenTextResolver: () => 'listening' });
  const address = app.addresses()[0];
  if (address === undefined || typeof address === 'string') throw new Error('the server has no address');
  const lapse = () =>
    db
      .transaction()
      .execute(async (transaction) => {
        const now = clock().toISOString();
        await lapseDue(transaction, now);
        await endClaimsOver(transaction, now);
      })
      .catch((error: unknown) => app.log.error({ err: error }, 'lapsing failed'));
  const timer = setInterval(lapse, LAPSE_EVERY);
  timer.unref();
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `${tls ? 'https' : 'http'}://${shown}:${address.port}`,
    app,
    stop: async () => {
      clearInterval(timer);
      await app.close();
      await data.close();
    },
  };
}

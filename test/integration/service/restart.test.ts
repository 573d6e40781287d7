import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openData } from '../../../service/start.ts';
import { NewerDatabaseError } from '../../../service/store/database.ts';
import { verifyAudit } from '../../../service/store/verify.ts';
import { Health } from '../../../shared/wire.ts';
import { callerOf, decisionOn, lockingAll, pullOne, send, startTestService } from '../../factories/running-service.ts';
import { returning } from '../../factories/submission.ts';
import { launchService } from '../../helpers/service-process.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'review-desk-restart-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const launch = (...args: string[]) => launchService('--data', folder, ...args);

describe('started again', () => {
  it('everything is as it was', async () => {
    const first = await startTestService({ candidates: 2, folder });
    const reviewer = await first.signIn('reviewer1');
    const before = await pullOne(reviewer, 1);
    const locks = lockingAll(before);
    const answers = await send(reviewer, ...locks);
    await first.end();

    const second = await startTestService({ candidates: 2, folder });
    try {
      const same = second.caller(reviewer.token);
      const after = await pullOne(same, 1);
      expect(after.images.every(({ state }) => state === 'locked')).toBe(true);
      expect(await send(same, ...locks)).toEqual(answers);
      await send(same, decisionOn(after, returning(after, ['M03-1'])));
      expect(await verifyAudit(second.data.db)).toMatchObject({ ok: true });
    } finally {
      await second.end();
    }
  });

  it('a decision that was answered outlasts kill -9', async () => {
    const prepared = await startTestService({ candidates: 2, folder });
    const { token } = await prepared.signIn('reviewer1');
    await prepared.end();
    // The session was opened by the test's clock; in earnest the real one counts.
    const data = await openData(folder);
    await data.db.updateTable('sessions').set({ expires_at: '2999-01-01T00:00:00.000Z' }).execute();
    await data.close();

    const killed = launch();
    const url = await killed.listening;
    const caller = callerOf(url, token);
    const subject = await pullOne(caller, 1);
    const locks = lockingAll(subject);
    const answers = await send(caller, ...locks);
    killed.child.kill('SIGKILL');
    await killed.ended;

    const again = launch();
    try {
      const same = callerOf(await again.listening, token);
      expect((await pullOne(same, 1)).images.every(({ state }) => state === 'locked')).toBe(true);
      expect(await send(same, ...locks)).toEqual(answers);
    } finally {
      again.child.kill('SIGTERM');
    }
    expect(await again.ended).toEqual({ code: 0, signal: null });
  });

  it('a database of a newer version is refused and left alone', async () => {
    await (await openData(folder)).close();
    const raw = new Sqlite(path.join(folder, 'service.db'));
    raw.pragma('user_version = 999');
    raw.close();
    await expect(openData(folder)).rejects.toThrow(NewerDatabaseError);
    const refused = launch();
    expect(await refused.ended).toMatchObject({ code: 1 });
    expect(refused.errors.join('')).toContain('install the newer version');
  });
});

describe('filling a sample', () => {
  it('ends when asked, and goes on when started again', { timeout: 120_000 }, async () => {
    const first = launch('--sample', '3', '--seed', '5');
    await first.said('Sample district: 1 of 3');
    first.child.kill('SIGTERM');
    expect(await first.ended).toEqual({ code: 0, signal: null });
    expect(first.lines.some((line) => line.includes('listening'))).toBe(false);
    const second = launch('--sample', '3', '--seed', '5');
    await second.listening;
    second.child.kill('SIGTERM');
    expect(await second.ended).toEqual({ code: 0, signal: null });
    const data = await openData(folder);
    expect(await data.db.selectFrom('submissions').select('id').execute()).toHaveLength(3);
    await data.close();
    const filled = launch('--sample', '4', '--seed', '5');
    expect(await filled.ended).toMatchObject({ code: 1 });
    expect(filled.errors.join('')).toContain('holds a sample of 3 candidates (seed 5)');
  });
});

describe('the command line', () => {
  it('that cannot be followed ends with 2 and says why', async () => {
    const service = launch('--tls-cert', 'none.pem', '--tls-key', 'none.pem', '--log-level', 'info');
    expect(await service.ended).toMatchObject({ code: 2 });
    expect(service.errors.join('')).toContain('certificate or key cannot be read');
    expect(service.errors.join('')).toContain('--data DIR');
  });

  it('with a port in use ends with 1 and says what to do', async () => {
    const first = launch();
    const port = new URL(await first.listening).port;
    const second = launch('--port', port);
    expect(await second.ended).toMatchObject({ code: 1 });
    expect(second.errors.join('')).toContain('choose another with --port');
    first.child.kill('SIGTERM');
    expect(await first.ended).toEqual({ code: 0, signal: null });
  });

  it('ends cleanly when asked, and says where it listens', async () => {
    const service = launch();
    const url = await service.listening;
    Health.parse(await (await fetch(`${url}/v1/health`)).json());
    service.child.kill('SIGINT');
    expect(await service.ended).toEqual({ code: 0, signal: null });
    expect(service.lines.at(-1)).toBe(`Review Desk service listening on ${url}`);
    expect(service.errors.join('')).toBe('');
  });
});

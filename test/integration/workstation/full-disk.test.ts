import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HOLDS, openDesk, openOffice, openSyncedDesk, rows, signIn, type TestDesk } from '../../helpers/office.ts';
import { canMount, smallDisk } from '../../helpers/small-disk.ts';

const mountable = canMount();

/** Fills a disk to its last byte. */
function fill(path: string): void {
  for (let size = 1_000_000; size >= 1; size = Math.floor(size / 4)) {
    try {
      for (;;) appendFileSync(path, Buffer.alloc(size));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }
}

async function lockNext(bench: TestDesk): Promise<void> {
  const [row] = await rows(bench);
  if (!row) throw new Error('the queue is empty');
  const { submission } = await bench.handlers.subject({ id: row.id });
  const image = submission.images.find(({ state }) => state === 'open');
  if (!image) throw new Error('no open picture');
  const act = { kind: 'image.lock', slot: image.slot, sha256: image.sha256 } as const;
  await bench.handlers.decide({ submissionId: row.id, revision: submission.revision, act });
}

test.skipIf(!mountable)(
  'full disk (needs Linux, root and tmpfs): the first refusal is said, and nothing counts as saved',
  async () => {
    const office = await openOffice(1);
    const disk = smallDisk(24);
    const userData = join(disk, 'desk');
    const bench = await openSyncedDesk(office, { userData, holds: HOLDS });
    await lockNext(bench);
    await office.line.set('down');
    const ballast = join(disk, 'ballast');
    fill(ballast);
    let saved = 1;
    let refused: unknown = null;
    // The log may still have room in blocks that it has already: what is said to be saved there must be.
    for (let n = 0; n < 6 && refused === null; n += 1) {
      await lockNext(bench).then(
        () => {
          saved += 1;
        },
        (error: unknown) => {
          refused = error;
        },
      );
    }
    expect(refused).toMatchObject({ code: 'store.write' });
    const shown = async (of: TestDesk) => {
      const decisions = await of.handlers.decisions({ limit: 50 });
      const locked = (await rows(of))[0]?.judged;
      return { decisions: decisions.length, locked };
    };
    expect(await shown(bench)).toEqual({ decisions: saved, locked: saved });
    expect(bench.desk.status()).toMatchObject({ waiting: saved, problem: { code: 'store.write' } });
    // With room again a commit might only seem to succeed: until the next start nothing is saved.
    rmSync(ballast);
    await expect(lockNext(bench)).rejects.toMatchObject({ code: 'store.write' });
    expect(await shown(bench)).toEqual({ decisions: saved, locked: saved });
    await bench.close();
    const again = await openDesk({ userData, holds: HOLDS });
    await signIn(again, office);
    expect(await shown(again)).toEqual({ decisions: saved, locked: saved });
    expect(again.desk.status()).toMatchObject({ recovery: null });
    await lockNext(again);
    expect((await shown(again)).decisions).toBe(saved + 1);
  },
);

test.skipIf(!mountable)(
  'full disk (needs Linux, root and tmpfs): a desk that cannot be opened says why, and opens once there is room',
  async () => {
    const office = await openOffice(1);
    const disk = smallDisk(24);
    const userData = join(disk, 'desk');
    const bench = await openSyncedDesk(office, { userData, holds: HOLDS });
    await lockNext(bench);
    await bench.close();
    await office.line.set('down');
    const ballast = join(disk, 'ballast');
    fill(ballast);
    const again = await openDesk({ userData, holds: HOLDS });
    await expect(signIn(again, office)).rejects.toMatchObject({ code: 'store.write' });
    rmSync(ballast);
    await signIn(again, office);
    expect(again.desk.status()).toMatchObject({ waiting: 1, recovery: null });
  },
);

import { open } from 'node:fs/promises';
import type { LogExport } from '../shared/log.ts';
import { signedHead } from './log-head.ts';
import type { Signer } from './signature.ts';
import { record } from './store/audit.ts';
import type { Store } from './store/tables.ts';
import { entriesAfter, entryOf } from './store/verify.ts';

const PAGE = 1_000;

/**
 * Writes the log into a new file that anybody can verify (docs/log-format.md); gives the number of entries. That it was
 * exported is its last entry. Fails with `EEXIST` when the file is there.
 */
export async function exportLog(
  { db, signer }: { readonly db: Store; readonly signer: Signer },
  { file, by, now }: { readonly file: string; readonly by: string; readonly now: string },
): Promise<number> {
  const out = await open(file, 'wx', 0o600);
  try {
    const signed = await db.transaction().execute(async (transaction) => {
      await record(transaction, { at: now, accountId: null, kind: 'log.exported', subject: null, facts: { by } });
      return signedHead(transaction, signer, now);
    });
    const { publicKey, changes } = signer;
    const former = changes.length > 0 ? { changes: [...changes] } : {};
    const first: LogExport = {
      format: 'review-desk-log',
      version: 1,
      exportedAt: now,
      by,
      publicKey,
      ...former,
      ...signed,
    };
    await out.write(`${JSON.stringify(first)}\n`);
    const { size } = signed.head;
    for (let after = 0; after < size; after += PAGE) {
      const rows = await entriesAfter(db, after, Math.min(PAGE, size - after));
      await out.write(rows.map((row) => `${JSON.stringify(entryOf(row))}\n`).join(''));
    }
    await out.sync();
    return size;
  } finally {
    await out.close();
  }
}

import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { auditPage, auditTally, auditTotal } from '../../service/store/audit-search.ts';
import { openDatabase } from '../../service/store/database.ts';
import type { Scope } from '../../service/store/scope.ts';
import { AuditAsk } from '../../shared/audit/wire.ts';
import { fillDecisions, reviewerOf, siteOf } from './filled-audit.ts';
import { withFolder } from './folder.ts';
import { clock, compare, interleave, type Line, timed } from './measure.ts';

const DECISIONS = 1_000_000;
/** Rows of a page, and of the anchor. */
const LIMIT = 50;
const ROUNDS = 200;
/** Rows that are kept as keys to begin pages at, and to read by primary key. */
const KEYS = 1_000;

const took = async (work: () => Promise<unknown>): Promise<number> => {
  const began = clock();
  await work();
  return clock() - began;
};

/**
 * `audit`: the questions that the audit screen asks the service's database, against fifty rows by primary key from the same
 * file. Each round asks another page.
 */
export function audit(): Promise<Line[]> {
  return withFolder(async (folder) => {
    const file = join(folder, 'service.db');
    const db = await openDatabase(file, () => 'bench');
    const derived = fillDecisions(file, DECISIONS);
    const raw = new Sqlite(file, { readonly: true });
    try {
      const keys = raw
        .prepare('SELECT key FROM decision_facts WHERE key % 997 < 3 ORDER BY random() LIMIT ?')
        .pluck()
        .all(KEYS) as number[];
      const byKey = raw.prepare('SELECT * FROM decision_facts WHERE key = ?');
      const key = (round: number) => keys[(round * LIMIT) % keys.length] ?? null;
      const fifty = (round: number) =>
        timed(() => {
          for (let row = 0; row < LIMIT; row += 1) byKey.get(keys[(round * LIMIT + row) % keys.length]);
        });
      const district: Scope = { kind: 'district', district: '99', passed: false };
      const site: Scope = { kind: 'site', site: siteOf(3) };
      const page = (scope: Scope, filter: Partial<AuditAsk>, deep = false) => {
        const ask = AuditAsk.parse({ ...filter, limit: LIMIT });
        return (round: number) => took(() => auditPage(db, scope, deep ? { ...ask, after: key(round) } : ask));
      };
      const questions = {
        page: page(district, { kind: 'submission.return' }),
        deep: page(district, {}, true),
        person: page(district, { person: reviewerOf(3, 2) as AuditAsk['person'] }, true),
        several: page(district, { level: 'site', reason: 'S01', material: 'M05', viewedUnder: 2_000 }),
        site: page(site, { kind: 'image.return', reason: 'Q02' }, true),
        reopened: page(site, { reopened: true }),
        words: page(district, { search: '公章' }),
        rareWords: page(district, { search: '赵明华' }),
        siteWords: page(site, { search: '公章' }),
        counts: () => took(() => auditTally(db, district)),
        total: () => took(() => auditTotal(db, district, AuditAsk.parse({ kind: 'image.lock' }))),
      } as const;
      for (const question of Object.values(questions)) await question(0);
      const values = await interleave(ROUNDS, { ...questions, fifty });
      const more = { count: DECISIONS, derivedInMs: Math.round(derived) };
      return Object.keys(questions).map((name) =>
        compare(`audit.${name}`, 'ms', values[name as keyof typeof questions], { fiftyByKey: values.fifty }, more),
      );
    } finally {
      raw.close();
      await db.destroy();
    }
  });
}

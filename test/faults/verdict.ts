import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { openDatabase } from '../../service/store/database.ts';
import { verifyAudit } from '../../service/store/verify.ts';
import type { Submission } from '../../shared/submission.ts';
import { type Dump, type Held, Noted } from './messages.ts';
import { type RecordedDecision, readRecords } from './records.ts';
import { replay } from './replay.ts';

/** What is wrong after a round, in sentences; all empty when every promise held. */
export type Verdict = {
  /** Decisions that the reviewers were told are saved. */
  readonly decisions: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly stuck: readonly string[];
  readonly silentConflicts: readonly string[];
  readonly corrupt: readonly string[];
};

/** A workstation at the end of a round. */
export type Witness = { readonly name: string; readonly ledger: string; readonly dump: Dump };

/** What was acknowledged. A line that a kill cut short was not: the note is written after the answer. */
export function readLedger(file: string): Noted[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => Noted.parse(JSON.parse(line)));
}

/** What became of an acknowledged decision, if it isn't what may: a sentence, and how to count it. */
function fate(
  held: Held | undefined,
  withdrawn: boolean,
  recorded: RecordedDecision | undefined,
): { readonly kind: 'lost' | 'stuck'; readonly text: string } | null {
  const lost = (text: string) => ({ kind: 'lost', text }) as const;
  if (!held) return lost('saved, and the workstation has it no more');
  if (withdrawn && held.state !== 'withdrawn') return lost(`withdrawn, and it is ${held.state} again`);
  switch (held.state) {
    case 'waiting':
    case 'sending':
      return { kind: 'stuck', text: `still ${held.state}` };
    case 'applied':
      if (recorded?.outcome !== 'applied') return lost(`has a receipt, and the service has it as ${recorded?.outcome}`);
      return recorded.sha256 === held.sha256 ? null : lost('the service has another decision under its id');
    case 'withdrawn':
    case 'conflict':
    case 'refused':
    case 'dismissed':
      return recorded?.outcome === 'applied' ? lost(`it is ${held.state} here, and applied at the service`) : null;
  }
}

async function damageOf(folder: string): Promise<string[]> {
  const found: string[] = [];
  const file = join(folder, 'service.db');
  const sqlite = new Sqlite(file, { readonly: true });
  const check = String(sqlite.pragma('integrity_check', { simple: true }));
  sqlite.close();
  if (check !== 'ok') found.push(`service.db: ${check}`);
  const db = await openDatabase(file, () => '');
  const audit = await verifyAudit(db);
  await db.destroy();
  if (!audit.ok) found.push(`the service's log breaks at ${audit.at}`);
  return found;
}

/** Judges a round after everything has come to rest and the service has ended. */
export async function judge(
  first: readonly Submission[],
  service: string,
  witnesses: readonly Witness[],
  unsettled: readonly string[],
): Promise<Verdict> {
  const records = readRecords(service);
  const recorded = new Map(records.decisions.map((decision) => [decision.id, decision]));
  const lost: string[] = [];
  const stuck: string[] = [...unsettled];
  const corrupt: string[] = await damageOf(service);
  let decisions = 0;
  for (const { name, ledger, dump } of witnesses) {
    corrupt.push(...dump.damage.map((text) => `${name}: ${text}`));
    const noted = readLedger(ledger);
    const withdrawn = new Set(noted.filter(({ kind }) => kind === 'withdrawn').map(({ id }) => id));
    const saved = new Set(noted.filter(({ kind }) => kind === 'saved').map(({ id }) => id));
    const held = new Map(dump.decisions.map((one) => [String(one.decision.id), one]));
    decisions += saved.size;
    // Also what was saved without anybody being told, just before a kill, has to arrive once or wait in sight.
    for (const id of new Set([...saved, ...withdrawn, ...held.keys()])) {
      const found = fate(held.get(id), withdrawn.has(id), recorded.get(id));
      if (found) (found.kind === 'lost' ? lost : stuck).push(`${name}: ${id}: ${found.text}`);
    }
  }
  const { silent, doubled } = replay(first, records);
  return { decisions, lost, doubled, stuck, silentConflicts: silent, corrupt };
}

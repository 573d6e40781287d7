// Checks an exported log without service or app: `node scripts/verify-log.ts FILE [--head FILE]`. The format and what
// is proven are described in docs/log-format.md.
import { parseArgs } from 'node:util';
import { keptHeads, verifyExport } from '../service/verify-export.ts';

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { head: { type: 'string' } } });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) {
    console.error('npm run verify-log -- FILE [--head FILE]: checks an exported log');
    return 2;
  }
  const outcome = await verifyExport(file, keptHeads(values.head));
  console.log(JSON.stringify(outcome));
  return outcome.ok ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

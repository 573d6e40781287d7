import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { openExports } from '../../../../electron/export/exports.ts';
import { Failure } from '../../../../electron/failure.ts';
import { AccountId } from '../../../../shared/ids.ts';
import { ExportAsk } from '../../../../shared/spot-check/wire.ts';
import { temporaryFolder } from '../../../helpers/folder.ts';

const ask = (format: 'xlsx' | 'csv' | 'pdf') => ({
  ...ExportAsk.parse({ what: 'statistics', format, filter: {}, rows: 1 }),
  name: `总览.${format}`,
});
const sheets = [{ name: '总览', stamp: ['样例督查员一导出'], columns: ['原因', '次'], rows: [['=1+1', 3]] }];

async function scene(record: () => Promise<void> = async () => undefined, refused = false) {
  const folder = await temporaryFolder();
  const steps: string[] = [];
  let n = 0;
  const exports = openExports({
    record: async () => {
      steps.push('recorded');
      await record();
      return { entry: 9, at: '2026-03-02T06:00:00.000Z', by: { id: AccountId.parse('acc-1'), name: '样例督查员一' } };
    },
    whereTo: async (name) => {
      steps.push('asked');
      return refused ? null : join(folder, name);
    },
    pdf: async () => new TextEncoder().encode('%PDF-'),
    newId: () => `00000000-0000-4000-8000-00000000000${n++}`,
  });
  return { folder, steps, exports };
}

it('asks where to, has it recorded, then writes, once', async () => {
  const { folder, steps, exports } = await scene();
  const made = await exports.begin(ask('csv'));
  expect(steps).toEqual(['asked', 'recorded']);
  expect(made).toMatchObject({ entry: 9, by: { name: '样例督查员一' } });
  await exports.write(made?.id ?? '', sheets);
  expect(readFileSync(join(folder, '总览.csv'), 'utf8')).toBe(
    '\uFEFF"样例督查员一导出"\r\n"原因","次"\r\n"\'=1+1",3\r\n',
  );
  await expect(exports.write(made?.id ?? '', sheets)).rejects.toMatchObject({ code: 'request.invalid' });
});

it('writes nothing that was not recorded', async () => {
  const { folder, exports } = await scene(async () => {
    throw new Failure('account.not_allowed');
  });
  await expect(exports.begin(ask('xlsx'))).rejects.toMatchObject({ code: 'account.not_allowed' });
  await expect(exports.write('00000000-0000-4000-8000-000000000000', sheets)).rejects.toMatchObject({
    code: 'request.invalid',
  });
  expect(() => readFileSync(join(folder, '总览.xlsx'))).toThrow();
});

it('records nothing where the person thought better of it', async () => {
  const { steps, exports } = await scene(undefined, true);
  expect(await exports.begin(ask('pdf'))).toBeNull();
  expect(steps).toEqual(['asked']);
});

it('a workbook holds text as text, numbers as numbers, and no formula', async () => {
  const { folder, exports } = await scene();
  const made = await exports.begin(ask('xlsx'));
  await exports.write(made?.id ?? '', sheets);
  const files = unzipSync(new Uint8Array(readFileSync(join(folder, '总览.xlsx'))));
  const xml = Object.entries(files)
    .filter(([name]) => name.endsWith('.xml'))
    .map(([, bytes]) => strFromU8(bytes))
    .join('');
  expect(xml).toContain('=1+1');
  expect(xml).toContain('样例督查员一导出');
  expect(xml).toMatch(/<v>3<\/v>/);
  expect(xml).not.toMatch(/<f[\s>]/);
});

it('a PDF is written as a PDF alone; a file that can’t be written is told', async () => {
  const { folder, exports } = await scene();
  const made = await exports.begin(ask('pdf'));
  await exports.print(made?.id ?? '');
  expect(readFileSync(join(folder, '总览.pdf'), 'utf8')).toBe('%PDF-');
  const csv = await exports.begin(ask('csv'));
  await expect(exports.print(csv?.id ?? '')).rejects.toMatchObject({ code: 'request.invalid' });
  writeFileSync(join(folder, 'file'), '');
  const nowhere = await exports.begin({ ...ask('csv'), name: 'file/x.csv' });
  await expect(exports.write(nowhere?.id ?? '', sheets)).rejects.toMatchObject({ code: 'export.unwritten' });
});

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { derive } from '../../../electron/images/derive.ts';
import { openDesk, openOffice, rows, signIn, synced } from '../../helpers/office.ts';
import { until } from '../../helpers/until.ts';

test('the pictures of the submission on screen are looked at before the others', async () => {
  const office = await openOffice(6);
  const looked: string[] = [];
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const bench = await openDesk({
    derive: async (bytes) => {
      looked.push(createHash('sha256').update(bytes).digest('hex'));
      await gate;
      return derive(bytes);
    },
  });
  await signIn(bench, office);
  await synced(bench);
  await until('the first two pictures are being looked at', () => looked.length === 2);
  const last = (await rows(bench)).at(-1);
  if (!last) throw new Error('the queue is empty');
  const { submission } = await bench.handlers.subject({ id: last.id });
  open();
  const facts = async () => (await bench.handlers.subject({ id: last.id })).facts.length;
  await until('its pictures were looked at', async () => (await facts()) === submission.images.length);
  const own = new Set<string>(submission.images.map(({ sha256 }) => sha256));
  const order = looked.slice(2).map((sha256) => own.has(sha256));
  // What was under way when it was opened, and the one after it in line at most, come before.
  expect(order.slice(0, own.size + 1).filter(Boolean)).toHaveLength(own.size);
});

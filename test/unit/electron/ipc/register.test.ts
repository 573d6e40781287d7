import { expect, test } from 'vitest';
import { Failure } from '../../../../electron/failure.ts';
import type { Handlers } from '../../../../electron/ipc/handlers.ts';
import { registerChannels, type Sender } from '../../../../electron/ipc/register.ts';
import { CHANNELS } from '../../../../shared/ipc.ts';

/** Registers the given functions; all others answer nonsense. */
function office(own: Partial<Handlers>, isOurs = true) {
  const calls = new Map<string, (event: Sender, value: unknown) => unknown>();
  const logged: unknown[] = [];
  const rest = Object.fromEntries(Object.keys(CHANNELS).map((channel) => [channel, () => 'nonsense']));
  registerChannels({
    ipcMain: {
      handle: (channel, listener) => {
        calls.set(channel, (event, value) => listener(event as never, value));
      },
    },
    handlers: { ...rest, ...own } as Handlers,
    isOurs: () => isOurs,
    language: () => 'en',
    log: (event, facts) => logged.push([event, facts]),
  });
  const call = (channel: string, value?: unknown) => calls.get(`desk:${channel}`)?.({} as Sender, value);
  return { call, channels: [...calls.keys()], logged };
}

test('every channel is answered', () => {
  expect(office({}).channels).toEqual(Object.keys(CHANNELS).map((channel) => `desk:${channel}`));
});

test('a foreign sender gets an error and reaches nothing', async () => {
  let reached = false;
  const { call } = office(
    {
      signOut: () => {
        reached = true;
        return undefined;
      },
    },
    false,
  );
  expect(await call('signOut')).toMatchObject({ ok: false, problem: { code: 'account.not_allowed' } });
  expect(reached).toBe(false);
});

test('what does not fit the contract is refused on the way in and on the way out', async () => {
  const { call } = office({});
  expect(await call('subject', { id: '../../etc' })).toMatchObject({ ok: false, problem: { code: 'request.invalid' } });
  expect(await call('subject', { id: 's-1' })).toMatchObject({ ok: false, problem: { code: 'desk.failed' } });
});

test('an expected failure is its problem in the user’s language; a bug tells nothing of what was worked on', async () => {
  const { call, logged } = office({
    session: () => {
      throw new Failure('store.write');
    },
    status: () => {
      throw new TypeError('cannot read the name of 样例甲');
    },
  });
  expect(await call('session')).toMatchObject({
    ok: false,
    problem: { code: 'store.write', title: 'The disk cannot be written; the decision was not saved' },
  });
  expect(await call('status')).toMatchObject({ ok: false, problem: { code: 'desk.failed' } });
  expect(JSON.stringify(logged)).not.toContain('样例甲');
});

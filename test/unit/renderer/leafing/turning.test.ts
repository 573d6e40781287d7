import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SubmissionId } from '../../../../shared/ids.ts';

const [first, second, third] = ['s-1', 's-2', 's-3'].map((id) => SubmissionId.parse(id)) as [
  SubmissionId,
  SubmissionId,
  SubmissionId,
];

/** A key, as far as the desk looks at it. */
class Key extends Event {
  readonly key: string = '';
  readonly code: string = '';
  readonly repeat: boolean = false;
  readonly ctrlKey: boolean = false;
  readonly shiftKey: boolean = false;
  readonly altKey: boolean = false;
  readonly metaKey: boolean = false;

  constructor(type: string, init: KeyboardEventInit) {
    super(type, { cancelable: true });
    const { key = '', code = '', ctrlKey = false } = init;
    Object.assign(this, { key, code, ctrlKey });
  }
}

/** The part of the desk that turns, with one submission on it and leaves for three. */
async function deskAt(id: SubmissionId) {
  const page = new EventTarget();
  vi.stubGlobal('window', page);
  vi.stubGlobal('document', { body: page });
  vi.stubGlobal('KeyboardEvent', Key);
  vi.stubGlobal('requestAnimationFrame', (then: () => void) => setTimeout(then, 16));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
  const turning = await import('../../../../renderer/leafing/turning.ts');
  const { deskState } = await import('../../../../renderer/desk.ts');
  deskState().open(id);
  const stop = turning.guardKeys();
  const leave = turning.arrive(id);
  const shown = new Map<SubmissionId, boolean>();
  const heard: string[] = [];
  page.addEventListener('keydown', (event) => heard.push((event as Key).key));
  return {
    turning,
    deskState,
    leave,
    shown,
    heard,
    offer: (...ids: SubmissionId[]) => {
      for (const one of ids) {
        turning.offerLeaf(one, { show: () => shown.set(one, true), hide: () => shown.set(one, false) });
      }
    },
    press: (key: string) => page.dispatchEvent(new Key('keydown', { key, code: key })),
    release: () => page.dispatchEvent(new Event('keyup')),
    stop,
  };
}

/** No leaf over the desk, and keys reach it. */
function expectAt(desk: Awaited<ReturnType<typeof deskAt>>, id: SubmissionId): void {
  vi.runAllTimers();
  expect(desk.deskState().reviewing).toBe(id);
  expect([...desk.shown].filter(([, up]) => up)).toEqual([]);
  desk.press('1');
  expect(desk.heard).toContain('1');
}

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('turning back to the submission that the desk still shows', () => {
  it('takes the leaf away and hears keys, before the desk has followed', async () => {
    const desk = await deskAt(first);
    desk.offer(first, second);
    desk.turning.turnTo(second);
    desk.turning.turnTo(first, false, -1);
    expectAt(desk, first);
    desk.stop();
  });

  it('forgets the keys that were meant for the other one', async () => {
    const desk = await deskAt(first);
    desk.offer(first, second);
    desk.turning.turnTo(second);
    desk.press('x');
    desk.turning.turnTo(first, false, -1);
    expectAt(desk, first);
    expect(desk.heard).not.toContain('x');
    desk.stop();
  });

  it('needs no leaf for it', async () => {
    const desk = await deskAt(first);
    desk.offer(second);
    desk.turning.turnTo(second);
    desk.turning.turnTo(first, false, -1);
    expectAt(desk, first);
    desk.stop();
  });

  it('calls the desk back when it was told to go and has not gone', async () => {
    const desk = await deskAt(first);
    desk.offer(first, second);
    desk.turning.turnTo(second);
    vi.runAllTimers();
    expect(desk.deskState().reviewing).toBe(second);
    desk.turning.turnTo(first, false, -1);
    expectAt(desk, first);
    desk.stop();
  });

  it('rests there when the key is let go', async () => {
    const desk = await deskAt(first);
    desk.offer(first, second);
    desk.turning.turnTo(second, true);
    desk.turning.turnTo(first, true, -1);
    desk.release();
    expectAt(desk, first);
    desk.stop();
  });

  it('rests there when no key comes any more', async () => {
    const desk = await deskAt(first);
    desk.offer(first, second);
    desk.turning.turnTo(second, true);
    desk.turning.turnTo(first, true, -1);
    expectAt(desk, first);
    desk.stop();
  });

  it('stays when its own leaf does not come', async () => {
    const desk = await deskAt(first);
    desk.turning.turnTo(first, true, -1);
    desk.press('x');
    expectAt(desk, first);
    expect(desk.heard).toContain('x');
    desk.stop();
  });
});

describe('turning on', () => {
  it('holds keys until the desk shows the submission that they are meant for', async () => {
    const desk = await deskAt(first);
    desk.offer(second);
    desk.turning.turnTo(second);
    vi.runAllTimers();
    desk.press('1');
    expect(desk.heard).toEqual([]);
    expect(desk.shown.get(second)).toBe(true);
    desk.leave();
    desk.turning.arrive(second);
    desk.turning.settle();
    expect(desk.heard).toEqual(['1']);
    expectAt(desk, second);
    desk.stop();
  });

  it('goes on to the one after it as well, whose leaf comes late, and gives that one its keys', async () => {
    const desk = await deskAt(first);
    desk.offer(second);
    desk.turning.turnTo(second);
    desk.turning.turnTo(third);
    desk.press('1');
    vi.advanceTimersByTime(100);
    desk.leave();
    const leave = desk.turning.arrive(second);
    desk.turning.settle();
    expect(desk.heard).toEqual([]);
    desk.offer(third);
    vi.runAllTimers();
    expect(desk.deskState().reviewing).toBe(third);
    leave();
    desk.turning.arrive(third);
    desk.turning.settle();
    expect(desk.heard).toEqual(['1']);
    expectAt(desk, third);
    desk.stop();
  });

  it('waits for the submission that the desk was at before, when it is gone from there', async () => {
    const desk = await deskAt(first);
    desk.offer(first, second, third);
    desk.turning.turnTo(second);
    vi.runAllTimers();
    desk.leave();
    desk.turning.turnTo(first, false, -1);
    vi.runAllTimers();
    desk.press('1');
    expect(desk.heard).toEqual([]);
    desk.turning.arrive(first);
    desk.turning.settle();
    expectAt(desk, first);
    desk.stop();
  });
});

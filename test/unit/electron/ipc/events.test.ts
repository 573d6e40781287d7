import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openEvents } from '../../../../electron/ipc/events.ts';
import { SubmissionId } from '../../../../shared/ids.ts';
import { type DeskStatus, EVENTS, type EventPayload } from '../../../../shared/ipc.ts';
import { deskStatus } from '../../../factories/wire.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const id = (text: string) => SubmissionId.parse(text);
const status = deskStatus();

function listen() {
  const changed: EventPayload<'changed'>[] = [];
  const told: DeskStatus[] = [];
  const events = openEvents({
    sendChanged: (event) => changed.push(EVENTS.changed.parse(event)),
    sendStatus: (one) => told.push(EVENTS.status.parse(one)),
    status: () => status,
  });
  return { ...events, changed, told };
}

test('what moves within a moment is one event, at most twenty a second', () => {
  const { announce, changed } = listen();
  for (let n = 0; n < 1000; n += 1) {
    announce(['decisions', 'submissions'], [id(`s-${n % 3}`)]);
    vi.advanceTimersByTime(1);
  }
  vi.runAllTimers();
  expect(changed.length).toBeGreaterThan(10);
  expect(changed.length).toBeLessThanOrEqual(20);
  expect(changed[0]).toEqual({ tables: ['decisions', 'submissions'], submissions: [id('s-0'), id('s-1'), id('s-2')] });
});

test('a decision does not wait for what arrives from the service', () => {
  const { announce, changed } = listen();
  announce(['images'], [id('s-1')]);
  announce(['decisions'], [id('s-2')]);
  vi.advanceTimersByTime(60);
  expect(changed).toEqual([{ tables: ['images', 'decisions'], submissions: [id('s-1'), id('s-2')] }]);
  vi.runAllTimers();
  expect(changed).toHaveLength(1);
});

test('everything, or too much to name, is told as no name at all', () => {
  const { announce, changed } = listen();
  announce(['submissions'], [id('s-1')]);
  announce(['session']);
  vi.runAllTimers();
  announce(
    ['submissions'],
    Array.from({ length: 501 }, (_, n) => id(`s-${n}`)),
  );
  vi.runAllTimers();
  expect(changed.map(({ submissions }) => submissions)).toEqual([[], []]);
});

test('the status is told at most five times a second', () => {
  const { onStatus, told } = listen();
  for (let n = 0; n < 1000; n += 1) {
    onStatus();
    vi.advanceTimersByTime(1);
  }
  vi.runAllTimers();
  expect(told.length).toBeGreaterThan(2);
  expect(told.length).toBeLessThanOrEqual(6);
});

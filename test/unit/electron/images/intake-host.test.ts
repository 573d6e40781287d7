import { expect, onTestFinished, test, vi } from 'vitest';
import { type IntakeProcess, openIntake } from '../../../../electron/images/intake-host.ts';

type Behaviour = (bytes: Uint8Array) => 'answer' | 'die' | 'hang' | 'fail' | 'babble';

/** A process that does with each picture what it is told to; counts its starts. */
function stage(behaviour: Behaviour) {
  let starts = 0;
  const killed: number[] = [];
  const start = (): IntakeProcess => {
    starts += 1;
    const number = starts;
    let tell: (message: unknown) => void = () => undefined;
    let exit: () => void = () => undefined;
    const facts = { bytes: 3, format: 'jpeg', width: 4, height: 3, orientation: 1, decodes: 'whole', colour: 0.5 };
    return {
      post: ({ id, bytes }) =>
        queueMicrotask(() => {
          switch (behaviour(bytes)) {
            case 'answer':
              return tell({ id, derived: { facts, small: new Uint8Array([1]) } });
            case 'fail':
              return tell({ id, derived: null });
            case 'babble':
              return tell({ id, derived: { facts: 'nonsense' } });
            case 'die':
              return exit();
            case 'hang':
          }
        }),
      onMessage: (listener) => {
        tell = listener;
      },
      onExit: (listener) => {
        exit = listener;
      },
      kill: () => {
        killed.push(number);
      },
    };
  };
  return { start, starts: () => starts, killed };
}

const JPEG = new Uint8Array([0xff, 0xd8, 0xff]);

test('pictures are looked at by one process', async () => {
  const process = stage(() => 'answer');
  const intake = openIntake(process.start, { patience: 1_000, together: 1 });
  const all = await Promise.all([JPEG, JPEG, JPEG].map((bytes) => intake.derive(bytes)));
  expect(all.map(({ facts }) => facts.decodes)).toEqual(['whole', 'whole', 'whole']);
  expect(process.starts()).toBe(1);
});

test('a picture that kills the process is unreadable, and the next one is looked at by a new process', async () => {
  const process = stage((bytes) => (bytes.length === 4 ? 'die' : 'answer'));
  const intake = openIntake(process.start, { patience: 1_000, together: 1 });
  const [bad, good] = await Promise.all([intake.derive(new Uint8Array([...JPEG, 0])), intake.derive(JPEG)]);
  expect(bad.facts).toMatchObject({ decodes: 'none', format: 'jpeg', bytes: 4 });
  expect(bad.small).toBeNull();
  expect(good.facts.decodes).toBe('whole');
  expect(process.starts()).toBe(2);
});

test('two at a time: what dies with another one is looked at again alone, and only the culprit is unreadable', async () => {
  const process = stage((bytes) => (bytes.length === 4 ? 'die' : bytes.length === 5 ? 'hang' : 'answer'));
  const intake = openIntake(process.start, { patience: 30, together: 2 });
  const given = [JPEG, new Uint8Array([...JPEG, 0]), JPEG, new Uint8Array([...JPEG, 0, 0]), JPEG];
  const all = await Promise.all(given.map((bytes) => intake.derive(bytes)));
  expect(all.map(({ facts }) => facts.decodes)).toEqual(['whole', 'none', 'whole', 'none', 'whole']);
});

test('no more are under way than may be', async () => {
  const under: number[] = [];
  let most = 0;
  let answer: (message: unknown) => void = () => undefined;
  const intake = openIntake(
    () => ({
      post: ({ id }) => {
        under.push(id);
        most = Math.max(most, under.length);
        setImmediate(() => {
          under.splice(under.indexOf(id), 1);
          answer({ id, derived: null });
        });
      },
      onMessage: (listener) => {
        answer = listener;
      },
      onExit: () => undefined,
      kill: () => undefined,
    }),
    { patience: 1_000, together: 2 },
  );
  await Promise.all(Array.from({ length: 9 }, () => intake.derive(JPEG)));
  expect(most).toBe(2);
});

test('one that takes too long, fails or gets nonsense as an answer is unreadable too', async () => {
  const slow = stage((bytes) => (bytes.length === 4 ? 'hang' : bytes.length === 5 ? 'babble' : 'fail'));
  const intake = openIntake(slow.start, { patience: 30, together: 1 });
  expect((await intake.derive(new Uint8Array([...JPEG, 0]))).facts.decodes).toBe('none');
  expect(slow.killed).toEqual([1]);
  expect((await intake.derive(new Uint8Array([...JPEG, 0, 0]))).facts.decodes).toBe('none');
  expect((await intake.derive(JPEG)).facts.decodes).toBe('none');
});

test('closing settles what is under way', async () => {
  const process = stage(() => 'hang');
  const intake = openIntake(process.start, { patience: 60_000, together: 1 });
  const pending = intake.derive(JPEG);
  await Promise.resolve();
  intake.close();
  expect((await pending).facts.decodes).toBe('none');
  expect((await intake.derive(JPEG)).facts.decodes).toBe('none');
  expect(process.starts()).toBe(1);
});

test('a process with nothing to look at ends; the next picture has a new one', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const process = stage(() => 'answer');
  const intake = openIntake(process.start, { patience: 1_000, together: 1, rest: 5_000 });
  await intake.derive(JPEG);
  vi.advanceTimersByTime(4_999);
  await intake.derive(JPEG);
  vi.advanceTimersByTime(4_999);
  expect([process.starts(), process.killed]).toEqual([1, []]);
  vi.advanceTimersByTime(1);
  expect(process.killed).toEqual([1]);
  expect((await intake.derive(JPEG)).facts.decodes).toBe('whole');
  expect(process.starts()).toBe(2);
});

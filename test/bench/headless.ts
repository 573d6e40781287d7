import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { uuidv7 } from 'uuidv7';
import { HOLDS } from '../../electron/decide.ts';
import { type IntakeProcess, openIntake } from '../../electron/images/intake-host.ts';
import { Workstation } from '../../electron/workstation.ts';
import { DecisionId } from '../../shared/ids.ts';

/** Where the thread that writes pictures begins. */
export const IMAGES_WRITER = new URL('../../electron/store/images-writer.ts', import.meta.url);

/** Starts the process that looks at pictures, as a child of this one. */
function startIntake(): IntakeProcess {
  const child = fork(fileURLToPath(new URL('./intake-process.ts', import.meta.url)), { serialization: 'advanced' });
  return {
    post: (message) => {
      child.send(message);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      child.once('exit', () => listener());
    },
    kill: () => {
      child.kill();
    },
  };
}

/** The workstation as shipped, without its window; looking at pictures is a process of its own as in the app. */
export function openHeadless(userData: string): Workstation {
  return new Workstation({
    userData,
    surroundings: { binding: null, imagesWriter: IMAGES_WRITER },
    openIntake: () => openIntake(startIntake, 20_000),
    holds: HOLDS,
    now: () => new Date(),
    random: Math.random,
    newDecisionId: () => DecisionId.parse(uuidv7()),
    newDevice: randomUUID,
    announce: () => undefined,
    onStatus: () => undefined,
    log: () => undefined,
  });
}

import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { uuidv7 } from 'uuidv7';
import type { Opening, Surroundings } from '../../electron/account/profile.ts';
import { HOLDS } from '../../electron/decide.ts';
import { atATime, type IntakeProcess, openIntake } from '../../electron/images/intake-host.ts';
import { Workstation } from '../../electron/workstation.ts';
import { DecisionId } from '../../shared/ids.ts';

/** Where the threads begin that write pictures and backups. */
export const SURROUNDINGS: Surroundings = {
  binding: null,
  imagesWriter: new URL('../../electron/store/images-writer.ts', import.meta.url),
  backupWriter: new URL('../../electron/store/backup-writer.ts', import.meta.url),
  recordsReader: new URL('../../electron/proofs/records-reader.ts', import.meta.url),
};

/** For opening a profile beside a desk. */
export const OPENING: Opening = { now: () => new Date(), log: () => undefined, onDamage: () => undefined };

/** Starts the process that looks at pictures, as a child of this one. */
export function startIntake(): IntakeProcess {
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
    surroundings: SURROUNDINGS,
    openIntake: () => openIntake(startIntake, { patience: 20_000, together: atATime() }),
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

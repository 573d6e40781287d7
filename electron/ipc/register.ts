import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { CHANNELS, type Channel, type Outcome } from '../../shared/ipc.ts';
import { type Language, problem } from '../../shared/problem.ts';
import { Failure, problemOf } from '../failure.ts';
import type { Log } from '../log.ts';
import type { Handlers } from './handlers.ts';

/** The sender of a call, as far as it matters. */
export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>;

export type RegisterOptions = {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly handlers: Handlers;
  /** Whether a call comes from our page: the main frame of our window, at our own address. */
  readonly isOurs: (sender: Sender) => boolean;
  readonly language: () => Language;
  readonly log: Log;
};

/**
 * Answers every channel: refuses foreign senders, parses what comes in, runs the channel's function, parses what goes
 * out. What isn't one of ours gets an error, not silence.
 */
export function registerChannels({ ipcMain, handlers, isOurs, language, log }: RegisterOptions): void {
  const register = <C extends Channel>(channel: C): void => {
    const { input, output } = CHANNELS[channel];
    const handler: (value: never) => unknown = handlers[channel];
    ipcMain.handle(`desk:${channel}`, async (event, value: unknown): Promise<Outcome<unknown>> => {
      if (!isOurs(event)) {
        log('ipc.foreign', { channel });
        return { ok: false, problem: problem('account.not_allowed', language(), 'foreign sender') };
      }
      const parsed = input.safeParse(value);
      if (!parsed.success) {
        const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
        log('ipc.invalid', { channel, where });
        return { ok: false, problem: problem('request.invalid', language(), `${channel} ${where}`.trim()) };
      }
      try {
        return { ok: true, value: output.parse(await handler(parsed.data as never)) };
      } catch (error) {
        const code = error instanceof Failure ? error.code : 'desk.failed';
        const reason = error instanceof Failure ? (error.detail ?? null) : stackOf(error);
        log('ipc.failed', { channel, code, reason });
        return { ok: false, problem: problemOf(error, language()) };
      }
    });
  };
  for (const channel of Object.keys(CHANNELS) as Channel[]) register(channel);
}

/** Where a bug is, without its message: that may hold what was being worked on. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return [error.name, ...frames.slice(0, 4).map((line) => line.trim().replace(/\(?(file:\/\/)?\/.*\//, ''))].join(' ');
}

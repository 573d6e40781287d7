import { type CommandId, keysOf } from '../actions/command.ts';

/** A key that is down longer than this was held, not pressed, ms. */
export const HELD = 350;

/** Calls back once, when a command's key goes up or the window loses the keyboard, with how long it was down, ms. */
export function whenReleased(id: CommandId, released: (held: number) => void): void {
  const codes = new Set(keysOf(id).map((chord) => chord.split('+').at(-1)));
  const from = performance.now();
  const end = () => {
    window.removeEventListener('keyup', up);
    window.removeEventListener('blur', end);
    released(performance.now() - from);
  };
  const up = (event: KeyboardEvent) => {
    if (codes.has(event.code)) end();
  };
  window.addEventListener('keyup', up);
  window.addEventListener('blur', end);
}

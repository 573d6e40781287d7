import { describe, expect, it } from 'vitest';
import { commandFor, keysOf } from '../../../../renderer/actions/command.ts';
import {
  assign,
  faultOf,
  fromFile,
  isChord,
  reset,
  toFile,
  usable,
  withdraw,
} from '../../../../renderer/actions/keymap.ts';

const given = (...asked: Parameters<typeof assign>) => {
  const answer = assign(...asked);
  if (!answer.ok) throw new Error(answer.why);
  return answer.keys;
};

describe('keys', () => {
  it('take the place of a key or come besides it', () => {
    const keys = given({}, 'lock', 'Space', 'Ctrl+Alt+KeyJ');
    expect(keysOf('lock', keys)).toEqual(['Ctrl+Alt+KeyJ', 'NumpadAdd']);
    expect(commandFor('Ctrl+Alt+KeyJ', keys)).toBe('lock');
    expect(commandFor('Space', keys)).toBeUndefined();
    expect(keysOf('lock', given({}, 'lock', null, 'Alt+KeyJ'))).toEqual(['Space', 'NumpadAdd', 'Alt+KeyJ']);
  });

  it('are refused when another command has them, with its name', () => {
    expect(assign({}, 'lock', 'Space', 'KeyR')).toEqual({ ok: false, why: 'taken', by: 'returnImage' });
    const freed = withdraw({}, 'returnImage', 'KeyR');
    expect(assign(freed, 'lock', 'Space', 'KeyR').ok).toBe(true);
  });

  it('are refused when they are reserved, unknown or too many', () => {
    expect(assign({}, 'lock', null, 'Escape')).toEqual({ ok: false, why: 'reserved' });
    expect(assign({}, 'lock', null, 'Alt+F4')).toEqual({ ok: false, why: 'reserved' });
    expect(assign({}, 'lock', null, 'ShiftLeft')).toEqual({ ok: false, why: 'unknown' });
    const full = given(given({}, 'lock', null, 'Ctrl+Alt+F7'), 'lock', null, 'Ctrl+Alt+F8');
    expect(assign(full, 'lock', null, 'Ctrl+Alt+F9')).toEqual({ ok: false, why: 'many' });
  });

  it('that are as usual again are not kept', () => {
    expect(given(given({}, 'lock', 'Space', 'Ctrl+Alt+KeyJ'), 'lock', 'Ctrl+Alt+KeyJ', 'Space')).toEqual({});
  });

  it('of one command come back, unless another one has them now', () => {
    const moved = given({}, 'lock', 'Space', 'Ctrl+Alt+KeyJ');
    expect(reset(moved, 'lock')).toEqual({ ok: true, keys: {} });
    const swapped = given(moved, 'returnImage', 'KeyR', 'Space');
    expect(reset(swapped, 'lock')).toEqual({ ok: false, why: 'taken', by: 'returnImage' });
  });

  it('go into a file and come back', () => {
    const keys = given(given({}, 'lock', 'Space', 'Ctrl+Alt+KeyJ'), 'undo', null, 'Alt+Backspace');
    expect(fromFile(toFile(keys))).toEqual(keys);
  });

  it('of a file are taken whole or not at all', () => {
    const file = (keys: unknown, more = {}) =>
      fromFile(JSON.stringify({ format: 'review-desk-keys', version: 1, keys, ...more }));
    expect(file({ lock: ['Ctrl+Alt+KeyJ'] })).toEqual({ lock: ['Ctrl+Alt+KeyJ'] });
    expect(file({ lock: ['KeyR'] })).toBeNull();
    expect(file({ lock: ['Tab'] })).toBeNull();
    expect(file({ queue: ['Ctrl+Alt+KeyJ'] })).toBeNull();
    expect(file({ nonsense: ['Ctrl+Alt+KeyJ'] })).toBeNull();
    expect(file({ lock: 'Ctrl+Alt+KeyJ' })).toBeNull();
    expect(file({}, { version: 2 })).toBeNull();
    expect(file({}, { extra: true })).toBeNull();
    expect(fromFile('{')).toBeNull();
  });

  it('as usual have no fault, and what was kept is freed of what can no longer be', () => {
    expect(faultOf({})).toBeNull();
    expect(usable({ gone: ['Ctrl+Alt+F7'], lock: ['Ctrl+Alt+F8'], undo: ['KeyR'] })).toEqual({ lock: ['Ctrl+Alt+F8'] });
  });

  it('are chords of one key each', () => {
    expect(['KeyA', 'Ctrl+Alt+Shift+F5', 'NumpadAdd'].every(isChord)).toBe(true);
    expect(['', 'Ctrl+', 'Shift+Ctrl+KeyA', 'KeyAA', 'ControlLeft', 'KeyA KeyB'].some(isChord)).toBe(false);
  });
});

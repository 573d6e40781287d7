import { describe, expect, it } from 'vitest';
import { COMMAND_IDS, COMMANDS, chordOf, commandFor, keyName } from '../../../../renderer/actions/command.ts';

const event = (code: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  code,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('commands', () => {
  it('have at least one key each, and no key twice', () => {
    const all = COMMAND_IDS.flatMap((id) => COMMANDS[id].keys);
    expect(new Set(all).size).toBe(all.length);
    for (const id of COMMAND_IDS) expect(COMMANDS[id].keys.length).toBeGreaterThan(0);
  });

  it('are found by position, with what is held', () => {
    expect(commandFor(chordOf(event('Space')))).toBe('lock');
    expect(commandFor(chordOf(event('Enter', { ctrlKey: true })))).toBe('approve');
    expect(commandFor(chordOf(event('Enter', { metaKey: true })))).toBe('approve');
    expect(commandFor(chordOf(event('Enter')))).toBeUndefined();
    expect(commandFor(chordOf(event('Slash', { shiftKey: true })))).toBe('shortcuts');
  });

  it('are shown as printed on the keyboard', () => {
    expect(['Ctrl+Enter', 'KeyR', 'Numpad6', 'NumpadAdd', 'Shift+Slash'].map(keyName)).toEqual([
      'Ctrl ↵',
      'R',
      'Num 6',
      'Num +',
      '?',
    ]);
  });

  it('of the main job all lie on the number pad', () => {
    for (const id of [
      'lock',
      'returnImage',
      'approve',
      'nextImage',
      'previousImage',
      'nextOpen',
      'nextSubmission',
      'previousSubmission',
      'zoomIn',
      'zoomOut',
      'actual',
      'turnLeft',
      'turnRight',
      'padMenu',
      'compare',
    ] as const) {
      expect(COMMANDS[id].keys.some((key) => key.startsWith('Numpad'))).toBe(true);
    }
  });
});

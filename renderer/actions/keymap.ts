import { KeysFile } from '../../shared/memory.ts';
import type { ChosenKeys } from './chosen-keys.ts';
import { COMMAND_IDS, COMMANDS, type CommandId, commandFor, keysOf } from './command.ts';

/** Most keys of one command. */
const MOST = 4;

/** Keys that mean the same in every program or dialog, and those of the window system. */
const RESERVED: ReadonlySet<string> = new Set([
  'Escape',
  'Enter',
  'Tab',
  'Shift+Tab',
  'Ctrl+Tab',
  'Ctrl+KeyA',
  'Ctrl+KeyC',
  'Ctrl+KeyV',
  'Ctrl+KeyX',
  'Alt+Tab',
  'Alt+F4',
  'Alt+Space',
  'Ctrl+Alt+Delete',
  'F11',
  'F12',
  'Ctrl+Shift+KeyI',
  'PrintScreen',
  'CapsLock',
  'NumLock',
  'ContextMenu',
]);
/** Escape always leads back: it can neither be given away nor be taken. */
const FIXED = 'Escape';
/** A key that is only held. */
const MODIFIER = /^(?:Control|Shift|Alt|Meta|OS)(?:Left|Right)?$/;
const CODE =
  /^(?:Key[A-Z]|Digit\d|F\d{1,2}|Numpad(?:\d|Add|Subtract|Multiply|Divide|Decimal|Enter|Comma|Equal)|Arrow(?:Up|Down|Left|Right)|Page(?:Up|Down)|Home|End|Insert|Delete|Backspace|Space|Enter|Tab|Escape|Equal|Minus|Bracket(?:Left|Right)|Backslash|Semicolon|Quote|Backquote|Comma|Period|Slash|Intl\w{2,9}|Pause|ScrollLock|PrintScreen|CapsLock|NumLock|ContextMenu)$/;

/** Whether a chord is one key with what may be held: `Ctrl+`, `Alt+`, `Shift+`, in this order. */
export function isChord(chord: string): boolean {
  const code = /^(?:Ctrl\+)?(?:Alt\+)?(?:Shift\+)?(\w+)$/.exec(chord)?.[1];
  return code !== undefined && CODE.test(code) && !MODIFIER.test(code);
}

/** Whether a key press is only something that is held, and the key itself is still to come. */
export const isModifier = (code: string): boolean => MODIFIER.test(code);

/** Whether a key of a command can be changed. */
export const isFixed = (chord: string): boolean => chord === FIXED;

/** What became of a change of keys. */
export type Rekeyed =
  | { readonly ok: true; readonly keys: ChosenKeys }
  | { readonly ok: false; readonly why: 'reserved' | 'unknown' | 'many' }
  | { readonly ok: false; readonly why: 'taken'; readonly by: CommandId };

const same = (a: readonly string[], b: readonly string[]) => a.join(' ') === b.join(' ');

/** Chosen keys without what is as usual anyway. */
function differing(chosen: ChosenKeys): ChosenKeys {
  return Object.fromEntries(
    COMMAND_IDS.flatMap((id) => {
      const keys = chosen[id];
      return keys && !same(keys, COMMANDS[id].keys) ? [[id, keys]] : [];
    }),
  );
}

/** Gives a command a key, in the place of one that it has or besides them (null). Clashes are refused. */
export function assign(chosen: ChosenKeys, id: CommandId, instead: string | null, chord: string): Rekeyed {
  if (!isChord(chord)) return { ok: false, why: 'unknown' };
  if (RESERVED.has(chord)) return { ok: false, why: 'reserved' };
  const keys = keysOf(id, chosen);
  if (chord === instead) return { ok: true, keys: chosen };
  const by = commandFor(chord, chosen);
  if (by !== undefined) return { ok: false, why: 'taken', by };
  if (instead === null && keys.length >= MOST) return { ok: false, why: 'many' };
  const next = instead === null ? [...keys, chord] : keys.map((key) => (key === instead ? chord : key));
  return { ok: true, keys: differing({ ...chosen, [id]: next }) };
}

/** Takes a key from a command. */
export function withdraw(chosen: ChosenKeys, id: CommandId, chord: string): ChosenKeys {
  return differing({ ...chosen, [id]: keysOf(id, chosen).filter((key) => key !== chord) });
}

/** Gives a command its usual keys again, where no other one has them now. */
export function reset(chosen: ChosenKeys, id: CommandId): Rekeyed {
  const { [id]: _, ...others } = chosen;
  for (const chord of COMMANDS[id].keys) {
    const by = COMMAND_IDS.find((other) => other !== id && keysOf(other, others).includes(chord));
    if (by !== undefined) return { ok: false, why: 'taken', by };
  }
  return { ok: true, keys: others };
}

/** What is wrong with chosen keys as a whole; null when they can be used. */
export function faultOf(chosen: ChosenKeys): string | null {
  const unknown = Object.keys(chosen).find((id) => !(id in COMMANDS));
  if (unknown !== undefined) return unknown;
  const seen = new Set<string>();
  for (const id of COMMAND_IDS) {
    const usual: readonly string[] = COMMANDS[id].keys;
    for (const chord of keysOf(id, chosen)) {
      const own = usual.includes(chord);
      if (!isChord(chord) || (RESERVED.has(chord) && !own) || seen.has(chord)) return `${id} ${chord}`;
      seen.add(chord);
    }
    if (usual.includes(FIXED) && !keysOf(id, chosen).includes(FIXED)) return `${id} ${FIXED}`;
  }
  return null;
}

/** Keys as they were kept: those of commands that are gone, or that clash with a new command's, are left out. */
export function usable(chosen: ChosenKeys): ChosenKeys {
  let keys: ChosenKeys = {};
  for (const id of COMMAND_IDS) {
    const own = chosen[id];
    if (own && faultOf({ ...keys, [id]: own }) === null) keys = { ...keys, [id]: own };
  }
  return keys;
}

/** The file that carries keys to another computer. */
export function toFile(chosen: ChosenKeys): string {
  const keys = Object.fromEntries(Object.entries(chosen).map(([id, chords]) => [id, [...chords]]));
  return `${JSON.stringify({ format: 'review-desk-keys', version: 1, keys } satisfies KeysFile, null, 2)}\n`;
}

/** Keys from such a file; null when it isn't one, or names a command, key or clash that can't be. */
export function fromFile(text: string): ChosenKeys | null {
  try {
    const file = KeysFile.safeParse(JSON.parse(text));
    return file.success && faultOf(file.data.keys) === null ? differing(file.data.keys) : null;
  } catch {
    return null;
  }
}

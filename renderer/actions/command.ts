/** Names of everything that can be done on the review screen, and on a conflict. */
export const COMMAND_IDS = [
  'lock',
  'returnImage',
  'reopen',
  'approve',
  'return',
  'refuse',
  'reassign',
  'undo',
  'nextImage',
  'previousImage',
  'nextOpen',
  'nextSubmission',
  'previousSubmission',
  'queue',
  'zoomIn',
  'zoomOut',
  'fit',
  'fitWidth',
  'actual',
  'turnLeft',
  'turnRight',
  'mirror',
  'adjust',
  'enhance',
  'brighter',
  'darker',
  'moreContrast',
  'lessContrast',
  'invert',
  'channel',
  'tiltLeft',
  'tiltRight',
  'tiltLeftMore',
  'tiltRightMore',
  'asUploaded',
  'loupe',
  'grid',
  'panLeft',
  'panRight',
  'panUp',
  'panDown',
  'pin',
  'link',
  'layout1',
  'layout2',
  'layout4',
  'layoutAll',
  'form',
  'unmask',
  'compare',
  'reference',
  'shortcuts',
  'connection',
  'syncNow',
  'conflicts',
  'keep',
  'change',
  'drop',
] as const;
export type CommandId = (typeof COMMAND_IDS)[number];

/** Those that work on every page, whatever lies over it. */
export const DESK_COMMANDS: ReadonlySet<CommandId> = new Set(['connection', 'syncNow']);

/** Group in the sheet of shortcuts. */
export type CommandGroup = 'decide' | 'move' | 'view' | 'panes' | 'conflict';

/**
 * Keys by position (`KeyboardEvent.code`), with `Ctrl+` before them where held: an input method or another layout
 * changes nothing. The first is the one that is shown; the number pad serves one hand.
 */
export const COMMANDS: Readonly<Record<CommandId, { readonly group: CommandGroup; readonly keys: readonly string[] }>> =
  {
    lock: { group: 'decide', keys: ['Space', 'NumpadAdd'] },
    returnImage: { group: 'decide', keys: ['KeyR', 'NumpadSubtract'] },
    reopen: { group: 'decide', keys: ['KeyU'] },
    approve: { group: 'decide', keys: ['Ctrl+Enter', 'NumpadEnter'] },
    return: { group: 'decide', keys: ['Ctrl+Backspace'] },
    refuse: { group: 'decide', keys: ['Ctrl+Delete'] },
    reassign: { group: 'decide', keys: ['KeyT'] },
    undo: { group: 'decide', keys: ['Ctrl+KeyZ'] },
    nextImage: { group: 'move', keys: ['ArrowRight', 'Numpad6'] },
    previousImage: { group: 'move', keys: ['ArrowLeft', 'Numpad4'] },
    nextOpen: { group: 'move', keys: ['KeyN', 'Numpad3'] },
    nextSubmission: { group: 'move', keys: ['ArrowDown', 'Numpad2', 'PageDown'] },
    previousSubmission: { group: 'move', keys: ['ArrowUp', 'Numpad8', 'PageUp'] },
    queue: { group: 'move', keys: ['Escape'] },
    zoomIn: { group: 'view', keys: ['Equal', 'NumpadMultiply'] },
    zoomOut: { group: 'view', keys: ['Minus', 'NumpadDivide'] },
    fit: { group: 'view', keys: ['KeyF'] },
    fitWidth: { group: 'view', keys: ['KeyW'] },
    actual: { group: 'view', keys: ['KeyZ', 'Numpad5'] },
    turnLeft: { group: 'view', keys: ['BracketLeft', 'Numpad7'] },
    turnRight: { group: 'view', keys: ['BracketRight', 'Numpad9'] },
    mirror: { group: 'view', keys: ['KeyM'] },
    adjust: { group: 'view', keys: ['KeyD'] },
    enhance: { group: 'view', keys: ['KeyS'] },
    brighter: { group: 'view', keys: ['Shift+Equal'] },
    darker: { group: 'view', keys: ['Shift+Minus'] },
    moreContrast: { group: 'view', keys: ['Alt+Equal'] },
    lessContrast: { group: 'view', keys: ['Alt+Minus'] },
    invert: { group: 'view', keys: ['Shift+KeyI'] },
    channel: { group: 'view', keys: ['Shift+KeyC'] },
    tiltLeft: { group: 'view', keys: ['Shift+BracketLeft'] },
    tiltRight: { group: 'view', keys: ['Shift+BracketRight'] },
    tiltLeftMore: { group: 'view', keys: ['Alt+BracketLeft'] },
    tiltRightMore: { group: 'view', keys: ['Alt+BracketRight'] },
    loupe: { group: 'view', keys: ['KeyL'] },
    grid: { group: 'view', keys: ['Shift+KeyG'] },
    asUploaded: { group: 'view', keys: ['Digit0'] },
    panLeft: { group: 'view', keys: ['Shift+ArrowLeft'] },
    panRight: { group: 'view', keys: ['Shift+ArrowRight'] },
    panUp: { group: 'view', keys: ['Shift+ArrowUp'] },
    panDown: { group: 'view', keys: ['Shift+ArrowDown'] },
    compare: { group: 'view', keys: ['KeyC', 'NumpadDecimal'] },
    reference: { group: 'view', keys: ['KeyG'] },
    pin: { group: 'panes', keys: ['KeyP', 'Numpad0'] },
    link: { group: 'panes', keys: ['KeyY'] },
    layout1: { group: 'panes', keys: ['Digit1', 'Numpad1'] },
    layout2: { group: 'panes', keys: ['Digit2'] },
    layout4: { group: 'panes', keys: ['Digit4'] },
    layoutAll: { group: 'panes', keys: ['KeyA'] },
    form: { group: 'panes', keys: ['KeyB'] },
    unmask: { group: 'panes', keys: ['KeyI'] },
    shortcuts: { group: 'panes', keys: ['Shift+Slash', 'F1'] },
    connection: { group: 'panes', keys: ['F2'] },
    syncNow: { group: 'panes', keys: ['F5'] },
    conflicts: { group: 'conflict', keys: ['KeyX'] },
    keep: { group: 'conflict', keys: ['KeyK'] },
    change: { group: 'conflict', keys: ['KeyE'] },
    drop: { group: 'conflict', keys: ['Delete'] },
  };

/** The chord of a key event, in the notation of `COMMANDS`. */
export function chordOf(event: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const held = [
    event.ctrlKey || event.metaKey ? 'Ctrl+' : '',
    event.altKey ? 'Alt+' : '',
    event.shiftKey ? 'Shift+' : '',
  ];
  return held.join('') + event.code;
}

const BY_CHORD = new Map(COMMAND_IDS.flatMap((id) => COMMANDS[id].keys.map((chord) => [chord, id] as const)));

/** The command on a chord, if any. */
export function commandFor(chord: string): CommandId | undefined {
  return BY_CHORD.get(chord);
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  Space: 'Space',
  Enter: '↵',
  Backspace: '⌫',
  Delete: 'Del',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Equal: '=',
  Minus: '-',
  BracketLeft: '[',
  BracketRight: ']',
  Slash: '/',
  NumpadAdd: 'Num +',
  NumpadSubtract: 'Num −',
  NumpadMultiply: 'Num *',
  NumpadDivide: 'Num /',
  NumpadEnter: 'Num ↵',
  NumpadDecimal: 'Num .',
};

/** A chord as it is printed on the keyboard: `Ctrl ↵`, `R`, `Num 6`. */
export function keyName(chord: string): string {
  if (chord === 'Shift+Slash') return '?';
  const parts = chord.split('+');
  return parts.map((part) => KEY_NAMES[part] ?? part.replace(/^Key|^Digit/, '').replace(/^Numpad/, 'Num ')).join(' ');
}

/** The key that stands on a command's button. */
export function keyOf(id: CommandId): string {
  return keyName(COMMANDS[id].keys[0] ?? '');
}

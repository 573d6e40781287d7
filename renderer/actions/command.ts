import {
  AArrowDown,
  AArrowUp,
  ArrowDownToLine,
  ArrowLeft,
  ArrowLeftRight,
  ArrowLeftToLine,
  ArrowRight,
  ArrowRightToLine,
  ArrowUpToLine,
  BookImage,
  BookmarkPlus,
  BookmarkX,
  Calculator,
  ChartColumn,
  Check,
  ChevronDown,
  ChevronsLeft,
  ChevronsRight,
  ChevronUp,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CirclePlay,
  CircleSlash2,
  CircleX,
  CloudOff,
  Columns2,
  Command,
  Contrast,
  CornerLeftDown,
  CornerUpLeft,
  Crosshair,
  Dices,
  Eye,
  FileClock,
  FileSearch,
  FilterX,
  FlipHorizontal2,
  FolderOpen,
  Footprints,
  Fullscreen,
  Grid2x2,
  Grid3x3,
  History,
  ImageUp,
  IterationCcw,
  IterationCw,
  Keyboard,
  LayoutGrid,
  Link2,
  List,
  ListChecks,
  Lock,
  LockOpen,
  LogOut,
  type LucideIcon,
  Menu,
  MessageSquareLock,
  MessageSquareQuote,
  MonitorUp,
  MoveHorizontal,
  Palette,
  PanelLeft,
  Pencil,
  Pin,
  RectangleVertical,
  Redo,
  RefreshCw,
  Repeat2,
  RotateCcw,
  RotateCw,
  Scan,
  ScanEye,
  ScrollText,
  Search,
  Settings2,
  ShieldCheck,
  SlidersHorizontal,
  SquareCheck,
  SquareDashedBottom,
  SquareStack,
  Sun,
  SunDim,
  Trash2,
  Undo,
  Undo2,
  Unlink2,
  UserRound,
  UserRoundPen,
  WandSparkles,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { type ChosenKeys, currentKeys } from './chosen-keys.ts';

/** Groups, as the sheet of shortcuts, the palette and the menu show them. */
export const COMMAND_GROUPS = ['decide', 'move', 'view', 'panes', 'desk', 'conflict'] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** What a command is wherever it is shown; its name is the text `command.<id>`. */
export type CommandFacts = {
  readonly group: CommandGroup;
  readonly icon: LucideIcon;
  /**
   * Keys by position (`KeyboardEvent.code`), with `Ctrl+`, `Alt+`, `Shift+` before them where held: an input method or
   * another layout changes nothing. The first is the one that is shown; the number pad serves one hand.
   */
  readonly keys: readonly string[];
};

const command = (group: CommandGroup, icon: LucideIcon, ...keys: readonly string[]): CommandFacts => ({
  group,
  icon,
  keys,
});

/**
 * Everything that can be done, with its usual keys. What a command does and when it may stands with the page that offers
 * it (`offer.ts`); keys, buttons, menu, palette and sheet all go by these two.
 */
export const COMMANDS = {
  lock: command('decide', Lock, 'Space', 'NumpadAdd'),
  returnImage: command('decide', Undo2, 'KeyR', 'NumpadSubtract'),
  mark: command('decide', Crosshair, 'KeyQ'),
  tick: command('decide', SquareCheck, 'KeyV'),
  note: command('decide', MessageSquareLock, 'KeyJ'),
  reopen: command('decide', LockOpen, 'KeyU'),
  approve: command('decide', CircleCheck, 'Ctrl+Enter', 'NumpadEnter'),
  return: command('decide', CornerUpLeft, 'Ctrl+Backspace'),
  refuse: command('decide', CircleX, 'Ctrl+Delete'),
  sendBack: command('decide', CornerLeftDown, 'Ctrl+Shift+Backspace'),
  reassign: command('decide', UserRoundPen, 'KeyT'),
  undo: command('decide', Undo, 'Ctrl+KeyZ'),
  redo: command('decide', Redo, 'Ctrl+KeyY', 'Ctrl+Shift+KeyZ'),
  reopenSubmission: command('decide', FolderOpen, 'Ctrl+KeyU'),
  nextImage: command('move', ArrowRight, 'ArrowRight', 'Numpad6'),
  previousImage: command('move', ArrowLeft, 'ArrowLeft', 'Numpad4'),
  nextOpen: command('move', CircleDashed, 'KeyN', 'Numpad3'),
  nextSubmission: command('move', ChevronDown, 'ArrowDown', 'Numpad2', 'PageDown'),
  previousSubmission: command('move', ChevronUp, 'ArrowUp', 'Numpad8', 'PageUp'),
  queue: command('move', List, 'Escape'),
  setAside: command('move', CirclePause, 'Ctrl+ArrowDown'),
  takeUp: command('move', CirclePlay, 'Ctrl+ArrowUp'),
  search: command('move', Search, 'Slash', 'Ctrl+KeyF'),
  zoomIn: command('view', ZoomIn, 'Equal', 'NumpadMultiply'),
  zoomOut: command('view', ZoomOut, 'Minus', 'NumpadDivide'),
  fit: command('view', Fullscreen, 'KeyF'),
  fitWidth: command('view', MoveHorizontal, 'KeyW'),
  actual: command('view', Scan, 'KeyZ', 'Numpad5'),
  turnLeft: command('view', RotateCcw, 'BracketLeft', 'Numpad7'),
  turnRight: command('view', RotateCw, 'BracketRight', 'Numpad9'),
  mirror: command('view', FlipHorizontal2, 'KeyM'),
  adjust: command('view', SlidersHorizontal, 'KeyD'),
  enhance: command('view', WandSparkles, 'KeyS'),
  brighter: command('view', Sun, 'Shift+Equal'),
  darker: command('view', SunDim, 'Shift+Minus'),
  moreContrast: command('view', Contrast, 'Alt+Equal'),
  lessContrast: command('view', CircleSlash2, 'Alt+Minus'),
  invert: command('view', SquareDashedBottom, 'Shift+KeyI'),
  channel: command('view', Palette, 'Shift+KeyC'),
  tiltLeft: command('view', IterationCcw, 'Shift+BracketLeft'),
  tiltRight: command('view', IterationCw, 'Shift+BracketRight'),
  tiltLeftMore: command('view', IterationCcw, 'Alt+BracketLeft'),
  tiltRightMore: command('view', IterationCw, 'Alt+BracketRight'),
  loupe: command('view', Search, 'KeyL'),
  grid: command('view', Grid3x3, 'Shift+KeyG'),
  asUploaded: command('view', ImageUp, 'Digit0'),
  panLeft: command('view', ArrowLeftToLine, 'Shift+ArrowLeft'),
  panRight: command('view', ArrowRightToLine, 'Shift+ArrowRight'),
  panUp: command('view', ArrowUpToLine, 'Shift+ArrowUp'),
  panDown: command('view', ArrowDownToLine, 'Shift+ArrowDown'),
  compare: command('view', History, 'KeyC', 'NumpadDecimal'),
  compareLook: command('view', SquareStack, 'Ctrl+KeyD'),
  compareFlip: command('view', Repeat2, 'Shift+KeyV'),
  compareLeft: command('view', ChevronsLeft, 'Comma'),
  compareRight: command('view', ChevronsRight, 'Period'),
  reference: command('view', BookImage, 'KeyG'),
  pin: command('panes', Pin, 'KeyP'),
  link: command('panes', Link2, 'KeyY'),
  alone: command('panes', Unlink2, 'KeyH'),
  keepView: command('panes', ScanEye, 'Shift+KeyZ'),
  layout1: command('panes', RectangleVertical, 'Digit1', 'Numpad1'),
  layout2: command('panes', Columns2, 'Digit2'),
  layout4: command('panes', Grid2x2, 'Digit4'),
  layoutAll: command('panes', LayoutGrid, 'KeyA'),
  rememberLayout: command('panes', BookmarkPlus, 'Shift+KeyL'),
  forgetLayouts: command('panes', BookmarkX, 'Ctrl+Shift+KeyL'),
  form: command('panes', PanelLeft, 'KeyB'),
  checklist: command('panes', ListChecks, 'KeyO'),
  unmask: command('panes', Eye, 'KeyI'),
  shortcuts: command('desk', Keyboard, 'Shift+Slash', 'F1'),
  connection: command('desk', CloudOff, 'F2'),
  syncNow: command('desk', RefreshCw, 'F5'),
  secondScreen: command('desk', MonitorUp, 'F9'),
  verify: command('desk', ShieldCheck, 'F8'),
  overview: command('desk', ChartColumn, 'F6'),
  spotChecks: command('desk', Dices, 'Shift+F7'),
  record: command('desk', FileClock, 'Ctrl+KeyP'),
  palette: command('desk', Command, 'Ctrl+KeyK'),
  larger: command('desk', AArrowUp, 'Ctrl+Equal', 'Ctrl+NumpadAdd'),
  smaller: command('desk', AArrowDown, 'Ctrl+Minus', 'Ctrl+NumpadSubtract'),
  menu: command('desk', Menu, 'F10'),
  padMenu: command('desk', Calculator, 'Numpad0'),
  decisions: command('desk', ScrollText, 'F3'),
  audit: command('desk', FileSearch, 'F7'),
  clearFilters: command('desk', FilterX, 'Shift+Backspace'),
  account: command('desk', UserRound, 'F4'),
  tour: command('desk', Footprints, 'Shift+F1'),
  preferences: command('desk', Settings2, 'Ctrl+Comma'),
  phrases: command('desk', MessageSquareQuote, 'Shift+KeyJ'),
  signOut: command('desk', LogOut, 'Ctrl+Shift+KeyQ'),
  conflicts: command('conflict', ArrowLeftRight, 'KeyX'),
  keep: command('conflict', Check, 'KeyK'),
  change: command('conflict', Pencil, 'KeyE'),
  drop: command('conflict', Trash2, 'Delete'),
} as const satisfies Record<string, CommandFacts>;

export type CommandId = keyof typeof COMMANDS;
export const COMMAND_IDS = Object.keys(COMMANDS) as readonly CommandId[];

/** Those that work on every page, whatever lies over it. */
export const DESK_COMMANDS: ReadonlySet<CommandId> = new Set([
  'palette',
  'connection',
  'syncNow',
  'larger',
  'smaller',
  'menu',
]);

/** The chord of a key event, in the notation of `COMMANDS`. */
export function chordOf(event: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const held = [
    event.ctrlKey || event.metaKey ? 'Ctrl+' : '',
    event.altKey ? 'Alt+' : '',
    event.shiftKey ? 'Shift+' : '',
  ];
  return held.join('') + event.code;
}

/** The command on a chord, if any. */
export function commandFor(chord: string, chosen: ChosenKeys = currentKeys()): CommandId | undefined {
  return COMMAND_IDS.find((id) => keysOf(id, chosen).includes(chord));
}

/** The keys of a command, as they are set now. */
export function keysOf(id: CommandId, chosen: ChosenKeys = currentKeys()): readonly string[] {
  return chosen[id] ?? COMMANDS[id].keys;
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
  Comma: ',',
  Period: '.',
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
export function keyOf(id: CommandId, chosen: ChosenKeys = currentKeys()): string {
  return keyName(keysOf(id, chosen)[0] ?? '');
}

import { useEffect } from 'react';
import { create } from 'zustand';
import { deskState } from '../desk.ts';
import {
  COMMAND_IDS,
  COMMANDS,
  type CommandFacts,
  type CommandId,
  chordOf,
  commandFor,
  DESK_COMMANDS,
} from './command.ts';

/** Why a command does nothing now; each has a sentence under `whyNot`. */
export const WHY_NOT = [
  'elsewhere',
  'dialog',
  'held',
  'readOnly',
  'concluded',
  'noPicture',
  'notMarked',
  'first',
  'last',
  'noEarlier',
  'notReopenable',
  'notAside',
  'notSupervisor',
  'supervisorsOnly',
  'unseen',
  'notPossible',
  'firstLevel',
  'otherLevelRefuses',
  'notReopenable',
] as const;
export type WhyNot = (typeof WHY_NOT)[number];

/** What a command does on a page, and why it may not; without `why` it always may. */
export type Deed = { readonly run: () => void; readonly why?: () => WhyNot | null };
export type Deeds = Readonly<Partial<Record<CommandId, Deed>>>;

/** Deeds that share one condition. */
export function deedsOf(runs: Readonly<Partial<Record<CommandId, () => void>>>, why?: Deed['why']): Deeds {
  return Object.fromEntries(Object.entries(runs).map(([id, run]) => [id, { run, ...(why ? { why } : {}) }]));
}

/** A command as it stands now: what it is, what it does, and why it may not. */
export type Command = CommandFacts & Required<Deed> & { readonly id: CommandId };

/** What a page makes of a key while something lies over it: run the command, swallow the key, or leave it alone. */
export type Turn = 'run' | 'taken' | 'leave';

type Offer = {
  readonly deeds: Deeds;
  /** Asked before a key runs something; `from` tells whether a key or the palette or menu asks. */
  readonly admit?: ((id: CommandId, from: 'key' | 'list', event?: KeyboardEvent) => Turn) | undefined;
};

/** What the pages on screen offer, the topmost last. */
const useOffers = create<{ readonly offers: readonly Offer[] }>()(() => ({ offers: [] }));

/**
 * Offers commands as long as the caller is on screen; those of pages that came later go first. `below`: what the desk
 * offers behind every page.
 */
export function useOffer(deeds: Deeds, admit?: Offer['admit'], below = false): void {
  useEffect(() => {
    const offer: Offer = { deeds, admit };
    useOffers.setState(({ offers }) => ({ offers: below ? [offer, ...offers] : [...offers, offer] }));
    return () => useOffers.setState(({ offers }) => ({ offers: offers.filter((one) => one !== offer) }));
  }, [deeds, admit, below]);
}

const deedOf = (id: CommandId): Deed | undefined =>
  useOffers.getState().offers.findLast(({ deeds }) => deeds[id] !== undefined)?.deeds[id];

/** The topmost page that has a say in it is asked for everything: what lies over it lies over the desk too. */
const admits: NonNullable<Offer['admit']> = (...asked) =>
  useOffers
    .getState()
    .offers.findLast(({ admit }) => admit !== undefined)
    ?.admit?.(...asked) ?? 'run';

const elsewhere: Required<Deed> = { run: () => undefined, why: () => 'elsewhere' };

/** A command as it stands now. */
export function commandOf(id: CommandId): Command {
  const { run, why = () => null } = deedOf(id) ?? elsewhere;
  const admitted = () => (DESK_COMMANDS.has(id) || admits(id, 'list') === 'run' ? null : 'dialog');
  return { id, ...COMMANDS[id], run, why: () => why() ?? admitted() };
}

/** All commands as they stand now, in the order of the groups. */
export const commandsNow = (): readonly Command[] => COMMAND_IDS.map(commandOf);

/** Ids that are offered now, for the menu: it is built anew when these change. */
export const useOffered = (): string =>
  useOffers(({ offers }) => COMMAND_IDS.filter((id) => offers.some(({ deeds }) => deeds[id])).join(' '));

/** Fields that are chosen from, not typed into, and the keys that choose in them. */
const CHOICES = 'input[type="radio"], input[type="checkbox"]';
const CHOOSING: ReadonlySet<string> = new Set(['Space', 'Enter', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

/** Whether a key goes into the field that has the focus. */
const typing = ({ target, code }: KeyboardEvent): boolean => {
  if (!(target instanceof HTMLElement)) return false;
  // One that was clicked is done with; one that was reached by key is chosen in by key.
  if (target.matches(CHOICES)) return CHOOSING.has(code) && target.matches(':focus-visible');
  return target.isContentEditable || target.matches('input, textarea, select');
};

/** Runs the command on the key that was pressed, where it is offered and nothing takes the key before it. */
function press(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const id = commandFor(chordOf(event));
  if (!id) return;
  const deed = deedOf(id);
  if (!deed) return;
  if (!DESK_COMMANDS.has(id)) {
    if (deskState().sheet !== 'none' || typing(event)) return;
    const turn = admits(id, 'key', event);
    if (turn === 'leave') return;
    if (turn === 'taken') {
      event.preventDefault();
      return;
    }
    // A dialog over the page has its keys to itself: Esc closes it, and doesn't leave the page as well.
    if (event.target instanceof Element && event.target.closest('[aria-modal="true"]')) return;
  }
  if ((deed.why?.() ?? null) === null) deed.run();
  event.preventDefault();
}

/** Listens for the keys of all commands, as long as somebody is signed in. */
export function useKeys(signedIn: boolean): void {
  useEffect(() => {
    if (!signedIn) return;
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [signedIn]);
}

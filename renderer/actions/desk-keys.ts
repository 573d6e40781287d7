import { useEffect } from 'react';
import { call } from '../api.ts';
import { useDesk } from '../desk.ts';
import { type CommandId, chordOf, commandFor, DESK_COMMANDS } from './command.ts';

/** Runs a command that works on every page. */
export function deskCommand(id: CommandId): void {
  const { sheet, show } = useDesk.getState();
  if (id === 'connection') show(sheet === 'connection' ? 'none' : 'connection');
  if (id === 'syncNow') void call('startSync', undefined);
}

/** Listens for the keys that work on every page, while somebody is signed in. */
export function useDeskKeys(signedIn: boolean): void {
  useEffect(() => {
    if (!signedIn) return;
    const press = (event: KeyboardEvent) => {
      const id = commandFor(chordOf(event));
      if (!id || !DESK_COMMANDS.has(id)) return;
      deskCommand(id);
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [signedIn]);
}

import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings, SignedIn } from '../../shared/ipc.ts';
import { ZOOMS } from '../../shared/setting-values.ts';
import { call } from '../api.ts';
import { deskState, type Sheet } from '../desk.ts';
import { keys, queries } from '../query.ts';
import { redoLast, undoLast } from '../review/undo.ts';
import type { CommandId } from './command.ts';
import { commandOf, type Deeds, useOffer } from './offer.ts';

/** What whoever is signed in is. */
const roleNow = (): string | undefined => queries.getQueryData<SignedIn | null>(keys.session)?.account.role;

/** Runs a command as a button does: where it may not, nothing happens. */
export function runCommand(id: CommandId): void {
  const { run, why } = commandOf(id);
  if (why() === null) run();
}

/** Offers what works on every page, while somebody is signed in. */
export function useDeskCommands(): void {
  const { t } = useTranslation();
  const client = useQueryClient();
  const deeds = useMemo<Deeds>(() => {
    const desk = deskState;
    const sheet = (name: Sheet) => () => desk().show(desk().sheet === name ? 'none' : name);
    const resize = (step: 1 | -1) => {
      const settings = client.getQueryData<Settings>(keys.settings);
      const zoom = settings && ZOOMS[ZOOMS.indexOf(settings.zoom) + step];
      if (zoom) void call('changeSettings', { zoom }).then((next) => client.setQueryData(keys.settings, next));
    };
    return {
      undo: { run: () => void undoLast(t, null) },
      redo: { run: () => void redoLast(t) },
      conflicts: { run: () => desk().openConflicts(null) },
      palette: { run: sheet('palette') },
      shortcuts: { run: sheet('shortcuts') },
      connection: { run: sheet('connection') },
      decisions: { run: sheet('decisions') },
      account: { run: sheet('account') },
      verify: { run: sheet('proofs') },
      tour: { run: sheet('tour') },
      spotChecks: {
        run: () => desk().go(desk().place === 'spotChecks' && desk().reviewing === null ? 'queue' : 'spotChecks'),
      },
      record: {
        run: () => desk().seeRecord(desk().reviewing ?? desk().selected),
        why: () =>
          roleNow() !== 'supervisor' ? 'supervisorsOnly' : (desk().reviewing ?? desk().selected) ? null : 'notPossible',
      },
      overview: {
        run: () => desk().go(desk().place === 'overview' && desk().reviewing === null ? 'queue' : 'overview'),
        why: () => (roleNow() === 'supervisor' ? null : 'supervisorsOnly'),
      },
      audit: {
        run: () => desk().go(desk().place === 'audit' && desk().reviewing === null ? 'queue' : 'audit'),
        why: () => (roleNow() === 'supervisor' ? null : 'supervisorsOnly'),
      },
      preferences: { run: sheet('preferences') },
      phrases: { run: sheet('phrases') },
      secondScreen: { run: () => void call('secondScreen', undefined) },
      syncNow: { run: () => void call('startSync', undefined) },
      padMenu: { run: sheet('pad') },
      larger: { run: () => resize(1) },
      smaller: { run: () => resize(-1) },
      menu: { run: () => void call('showMenu', undefined) },
      signOut: { run: () => void call('signOut', undefined) },
    };
  }, [t, client]);
  useOffer(deeds, undefined, true);
}

import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { call, onCommand } from '../api.ts';
import { deskState } from '../desk.ts';
import { useChosenKeys } from './chosen-keys.ts';
import { COMMAND_GROUPS, COMMAND_IDS, COMMANDS, type CommandId, keyOf } from './command.ts';
import { commandOf, useOffered } from './offer.ts';

const isCommand = (id: string): id is CommandId => id in COMMANDS;

/** Keeps the application menu in step with what the page offers, and runs what is chosen there. */
export function useMenu(signedIn: boolean): void {
  const { t } = useTranslation();
  const offered = useOffered();
  const keys = useChosenKeys((chosen) => chosen.keys);
  useEffect(() => {
    const here = new Set(offered.split(' '));
    const items = (group: string) =>
      COMMAND_IDS.filter((id) => COMMANDS[id].group === group && here.has(id)).map((id) => ({
        id,
        label: t(`command.${id}`),
        key: keyOf(id, keys),
      }));
    const groups = signedIn
      ? COMMAND_GROUPS.map((group) => ({ label: t(`shortcuts.${group}`), items: items(group) }))
      : [];
    // A menu that could not be set is no reason to disturb anybody: every command has its key and its button.
    void call(
      'setMenu',
      groups.filter((group) => group.items.length > 0),
    ).catch(() => undefined);
  }, [t, offered, keys, signedIn]);
  useEffect(
    () =>
      onCommand(({ id }) => {
        if (!isCommand(id)) return;
        const { run, why } = commandOf(id);
        const reason = why();
        if (reason === null) run();
        else deskState().say({ tone: 'problem', text: t(`command.${id}`), detail: t(`whyNot.${reason}`) });
      }),
    [t],
  );
}

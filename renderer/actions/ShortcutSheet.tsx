import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { COMMAND_IDS, COMMANDS, type CommandGroup, keyName } from './command.ts';

const GROUPS: readonly CommandGroup[] = ['decide', 'move', 'view', 'panes', 'conflict'];

/** All shortcuts on one sheet, from the same list that the keys work by. */
export function ShortcutSheet() {
  const { t } = useTranslation();
  const shown = useDesk((desk) => desk.sheet === 'shortcuts');
  const show = useDesk((desk) => desk.show);
  return (
    <Modal
      open={shown}
      onCancel={() => show('none')}
      footer={null}
      width={1040}
      centered
      title={t('shortcuts.title')}
      destroyOnHidden
    >
      <div className="shortcut-columns" data-testid="shortcut-sheet">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{t(`shortcuts.${group}`)}</h3>
            <ul>
              {COMMAND_IDS.filter((id) => COMMANDS[id].group === group).map((id) => (
                <li key={id}>
                  <span>{t(`command.${id}`)}</span>
                  <span>
                    {COMMANDS[id].keys.map((chord) => (
                      <Kbd key={chord}>{keyName(chord)}</Kbd>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Modal>
  );
}

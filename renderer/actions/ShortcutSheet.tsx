import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { COMMAND_GROUPS, COMMAND_IDS, COMMANDS, keyName, keysOf } from './command.ts';

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
      width={1240}
      centered
      title={t('shortcuts.title')}
      destroyOnHidden
    >
      <div
        className="shortcut-columns"
        tabIndex={0}
        role="group"
        aria-label={t('shortcuts.title')}
        data-testid="shortcut-sheet"
      >
        {COMMAND_GROUPS.map((group) => (
          <section key={group}>
            <h3>{t(`shortcuts.${group}`)}</h3>
            <ul>
              {COMMAND_IDS.filter((id) => COMMANDS[id].group === group).map((id) => (
                <li key={id}>
                  <span>{t(`command.${id}`)}</span>
                  <span>
                    {keysOf(id).map((chord) => (
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

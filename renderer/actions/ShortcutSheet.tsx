import { Input, type InputRef, Modal } from 'antd';
import { Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { COMMAND_GROUPS, COMMAND_IDS, COMMANDS, type CommandId, keyName, keysOf } from './command.ts';
import { isTypedFor } from './find-command.ts';

/** All shortcuts on one sheet, from the same list that the keys work by; typing leaves those that fit. */
export function ShortcutSheet() {
  const { t } = useTranslation();
  const shown = useDesk((desk) => desk.sheet === 'shortcuts');
  const show = useDesk((desk) => desk.show);
  const [typed, setTyped] = useState('');
  const search = useRef<InputRef>(null);
  const fits = (id: CommandId) => isTypedFor(t(`command.${id}`), keysOf(id).map(keyName), typed);
  const groups = COMMAND_GROUPS.map((group) => ({
    group,
    ids: COMMAND_IDS.filter((id) => COMMANDS[id].group === group && fits(id)),
  })).filter(({ ids }) => ids.length > 0);
  return (
    <Modal
      open={shown}
      onCancel={() => show('none')}
      afterOpenChange={(open) => (open ? search.current?.focus() : setTyped(''))}
      footer={null}
      width={1240}
      centered
      title={t('shortcuts.title')}
      destroyOnHidden
    >
      <Input
        ref={search}
        className="shortcut-search"
        allowClear
        prefix={<Search size={14} aria-hidden />}
        placeholder={t('preferences.findKey')}
        aria-label={t('preferences.findKey')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        data-testid="shortcut-search"
      />
      <div
        className="shortcut-columns"
        tabIndex={0}
        role="group"
        aria-label={t('shortcuts.title')}
        data-testid="shortcut-sheet"
      >
        {groups.map(({ group, ids }) => (
          <section key={group}>
            <h3>{t(`shortcuts.${group}`)}</h3>
            <ul>
              {ids.map((id) => (
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
        {groups.length === 0 && <p className="quiet">{t('shortcuts.nothing')}</p>}
      </div>
    </Modal>
  );
}

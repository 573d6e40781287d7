import { Modal } from 'antd';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { deskState, useDesk } from '../desk.ts';
import { Kbd } from '../ui/Kbd.tsx';
import type { CommandId } from './command.ts';
import { commandOf } from './offer.ts';
import './pad-menu.css';

/** As the number pad lies: what has no key of its own there. */
const PLACES: readonly (readonly [digit: string, id: CommandId])[] = [
  ['7', 'undo'],
  ['8', 'return'],
  ['9', 'refuse'],
  ['4', 'reopen'],
  ['5', 'pin'],
  ['6', 'setAside'],
  ['1', 'queue'],
  ['2', 'form'],
  ['3', 'note'],
];

function Places() {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const close = () => deskState().show('none');
  const run = (id: CommandId) => {
    const { run, why } = commandOf(id);
    if (why() !== null) return;
    close();
    run();
  };
  const keys = (event: KeyboardEvent) => {
    const digit = /^(?:Numpad|Digit)(\d)$/.exec(event.code)?.[1];
    const id = PLACES.find(([place]) => place === digit)?.[1];
    if (id) run(id);
    else if (digit === '0') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={box} className="pad-menu" role="group" aria-label={t('command.padMenu')} tabIndex={-1} onKeyDown={keys}>
      {PLACES.map(([digit, id]) => {
        const { icon: Icon, why } = commandOf(id);
        const not = why();
        return (
          <button
            key={id}
            type="button"
            disabled={not !== null}
            title={not ? t(`whyNot.${not}`) : undefined}
            onClick={() => run(id)}
            data-testid={`pad-${digit}`}
          >
            <Kbd>{digit}</Kbd>
            <Icon size={16} strokeWidth={1.75} aria-hidden />
            <span>{t(`command.${id}`)}</span>
          </button>
        );
      })}
    </div>
  );
}

/** Nine more commands for one hand on the number pad, laid out as its keys are. */
export function PadMenu() {
  const { t } = useTranslation();
  const shown = useDesk((desk) => desk.sheet === 'pad');
  // Gone at once: closing slowly, it would take the focus from the dialog that a command opens.
  if (!shown) return null;
  return (
    <Modal
      open
      onCancel={() => deskState().show('none')}
      footer={<span className="quiet">{t('padMenu.hint')}</span>}
      closable={false}
      width={440}
      centered
      title={t('command.padMenu')}
      focusTriggerAfterClose={false}
    >
      <Places />
    </Modal>
  );
}

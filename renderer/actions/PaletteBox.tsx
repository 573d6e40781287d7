import { Modal } from 'antd';
import { match } from 'pinyin-pro';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deskState } from '../desk.ts';
import { remember } from '../remember.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { keyOf } from './command.ts';
import { findCommands, latestFirst } from './find-command.ts';
import { useLately } from './lately.ts';
import { type Command, commandsNow, type WhyNot } from './offer.ts';
import './palette.css';

/** These would only close and open the palette itself. */
const HIDDEN: ReadonlySet<string> = new Set(['palette', 'menu', 'padMenu']);

const byPinyin = (text: string, letters: string) => match(text, letters, { continuous: true })?.[0] ?? null;

type Entry = { readonly command: Command; readonly id: Command['id']; readonly why: WhyNot | null };

/** Every command by its name: type, choose, run. What may not be done now says why. */
export function PaletteBox() {
  const { t, i18n } = useTranslation();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const lately = useLately((state) => state.ids);
  // As things stood when it was opened: nothing moves beneath the fingers.
  const [entries] = useState<readonly Entry[]>(() => {
    const all = commandsNow()
      .filter(({ id }) => !HIDDEN.has(id))
      .map((command) => ({ command, id: command.id, why: command.why() }));
    const ready = latestFirst(
      all.filter(({ why }) => why === null),
      lately,
    );
    const rest = all.filter(({ why }) => why !== null);
    return [
      ...ready,
      ...rest.filter(({ why }) => why !== 'elsewhere'),
      ...rest.filter(({ why }) => why === 'elsewhere'),
    ];
  });
  const found = useMemo(() => {
    const other = i18n.getFixedT(t('language') === 'en' ? 'zh-CN' : 'en');
    const findable = entries.map((entry) => ({
      item: entry,
      texts: [t(`command.${entry.id}`), other(`command.${entry.id}`), t(`shortcuts.${entry.command.group}`)],
    }));
    return findCommands(findable, typed, byPinyin);
  }, [entries, typed, t, i18n]);
  const chosen = found[Math.min(at, found.length - 1)];
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const close = () => deskState().show('none');
  const run = (entry: Entry | undefined) => {
    if (!entry || entry.why !== null) return;
    useLately.getState().use(entry.id);
    remember({ lately: [...useLately.getState().ids] });
    close();
    entry.command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Partial<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 8,
      PageUp: at - 8,
    };
    const to = steps[event.key];
    if (to !== undefined) setAt(Math.max(0, Math.min(found.length - 1, to)));
    // Enter that ends the writing of a Chinese word chooses nothing.
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(chosen);
    else return;
    event.preventDefault();
  };

  return (
    <Modal
      open
      afterOpenChange={(open) => open && input.current?.focus()}
      onCancel={close}
      footer={null}
      closable={false}
      width={560}
      title={<span className="heard">{t('command.palette')}</span>}
      className="palette-box"
    >
      <div className="palette" data-testid="palette">
        <input
          ref={input}
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={chosen ? `palette-${chosen.id}` : undefined}
          aria-label={t('palette.search')}
          placeholder={t('palette.search')}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          data-testid="palette-typed"
        />
        <div ref={list} id="palette-list" className="palette-list" role="listbox" aria-label={t('command.palette')}>
          {found.map((entry) => {
            const Icon = entry.command.icon;
            const key = keyOf(entry.id);
            return (
              <div
                key={entry.id}
                id={`palette-${entry.id}`}
                role="option"
                aria-selected={entry === chosen}
                aria-disabled={entry.why !== null}
                onMouseMove={() => entry !== chosen && setAt(found.indexOf(entry))}
                onClick={() => run(entry)}
                data-testid={`palette-${entry.id}`}
                data-why={entry.why ?? ''}
              >
                <Icon size={16} strokeWidth={1.75} aria-hidden />
                <span className="palette-name nowrap">{t(`command.${entry.id}`)}</span>
                <span className="quiet nowrap">
                  {entry.why ? t(`whyNot.${entry.why}`) : t(`shortcuts.${entry.command.group}`)}
                </span>
                <span className="palette-key">{key && <Kbd>{key}</Kbd>}</span>
              </div>
            );
          })}
        </div>
        {found.length === 0 && <p className="palette-none">{t('palette.none')}</p>}
        <footer className="quiet">
          <span role="status">{t('palette.found', { count: found.length })}</span>
          <span aria-hidden>{t('palette.hint')}</span>
        </footer>
      </div>
    </Modal>
  );
}

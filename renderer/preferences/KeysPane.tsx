import { Button, Input } from 'antd';
import { Download, Plus, RotateCcw, Upload, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problem, problemText } from '../../shared/problem.ts';
import { type ChosenKeys, chooseKeys, useChosenKeys } from '../actions/chosen-keys.ts';
import { COMMAND_GROUPS, COMMAND_IDS, COMMANDS, type CommandId, chordOf, keyName, keysOf } from '../actions/command.ts';
import { isTypedFor } from '../actions/find-command.ts';
import { assign, fromFile, isFixed, isModifier, type Rekeyed, reset, toFile, withdraw } from '../actions/keymap.ts';
import { call } from '../api.ts';
import { deskState } from '../desk.ts';
import { remember } from '../remember.ts';
import { activeSlot } from '../review/panes.ts';
import { reviewState } from '../review/state.ts';
import { sayProblem } from '../review/undo.ts';
import { IconButton } from '../ui/IconButton.tsx';

/** The key that is being set: of a command, in the place of one that it has or besides them. */
type Setting = { readonly id: CommandId; readonly instead: string | null };

function use(chosen: ChosenKeys): void {
  // The review screen is drawn anew and goes on at the same picture.
  const { reviewing, setBegin } = deskState();
  if (reviewing) setBegin(reviewing, activeSlot(reviewState().panes));
  chooseKeys(chosen);
  remember({ keys: Object.fromEntries(Object.entries(chosen).map(([id, keys]) => [id, [...keys]])) });
}

/** Takes the next key, whatever it would do otherwise; Esc and a click elsewhere end it without a change. */
function useNextKey(setting: Setting | null, onKey: (chord: string) => void, onEnd: () => void): void {
  useEffect(() => {
    if (!setting) return;
    const press = (event: KeyboardEvent) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (isModifier(event.code)) return;
      if (event.code === 'Escape') onEnd();
      else onKey(chordOf(event));
    };
    window.addEventListener('keydown', press, true);
    window.addEventListener('pointerdown', onEnd);
    return () => {
      window.removeEventListener('keydown', press, true);
      window.removeEventListener('pointerdown', onEnd);
    };
  }, [setting, onKey, onEnd]);
}

type RowProps = {
  readonly id: CommandId;
  readonly chosen: ChosenKeys;
  readonly setting: Setting | null;
  onSet(setting: Setting): void;
  onChange(answer: Rekeyed): void;
};

function KeyRow({ id, chosen, setting, onSet, onChange }: RowProps) {
  const { t } = useTranslation();
  const name = t(`command.${id}`);
  const keys = keysOf(id, chosen);
  const waits = (instead: string | null) => setting?.id === id && setting.instead === instead;
  return (
    <li data-testid={`keys-${id}`} data-changed={id in chosen}>
      <span className="nowrap">{name}</span>
      <span className="key-chips">
        {keys.map((chord) =>
          isFixed(chord) ? (
            <kbd key={chord} className="kbd">
              {keyName(chord)}
            </kbd>
          ) : (
            <span key={chord} className="key-chip" data-waits={waits(chord)}>
              <button
                type="button"
                aria-label={t('preferences.changeKey', { name, key: keyName(chord) })}
                title={t('preferences.changeKey', { name, key: keyName(chord) })}
                onClick={() => onSet({ id, instead: chord })}
              >
                {waits(chord) ? t('preferences.press') : keyName(chord)}
              </button>
              <button
                type="button"
                aria-label={t('preferences.dropKey', { name, key: keyName(chord) })}
                title={t('preferences.dropKey', { name, key: keyName(chord) })}
                onClick={() => onChange({ ok: true, keys: withdraw(chosen, id, chord) })}
              >
                <X size={12} aria-hidden />
              </button>
            </span>
          ),
        )}
        {waits(null) && (
          <span className="key-chip" data-waits>
            {t('preferences.press')}
          </span>
        )}
        <IconButton
          icon={Plus}
          size={14}
          label={t('preferences.addKey', { name })}
          onClick={() => onSet({ id, instead: null })}
        />
        {id in chosen && (
          <IconButton
            icon={RotateCcw}
            size={14}
            label={t('preferences.resetKey', { name })}
            onClick={() => onChange(reset(chosen, id))}
          />
        )}
      </span>
    </li>
  );
}

/** Every command with its keys: press to change, clashes are refused with the name of the command that has the key. */
export function KeysPane() {
  const { t, i18n } = useTranslation();
  const chosen = useChosenKeys(({ keys }) => keys);
  const [setting, setSetting] = useState<Setting | null>(null);
  const [said, setSaid] = useState('');
  const [filter, setFilter] = useState('');
  const language = i18n.language === 'en' ? 'en' : 'zh-CN';

  const change = (answer: Rekeyed, chord = '') => {
    setSetting(null);
    if (answer.ok) {
      use(answer.keys);
      setSaid('');
      return;
    }
    const by = answer.why === 'taken' ? t(`command.${answer.by}`) : '';
    setSaid(t(`preferences.refused.${answer.why}`, { key: keyName(chord), by }));
  };
  useNextKey(
    setting,
    (chord) => setting && change(assign(chosen, setting.id, setting.instead, chord), chord),
    () => setSetting(null),
  );
  const exportKeys = () =>
    void call('saveKeys', { text: toFile(chosen) }).then(
      (saved) => saved && setSaid(t('preferences.exported')),
      (error) => sayProblem(t, error),
    );
  const importKeys = () =>
    void call('openKeys', undefined).then(
      ({ text }) => {
        if (text === null) return;
        const keys = fromFile(text);
        if (keys) use(keys);
        const { title, next } = problemText(problem('keys.file').code, language);
        setSaid(keys ? t('preferences.imported') : `${title}${t('list.separator')}${next}`);
      },
      (error) => sayProblem(t, error),
    );
  const fits = (id: CommandId) => isTypedFor(t(`command.${id}`), keysOf(id, chosen).map(keyName), filter);

  return (
    <div className="keys-pane">
      <header>
        <Input
          size="small"
          allowClear
          placeholder={t('preferences.findKey')}
          aria-label={t('preferences.findKey')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <Button size="small" icon={<Download size={14} aria-hidden />} onClick={exportKeys} data-testid="keys-export">
          {t('preferences.export')}
        </Button>
        <Button size="small" icon={<Upload size={14} aria-hidden />} onClick={importKeys} data-testid="keys-import">
          {t('preferences.import')}
        </Button>
        <Button
          size="small"
          disabled={Object.keys(chosen).length === 0}
          onClick={() => change({ ok: true, keys: {} })}
          data-testid="keys-reset"
        >
          {t('preferences.resetAll')}
        </Button>
      </header>
      <p className="keys-said" role="status" data-testid="keys-said">
        {setting ? t('preferences.waiting', { name: t(`command.${setting.id}`) }) : said}
      </p>
      <div className="keys-list" role="group" aria-label={t('preferences.keys')}>
        {COMMAND_GROUPS.map((group) => {
          const ids = COMMAND_IDS.filter((id) => COMMANDS[id].group === group && fits(id));
          return (
            ids.length > 0 && (
              <section key={group}>
                <h3>{t(`shortcuts.${group}`)}</h3>
                <ul>
                  {ids.map((id) => (
                    <KeyRow key={id} id={id} chosen={chosen} setting={setting} onSet={setSetting} onChange={change} />
                  ))}
                </ul>
              </section>
            )
          );
        })}
      </div>
    </div>
  );
}

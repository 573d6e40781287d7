import { Button, Input } from 'antd';
import { Download, Plus, Trash2, Upload } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_PHRASE, MOST_PHRASES, PHRASE_FIELDS, type Phrase, unknownFields } from '../../shared/phrase.ts';
import { call } from '../api.ts';
import { sayProblem } from '../review/undo.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { fromFile, toFile } from './file.ts';
import { keepPhrases, usePhrases } from './phrases.ts';
import './phrases.css';

/** One phrase; what is changed in it is kept when the focus leaves it, if it can be filled. */
function PhraseRow(props: {
  readonly phrase: Phrase;
  readonly number: number;
  onChange(text: string): boolean;
  onRemove(): void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(props.phrase.text);
  return (
    <li data-testid="phrase">
      <Input
        value={text}
        maxLength={LONGEST_PHRASE}
        variant="borderless"
        aria-label={t('phrases.one', { number: props.number })}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          if (text.trim() !== props.phrase.text && !props.onChange(text.trim())) setText(props.phrase.text);
        }}
      />
      <IconButton
        icon={Trash2}
        size={14}
        label={t('phrases.remove', { number: props.number })}
        onClick={props.onRemove}
      />
    </li>
  );
}

/** The saved phrases: write, change, take away, save to a file and take in from one. */
export function PhrasesPane() {
  const { t } = useTranslation();
  const phrases = usePhrases();
  const [text, setText] = useState('');
  const [said, setSaid] = useState('');

  /** Whether the words may be kept; if not, says why. */
  const admits = (words: string): boolean => {
    const unknown = unknownFields(words);
    if (words === '') return false;
    if (unknown.length > 0) setSaid(t('phrases.unknown', { fields: unknown.map((name) => `{${name}}`).join(' ') }));
    else if (phrases.some((phrase) => phrase.text === words)) setSaid(t('phrases.there'));
    else setSaid('');
    return unknown.length === 0 && !phrases.some((phrase) => phrase.text === words);
  };
  const add = () => {
    const words = text.trim();
    if (!admits(words)) return;
    keepPhrases([...phrases, { id: crypto.randomUUID(), text: words }]);
    setText('');
  };
  const change = (phrase: Phrase, words: string): boolean => {
    if (!admits(words)) return false;
    keepPhrases(phrases.map((one) => (one.id === phrase.id ? { ...one, text: words } : one)));
    return true;
  };
  const enter = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) add();
  };
  const exportAll = () =>
    void call('savePhrases', { text: toFile(phrases) }).then(
      (saved) => saved && setSaid(t('preferences.exported')),
      (error) => sayProblem(t, error),
    );
  const importSome = () =>
    void call('openKeys', undefined).then(
      ({ text: file }) => {
        if (file === null) return;
        const fresh = fromFile(file, phrases, () => crypto.randomUUID());
        const room = MOST_PHRASES - phrases.length;
        if (fresh) keepPhrases([...phrases, ...fresh.slice(0, room)]);
        setSaid(fresh ? t('phrases.imported', { count: Math.min(fresh.length, room) }) : t('phrases.notFile'));
      },
      (error) => sayProblem(t, error),
    );
  return (
    <div className="phrases-pane">
      <header>
        <Input
          value={text}
          maxLength={LONGEST_PHRASE}
          placeholder={t('phrases.new')}
          aria-label={t('phrases.new')}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={enter}
          data-testid="phrase-new"
        />
        <Button
          icon={<Plus size={14} aria-hidden />}
          disabled={text.trim() === '' || phrases.length >= MOST_PHRASES}
          onClick={add}
          data-testid="phrase-add"
        >
          {t('phrases.add')}
        </Button>
      </header>
      <p className="phrase-fields">
        <span className="quiet">{t('phrases.fields')}</span>
        {PHRASE_FIELDS.map((name) => (
          <button
            key={name}
            type="button"
            lang="zh-CN"
            title={t(`phrases.field.${name}`)}
            onClick={() => setText((before) => `${before}{${name}}`)}
          >
            {`{${name}}`}
          </button>
        ))}
      </p>
      <p className="keys-said" role="status" data-testid="phrases-said">
        {said}
      </p>
      <ul className="phrase-list" lang="zh-CN">
        {phrases.map((phrase, index) => (
          <PhraseRow
            key={phrase.id}
            phrase={phrase}
            number={index + 1}
            onChange={(words) => change(phrase, words)}
            onRemove={() => keepPhrases(phrases.filter((one) => one.id !== phrase.id))}
          />
        ))}
        {phrases.length === 0 && <li className="quiet">{t('phrases.noneYet')}</li>}
      </ul>
      <footer>
        <Button
          size="small"
          icon={<Download size={14} aria-hidden />}
          disabled={phrases.length === 0}
          onClick={exportAll}
          data-testid="phrases-export"
        >
          {t('preferences.export')}
        </Button>
        <Button size="small" icon={<Upload size={14} aria-hidden />} onClick={importSome} data-testid="phrases-import">
          {t('preferences.import')}
        </Button>
      </footer>
    </div>
  );
}

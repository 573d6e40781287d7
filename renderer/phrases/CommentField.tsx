import { Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { type KeyboardEvent, type Ref, useId, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fillPhrase, type PhraseSource } from '../../shared/phrase.ts';
import { findCommands } from '../actions/find-command.ts';
import { useByPinyin } from '../reasons/by-pinyin.ts';
import { emptyFields, usePhrases } from './phrases.ts';
import { insertPhrase, type Slash, slashAt } from './slash.ts';
import './phrases.css';

/** What others may do to the field. */
export type CommentHandle = {
  /** Begins a phrase at the end of the text. */
  slash(): void;
};

type Props = {
  readonly value: string;
  readonly placeholder: string;
  readonly rows: number;
  readonly source: PhraseSource;
  readonly testId?: string;
  readonly handle?: Ref<CommentHandle>;
  onChange(text: string): void;
};

/** Where the reviewer's own words go; `/` lists the saved phrases, found by their words and pinyin. */
export function CommentField({ value, placeholder, rows, source, testId, handle, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const area = useRef<TextAreaRef>(null);
  const [slash, setSlash] = useState<Slash | null>(null);
  const [at, setAt] = useState(0);
  const phrases = usePhrases();
  const byPinyin = useByPinyin();
  const found = slash
    ? findCommands(
        phrases.map((item) => ({ item, texts: [item.text] })),
        slash.typed,
        byPinyin,
      ).map((phrase) => ({ phrase, filled: fillPhrase(phrase.text, source) }))
    : [];
  const chosen = Math.min(at, found.length - 1);

  const write = (text: string, caret: number) => {
    onChange(text);
    setSlash(slashAt(text, caret));
    setAt(0);
  };
  const caretTo = (caret: number) => {
    const element = area.current?.resizableTextArea?.textArea;
    element?.focus();
    requestAnimationFrame(() => element?.setSelectionRange(caret, caret));
  };
  useImperativeHandle(handle, () => ({
    slash: () => {
      const text = value === '' || /[\s；，。]$/u.test(value) ? `${value}/` : `${value}；/`;
      write(text, text.length);
      caretTo(text.length);
    },
  }));
  const take = (index: number) => {
    const { filled } = found[index] ?? {};
    if (!slash || !filled?.ok) return;
    const { text, caret } = insertPhrase(value, slash, filled.text);
    onChange(text);
    setSlash(null);
    caretTo(caret);
  };
  const keys = (event: KeyboardEvent) => {
    if (!slash || event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
    else if ((event.key === 'Enter' && !event.ctrlKey) || event.key === 'Tab') take(chosen);
    else if (event.key === 'Escape') setSlash(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="comment-field" onKeyDown={keys}>
      <Input.TextArea
        ref={area}
        value={value}
        rows={rows}
        maxLength={500}
        placeholder={placeholder}
        aria-label={placeholder}
        aria-controls={slash ? id : undefined}
        aria-activedescendant={slash && chosen >= 0 ? `${id}-${chosen}` : undefined}
        onChange={(event) => write(event.target.value, event.target.selectionStart)}
        onBlur={() => setSlash(null)}
        data-testid={testId}
      />
      {slash && (
        <div id={id} className="phrase-menu" role="listbox" aria-label={t('phrases.title')} data-testid="phrase-menu">
          {found.map(({ phrase, filled }, index) => (
            <div
              key={phrase.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === chosen}
              aria-disabled={!filled.ok}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(index)}
            >
              {filled.ok ? filled.text : phrase.text}
              {!filled.ok && <small>{emptyFields(t, filled.empty)}</small>}
            </div>
          ))}
          {found.length === 0 && (
            <div role="option" aria-selected={false} aria-disabled>
              <small>{t(phrases.length === 0 ? 'phrases.noneYet' : 'phrases.noMatch')}</small>
            </div>
          )}
        </div>
      )}
    </div>
  );
}

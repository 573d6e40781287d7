import { Input, type InputRef, Modal } from 'antd';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ASIDE_REASONS, type Aside } from '../../shared/aside.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import type { Bench } from '../review/bench.ts';
import { reviewState } from '../review/state.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { setAside, takeUp } from './step.ts';
import './aside.css';

const WORDS = ASIDE_REASONS.length + 1;
const TAKE_UP = WORDS + 1;

/** 搁置: why, by a digit of either row or in own words. One key is enough, and nothing of it leaves this computer. */
export function AsideDialog({ bench, next }: { readonly bench: Bench; readonly next: SubmissionId | null }) {
  const { t } = useTranslation();
  const { clear } = reviewState();
  const { aside } = bench.subject;
  const [words, setWords] = useState(aside && 'words' in aside ? aside.words : '');
  const [saving, setSaving] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<InputRef>(null);
  const said = words.trim();
  const save = async (deed: () => Promise<void>) => {
    if (saving) return;
    setSaving(true);
    await deed();
    setSaving(false);
  };
  const choose = (chosen: Aside) => void save(() => setAside(t, bench, next, chosen));
  const resume = () => void save(() => takeUp(t, bench));
  const keys = (event: KeyboardEvent) => {
    if (event.repeat || event.target instanceof HTMLInputElement || event.ctrlKey || event.altKey) return;
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
    if (digit === undefined) return;
    const usual = ASIDE_REASONS[Number(digit) - 1];
    if (usual) choose({ usual });
    else if (Number(digit) === WORDS) input.current?.focus();
    else if (Number(digit) === TAKE_UP && aside) resume();
    else if (digit === '0') clear();
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      open
      onCancel={clear}
      afterOpenChange={(open) => open && list.current?.focus()}
      width={420}
      modalRender={(dialog) => <div onKeyDown={keys}>{dialog}</div>}
      title={t('aside.title', { name: bench.subject.submission.form.name })}
      footer={<p className="aside-hint quiet">{t('aside.hint')}</p>}
    >
      <div ref={list} className="aside-list" role="group" aria-label={t('aside.why')} tabIndex={-1} data-testid="aside">
        {ASIDE_REASONS.map((usual, index) => {
          const now = aside !== null && 'usual' in aside && aside.usual === usual;
          return (
            <button
              key={usual}
              type="button"
              aria-pressed={now}
              disabled={saving}
              onClick={() => choose({ usual })}
              data-testid={`aside-${usual}`}
            >
              <Kbd>{String(index + 1)}</Kbd>
              <span>{t(`aside.reason.${usual}`)}</span>
            </button>
          );
        })}
        <div className="aside-words">
          <Kbd>{String(WORDS)}</Kbd>
          <Input
            ref={input}
            value={words}
            maxLength={60}
            placeholder={t('aside.words')}
            aria-label={t('aside.words')}
            suffix={<Kbd>↵</Kbd>}
            onChange={(event) => setWords(event.target.value)}
            onPressEnter={(event) => !event.nativeEvent.isComposing && said !== '' && choose({ words: said })}
            data-testid="aside-words"
          />
        </div>
        {aside && (
          <button type="button" disabled={saving} onClick={resume} data-testid="aside-take-up">
            <Kbd>{String(TAKE_UP)}</Kbd>
            <span>{t('command.takeUp')}</span>
          </button>
        )}
      </div>
    </Modal>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, type InputRef } from 'antd';
import { Check as Tick, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ReasonCode, reasonText } from '../../shared/catalogue/reasons.ts';
import type { ReturnedImage } from '../../shared/decision.ts';
import { withMarks } from '../../shared/mark.ts';
import type { Image } from '../../shared/submission.ts';
import { chordOf } from '../actions/command.ts';
import { marksState, useMarks } from '../marks/state.ts';
import { CommentField, type CommentHandle } from '../phrases/CommentField.tsx';
import { sourceOf } from '../phrases/phrases.ts';
import { keys as reads } from '../query.ts';
import type { Bench } from '../review/bench.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { checkText, checkTitle, reasonName, slotName } from '../ui/words.ts';
import { useByPinyin } from './by-pinyin.ts';
import { MARK_KEY, MarkChips } from './MarkChips.tsx';
import { matching, type Option, optionsFor, type Uses, withoutWords, withWords } from './options.ts';
import './reasons.css';

type Props = {
  readonly bench: Bench;
  readonly image: Image;
  /** What is filled in. */
  readonly start: Pick<Image, 'reasons' | 'comment' | 'marks'>;
  /** The picture is in a pane of the review, where marks can be placed on it. */
  readonly markable?: boolean;
  /** Hears what is chosen and written so far, and null at the end. */
  onWrite?(written: { reasons: ReasonCode[]; comment: string } | null): void;
  onCancel(): void;
  /** Saves it; whoever laid the picker clears it away. */
  onReturn(point: ReturnedImage): Promise<void>;
};

/** The marks of the return live as long as the picker; they begin with those that are there. */
function useDraftMarks(image: Image, start: Props['start'], markable: boolean, focus: () => void): void {
  const first = useRef(start.marks ?? []);
  useEffect(() => {
    if (!markable) return;
    const { begin, end } = marksState();
    begin(image.slot, first.current);
    return end;
  }, [image.slot, markable]);
  const placing = useMarks((state) => state.placing !== null);
  useEffect(() => {
    if (!placing) focus();
  }, [placing, focus]);
}

/** The side on which the picker doesn't cover the picture that it is about. */
function useSide(): 'left' | 'right' {
  const [side] = useState<'left' | 'right'>(() => {
    const target = document.querySelector('.pane[aria-current="true"]');
    const stage = target?.closest('.review-stage');
    if (!target || !stage) return 'right';
    const [pane, all] = [target.getBoundingClientRect(), stage.getBoundingClientRect()];
    return pane.left - all.left > all.right - pane.right ? 'left' : 'right';
  });
  return side;
}

/**
 * Chooses why a picture goes back: by digit, by words or pinyin, or by click; the sentence to the candidate grows below.
 * What a check found brings its own words along.
 */
export function ReasonPicker({ bench, image, start, markable = false, onWrite, onCancel, onReturn }: Props) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<readonly ReasonCode[]>(start.reasons);
  const [comment, setComment] = useState(start.comment);
  const [typed, setTyped] = useState('');
  const [saving, setSaving] = useState(false);
  const filter = useRef<InputRef>(null);
  const words = useRef<CommentHandle>(null);
  // The order is that of the beginning, whatever is read meanwhile: digits are pressed without looking.
  const [all] = useState(() => optionsFor(image, bench.checks, client.getQueryData<Uses>(reads.reasonUses) ?? {}));
  const hear = useRef(onWrite);
  hear.current = onWrite;
  useEffect(() => hear.current?.({ reasons: [...chosen], comment }), [chosen, comment]);
  useEffect(() => () => hear.current?.(null), []);
  const byPinyin = useByPinyin();
  const [focus] = useState(() => () => filter.current?.focus());
  useDraftMarks(image, start, markable, focus);
  const placing = useMarks((state) => markable && state.placing !== null);
  const side = useSide();

  const shown = matching(all, typed, byPinyin);
  /** What a check found, as the candidate reads it: always in Chinese. What is only doubtful is for the reviewer to say. */
  const wordsOf = ({ finding }: Option): string => {
    if (finding?.status !== 'failed') return '';
    const chinese = i18n.getFixedT('zh-CN');
    return `${checkTitle(chinese, finding)}：${checkText(chinese, finding)}`;
  };
  const toggle = (option: Option) => {
    const { code } = option;
    const taken = chosen.includes(code);
    const next = taken ? chosen.filter((other) => other !== code) : [...chosen, code];
    const said = taken ? withoutWords(comment, wordsOf(option)) : withWords(comment, wordsOf(option));
    setChosen(next);
    setComment(said);
    marksState().follow(next, said.trim() !== '');
  };
  const sentences = [...chosen.map((code) => reasonText(code).zh), comment.trim()].filter(Boolean);

  const confirm = async () => {
    if (sentences.length === 0 || saving) return;
    setSaving(true);
    const { slot, sha256 } = image;
    const marks = marksState().draft?.marks;
    await onReturn(withMarks({ slot, sha256, reasons: [...chosen], comment: comment.trim() }, marks));
    setSaving(false);
  };
  const keys = (event: KeyboardEvent) => {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const inFilter = event.target === filter.current?.input;
    if (event.key === 'Escape') onCancel();
    else if (event.key === '/' && inFilter && typed === '') words.current?.slash();
    else if (markable && chordOf(event.nativeEvent) === MARK_KEY) marksState().place();
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing && (inFilter || event.ctrlKey)) {
      const [first] = shown;
      if (typed.trim() !== '' && first && !event.ctrlKey) {
        if (!chosen.includes(first.code)) toggle(first);
        setTyped('');
      } else void confirm();
    } else if (digit && inFilter && !event.ctrlKey && !event.nativeEvent.isComposing) {
      const option = shown[Number(digit) - 1];
      if (option) toggle(option);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      className="picker"
      role="dialog"
      aria-label={t('picker.title')}
      onKeyDown={keys}
      data-placing={placing}
      data-side={side}
      data-testid="reason-picker"
    >
      <header>
        <strong>
          {t('picker.title')}: {slotName(t, image.slot, bench.counts.get(image.material) ?? 1)}
        </strong>
        <IconButton icon={X} label={t('picker.cancel')} hint="Esc" onClick={onCancel} />
      </header>
      <Input
        ref={filter}
        value={typed}
        placeholder={t('picker.filter')}
        aria-label={t('picker.filter')}
        onChange={(event) => setTyped(event.target.value)}
        data-testid="reason-filter"
      />
      <div className="picker-list" role="listbox" tabIndex={0} aria-multiselectable aria-label={t('picker.reasons')}>
        {shown.map((option, index) => {
          const { code, finding, uses } = option;
          const found = wordsOf(option) !== '';
          return (
            <div
              key={code}
              role="option"
              aria-selected={chosen.includes(code)}
              data-suggested={finding !== undefined}
              data-testid={`reason-${code}`}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => toggle(option)}
            >
              <span className="picker-digit">{index < 9 ? <Kbd>{String(index + 1)}</Kbd> : null}</span>
              <span className="picker-tick">{chosen.includes(code) && <Tick size={14} aria-hidden />}</span>
              <span>
                {reasonName(t, code)}
                {found && finding && <small className="picker-found">{checkText(t, finding)}</small>}
              </span>
              <span className="quiet">{finding ? t('picker.suggested') : uses > 0 ? t('picker.used') : code}</span>
            </div>
          );
        })}
        {shown.length === 0 && <p className="quiet">{t('picker.none')}</p>}
      </div>
      <CommentField
        handle={words}
        value={comment}
        rows={2}
        placeholder={t('picker.comment')}
        source={sourceOf(bench, image.material)}
        onChange={setComment}
        testId="reason-comment"
      />
      {markable && <MarkChips chosen={chosen} />}
      <p className="picker-sentence" lang="zh-CN" data-testid="reason-sentence">
        {sentences.length > 0 ? sentences.join('；') : <span className="quiet">{t('picker.empty')}</span>}
      </p>
      <footer>
        <span className="quiet">{t('picker.hint')}</span>
        <Button
          type="primary"
          disabled={sentences.length === 0}
          loading={saving}
          onClick={() => void confirm()}
          data-testid="reason-confirm"
        >
          {t('decide.returnImage')} <Kbd>↵</Kbd>
        </Button>
      </footer>
    </div>
  );
}

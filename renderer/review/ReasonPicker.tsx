import { Button, Input, type InputRef } from 'antd';
import { Check as Tick, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonsFor } from '../../shared/catalogue/applicability.ts';
import { type ReasonCode, reasonText } from '../../shared/catalogue/reasons.ts';
import type { ReturnedImage } from '../../shared/decision.ts';
import type { Image } from '../../shared/submission.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { reasonName, slotName } from '../ui/words.ts';
import type { Bench } from './bench.ts';

/** Reasons for this picture: what the checks suggest first, then the catalogue's order. */
function useReasons(bench: Bench, image: Image): { all: readonly ReasonCode[]; suggested: ReadonlySet<ReasonCode> } {
  return useMemo(() => {
    const possible = reasonsFor(image.material);
    const suggested = new Set(
      bench.checks.flatMap((check) =>
        check.status !== 'passed' &&
        check.reason &&
        (check.slot ? check.slot === image.slot : check.material === image.material) &&
        possible.includes(check.reason)
          ? [check.reason]
          : [],
      ),
    );
    return { all: [...suggested, ...possible.filter((code) => !suggested.has(code))], suggested };
  }, [bench.checks, image.material, image.slot]);
}

type Props = {
  readonly bench: Bench;
  readonly image: Image;
  /** What is filled in. */
  readonly start: Pick<Image, 'reasons' | 'comment'>;
  onCancel(): void;
  /** Saves it; whoever laid the picker clears it away. */
  onReturn(point: ReturnedImage): Promise<void>;
};

/** Chooses why a picture goes back: by digit, by typing, or by click; the sentence to the candidate grows below. */
export function ReasonPicker({ bench, image, start, onCancel, onReturn }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<readonly ReasonCode[]>(start.reasons);
  const [comment, setComment] = useState(start.comment);
  const [typed, setTyped] = useState('');
  const [saving, setSaving] = useState(false);
  const filter = useRef<InputRef>(null);
  const { all, suggested } = useReasons(bench, image);
  useEffect(() => filter.current?.focus(), []);

  const wanted = typed.trim().toLowerCase();
  const shown = all.filter((code) => {
    const { zh, en } = reasonText(code);
    return wanted === '' || `${code} ${zh} ${en}`.toLowerCase().includes(wanted);
  });
  const toggle = (code: ReasonCode) =>
    setChosen((before) => (before.includes(code) ? before.filter((other) => other !== code) : [...before, code]));
  const sentences = [...chosen.map((code) => reasonText(code).zh), comment.trim()].filter(Boolean);

  const confirm = async () => {
    if (sentences.length === 0 || saving) return;
    setSaving(true);
    const { slot, sha256 } = image;
    await onReturn({ slot, sha256, reasons: [...chosen], comment: comment.trim() });
    setSaving(false);
  };
  const keys = (event: KeyboardEvent) => {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const inFilter = event.target === filter.current?.input;
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing && (inFilter || event.ctrlKey)) {
      const [first] = shown;
      if (wanted !== '' && first && !event.ctrlKey) {
        if (!chosen.includes(first)) toggle(first);
        setTyped('');
      } else void confirm();
    } else if (digit && inFilter && !event.ctrlKey) {
      const code = shown[Number(digit) - 1];
      if (code) toggle(code);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="picker" role="dialog" aria-label={t('picker.title')} onKeyDown={keys} data-testid="reason-picker">
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
        {shown.map((code, index) => (
          <div
            key={code}
            role="option"
            aria-selected={chosen.includes(code)}
            data-suggested={suggested.has(code)}
            data-testid={`reason-${code}`}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => toggle(code)}
          >
            <span className="picker-digit">{index < 9 ? <Kbd>{String(index + 1)}</Kbd> : null}</span>
            <span className="picker-tick">{chosen.includes(code) && <Tick size={14} aria-hidden />}</span>
            <span>{reasonName(t, code)}</span>
            <span className="quiet">{suggested.has(code) ? t('picker.suggested') : code}</span>
          </div>
        ))}
        {shown.length === 0 && <p className="quiet">{t('picker.none')}</p>}
      </div>
      <Input.TextArea
        value={comment}
        rows={2}
        maxLength={500}
        placeholder={t('picker.comment')}
        aria-label={t('picker.comment')}
        onChange={(event) => setComment(event.target.value)}
        data-testid="reason-comment"
      />
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

import { LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Check } from '../../shared/checks/check.ts';
import type { Slot } from '../../shared/ids.ts';
import { StateIcon } from '../ui/StateIcon.tsx';
import { checkText, checkTitle, materialName, slotName } from '../ui/words.ts';
import type { Bench } from './bench.ts';
import { reviewState, useReview } from './state.ts';

/** From what matters most to what is in order. */
export const CHECK_ORDER = ['failed', 'warning', 'passed'] as const;
/** How a check's outcome is drawn. */
export const CHECK_MARK = { failed: 'failed', warning: 'warning', passed: 'agreed' } as const;

type Line = { readonly key: string; readonly check: Check; readonly slots: readonly Slot[] };

/** Checks that say the same of several pictures are one line with all of them. */
function lines(checks: readonly Check[]): Line[] {
  const merged = new Map<string, Line>();
  for (const check of checks) {
    const same = check.slot
      ? `${check.id} ${check.status}`
      : `${check.id} ${check.status} ${check.field} ${check.material}`;
    const before = merged.get(same);
    merged.set(same, {
      key: same,
      check: before?.check ?? check,
      slots: [...(before?.slots ?? []), ...(check.slot ? [check.slot] : [])],
    });
  }
  return [...merged.values()];
}

function CheckLine({ bench, line }: { readonly bench: Bench; readonly line: Line }) {
  const { t } = useTranslation();
  const { check, slots } = line;
  const go = (slot: Slot | undefined) => slot && reviewState().go(slot);
  const order = useReview((review) => review.order);
  const proof = order.find((slot) => check.material && slot.startsWith(check.material));
  const count = (slot: Slot) => bench.counts.get(bench.images.get(slot)?.material ?? 'M99') ?? 1;
  return (
    <li className={`check check-${check.status}`} data-check={check.id} data-status={check.status}>
      <StateIcon mark={CHECK_MARK[check.status]} size={13} />
      <span>
        <button
          type="button"
          disabled={slots.length === 0 && !proof}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => go(slots[0] ?? proof)}
        >
          <b>{checkTitle(t, check)}</b> {slots.length < 2 && checkText(t, check)}
        </button>
        {slots.length === 0 && check.material && !check.field && (
          <span className="check-material">{materialName(t, check.material)}</span>
        )}
        {slots.map((slot) => (
          <button
            key={slot}
            type="button"
            className="check-slot"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => go(slot)}
          >
            {slotName(t, slot, count(slot))}
          </button>
        ))}
      </span>
    </li>
  );
}

/** What the derived checks found: troubles first, the passed ones as a number until asked for. */
export function Checks({ bench }: { readonly bench: Bench }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const { checks, subject, facts } = bench;
  // Pictures that are here but were not looked at yet: their checks are still to come.
  const absent = new Set(subject.absent);
  const looking = subject.submission.images.some(({ sha256 }) => !facts.has(sha256) && !absent.has(sha256));
  const of = (status: Check['status']) => checks.filter((check) => check.status === status);
  const shown = CHECK_ORDER.filter((status) => all || status !== 'passed').flatMap((status) => lines(of(status)));
  return (
    <section className="checks" aria-label={t('checks.title')} data-testid="checks" aria-busy={looking}>
      <button
        type="button"
        className="checks-head"
        aria-expanded={all}
        onClick={() => setAll(!all)}
        onMouseDown={(event) => event.preventDefault()}
      >
        <strong>{t('checks.title')}</strong>
        {CHECK_ORDER.map((status) => (
          <span key={status} className="state" title={t(`checkStatus.${status}`)}>
            <StateIcon mark={CHECK_MARK[status]} size={13} />
            {of(status).length}
          </span>
        ))}
        <span className="bar-space" />
        {looking && (
          <span className="spinning" role="img" title={t('checks.looking')} aria-label={t('checks.looking')}>
            <LoaderCircle size={13} aria-hidden />
          </span>
        )}
        <span className="quiet">{t(all ? 'checks.less' : 'checks.all')}</span>
      </button>
      <ul>
        {shown.map((line) => (
          <CheckLine key={line.key} bench={bench} line={line} />
        ))}
      </ul>
    </section>
  );
}

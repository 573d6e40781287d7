import { Eye, EyeOff } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Check } from '../../shared/checks/check.ts';
import type { FormField } from '../../shared/form.ts';
import type { MaterialCode } from '../../shared/ids.ts';
import { FORM_GROUPS, isFilled, proofOf } from '../../shared/proof.ts';
import { keyOf } from '../actions/command.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { StateIcon } from '../ui/StateIcon.tsx';
import { checkText, checkTitle, materialName, materialShort } from '../ui/words.ts';
import type { Bench } from './bench.ts';
import { fieldLines } from './field-value.ts';
import { useReview } from './state.ts';

const WORST = ['failed', 'warning', 'passed'] as const;
const worst = (checks: readonly Check[]) => WORST.find((status) => checks.some((check) => check.status === status));
const MARK = { failed: 'refused', warning: 'returned', passed: 'locked' } as const;

function CheckMark({ checks }: { readonly checks: readonly Check[] }) {
  const { t } = useTranslation();
  const status = worst(checks);
  if (!status) return null;
  const said = checks
    .filter((check) => check.status === status)
    .map((check) => checkText(t, check))
    .join('; ');
  return (
    <span className="field-check" role="img" title={said} aria-label={`${t(`checkStatus.${status}`)}: ${said}`}>
      <StateIcon mark={MARK[status]} size={13} />
    </span>
  );
}

function Field({
  bench,
  field,
  there,
}: {
  readonly bench: Bench;
  readonly field: FormField;
  readonly there: ReadonlySet<MaterialCode>;
}) {
  const { t } = useTranslation();
  const unmasked = useReview((review) => review.unmasked);
  const { light, go, toggleMask } = useReview.getState();
  const { form, images } = bench.subject.submission;
  const proof = proofOf(field, there);
  const slot = images.find(({ material }) => material === proof)?.slot;
  const checks = bench.checks.filter((check) => check.field === field);
  return (
    <div
      className="field"
      data-testid={`field-${field}`}
      data-check={worst(checks)}
      onMouseEnter={() => light([proof])}
      onMouseLeave={() => light([])}
    >
      <dt>{t(`field.${field}`)}</dt>
      <dd className="selectable">
        {fieldLines(t, form, field, unmasked).map((line) => (
          <span key={line}>{line}</span>
        ))}
      </dd>
      {field === 'idNumber' && (
        <IconButton
          icon={unmasked ? EyeOff : Eye}
          label={t('command.unmask')}
          hint={keyOf('unmask')}
          pressed={unmasked}
          size={13}
          onClick={toggleMask}
          testId="unmask"
        />
      )}
      <CheckMark checks={checks} />
      <button
        type="button"
        className="proof"
        disabled={!slot}
        title={t('form.proof', { material: materialName(t, proof) })}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => slot && go(slot)}
        onFocus={() => light([proof])}
        onBlur={() => light([])}
      >
        {materialShort(t, proof)}
      </button>
    </div>
  );
}

function Checks({ checks }: { readonly checks: readonly Check[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const count = (status: Check['status']) => checks.filter((check) => check.status === status).length;
  const shown = WORST.filter((status) => all || status !== 'passed').flatMap((status) =>
    checks.filter((check) => check.status === status),
  );
  return (
    <section className="checks" aria-label={t('checks.title')} data-testid="checks">
      <button
        type="button"
        className="checks-head"
        aria-expanded={all}
        onClick={() => setAll(!all)}
        onMouseDown={(event) => event.preventDefault()}
      >
        <strong>{t('checks.title')}</strong>
        {WORST.map((status) => (
          <span key={status} className="state" title={t(`checkStatus.${status}`)}>
            <StateIcon mark={MARK[status]} size={13} />
            {count(status)}
          </span>
        ))}
        <span className="bar-space" />
        <span className="quiet">{t(all ? 'checks.less' : 'checks.all')}</span>
      </button>
      <ul>
        {shown.map((check) => (
          <li
            key={`${check.id}${check.field ?? ''}${check.slot ?? check.material ?? ''}`}
            className={`check check-${check.status}`}
            data-check={check.id}
            data-status={check.status}
          >
            <StateIcon mark={MARK[check.status]} size={13} />
            <button
              type="button"
              disabled={!check.slot && !check.material}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                const { go, order } = useReview.getState();
                const slot = check.slot ?? order.find((other) => check.material && other.startsWith(check.material));
                if (slot) go(slot);
              }}
            >
              <b>{checkTitle(t, check)}</b> {checkText(t, check)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The form in groups, each field beside the material that proves it, and what the checks found. */
export function FormColumn({ bench }: { readonly bench: Bench }) {
  const { t } = useTranslation();
  const { form } = bench.subject.submission;
  const there = useMemo(() => new Set(bench.counts.keys()), [bench.counts]);
  return (
    <aside className="form-column" aria-label={t('form.title')}>
      <Checks checks={bench.checks} />
      {FORM_GROUPS.map(({ id, fields }) => {
        const filled = fields.filter((field) => isFilled(form, field));
        if (filled.length === 0) return null;
        return (
          <section key={id}>
            <h2>{t(`form.group.${id}`)}</h2>
            <dl>
              {filled.map((field) => (
                <Field key={field} bench={bench} field={field} there={there} />
              ))}
            </dl>
          </section>
        );
      })}
    </aside>
  );
}

import { Eye, EyeOff } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Check } from '../../shared/checks/check.ts';
import type { FormField } from '../../shared/form.ts';
import type { MaterialCode } from '../../shared/ids.ts';
import { FORM_GROUPS, isFilled, proofOf } from '../../shared/proof.ts';
import { keyOf } from '../actions/command.ts';
import { Checklist } from '../checklist/Checklist.tsx';
import { Notes } from '../notes/Notes.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { PersonName } from '../ui/PersonName.tsx';
import { StateIcon } from '../ui/StateIcon.tsx';
import { checkText, materialName, materialShort } from '../ui/words.ts';
import type { Bench } from './bench.ts';
import { CHECK_MARK, CHECK_ORDER, Checks } from './Checks.tsx';
import { fieldLines } from './field-value.ts';
import { reviewState, useReview } from './state.ts';

const worst = (checks: readonly Check[]) =>
  CHECK_ORDER.find((status) => checks.some((check) => check.status === status));

function CheckMark({ checks }: { readonly checks: readonly Check[] }) {
  const { t } = useTranslation();
  const status = worst(checks);
  if (!status) return <span />;
  const said = checks
    .filter((check) => check.status === status)
    .map((check) => checkText(t, check))
    .join(t('list.separator'));
  return (
    <span className="field-check" role="img" title={said} aria-label={`${t(`checkStatus.${status}`)}: ${said}`}>
      <StateIcon mark={CHECK_MARK[status]} size={13} />
    </span>
  );
}

/** The way from a field or group to the material that proves it. */
function Proof({ bench, material }: { readonly bench: Bench; readonly material: MaterialCode }) {
  const { t } = useTranslation();
  const { light, go } = reviewState();
  const slot = bench.subject.submission.images.find((image) => image.material === material)?.slot;
  // A proof that nobody asks for and nobody gave is no way to anywhere.
  if (!slot && !bench.needs.some((need) => need.material === material && need.min > 0)) return null;
  return (
    <button
      type="button"
      className="proof"
      disabled={!slot}
      title={t('form.proof', { material: materialName(t, material) })}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => slot && go(slot)}
      onFocus={() => light([material])}
      onBlur={() => light([])}
    >
      {materialShort(t, material)}
    </button>
  );
}

/** A line of a field; dates in it are not broken. */
function Line({ text }: { readonly text: string }) {
  const [first = '', ...rest] = text.split(/(?=\d{4}-\d{2}-\d{2})|(?<=\d{4}-\d{2}-\d{2})/);
  return (
    <span>
      {first}
      {rest.map((part) => (
        <span key={part} className="whole">
          {part}
        </span>
      ))}
    </span>
  );
}

type FieldProps = {
  readonly bench: Bench;
  readonly field: FormField;
  readonly proof: MaterialCode;
  /** The group's head names the same material. */
  readonly asGroup: boolean;
};

function Field({ bench, field, proof, asGroup }: FieldProps) {
  const { t } = useTranslation();
  const unmasked = useReview((review) => review.unmasked);
  const { light, toggleMask } = reviewState();
  const checks = bench.checks.filter((check) => check.field === field);
  return (
    <li
      className="field"
      data-testid={`field-${field}`}
      data-check={worst(checks)}
      onMouseEnter={() => light([proof])}
      onMouseLeave={() => light([])}
    >
      <span className="field-name">
        {t(`field.${field}`)}
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
      </span>
      <span className="field-value selectable">
        {fieldLines(t, bench.subject.submission.form, field, unmasked).map((line) =>
          field === 'name' ? <PersonName key={line} name={line} /> : <Line key={line} text={line} />,
        )}
        {!asGroup && <Proof bench={bench} material={proof} />}
      </span>
      <CheckMark checks={checks} />
    </li>
  );
}

/** The form in groups, each field beside the material that proves it, and what the checks found. */
export function FormColumn({ bench }: { readonly bench: Bench }) {
  const { t } = useTranslation();
  const { form } = bench.subject.submission;
  const there = useMemo(() => new Set(bench.counts.keys()), [bench.counts]);
  return (
    <aside className="form-column" aria-label={t('form.title')}>
      <Notes bench={bench} />
      <Checklist bench={bench} />
      <Checks bench={bench} />
      {FORM_GROUPS.map(({ id, fields }) => {
        const filled = fields
          .filter((field) => isFilled(form, field))
          .map((field) => ({ field, proof: proofOf(field, there) }));
        const [first] = filled;
        if (!first) return null;
        return (
          <section key={id}>
            <h2>
              {t(`form.group.${id}`)}
              <Proof bench={bench} material={first.proof} />
            </h2>
            <ul>
              {filled.map(({ field, proof }) => (
                <Field key={field} bench={bench} field={field} proof={proof} asGroup={proof === first.proof} />
              ))}
            </ul>
          </section>
        );
      })}
    </aside>
  );
}

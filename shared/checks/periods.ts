import type { Form } from '../form.ts';
import { overlap, totalLength } from './calendar.ts';
import type { Check } from './check.ts';
import { type FormContext, outcomes } from './finding.ts';

const has = (form: Form, path: Form['paths'][number]): boolean => form.paths.includes(path);

/** The earlier of two dates. */
const earlier = (a: string, b: string): string => (b < a ? b : a);

/**
 * Months of probation or internship against what the policy asks for: several units add up, overlaps count once, days
 * after the policy's date don't count. What lies after today is planned, and said so. `null` for 助理升执业.
 */
function probationMonths({ form, policy, today }: FormContext): Check | null {
  if (has(form, 'assistant_up')) return null;
  const { passed, failed } = outcomes('probation.months', 'probation');
  const { months, days } = totalLength(form.probation, policy.probationUntil);
  const sofar = totalLength(form.probation, earlier(today, policy.probationUntil));
  const facts = { months, days, needed: policy.probationMonths, units: form.probation.length };
  if (months < policy.probationMonths) return failed({ ...facts, until: policy.probationUntil }, 'E04');
  return sofar.months < policy.probationMonths
    ? passed({ ...facts, context: 'planned', sofar: sofar.months, until: policy.probationUntil })
    : passed(facts);
}

/** Order of the dates of probation or practice. */
function order(id: 'probation.order' | 'practice.order', field: 'probation' | 'practice', form: Form): Check | null {
  const periods = form[field];
  if (periods.length === 0) return null;
  const { passed, warning, failed } = outcomes(id, field);
  const reversed = periods.find(({ from, to }) => to < from);
  if (reversed) return failed({ from: reversed.from, to: reversed.to }, 'I08');
  const early = tooEarly(field, form);
  if (early) return warning(early, 'I08');
  return overlap(periods) ? warning({ context: 'overlap' }, 'I08') : passed();
}

/** A period that began before it could count: probation before graduation, practice before registration. */
function tooEarly(field: 'probation' | 'practice', form: Form): Check['facts'] | null {
  const first = form[field].reduce((least, { from }) => earlier(least, from), '9999-12-31');
  if (field === 'practice') {
    const registered = form.firstRegistered;
    return registered !== undefined && first < registered ? { context: 'registration', from: first, registered } : null;
  }
  // 专升本 may count from the earlier diploma; clinical postgraduates have a clinical year before they graduate (F01).
  const postgraduate = form.education === 'master' || form.education === 'doctor';
  if (has(form, 'college_up') || postgraduate || form.graduationDate === null) return null;
  return first < form.graduationDate ? { context: 'graduation', from: first, graduated: form.graduationDate } : null;
}

/** Months of practice as an assistant that 助理升执业 needs: 2 years with 专科 or more, 5 years otherwise (LAW, HN, C52). */
export function practiceMonthsNeeded(education: Form['education']): number {
  return education === 'secondary' || education === 'none' ? 60 : 24;
}

/** Years of practice as an assistant, from the first registration on; `null` for other paths. */
function practiceYears({ form, policy, today }: FormContext): Check | null {
  if (!has(form, 'assistant_up')) return null;
  const { passed, failed } = outcomes('practice.years', 'practice');
  const needed = practiceMonthsNeeded(form.education);
  const { months, days } = totalLength(form.practice, policy.probationUntil, form.firstRegistered);
  const sofar = totalLength(form.practice, earlier(today, policy.probationUntil), form.firstRegistered);
  const facts = { months, days, needed };
  if (months < needed) return failed({ ...facts, until: policy.probationUntil }, 'E05');
  return sofar.months < needed
    ? passed({ ...facts, context: 'planned', sofar: sofar.months, until: policy.probationUntil })
    : passed(facts);
}

/** The periods of probation and practice: length, and order of the dates. */
export function periodChecks(context: FormContext): Check[] {
  const { form } = context;
  const checks = [
    probationMonths(context),
    order('probation.order', 'probation', form),
    practiceYears(context),
    order('practice.order', 'practice', form),
  ];
  return checks.filter((check) => check !== null);
}

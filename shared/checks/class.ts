import type { Form } from '../form.ts';
import type { Check } from './check.ts';
import { type FormContext, outcomes } from './finding.ts';

/**
 * Classes by the last two digits of a 报考类别代码 (C05, C15). 40 and 50 replaced 41 and 42 of 2005; 41 stays in use for
 * 师承 (341, 441). The codes of 民族医 and 乡村全科 are not settled in the sources, so they aren't judged.
 */
const CLASS_DIGITS: Readonly<Record<string, Form['class']>> = {
  '10': 'clinical',
  '20': 'dental',
  '30': 'public_health',
  '40': 'tcm',
  '41': 'tcm',
  '42': 'integrated',
  '50': 'integrated',
};

/** Level by the first digit: 1 and 2 by education, 3 and 4 by apprenticeship (师承). */
const LEVEL_DIGITS: Readonly<Record<string, Form['level']>> = {
  '1': 'physician',
  '2': 'assistant',
  '3': 'physician',
  '4': 'assistant',
};

/** The class that a three-digit code means, `null` where the sources don't settle it. */
export function classOfCode(code: string): Form['class'] | null {
  return CLASS_DIGITS[code.slice(1)] ?? null;
}

/** 报考类别代码 against level and class applied for; `null` where the code's meaning is not known. */
export function classCode({ form }: FormContext): Check | null {
  const { passed, failed } = outcomes('class.code', 'classCode');
  const { classCode: code, level } = form;
  if (form.class === 'rural' && level === 'physician') return failed({ context: 'rural' }, 'E08');
  if (!/^\d{3}$/.test(code)) return failed({ context: 'format' });
  const levelMeant = LEVEL_DIGITS[code.slice(0, 1)];
  if (levelMeant !== undefined && levelMeant !== level) return failed({ context: 'level', code });
  const meant = classOfCode(code);
  if (meant === null || levelMeant === undefined) return null;
  // 民族医 shared the codes of TCM in some years.
  if (meant === form.class || (meant === 'tcm' && form.class === 'ethnic')) return passed({ code });
  return form.class === 'ethnic' || form.class === 'rural' ? null : failed({ context: 'class', code, class: meant });
}

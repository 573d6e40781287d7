import type { TFunction } from 'i18next';
import type { ProblemFacts } from '../../shared/problem.ts';
import { dateWords, span } from './time.ts';

/** What a problem can tell beyond its text, a line each. */
export function factLines(t: TFunction, facts: ProblemFacts | undefined): readonly string[] {
  if (!facts) return [];
  const { clockOff, validFrom, validTo, issuer, proxy, waited, stage } = facts;
  return [
    ...(clockOff === undefined
      ? []
      : [t(clockOff < 0 ? 'fact.clockSlow' : 'fact.clockFast', { span: span(t, clockOff) })]),
    ...(validFrom && validTo ? [t('fact.period', { from: dateWords(validFrom), to: dateWords(validTo) })] : []),
    ...(issuer ? [t('fact.issuer', { issuer })] : []),
    ...(proxy ? [t('fact.proxy', { proxy })] : []),
    ...(stage && waited ? [t(`fact.${stage}`, { seconds: Math.round(waited / 1000) })] : []),
  ];
}

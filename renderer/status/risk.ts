import type { TFunction } from 'i18next';
import type { Closing, DeadlineRisk } from '../../shared/deadline-risk.ts';
import { dayWords } from '../ui/time.ts';

/** One sentence on deadlines, and how urgent it is; null when it is only for information. */
export type RiskLine = { readonly text: string; readonly urgency: Closing['urgency'] | null };

const ORDER = { past: 0, today: 1, soon: 2 } as const;

function returnLine(t: TFunction, { total, closing }: DeadlineRisk['returns'], hours: number, now: number): RiskLine {
  const open = closing.filter(({ urgency }) => urgency !== 'past');
  const parts = closing.map((one) => {
    const words = { count: one.count, when: dayWords(t, one.at, now) };
    if (one.urgency === 'past') return t('risk.returnsPast', words);
    if (one !== open[0]) return t('risk.returnsMore', words);
    return t(one.count === total ? 'risk.returnsAll' : 'risk.returnsSome', words);
  });
  const [worst = null] = closing.map(({ urgency }) => urgency).sort((a, b) => ORDER[a] - ORDER[b]);
  const rest = parts.length > 0 ? parts : [t('risk.returnsFree', { hours })];
  return { text: [t('risk.returns', { count: total }), ...rest].join(t('list.separator')), urgency: worst };
}

/** What is at risk, in sentences: returns, approvals and refusals, what is still to be reviewed. */
export function riskLines(t: TFunction, risk: DeadlineRisk, reuploadHours: number, now: number): readonly RiskLine[] {
  const line = (name: 'approve' | 'undecided', { at, count, urgency }: Closing): RiskLine => ({
    text: t(urgency === 'past' ? `risk.${name}Past` : `risk.${name}`, { count, when: dayWords(t, at, now) }),
    urgency,
  });
  return [
    ...(risk.returns.total > 0 ? [returnLine(t, risk.returns, reuploadHours, now)] : []),
    ...risk.conclusions.closing.map((one) => line('approve', one)),
    ...risk.undecided.closing.map((one) => line('undecided', one)),
  ];
}

/** How many submissions are at risk, and how many of them today or too late. */
export function riskCount(risk: DeadlineRisk): { readonly all: number; readonly today: number } {
  const closing = [...risk.returns.closing, ...risk.conclusions.closing, ...risk.undecided.closing];
  const sum = (some: readonly Closing[]) => some.reduce((total, { count }) => total + count, 0);
  return { all: sum(closing), today: sum(closing.filter(({ urgency }) => urgency !== 'soon')) };
}

import type { TFunction } from 'i18next';
import type { Found, Limit, ProofReport, ProofState } from '../../shared/proofs.ts';

const moment = (instant: string): string => {
  const at = new Date(instant);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
};

/** Which entries: the first bad one, or between which it is. */
export function whichOne(t: TFunction, { place, first, last }: Pick<Found, 'place' | 'first' | 'last'>): string {
  if (first === null) return t('verify.which.unknown');
  const of = t(`verify.of.${place}`);
  return last === null || last === first
    ? t('verify.which.one', { of, first })
    : t('verify.which.between', { of, first, last });
}

/** Since when: when everything was last in order. */
export function sinceWhen(t: TFunction, { since }: Pick<Found, 'since'>): string {
  return since === null ? t('verify.sinceNever') : t('verify.since', { at: moment(since) });
}

/** Why something of a part is not proven. */
export const limitText = (t: TFunction, { why, count }: Limit): string => t(`verify.limit.${why}`, { count });

/** What can't be proven by anybody, whatever comes out. */
export const NEVER_PROVEN = ['others', 'first', 'unsent'] as const;

/** The report as plain text, for a file. */
export function reportText(
  t: TFunction,
  report: ProofReport,
  state: ProofState,
  by: { readonly name: string; readonly version: string },
): string {
  const lines = [
    t('verify.title'),
    '',
    t('verify.text.by', { name: by.name, version: by.version }),
    t('verify.text.from', { at: moment(report.startedAt) }),
    t('verify.text.to', { at: report.endedAt === null ? '—' : moment(report.endedAt) }),
    t('verify.text.outcome', { outcome: t(`verify.outcome.${report.outcome}`) }),
    '',
    ...report.parts.flatMap(({ part, state: its, done, total, found, limits }) => [
      `[${t(`verify.state.${its}`)}] ${t(`verify.part.${part}`)}  ${done}/${total}`,
      `    ${t(`verify.partNote.${part}`)}`,
      ...found.map((one) => `    ! ${t(`verify.kind.${one.kind}`)} ${whichOne(t, one)} ${sinceWhen(t, one)}`),
      ...limits.map((limit) => `    - ${limitText(t, limit)}`),
    ]),
    '',
    ...(state.head
      ? [
          t('verify.text.head', { size: state.head.size, at: moment(state.head.at) }),
          `    ${state.head.root}`,
          t('verify.text.checked', { at: moment(state.head.checkedAt) }),
          '',
        ]
      : []),
    ...(state.breaks.length > 0 ? [t('verify.findings')] : []),
    ...state.breaks.map(
      (one) =>
        `    ${moment(one.foundAt)} ${t(`verify.kind.${one.kind}`)} ${whichOne(t, one)} ${sinceWhen(t, one)}${
          one.overAt === null ? '' : ` ${t('verify.over', { at: moment(one.overAt) })}`
        }`,
    ),
    ...(state.breaks.length > 0 ? [''] : []),
    t('verify.never'),
    ...NEVER_PROVEN.map((one) => `    - ${t(`verify.neverProven.${one}`)}`),
    '',
  ];
  return lines.join('\n');
}

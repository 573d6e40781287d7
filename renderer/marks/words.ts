import type { TFunction } from 'i18next';
import type { ReasonCode } from '../../shared/catalogue/reasons.ts';
import { type Mark, numbered, partOf } from '../../shared/mark.ts';
import { reasonName, saidOf } from '../ui/words.ts';

/** Where a mark lies, in the language of the screen. */
export function placeName(t: TFunction, place: Omit<Mark, 'reason'>): string {
  return t(`marks.where.${partOf(place)}`);
}

/** All marks of a picture as they are read out: number, place, and what each says. */
export function spokenMarks(
  t: TFunction,
  marks: readonly Mark[],
  said: { readonly reasons: readonly ReasonCode[]; readonly comment: string },
): string {
  const text = ({ reason }: Mark) => (reason ? reasonName(t, reason) : said.comment.trim() || saidOf(t, said));
  const told = numbered(marks).map(({ mark, number }) =>
    t('marks.told', { number, where: placeName(t, mark), text: text(mark) }),
  );
  return `${t('marks.count', { count: marks.length })} ${told.join(t('list.separator'))}`;
}

import { z } from 'zod';
import { MATERIALS } from './catalogue/materials.ts';
import type { MaterialCode } from './ids.ts';
import type { Policy } from './policy.ts';
import type { Submission } from './submission.ts';

/** Names that stand in braces in a phrase; in Chinese in both languages of the screen, as the candidate reads Chinese. */
export const PHRASE_FIELDS = ['姓名', '报名号', '材料', '单位', '学校', '专业', '考点', '日期', '补传时限'] as const;
export type PhraseField = (typeof PHRASE_FIELDS)[number];

/** Longest phrase, characters: two of them fit into a comment. */
export const LONGEST_PHRASE = 250;
export const MOST_PHRASES = 100;

const FIELD = /\{([^{}]*)\}/gu;

/** What stands in braces in a text, each once. */
export function fieldsOf(text: string): string[] {
  return [...new Set([...text.matchAll(FIELD)].map(([, name = '']) => name))];
}

/** Fields that no submission could fill. A lone brace is one, too: it was meant as one. */
export function unknownFields(text: string): string[] {
  const unknown = fieldsOf(text).filter((name) => !(PHRASE_FIELDS as readonly string[]).includes(name));
  return /[{}]/u.test(text.replaceAll(FIELD, '')) ? [...unknown, '{ }'] : unknown;
}

/** A saved phrase of an account. */
export const Phrase = z.strictObject({
  id: z.uuid(),
  text: z
    .string()
    .max(LONGEST_PHRASE)
    .refine((text) => text.trim() !== '' && !/\p{Surrogate}/u.test(text), 'no words')
    .refine((text) => unknownFields(text).length === 0, 'unknown field'),
});
export type Phrase = z.infer<typeof Phrase>;
export const Phrases = z.array(Phrase).max(MOST_PHRASES);

/** A file of phrases, as it is exported and taken in again. */
export const PhrasesFile = z.strictObject({
  format: z.literal('review-desk-phrases'),
  version: z.literal(1),
  phrases: z.array(Phrase.shape.text).max(MOST_PHRASES),
});

/** What fills the fields. */
export type PhraseSource = {
  readonly submission: Pick<Submission, 'registrationNumber' | 'site' | 'form'>;
  readonly policy: Pick<Policy, 'sites' | 'reuploadHours'>;
  /** Of the picture that the comment is about; null for the form or all of it. */
  readonly material: MaterialCode | null;
  /** Calendar date, `2026-03-10`. */
  readonly today: string;
};

function fieldValue(field: PhraseField, { submission, policy, material, today }: PhraseSource): string {
  const { form } = submission;
  switch (field) {
    case '姓名':
      return form.name;
    case '报名号':
      return submission.registrationNumber;
    case '材料':
      return material === null ? '' : MATERIALS[material].zh;
    case '单位':
      return form.employer;
    case '学校':
      return form.school;
    case '专业':
      return form.major;
    case '考点':
      return policy.sites.find(({ site }) => site === submission.site)?.name ?? '';
    case '日期': {
      const [year = '', month = '', day = ''] = today.split('-');
      return `${year}年${Number(month)}月${Number(day)}日`;
    }
    case '补传时限':
      return `${policy.reuploadHours}小时`;
  }
}

/** A phrase with its fields filled, or the fields that this submission has nothing for. */
export function fillPhrase(
  text: string,
  source: PhraseSource,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly empty: readonly string[] } {
  const values = new Map<string, string>(PHRASE_FIELDS.map((field) => [field, fieldValue(field, source).trim()]));
  const empty = fieldsOf(text).filter((name) => !values.get(name));
  if (empty.length > 0) return { ok: false, empty };
  return { ok: true, text: text.replaceAll(FIELD, (_, name: string) => values.get(name) ?? '') };
}

import type { Check } from './check.ts';
import { type FormContext, outcomes } from './finding.ts';

/** Characters that stand where a rare one could not be typed: question marks, boxes, the private use area. */
const STAND_IN = /[?\uFF1F□■\uFFFD\p{Co}]/u;
const HAN = /\p{Script=Han}/u;
/** The dot between the parts of a transcribed name: 间隔号, or the full stop that older forms took. */
const DOTS = '·.';
const HAN_NAME = /^[\p{Script=Han}〇]+$/u;
const DOTTED_NAME = /^[\p{Script=Han}〇]+([·.][\p{Script=Han}〇]+)+$/u;
const LATIN_NAME = /^\p{Script=Latin}[\p{Script=Latin}\p{M} .,'’-]*$/u;
/** Longest name, Hanzi. */
const LONGEST = 28;

/** Characters of the name (domain §6): what a form may hold, and the stand-ins that need correction at review. */
export function nameCharacters({ form }: FormContext): Check {
  const { passed, warning, failed } = outcomes('name.characters', 'name');
  const { name } = form;
  const hanzi = [...name].filter((character) => HAN.test(character)).length;
  if (name.trim() === '') return failed({ context: 'empty' }, 'I01');
  if (STAND_IN.test(name)) return warning({ context: 'rare' });
  if (hanzi > LONGEST) return failed({ context: 'long', length: hanzi, longest: LONGEST }, 'I01');
  if (HAN_NAME.test(name)) return passed();
  const majority = form.ethnicity === '汉族' || form.ethnicity === '汉';
  if (DOTTED_NAME.test(name)) return majority ? warning({ context: 'dot' }) : passed();
  const abroad = !(form.idType === 'resident' || form.idType === 'temporary');
  if (abroad && LATIN_NAME.test(name.trim())) return passed();
  const odd = [...name].filter((character) => !HAN.test(character) && !DOTS.includes(character));
  return warning({ characters: [...new Set(odd)].join(' ').trim() });
}

import type { TFunction } from 'i18next';
import { MATERIALS } from '../../shared/catalogue/materials.ts';
import { type ReasonCode, reasonText } from '../../shared/catalogue/reasons.ts';
import type { Check } from '../../shared/checks/check.ts';
import type { Act } from '../../shared/decision.ts';
import type { MaterialCode, Slot } from '../../shared/ids.ts';
import { indexOf, materialOf } from '../../shared/ids.ts';
import type { Status } from '../../shared/submission.ts';

const english = (t: TFunction) => t('language') === 'en';

/** Name of a material in the language of the screen. */
export function materialName(t: TFunction, material: MaterialCode): string {
  const text = MATERIALS[material];
  return english(t) ? text.en : text.zh;
}

/** Its short name, for strips and heads. */
export function materialShort(t: TFunction, material: MaterialCode): string {
  const text = MATERIALS[material];
  return english(t) ? text.enShort : text.zhShort;
}

/**
 * Name of one picture: `身份证 人像面`, `毕业证 2/2`. `count` = pictures of the material; where it isn't known the number
 * stands alone.
 */
export function slotName(t: TFunction, slot: Slot, count?: number): string {
  const material = materialOf(slot);
  const index = indexOf(slot);
  if (material === 'M01' && index <= 2) {
    return `${materialShort(t, material)} ${t(index === 1 ? 'slot.front' : 'slot.back')}`;
  }
  const name = materialShort(t, material);
  if (count === undefined) return index > 1 ? `${name} ${index}` : name;
  return count > 1 || index > 1 ? `${name} ${index}/${Math.max(count, index)}` : name;
}

/** Wording of a return reason in the language of the screen. */
export function reasonName(t: TFunction, code: ReasonCode): string {
  const text = reasonText(code);
  return english(t) ? text.en : text.zh;
}

/** What was said of a picture: its reasons and the reviewer's own words, in one line. */
export function saidOf(
  t: TFunction,
  said: { readonly reasons: readonly ReasonCode[]; readonly comment: string },
): string {
  return [...said.reasons.map((code) => reasonName(t, code)), said.comment].filter(Boolean).join(t('list.separator'));
}

/** The official word for a state. */
export function statusName(t: TFunction, status: Status): string {
  return t(`status.${status}`);
}

/** `临床执业医师 · 往届 · 专升本` in the language of the screen. */
export function applicationName(
  t: TFunction,
  form: { readonly level: string; readonly class: string; readonly paths: readonly string[] },
): string {
  return [
    t('application', { class: t(`class.${form.class}`), level: t(`level.${form.level}`) }),
    ...form.paths.map((path) => t(`path.${path}`)),
  ].join(' · ');
}

/** What a check found, in half a line. */
export function checkText(t: TFunction, check: Check): string {
  return t(`check:${check.id.replace('.', '_')}.${check.status}`, { ...check.facts });
}

/** What a check looks at. */
export function checkTitle(t: TFunction, check: Check): string {
  return t(`check:${check.id.replace('.', '_')}.title`);
}

/** What a decision does, with the picture that it is about. */
export function actName(t: TFunction, act: Act): string {
  const name = t(`act.${act.kind.replace('.', '_')}`);
  return 'slot' in act ? `${name} ${slotName(t, act.slot)}` : name;
}

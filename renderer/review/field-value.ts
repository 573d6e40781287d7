import type { TFunction } from 'i18next';
import { maskId } from '../../shared/checks/mask.ts';
import type { Form, FormField, Period } from '../../shared/form.ts';

const period = (t: TFunction, { unit, post, tutor, from, to }: Period): string =>
  [unit, post, tutor ? t('form.tutor', { name: tutor }) : '', `${from} – ${to}`].filter(Boolean).join(' · ');

/** As the first word of a line; words of other scripts stay as they are. */
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What the form holds in a field, as lines of text; ID numbers masked unless asked for. */
export function fieldLines(t: TFunction, form: Form, field: FormField, unmasked: boolean): string[] {
  switch (field) {
    case 'sex':
      return [t(`sex.${form.sex}`)];
    case 'idType':
      return [t(`idType.${form.idType}`)];
    case 'idNumber':
      return [unmasked ? form.idNumber : maskId(form.idNumber)];
    case 'idValidTo':
      return [form.idValidTo ?? t('form.longTerm')];
    case 'level':
      return [capital(t(`level.${form.level}`))];
    case 'class':
      return [t(`class.${form.class}`)];
    case 'paths':
      return [capital(form.paths.map((path) => t(`path.${path}`)).join(' · '))];
    case 'education':
      return [t(`education.${form.education}`)];
    case 'probation':
    case 'practice':
      return form[field].map((entry) => period(t, entry));
    case 'assistantCertificate': {
      // 27 characters with the ID number inside: masked like it.
      const code = form.assistantCertificate ?? '';
      return [
        unmasked || code.length < 20 ? code : `${code.slice(0, 9)}${'*'.repeat(code.length - 13)}${code.slice(-4)}`,
      ];
    }
    default:
      return [form[field] ?? ''];
  }
}

import type { Form, FormField } from './form.ts';
import type { MaterialCode } from './ids.ts';

/** Groups of form fields, in the order in which forms show them. */
export const FORM_GROUPS = [
  {
    id: 'identity',
    fields: ['name', 'sex', 'birthDate', 'ethnicity', 'idType', 'idNumber', 'idValidFrom', 'idValidTo', 'address'],
  },
  { id: 'application', fields: ['level', 'class', 'classCode', 'paths'] },
  {
    id: 'education',
    fields: [
      'education',
      'school',
      'major',
      'graduationDate',
      'diplomaNumber',
      'foreignDegreeCertificate',
      'apprenticeCertificate',
    ],
  },
  { id: 'employment', fields: ['employer', 'employerCode', 'probation'] },
  { id: 'practice', fields: ['assistantCertificate', 'assistantLicence', 'firstRegistered', 'practice'] },
] as const satisfies readonly { readonly id: string; readonly fields: readonly FormField[] }[];
export type FormGroup = (typeof FORM_GROUPS)[number]['id'];

/** All fields of the form in the order of the groups. */
export const FORM_FIELDS: readonly FormField[] = FORM_GROUPS.flatMap(({ fields }): readonly FormField[] => fields);

/** The materials on which a field can be read, the best proof first (domain §2, column "Check"). */
export const PROOF: Readonly<Record<FormField, readonly MaterialCode[]>> = {
  name: ['M01', 'M03', 'M04', 'M05', 'M06', 'M07', 'M08', 'M13', 'M15', 'M16', 'M17', 'M20'],
  sex: ['M01', 'M03', 'M04'],
  birthDate: ['M01', 'M03', 'M04'],
  ethnicity: ['M01', 'M04'],
  idType: ['M01'],
  idNumber: ['M01', 'M02', 'M04', 'M07', 'M08'],
  idValidFrom: ['M01'],
  idValidTo: ['M01'],
  address: ['M01'],
  level: ['M03', 'M07', 'M13'],
  class: ['M05', 'M06', 'M07', 'M08', 'M16', 'M22', 'M23'],
  classCode: ['M05', 'M06', 'M07', 'M08', 'M16'],
  paths: ['M11', 'M07', 'M13', 'M14', 'M15', 'M16', 'M17'],
  education: ['M03', 'M04', 'M15', 'M17', 'M21'],
  school: ['M03', 'M04', 'M15', 'M21'],
  major: ['M03', 'M04', 'M15', 'M21'],
  graduationDate: ['M03', 'M04', 'M15', 'M21'],
  diplomaNumber: ['M03', 'M04', 'M21'],
  foreignDegreeCertificate: ['M15'],
  apprenticeCertificate: ['M13'],
  employer: ['M05', 'M06', 'M10', 'M16', 'M22'],
  employerCode: ['M10'],
  probation: ['M05', 'M16', 'M22'],
  assistantCertificate: ['M07'],
  assistantLicence: ['M08'],
  firstRegistered: ['M08', 'M09'],
  practice: ['M06', 'M08', 'M09'],
};

/**
 * The material to lay beside a field: the best proof among those that are there, otherwise the best that there could
 * be.
 */
export function proofOf(field: FormField, there: ReadonlySet<MaterialCode>): MaterialCode {
  const [best = 'M99', ...others] = PROOF[field];
  return [best, ...others].find((material) => there.has(material)) ?? best;
}

/** Whether a field holds something: empty texts and lists, absent and null values don't. 长期 validity does. */
export function isFilled(form: Form, field: FormField): boolean {
  if (field === 'idValidTo') return true;
  const value = form[field];
  if (value === undefined || value === null) return false;
  return value.length > 0;
}

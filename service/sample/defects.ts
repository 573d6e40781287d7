import type { ReasonCode } from '../../shared/catalogue/reasons.ts';
import type { FormField } from '../../shared/form.ts';
import type { Slot } from '../../shared/ids.ts';

/** What can be wrong with a generated candidate. */
export const DEFECT_KINDS = [
  'rotated_90',
  'rotated_180',
  'rotated_270',
  'mirrored',
  'exif_rotated',
  'blurred',
  'dark',
  'glare',
  'cropped',
  'monochrome_copy',
  'tilted',
  'screenshot_of_screen',
  'wrong_slot',
  'missing_id_back',
  'missing_material',
  'reused_from_other',
  'name_differs',
  'sex_differs',
  'birth_differs',
  'school_differs',
  'employer_differs',
  'id_check_digit',
  'id_expired',
  'verification_expired',
  'probation_short',
  'certificate_other_year',
  'no_seal',
  'department_seal',
  'unsigned_representative',
  'unsigned_tutor',
  'unsigned_pledge',
  'altered',
  'truncated_file',
  'not_an_image',
] as const;
export type DefectKind = (typeof DEFECT_KINDS)[number];

/** One planted defect: the truth that tests and measurements compare with. */
export type PlantedDefect = {
  readonly kind: DefectKind;
  readonly slot?: Slot;
  /** The form field that is wrong or that the picture contradicts. */
  readonly field?: FormField;
  /** The reason of the catalogue that a reviewer would give. */
  readonly reason: ReasonCode;
  /** Where it can be found: in the picture, by a derived check, or by both. */
  readonly visible: 'image' | 'check' | 'both';
  readonly note: string;
};

/** The truth about a generated district, as it is written beside the service's data. */
export type Truth = {
  readonly candidates: readonly {
    readonly registrationNumber: string;
    readonly site: string;
    readonly defects: readonly PlantedDefect[];
  }[];
};

/** Gathers the truth about candidates, clean ones with an empty list. */
export function truthOf(
  candidates: Iterable<{ registrationNumber: string; site: string; defects: readonly PlantedDefect[] }>,
): Truth {
  return {
    candidates: Array.from(candidates, ({ registrationNumber, site, defects }) => ({
      registrationNumber,
      site,
      defects,
    })),
  };
}

import type { MaterialCode } from '../ids.ts';
import { groupOf, REASON_CODES, type ReasonCode } from './reasons.ts';

/** Which N reason asks for a material that is not there (catalogue §5, N group). */
const ASKS_FOR: Partial<Record<MaterialCode, ReasonCode>> = {
  M01: 'N01',
  M02: 'N02',
  M03: 'N03',
  M04: 'N04',
  M05: 'N05',
  M06: 'N08',
  M07: 'N07',
  M08: 'N07',
  M09: 'N09',
  M10: 'N10',
  M11: 'N11',
  M13: 'N12',
  M15: 'N13',
  M16: 'N14',
  M17: 'N15',
};

/** Reasons that only make sense for some materials; what is not listed fits every picture. */
const ONLY_FOR: Partial<Record<ReasonCode, readonly MaterialCode[]>> = {
  I01: ['M01', 'M03', 'M04', 'M05', 'M06', 'M07', 'M08', 'M13', 'M15', 'M16', 'M17'],
  I02: ['M03', 'M04', 'M15', 'M17', 'M20'],
  I03: ['M01', 'M04', 'M07', 'M08'],
  I04: ['M03', 'M04', 'M15', 'M17', 'M21'],
  I05: ['M05', 'M06', 'M10', 'M22'],
  I06: ['M05', 'M06', 'M16', 'M22'],
  I07: ['M05', 'M16'],
  I08: ['M05', 'M06', 'M16', 'M22'],
  I09: ['M02'],
  I11: ['M03', 'M04', 'M07', 'M08', 'M13', 'M15'],
  T01: ['M01', 'M02'],
  T02: ['M04'],
  T03: ['M05', 'M06', 'M10', 'M14', 'M22'],
  S01: ['M05', 'M06', 'M09', 'M10', 'M14', 'M16', 'M18', 'M19', 'M20', 'M21', 'M22'],
  S02: ['M05', 'M06', 'M09', 'M10', 'M14', 'M16', 'M18', 'M19', 'M21', 'M22'],
  S03: ['M05', 'M06', 'M10', 'M16', 'M22'],
  S04: ['M05', 'M16'],
  S05: ['M11', 'M12'],
  O01: ['M03', 'M04', 'M17', 'M19', 'M21'],
  O03: ['M14'],
};

/** The reason that asks for a missing material; `undefined` where the catalogue has none (a comment is then needed). */
export function missingReason(material: MaterialCode): ReasonCode | undefined {
  return ASKS_FOR[material];
}

/** What a candidate is told about a material that is missing: the catalogue's reason, or plain words where it has none. */
export function missingPoint(material: MaterialCode): {
  material: MaterialCode;
  reasons: ReasonCode[];
  comment: string;
} {
  const reason = missingReason(material);
  return reason ? { material, reasons: [reason], comment: '' } : { material, reasons: [], comment: '请补传' };
}

/**
 * Reasons that may be given for a picture of a material, in catalogue order. The E group is left out: it leads to
 * a refusal of the submission (domain §5), and the N group too, except for the missing side, unit, or a wrong slot.
 */
export function reasonsFor(material: MaterialCode): ReasonCode[] {
  return REASON_CODES.filter((code) => {
    const group = groupOf(code);
    if (group === 'E' || code === 'O04' || code === 'I10') return false;
    if (group === 'N') {
      return code === 'N16' || (code === 'N01' && material === 'M01') || (code === 'N06' && material === 'M05');
    }
    return ONLY_FOR[code]?.includes(material) ?? true;
  });
}

/** Reasons for a refusal of the whole submission: the E group (domain §5). */
export function refusalReasons(): ReasonCode[] {
  return REASON_CODES.filter((code) => groupOf(code) === 'E');
}

/** Reasons that concern the form and not a picture, for a return of the submission. */
export function formReasons(): ReasonCode[] {
  return ['I01', 'I03', 'I04', 'I05', 'I06', 'I07', 'I08', 'I09', 'I10', 'I11', 'O01', 'O02', 'O03'];
}

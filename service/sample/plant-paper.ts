import { type MaterialCode, materialOf, type Slot, slotOf } from '../../shared/ids.ts';
import { addDays, addMonths, addYears, ageAt, parts } from './calendar.ts';
import type { DefectKind, PlantedDefect } from './defects.ts';
import { type Dossier, strangerTo, validUntil } from './dossier.ts';
import { change, type Draft, freeSlots, rewrite, takeSlot } from './draft.ts';
import { similarName } from './names.ts';
import { withWrongIdDigit } from './numbers.ts';
import type { PaperFlaws } from './order.ts';
import { pickSchool } from './places.ts';
import type { Plant } from './plant-picture.ts';

/** Takes one certain slot, if it is there and free. */
function claim(draft: Draft, slot: Slot): Slot | null {
  if (!freeSlots(draft).includes(slot)) return null;
  draft.taken.add(slot);
  return slot;
}

function flawed(
  kind: DefectKind,
  materials: readonly MaterialCode[],
  flaws: PaperFlaws,
  reason: PlantedDefect['reason'],
  note: string,
): Plant {
  return (draft, random) => {
    const slot = takeSlot(draft, random, materials);
    if (!slot) return null;
    change(draft, slot, { flaws });
    return { kind, slot, reason, visible: 'image', note };
  };
}

const nameDiffers: Plant = (draft, random) => {
  const slot = claim(draft, slotOf('M03', 1));
  if (!slot) return null;
  const name = similarName(draft.dossier.name, random);
  change(draft, slot, { dossier: { ...draft.dossier, name } });
  return {
    kind: 'name_differs',
    slot,
    field: 'name',
    reason: 'I02',
    visible: 'image',
    note: `the diploma says ${name}`,
  };
};

const schoolDiffers: Plant = (draft, random) => {
  const { school } = draft.dossier.studies;
  const slot = school && claim(draft, slotOf('M03', 1));
  if (!slot) return null;
  const overseas = draft.dossier.paths.includes('overseas');
  const other = pickSchool(random, draft.dossier.education, draft.dossier.class, overseas, school.name);
  draft.form = { ...draft.form, school: other.name };
  return {
    kind: 'school_differs',
    slot,
    field: 'school',
    reason: 'I04',
    visible: 'image',
    note: `the diploma says ${school.name}`,
  };
};

const resident = ({ idType }: Dossier) => idType === 'resident' || idType === 'temporary' || idType === 'hmt_residence';
/** The number on the card stands in the certificates of assistants too; one contradiction is enough. */
const plainId = ({ dossier }: Draft) => resident(dossier) && dossier.assistantCertificate === undefined;

const sexDiffers: Plant = (draft) => {
  const slot = plainId(draft) ? claim(draft, slotOf('M01', 1)) : null;
  if (!slot) return null;
  draft.form = { ...draft.form, sex: draft.form.sex === 'male' ? 'female' : 'male' };
  return {
    kind: 'sex_differs',
    slot,
    field: 'sex',
    reason: 'I03',
    visible: 'both',
    note: 'card and number say the other sex',
  };
};

const birthDiffers: Plant = (draft, random) => {
  const slot = plainId(draft) ? claim(draft, slotOf('M01', 1)) : null;
  if (!slot) return null;
  const birthDate = addDays(draft.form.birthDate, random.pick([-31, -10, 1, 10, 30]));
  draft.form = { ...draft.form, birthDate };
  const note = `card and number say ${draft.dossier.birthDate}`;
  return { kind: 'birth_differs', slot, field: 'birthDate', reason: 'I03', visible: 'both', note };
};

const checkDigit: Plant = (draft, random) => {
  const slot = plainId(draft) ? claim(draft, slotOf('M01', 1)) : null;
  if (!slot) return null;
  const idNumber = withWrongIdDigit(draft.dossier.idNumber, random);
  draft.form = { ...draft.form, idNumber };
  const planted = { kind: 'id_check_digit', slot, field: 'idNumber', reason: 'I03' } as const;
  if (random.chance(0.7)) {
    return { ...planted, visible: 'both', note: 'the card shows the right number' };
  }
  for (const [other, order] of draft.orders) {
    if (order.dossier.index === draft.dossier.index) {
      change(draft, other, { dossier: { ...order.dossier, idNumber } });
    }
  }
  return { ...planted, visible: 'check', note: 'all papers show the same wrong number' };
};

/** A validity that ended on a day and that the rules allow, or `null`. */
function ended({ birthDate, idType }: Dossier, to: string): { from: string; to: string } | null {
  const terms = idType === 'resident' ? [10, 20] : [idType === 'hmt_residence' || idType === 'tw_permit' ? 5 : 10];
  for (const term of terms) {
    const from = addYears(to, -term);
    if (terms.length === 1 || (ageAt(birthDate, from) >= 16 && validUntil(birthDate, from) === to)) return { from, to };
  }
  return null;
}

const idExpired: Plant = (draft, random) => {
  const { dossier } = draft;
  const validity = dossier.idType === 'temporary' ? null : ended(dossier, addDays(dossier.today, -random.int(20, 330)));
  const slot = validity && claim(draft, slotOf('M01', 2));
  if (!slot) return null;
  rewrite(draft, ['M01'], { idValidFrom: validity.from, idValidTo: validity.to });
  draft.form = { ...draft.form, idValidFrom: validity.from, idValidTo: validity.to };
  return {
    kind: 'id_expired',
    slot,
    field: 'idValidTo',
    reason: 'T01',
    visible: 'both',
    note: `expired on ${validity.to}`,
  };
};

const verificationExpired: Plant = (draft, random) => {
  const slot = claim(draft, slotOf('M04', 1));
  if (!slot) return null;
  const verifiedUntil = addDays(draft.dossier.today, -random.int(10, 200));
  rewrite(draft, ['M04'], { verifiedUntil });
  return { kind: 'verification_expired', slot, reason: 'T02', visible: 'image', note: `valid until ${verifiedUntil}` };
};

const probationShort: Plant = (draft, random) => {
  const [stint, second] = draft.dossier.probation;
  if (!stint || second || draft.dossier.paths.includes('fresh')) return null;
  const slot = claim(draft, slotOf('M05', 1));
  if (!slot) return null;
  const from = addMonths(stint.to, -random.int(7, 10));
  rewrite(draft, ['M05', 'M22'], { probation: [{ ...stint, from }] });
  draft.form = { ...draft.form, probation: draft.form.probation.map((period) => ({ ...period, from })) };
  return {
    kind: 'probation_short',
    slot,
    field: 'probation',
    reason: 'E04',
    visible: 'both',
    note: `from ${from} to ${stint.to}`,
  };
};

const otherYear: Plant = (draft, random) => {
  const slot = takeSlot(draft, random, ['M05', 'M06']);
  if (!slot) return null;
  const certifiedOn = addYears(draft.dossier.certifiedOn, -1);
  change(draft, slot, { dossier: { ...draft.dossier, certifiedOn } });
  const note = `certified in ${parts(certifiedOn).year}`;
  return { kind: 'certificate_other_year', slot, reason: 'T03', visible: 'image', note };
};

const employerDiffers: Plant = (draft, random) => {
  const slot = lastCertificate(draft);
  if (!slot || !claim(draft, slot)) return null;
  const unit = strangerTo(draft.dossier, random);
  const moved = (stints: Dossier['probation']) =>
    stints.map((stint, at) => (at === stints.length - 1 ? { ...stint, unit } : stint));
  const { probation, practice } = draft.dossier;
  change(draft, slot, { dossier: { ...draft.dossier, probation: moved(probation), practice: moved(practice) } });
  return {
    kind: 'employer_differs',
    slot,
    field: 'employer',
    reason: 'I05',
    visible: 'image',
    note: `certified by ${unit.name}`,
  };
};

function lastCertificate(draft: Draft): Slot | null {
  return [...draft.orders.keys()].findLast((slot) => ['M05', 'M06'].includes(materialOf(slot))) ?? null;
}

/** What an employer's certificate is among the materials. */
const CERTIFICATES: readonly MaterialCode[] = ['M05', 'M06', 'M16', 'M22'];

/** Defects of the papers themselves and of what was typed. */
export const PAPER_DEFECTS = {
  name_differs: nameDiffers,
  sex_differs: sexDiffers,
  birth_differs: birthDiffers,
  school_differs: schoolDiffers,
  employer_differs: employerDiffers,
  id_check_digit: checkDigit,
  id_expired: idExpired,
  verification_expired: verificationExpired,
  probation_short: probationShort,
  certificate_other_year: otherYear,
  no_seal: flawed('no_seal', [...CERTIFICATES, 'M14'], { seal: 'none' }, 'S01', 'the place of the seal is empty'),
  department_seal: flawed(
    'department_seal',
    [...CERTIFICATES, 'M14'],
    { seal: 'department' },
    'S02',
    'the seal is that of a department',
  ),
  unsigned_representative: flawed(
    'unsigned_representative',
    CERTIFICATES,
    { unsigned: 'representative' },
    'S03',
    'the legal representative has not signed',
  ),
  unsigned_tutor: flawed('unsigned_tutor', ['M05', 'M16'], { unsigned: 'tutor' }, 'S04', 'the tutor has not signed'),
  unsigned_pledge: flawed('unsigned_pledge', ['M11', 'M12'], { unsigned: 'candidate' }, 'S05', 'nobody has signed'),
  altered: flawed('altered', ['M05', 'M06', 'M16'], { altered: true }, 'S06', 'a date was changed by hand'),
} satisfies Partial<Record<DefectKind, Plant>>;

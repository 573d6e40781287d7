import { missingReason } from '../../shared/catalogue/applicability.ts';
import type { ReasonCode } from '../../shared/catalogue/reasons.ts';
import { type MaterialCode, materialOf, type Slot, slotOf } from '../../shared/ids.ts';
import { requirements } from '../../shared/policy.ts';
import type { DefectKind, PlantedDefect } from './defects.ts';
import { change, type Draft, freeSlots, takeSlot } from './draft.ts';
import type { Break, Spoil } from './order.ts';
import { samplePolicy } from './policy.ts';
import type { Random } from './random.ts';

/** Plants one kind of defect in a draft, or answers `null` where it doesn't apply. `earlier` are drafts before it. */
export type Plant = (draft: Draft, random: Random, earlier: readonly Draft[]) => PlantedDefect | null;

/** Everything but the scene with the face, which has no edges to lose. */
const SHEETS: readonly MaterialCode[] = [
  'M01',
  'M03',
  'M04',
  'M05',
  'M06',
  'M07',
  'M08',
  'M09',
  'M10',
  'M11',
  'M12',
  'M13',
  'M14',
  'M15',
  'M16',
  'M17',
  'M22',
];

function spoiled(
  kind: DefectKind,
  spoil: Spoil,
  reason: ReasonCode,
  note: string,
  visible: PlantedDefect['visible'] = 'image',
): Plant {
  return (draft, random) => {
    const slot = takeSlot(draft, random, SHEETS);
    if (!slot) return null;
    change(draft, slot, { spoils: [spoil] });
    return { kind, slot, reason, visible, note };
  };
}

function broken(kind: DefectKind, ways: readonly Break[], reason: ReasonCode, note: string): Plant {
  return (draft, random) => {
    const slot = takeSlot(draft, random, SHEETS);
    if (!slot) return null;
    change(draft, slot, { broken: random.pick(ways) });
    return { kind, slot, reason, visible: 'both', note };
  };
}

const wrongSlot: Plant = (draft, random) => {
  const slot = takeSlot(draft, random, ['M03', 'M04', 'M05', 'M06', 'M10', 'M12']);
  const others = freeSlots(draft, SHEETS).filter((other) => slot && materialOf(other) !== materialOf(slot));
  if (!slot || others.length === 0) return null;
  const shows = random.pick(others);
  change(draft, slot, { shows });
  return { kind: 'wrong_slot', slot, reason: 'N16', visible: 'image', note: `the picture shows ${shows}` };
};

const missingIdBack: Plant = (draft) => {
  const slot = slotOf('M01', 2);
  if (draft.taken.has(slot) || leftOut(draft) || !draft.orders.delete(slot)) return null;
  return { kind: 'missing_id_back', slot, reason: 'N01', visible: 'check', note: 'only the front is there' };
};

const leftOut = (draft: Draft) => draft.defects.some(({ kind }) => kind.startsWith('missing_'));

const missingMaterial: Plant = (draft, random) => {
  if (leftOut(draft)) return null;
  const single = requirements(draft.form, samplePolicy(draft.dossier.today)).flatMap(({ material, min }): Slot[] => {
    const pages = [...draft.orders.keys()].filter((slot) => materialOf(slot) === material);
    const [only] = pages;
    const asked = min > 0 && material !== 'M01' && missingReason(material) !== undefined;
    return asked && only && pages.length === 1 && !draft.taken.has(only) ? [only] : [];
  });
  if (single.length === 0) return null;
  const slot = random.pick(single);
  const reason = missingReason(materialOf(slot));
  if (!reason) return null;
  draft.orders.delete(slot);
  return { kind: 'missing_material', slot, reason, visible: 'check', note: 'a required material was not uploaded' };
};

const reused: Plant = (draft, random, earlier) => {
  const lenders = earlier.filter(
    (other) => other.site === draft.site && other.dossier.education === draft.dossier.education,
  );
  for (const material of random.shuffle<MaterialCode>(['M03', 'M05', 'M12'])) {
    const slot = slotOf(material, 1);
    const lender = lenders.findLast(({ orders, taken }) => orders.has(slot) && !taken.has(slot));
    const order = lender?.orders.get(slot);
    if (!lender || !order || !draft.orders.has(slot) || draft.taken.has(slot)) continue;
    draft.taken.add(slot);
    // The lender's own order: the same bytes.
    draft.orders.set(slot, order);
    lender.taken.add(slot);
    const note = `the same file as ${slot} of ${lender.dossier.registrationNumber}, whose name it shows`;
    return { kind: 'reused_from_other', slot, field: 'name', reason: 'O02', visible: 'both', note };
  }
  return null;
};

/** Defects of taking, saving and sorting the pictures. */
export const PICTURE_DEFECTS = {
  rotated_90: spoiled('rotated_90', { kind: 'turned', degrees: 90 }, 'R01', 'turned clockwise by 90°'),
  rotated_180: spoiled('rotated_180', { kind: 'turned', degrees: 180 }, 'R01', 'upside down'),
  rotated_270: spoiled('rotated_270', { kind: 'turned', degrees: 270 }, 'R01', 'turned anticlockwise by 90°'),
  mirrored: spoiled('mirrored', { kind: 'mirrored' }, 'R02', 'left and right are exchanged'),
  exif_rotated: spoiled(
    'exif_rotated',
    { kind: 'exif', orientation: 6 },
    'R01',
    'stored on its side; upright only by its EXIF orientation 6',
    'check',
  ),
  blurred: spoiled('blurred', { kind: 'blurred' }, 'Q01', 'out of focus'),
  dark: spoiled('dark', { kind: 'dark' }, 'Q01', 'underexposed'),
  glare: spoiled('glare', { kind: 'glare' }, 'Q02', 'a lamp is reflected on the text'),
  cropped: spoiled('cropped', { kind: 'cropped' }, 'Q03', 'part of the sheet is outside the picture'),
  monochrome_copy: spoiled('monochrome_copy', { kind: 'grey' }, 'Q04', 'a copy without colour', 'both'),
  tilted: spoiled('tilted', { kind: 'tilted' }, 'R03', 'the sheet lies askew by 12° to 17°'),
  screenshot_of_screen: spoiled('screenshot_of_screen', { kind: 'screen' }, 'Q09', 'photographed from a screen'),
  wrong_slot: wrongSlot,
  missing_id_back: missingIdBack,
  missing_material: missingMaterial,
  reused_from_other: reused,
  truncated_file: broken('truncated_file', ['truncated'], 'Q05', 'the file ends after 60 %'),
  not_an_image: broken('not_an_image', ['text', 'pdf'], 'Q06', 'another kind of file'),
} satisfies Partial<Record<DefectKind, Plant>>;

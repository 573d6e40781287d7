import type { ImageFacts } from '../../shared/checks/check.ts';
import { idCheckDigit } from '../../shared/checks/identity.ts';
import type { Act, Decision, ReturnedImage } from '../../shared/decision.ts';
import type { Form } from '../../shared/form.ts';
import { DecisionId, type MaterialCode, materialOf, Sha256, Slot, SubmissionId, slotOf } from '../../shared/ids.ts';
import { type Policy, requirements } from '../../shared/policy.ts';
import type { Image, Submission } from '../../shared/submission.ts';

/** The day of review that the built records fit: all their checks pass on it. */
export const TODAY = '2026-03-10';
/** The instant at which built decisions are made. */
export const NOW = '2026-03-10T02:00:00.000Z';

/** A hash that differs for every number; of no file. */
export function sha(number: number): Sha256 {
  return Sha256.parse(number.toString(16).padStart(64, '0'));
}

/** A slot from its text. */
export function slot(text: string): Slot {
  return Slot.parse(text);
}

/** A policy of a district that does not exist. */
export function policy(overrides: Partial<Policy> = {}): Policy {
  return {
    year: 2026,
    district: '99',
    districtName: '样例考区',
    sites: [{ site: '990101', name: '样例第一考点' }],
    points: [],
    levels: ['site', 'district'],
    lockMode: 'on_submit',
    refusers: ['point', 'site', 'district'],
    reviewUntilOf: {},
    unbiased: false,
    viewing: { leastMs: 0, leastPercent: 10, needed: false },
    holdingId: false,
    pledge: false,
    institutionLicence: true,
    reviewUntil: '2026-03-20',
    reuploadHours: 72,
    claimHours: 72,
    probationUntil: '2026-08-31',
    probationMonths: 12,
    imageBytes: 204_800,
    picturesKeptDays: 7,
    purgeOnSignOut: false,
    knownRegions: ['990101'],
    counts: {},
    ...overrides,
  };
}

/** An identity number with its check digit; region 990101 does not exist. */
export function identityNumber(birth: string, sex: Form['sex'] = 'male', region = '990101'): string {
  const first17 = `${region}${birth.replaceAll('-', '')}12${sex === 'male' ? 3 : 4}`;
  return first17 + idCheckDigit(first17);
}

/** The form of an invented physician candidate: 本科, 往届, a year and a half of probation. Every check of it passes. */
export function form(overrides: Partial<Form> = {}): Form {
  return {
    name: '样例甲',
    sex: 'male',
    birthDate: '1998-05-31',
    ethnicity: '汉族',
    idType: 'resident',
    idNumber: identityNumber('1998-05-31'),
    idValidFrom: '2019-04-02',
    idValidTo: '2029-04-02',
    address: '样例省样例市样例路1号',
    level: 'physician',
    class: 'clinical',
    classCode: '110',
    paths: ['past'],
    education: 'bachelor',
    school: '样例医科大学',
    major: '临床医学',
    graduationDate: '2024-06-28',
    diplomaNumber: '999991202405000123',
    employer: '样例市第一人民医院',
    employerCode: '129901010123456789',
    probation: [{ unit: '样例市第一人民医院', post: '临床', tutor: '样例乙', from: '2024-08-01', to: '2026-01-31' }],
    practice: [],
    ...overrides,
  };
}

/** The form of an assistant who goes up to physician (助理升执业), 专科, three years of practice. */
export function assistantForm(overrides: Partial<Form> = {}): Form {
  const base = form();
  return form({
    paths: ['past', 'assistant_up'],
    education: 'college',
    graduationDate: '2019-06-28',
    diplomaNumber: '999991201906000123',
    probation: [],
    practice: [{ unit: '样例市第一人民医院', post: '临床', from: '2022-12-01', to: '2026-02-28' }],
    assistantCertificate: `202199210${base.idNumber}`,
    assistantLicence: '210990101000123',
    firstRegistered: '2022-11-15',
    ...overrides,
  });
}

/** An image in a slot; its hash is made from the slot unless one is given. */
export function image(at: string, overrides: Partial<Image> = {}): Image {
  const place = slot(at);
  const number = Number(at.slice(1, 3)) * 100 + Number(at.slice(4));
  return {
    slot: place,
    material: materialOf(place),
    sha256: sha(number),
    bytes: 150_000,
    uploadedAt: '2026-03-01T01:00:00.000Z',
    state: 'open',
    reasons: [],
    comment: '',
    earlier: [],
    ...overrides,
  };
}

/** The required images of a form, each in its slot. */
export function requiredImages(of: Form, by: Policy, overrides: Partial<Image> = {}): Image[] {
  return requirements(of, by).flatMap(({ material, min }) =>
    Array.from({ length: min }, (_, index) => image(slotOf(material, index + 1), overrides)),
  );
}

/** A submission under review at the site, with all required images, none judged yet. */
export function submission(overrides: Partial<Submission> = {}): Submission {
  const own = overrides.form ?? form();
  return {
    id: SubmissionId.parse('sub-1'),
    registrationNumber: '2026990101000001',
    point: null,
    site: '990101',
    district: '99',
    status: 'pending',
    revision: 1,
    round: 1,
    seq: 1,
    submittedAt: '2026-03-01T01:30:00.000Z',
    deadline: '2026-03-20T16:00:00.000Z',
    form: own,
    images: requiredImages(own, policy()),
    opinions: [],
    claim: null,
    concludedBy: null,
    sentBack: null,
    parts: [],
    ...overrides,
  };
}

/** Facts of a faultless picture. */
export function imageFacts(of: Pick<Image, 'sha256' | 'bytes'>, overrides: Partial<ImageFacts> = {}): ImageFacts {
  return {
    sha256: of.sha256,
    bytes: of.bytes,
    format: 'jpeg',
    width: 1600,
    height: 1200,
    orientation: 1,
    decodes: 'whole',
    colour: 0.2,
    ...overrides,
  };
}

/** A decision of a workstation on a submission as it stands. */
export function decision(of: Submission, act: Act, overrides: Partial<Decision> = {}): Decision {
  return {
    id: DecisionId.parse('0195b8a4-6c00-7000-8000-000000000001'),
    submissionId: of.id,
    revision: of.revision,
    device: '0195b8a4-6c00-7000-8000-0000000000aa',
    deviceSeq: 1,
    madeAt: NOW,
    act,
    ...overrides,
  };
}

/** The images of a submission as a decision names them. */
export function judged(of: Submission): { slot: Slot; sha256: Sha256 }[] {
  return of.images.map(({ slot: at, sha256 }) => ({ slot: at, sha256 }));
}

/** Approval of all images as they stand. */
export function approval(of: Submission): Act {
  return { kind: 'submission.approve', images: judged(of) };
}

/** Refusal because of the education. */
export function refusal(of: Submission): Act {
  return { kind: 'submission.refuse', images: judged(of), reasons: ['E01'], comment: '' };
}

/** A return of the named slots, blurred; all other images are kept. */
export function returning(
  of: Submission,
  slots: readonly string[],
  point: Partial<Pick<ReturnedImage, 'reasons' | 'comment' | 'marks'>> = {},
  materials: readonly MaterialCode[] = [],
): Extract<Act, { kind: 'submission.return' }> {
  const names = judged(of);
  return {
    kind: 'submission.return',
    images: names
      .filter(({ slot: at }) => slots.includes(at))
      .map((one) => ({ ...one, reasons: ['Q01'], comment: '', ...point })),
    kept: names.filter(({ slot: at }) => !slots.includes(at)),
    materials: materials.map((material) => ({ material, reasons: [], comment: '请补传' })),
    form: { reasons: [], comment: '' },
  };
}

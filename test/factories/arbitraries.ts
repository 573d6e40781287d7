import fc from 'fast-check';
import { REASON_CODES, type ReasonCode } from '../../shared/catalogue/reasons.ts';
import { dateOf, dayNumber } from '../../shared/checks/calendar.ts';
import type { Act } from '../../shared/decision.ts';
import { CLASSES, EDUCATION_LEVELS, type Form, ID_TYPES, LEVELS_APPLIED, PATHS } from '../../shared/form.ts';
import { type Mark, markBetween } from '../../shared/mark.ts';
import type { Image, Submission } from '../../shared/submission.ts';
import { IMAGE_STATES, STATUSES } from '../../shared/submission.ts';
import { form, identityNumber, image, judged, sha, submission } from './submission.ts';

/** Calendar dates between two, both counted. */
export function dates(from = '1940-01-01', to = '2035-12-31'): fc.Arbitrary<string> {
  return fc.integer({ min: dayNumber(from), max: dayNumber(to) }).map(dateOf);
}

/** Valid identity numbers with the birth date and sex that they hold. */
export const identities = fc
  .record({
    birth: dates('1900-01-01', '2026-03-09'),
    sex: fc.constantFrom<Form['sex']>('male', 'female'),
    region: fc.constantFrom('110105', '441900', '990101', '650102'),
  })
  .map((person) => ({ ...person, number: identityNumber(person.birth, person.sex, person.region) }));

/** Stretches of days, some of them reversed. */
export const spans = fc.array(
  fc
    .tuple(dates('2019-01-01', '2026-12-31'), fc.integer({ min: -5, max: 900 }))
    .map(([from, length]) => ({ from, to: dateOf(dayNumber(from) + length) })),
  { maxLength: 5 },
);

const texts = fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom('', '样例甲', '样例·乙', '?', '护理学'));
const digits = fc.stringMatching(/^\d{0,28}$/);
const periods = spans.map((all) => all.map((span) => ({ unit: '样例医院', post: '临床', ...span })));

/** Forms of every kind, sensible or not: of the right types, that is all. */
export const forms: fc.Arbitrary<Form> = fc
  .record({
    name: texts,
    sex: fc.constantFrom<Form['sex']>('male', 'female'),
    birthDate: dates(),
    ethnicity: fc.constantFrom('汉族', '藏族', ''),
    idType: fc.constantFrom(...ID_TYPES),
    idNumber: fc.oneof(
      identities.map(({ number }) => number),
      digits,
      texts,
    ),
    idValidFrom: dates(),
    idValidTo: fc.option(dates()),
    level: fc.constantFrom(...LEVELS_APPLIED),
    class: fc.constantFrom(...CLASSES),
    classCode: fc.oneof(fc.constantFrom('110', '210', '140', '341', '441', '', '999'), digits),
    paths: fc.uniqueArray(fc.constantFrom(...PATHS), { minLength: 1 }),
    education: fc.constantFrom(...EDUCATION_LEVELS),
    major: texts,
    graduationDate: fc.option(dates()),
    diplomaNumber: fc.oneof(digits, texts, fc.stringMatching(/^\d{5}[1-9]20[012]\d0[1-8]\d{6}$/)),
    employer: texts,
    employerCode: fc.oneof(fc.constantFrom('', '129901010123456789'), texts, fc.stringMatching(/^[0-9A-Z]{18}$/)),
    probation: periods,
    practice: periods,
    assistantCertificate: fc.oneof(digits, texts, fc.stringMatching(/^20[012]\d(11|99)[12](10|20|40)\d{17}X$/)),
    assistantLicence: fc.oneof(digits, fc.stringMatching(/^[12](10|20|40)(110105|990101)\d{6}$/)),
    firstRegistered: dates(),
  })
  .map(form);

const reasons = fc.uniqueArray(fc.constantFrom<ReasonCode>(...REASON_CODES), { maxLength: 3 });
const comments = fc.oneof(fc.constant(''), fc.constantFrom('请重拍。', '看不清', '请补 传；', ' '));

/** Pins and boxes anywhere on a picture. */
export const marks: fc.Arbitrary<Mark[]> = fc.array(
  fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    .chain(([x, y]) =>
      fc
        .tuple(
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.option(fc.constantFrom<ReasonCode>(...REASON_CODES)),
        )
        .map(([toX, toY, reason]) => markBetween({ x, y }, { x: toX, y: toY }, reason)),
    ),
  { minLength: 1, maxLength: 3 },
);

const images: fc.Arbitrary<Image[]> = fc
  .uniqueArray(fc.constantFrom('M01-1', 'M01-2', 'M03-1', 'M04-1', 'M05-1', 'M05-2', 'M10-1', 'M99-1'), {
    selector: (at) => at,
  })
  .chain((slots) =>
    fc.tuple(
      ...slots.map((at) =>
        fc
          .record({ state: fc.constantFrom(...IMAGE_STATES), sha256: fc.integer({ min: 1, max: 40 }).map(sha) })
          .map((own) => image(at, own)),
      ),
    ),
  );

/** Submissions in every state, with images in every state. */
export const submissions: fc.Arbitrary<Submission> = fc
  .record({
    status: fc.constantFrom(...STATUSES),
    revision: fc.integer({ min: 1, max: 3 }),
    images,
  })
  .map((own) => submission({ ...own, deadline: own.status === 'returned' ? '2026-03-12T00:00:00.000Z' : null }));

/** Everything that a reviewer could send about a submission as it stands; not all of it may be applied. */
export function actsOn(of: Submission): fc.Arbitrary<Act> {
  const all = judged(of);
  const point = fc.record({ reasons, comment: comments });
  const onImage = fc.record({ reasons, comment: comments, marks }, { requiredKeys: ['reasons', 'comment'] });
  const concluding: fc.Arbitrary<Act>[] = [
    fc.constant({ kind: 'submission.approve', images: all }),
    point.map((said) => ({ kind: 'submission.refuse', images: all, ...said })),
    point.map((said) => ({ kind: 'submission.send_back', images: all, ...said })),
    comments.map((comment) => ({ kind: 'submission.reopen', images: all, comment })),
    fc
      .tuple(fc.subarray(all), fc.array(onImage, { minLength: all.length, maxLength: all.length }), point)
      .map(([back, said, onForm]) => ({
        kind: 'submission.return',
        images: back.map((one, index) => ({ ...one, reasons: [], comment: '', ...said[index] })),
        kept: all.filter((one) => !back.includes(one)),
        materials: [],
        form: onForm,
      })),
  ];
  if (all.length === 0) return fc.oneof(...concluding);
  const one = fc.constantFrom(...all);
  return fc.oneof(
    one.map((its): Act => ({ kind: 'image.lock', ...its })),
    fc.tuple(one, onImage).map(([its, said]): Act => ({ kind: 'image.return', ...its, ...said })),
    one.map((its): Act => ({ kind: 'image.reopen', ...its })),
    ...concluding,
  );
}

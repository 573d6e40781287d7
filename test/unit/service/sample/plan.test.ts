import { describe, expect, it } from 'vitest';
import { DEFECT_KINDS } from '../../../../service/sample/defects.ts';
import { Planner } from '../../../../service/sample/plan.ts';
import { samplePolicy } from '../../../../service/sample/policy.ts';
import { missingReason, reasonsFor } from '../../../../shared/catalogue/applicability.ts';
import { type Form, Form as FormShape, PATHS } from '../../../../shared/form.ts';
import { materialOf, slotOf } from '../../../../shared/ids.ts';
import { Policy, requirements } from '../../../../shared/policy.ts';
import { age, creditCodeHolds, fullMonths, idHolds } from './rules.ts';

const COUNT = 240;
const DAYS = ['2026-03-02', '2026-11-23', '2028-02-29', '2027-01-01'];

const draftsOf = (seed: number, today: string, count = COUNT) => {
  const planner = new Planner(seed, today);
  return Array.from({ length: count }, (_, index) => planner.at(index));
};

function termHolds(form: Form): boolean {
  const years =
    form.idValidTo === null ? null : Number(form.idValidTo.slice(0, 4)) - Number(form.idValidFrom.slice(0, 4));
  if (form.idType !== 'resident') return years === 5 || years === 10;
  const issued = age(form.birthDate, form.idValidFrom);
  return years === (issued < 16 ? 5 : issued <= 25 ? 10 : issued <= 45 ? 20 : null);
}

describe.each(DAYS)('a district of %s', (today) => {
  const policy = samplePolicy(today);
  const drafts = draftsOf(1, today);
  const clean = drafts.filter(({ defects }) => defects.length === 0);

  it('has a policy and forms that parse', () => {
    expect(() => Policy.parse(policy)).not.toThrow();
    for (const { form } of drafts) expect(() => FormShape.parse(form)).not.toThrow();
  });

  it('gives clean candidates right numbers, dates and terms', () => {
    for (const { form, dossier } of clean) {
      if (form.idType === 'resident' || form.idType === 'hmt_residence') {
        expect(idHolds(form.idNumber)).toBe(true);
        expect(form.idNumber.slice(6, 14)).toBe(form.birthDate.replaceAll('-', ''));
        expect(Number(form.idNumber[16]) % 2 === 1 ? 'male' : 'female').toBe(form.sex);
        expect(form.idNumber.slice(0, 6)).toMatch(form.idType === 'resident' ? /^99/ : /^8[123]0000$/);
      }
      expect(termHolds(form)).toBe(true);
      expect(form.idValidTo === null || form.idValidTo > today).toBe(true);
      expect(creditCodeHolds(form.employerCode)).toBe(true);
      expect(form.diplomaNumber).toMatch(form.education === 'none' ? /^$/ : /^99\d{16}$/);
      if (form.graduationDate) expect(form.diplomaNumber.slice(6, 10)).toBe(form.graduationDate.slice(0, 4));
      if (form.assistantCertificate)
        expect(form.assistantCertificate).toMatch(new RegExp(`^\\d{4}992\\d{2}${form.idNumber}$`));
      if (form.assistantLicence) expect(form.assistantLicence).toMatch(/^2\d{2}99\d{10}$/);
      expect(dossier.certifiedOn.slice(0, 4)).toBe(today.slice(0, 4));
      expect(dossier.certifiedOn <= today).toBe(true);
    }
  });

  it('gives clean candidates enough months of work', () => {
    for (const { form } of clean) {
      const counted = (form.paths.includes('assistant_up') ? form.practice : form.probation).map(({ from, to }) =>
        fullMonths(from, to < policy.probationUntil ? to : policy.probationUntil),
      );
      const needed = form.paths.includes('assistant_up') ? (form.education === 'college' ? 24 : 60) : 12;
      expect(counted.reduce((sum, months) => sum + months, 0)).toBeGreaterThanOrEqual(needed);
      const [first] = form.probation;
      if (first && form.graduationDate) expect(first.from >= form.graduationDate).toBe(true);
    }
  });

  it('gives clean candidates all materials that they need, and no others', () => {
    for (const { form, orders } of clean) {
      const count = (material: string) => [...orders.keys()].filter((slot) => materialOf(slot) === material).length;
      const wanted = requirements(form, policy);
      for (const { material, min, max } of wanted) {
        expect(count(material)).toBeGreaterThanOrEqual(min);
        expect(count(material)).toBeLessThanOrEqual(max);
      }
      const allowed = new Set(wanted.map(({ material }) => material));
      for (const slot of orders.keys()) expect(allowed.has(materialOf(slot))).toBe(true);
    }
  });

  it('has 8 to 15 pictures a candidate, and defects in about a third', () => {
    for (const { orders } of drafts) {
      expect(orders.size).toBeGreaterThanOrEqual(8);
      expect(orders.size).toBeLessThanOrEqual(15);
    }
    expect(clean.length).toBe((COUNT * 2) / 3);
    for (const { defects } of drafts) expect(defects.length).toBeLessThanOrEqual(3);
  });
});

describe('planning', () => {
  const drafts = draftsOf(1, '2026-03-02');

  it('plants every kind within 120 candidates and twelve within 40, whatever the seed', () => {
    for (const seed of [1, 2, 3, 99]) {
      const kinds = (count: number) =>
        new Set(draftsOf(seed, '2026-03-02', count).flatMap(({ defects }) => defects.map(({ kind }) => kind)));
      expect([...kinds(120)].sort()).toEqual([...DEFECT_KINDS].sort());
      expect(kinds(40).size).toBeGreaterThanOrEqual(12);
    }
  });

  it('has every path within forty candidates', () => {
    const paths = new Set(drafts.slice(0, 40).flatMap(({ form }) => form.paths));
    expect([...paths].sort()).toEqual([...PATHS].sort());
  });

  it('puts every twentieth candidate on the second site', () => {
    for (const [index, { site, dossier }] of drafts.entries()) {
      expect(site).toBe(index % 20 === 19 ? '990102' : '990101');
      expect(dossier.registrationNumber).toContain(site);
    }
  });

  it('does not depend on how many are planned', () => {
    expect(draftsOf(1, '2026-03-02', 30)).toEqual(drafts.slice(0, 30));
    expect(draftsOf(2, '2026-03-02', 5)).not.toEqual(drafts.slice(0, 5));
  });

  it('names for each defect a slot of the candidate and a reason that may be given there', () => {
    for (const { defects, orders } of drafts) {
      const slots = defects.flatMap(({ slot }) => (slot ? [slot] : []));
      expect(new Set(slots).size).toBe(slots.length);
      for (const { kind, slot, reason } of defects) {
        if (!slot) continue;
        const material = materialOf(slot);
        expect(orders.has(slot)).toBe(!kind.startsWith('missing_'));
        if (kind === 'missing_material') expect(reason).toBe(missingReason(material));
        else if (reason !== 'E04') expect(reasonsFor(material)).toContain(reason);
      }
    }
  });
});

describe('what is planted', () => {
  const drafts = draftsOf(1, '2026-03-02');
  const of = (kind: (typeof DEFECT_KINDS)[number]) =>
    drafts.flatMap((draft) =>
      draft.defects.filter((defect) => defect.kind === kind).map((defect) => ({ draft, defect })),
    );

  it('wrong check digits fail the rule', () => {
    for (const { draft } of of('id_check_digit')) expect(idHolds(draft.form.idNumber)).toBe(false);
  });

  it('forms contradict the card in birth or sex', () => {
    for (const { draft } of of('birth_differs')) {
      expect(draft.form.birthDate.replaceAll('-', '')).not.toBe(draft.form.idNumber.slice(6, 14));
    }
    for (const { draft } of of('sex_differs')) {
      expect(draft.form.sex).not.toBe(Number(draft.form.idNumber[16]) % 2 === 1 ? 'male' : 'female');
    }
  });

  it('papers contradict the form in name, school and employer', () => {
    for (const { draft } of of('name_differs')) {
      expect(draft.orders.get(slotOf('M03', 1))?.dossier.name).not.toBe(draft.form.name);
    }
    for (const { draft } of of('school_differs')) {
      expect(draft.orders.get(slotOf('M03', 1))?.dossier.studies.school?.name).not.toBe(draft.form.school);
    }
    for (const { draft, defect } of of('employer_differs')) {
      const paper = defect.slot ? draft.orders.get(defect.slot)?.dossier : undefined;
      const last = [...(paper?.probation ?? []), ...(paper?.practice ?? [])].at(-1);
      expect(last?.unit.name).not.toBe(draft.form.employer);
    }
  });

  it('validity, months and year are out', () => {
    for (const { draft } of of('id_expired')) expect((draft.form.idValidTo ?? '9') < '2026-03-02').toBe(true);
    for (const { draft } of of('probation_short')) {
      const months = draft.form.probation.reduce((sum, { from, to }) => sum + fullMonths(from, to), 0);
      expect(months).toBeLessThan(12);
    }
    for (const { draft, defect } of of('certificate_other_year')) {
      expect(defect.slot && draft.orders.get(defect.slot)?.dossier.certifiedOn.slice(0, 4)).toBe('2025');
    }
  });

  it('reused pictures are those of an earlier candidate of the same site, where they are right', () => {
    for (const { draft, defect } of of('reused_from_other')) {
      const order = defect.slot && draft.orders.get(defect.slot);
      const lender = drafts.find(({ dossier }) => order && dossier.index === order.dossier.index);
      expect(lender?.site).toBe(draft.site);
      expect(lender && lender.dossier.index < draft.dossier.index).toBe(true);
      expect(lender?.dossier.name).not.toBe(draft.dossier.name);
      expect(defect.slot && lender?.orders.get(defect.slot)).toEqual(order);
      expect(lender?.defects.some(({ slot }) => slot === defect.slot)).toBe(false);
    }
  });

  it('another material stands in the wrong slot', () => {
    for (const { draft, defect } of of('wrong_slot')) {
      const order = defect.slot && draft.orders.get(defect.slot);
      expect(order && materialOf(order.shows)).not.toBe(order && materialOf(order.slot));
    }
  });
});

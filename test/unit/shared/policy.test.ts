import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MATERIAL_CODES } from '../../../shared/catalogue/materials.ts';
import type { Form } from '../../../shared/form.ts';
import { Policy, requirements } from '../../../shared/policy.ts';
import { forms } from '../../factories/arbitraries.ts';
import { assistantForm, form, policy } from '../../factories/submission.ts';

/** `M01×2 M03…`: the materials that a form must have. */
function required(overrides: Partial<Form>, by = policy()): string {
  return requirements(form(overrides), by)
    .filter(({ min }) => min > 0)
    .map(({ material, min }) => (min === 1 ? material : `${material}×${min}`))
    .join(' ');
}

describe('required materials by path (domain §2)', () => {
  it.each<[string, Partial<Form>, string]>([
    ['往届本科', {}, 'M01×2 M03 M04 M05 M10'],
    ['应届本科', { paths: ['fresh'] }, 'M01×2 M03 M04 M05 M10 M11'],
    ['专科助理', { level: 'assistant', education: 'college' }, 'M01×2 M03 M04 M05 M10'],
    ['中专助理', { level: 'assistant', education: 'secondary' }, 'M01×2 M03 M05 M10'],
    ['助理升执业', assistantForm(), 'M01×2 M03 M04 M06 M07 M08 M10'],
    ['师承', { paths: ['apprentice'], education: 'none', level: 'assistant' }, 'M01×2 M05 M10 M13'],
    [
      '师承升执业',
      { ...assistantForm(), paths: ['apprentice', 'assistant_up'], education: 'none' },
      'M01×2 M06 M07 M08 M10 M13',
    ],
    ['港澳台', { paths: ['past', 'hmt'] }, 'M01×2 M03 M04 M16'],
    ['外籍', { paths: ['past', 'foreign'] }, 'M01×2 M03 M04 M16'],
    ['现役军人', { paths: ['past', 'military'] }, 'M01×2 M03 M04 M05 M10 M14'],
    ['专升本', { paths: ['past', 'college_up'] }, 'M01×2 M03 M04 M05 M10 M17'],
    ['境外学历', { paths: ['past', 'overseas'] }, 'M01×2 M03 M05 M10 M15'],
    ['乡村全科', { class: 'rural', level: 'assistant', education: 'college' }, 'M01×2 M03 M04 M05 M10 M22'],
    ['2001年前毕业', { graduationDate: '2000-12-31' }, 'M01×2 M03 M05 M10'],
    ['2001年起毕业', { graduationDate: '2001-01-01' }, 'M01×2 M03 M04 M05 M10'],
  ])('%s', (_name, overrides, expected) => {
    expect(required(overrides)).toBe(expected);
  });

  it('follow the switches of the policy', () => {
    expect(required({}, policy({ holdingId: true }))).toContain('M02');
    expect(required({}, policy({ pledge: true }))).toContain('M12');
    expect(required({}, policy({ institutionLicence: false }))).not.toContain('M10');
  });

  it('ask for one certificate a unit', () => {
    const [period] = form().probation;
    const two = period ? [period, { ...period, unit: '样例市第二人民医院' }] : [];
    expect(required({ probation: two })).toContain('M05×2');
    expect(required({ ...assistantForm(), practice: two })).toContain('M06×2');
    expect(required({ probation: [] })).toContain('M05 ');
  });

  it('let the policy set other counts, for materials that apply', () => {
    const by = policy({ counts: { M04: { min: 0, max: 3 }, M11: { min: 1, max: 1 } } });
    const found = requirements(form(), by);
    expect(found.find(({ material }) => material === 'M04')).toEqual({ material: 'M04', min: 0, max: 3 });
    expect(found.find(({ material }) => material === 'M11')).toBeUndefined();
  });

  it('count as the catalogue does', () => {
    const counts = new Map<string, Set<string>>();
    for (const of of fc.sample(forms, { numRuns: 500, seed: 1 })) {
      const own = { ...of, probation: [], practice: [] };
      for (const { material, min, max } of requirements(own, policy({ holdingId: true, pledge: true }))) {
        counts.set(material, (counts.get(material) ?? new Set()).add(`${min}–${max}`));
      }
    }
    expect(Object.fromEntries([...counts].sort().map(([code, all]) => [code, [...all].sort().join(' ')]))).toEqual({
      M01: '2–2',
      M02: '1–1',
      M03: '1–2',
      M04: '0–2 1–2',
      M05: '1–9',
      M06: '1–9',
      M07: '1–2',
      M08: '1–4',
      M09: '0–1',
      M10: '1–3',
      M11: '1–1',
      M12: '1–1',
      M13: '1–2',
      M14: '1–3',
      M15: '1–2',
      M16: '1–2',
      M17: '1–1',
      M18: '0–4',
      M19: '0–9',
      M20: '0–2',
      M21: '0–2',
      M22: '1–2',
      M23: '0–2',
      M24: '0–1',
      M99: '0–9',
    });
  });

  it.each<[string, Partial<Form>, string]>([
    ['曾用名', {}, 'M20'],
    ['往年成绩', {}, 'M24'],
    ['其他', {}, 'M99'],
    ['毕业证遗失', {}, 'M21'],
    ['研究生应届', { paths: ['fresh'], education: 'master' }, 'M18'],
    ['省外中专', { education: 'secondary', level: 'assistant' }, 'M19'],
    ['西学中', { class: 'integrated' }, 'M23'],
    ['首次注册证明', assistantForm(), 'M09'],
  ])('allow but do not ask for: %s', (_name, overrides, material) => {
    expect(requirements(form(overrides), policy()).find((one) => one.material === material)).toMatchObject({ min: 0 });
  });
});

describe('requirements of any form', () => {
  it('are in catalogue order, once each, with sound counts', () => {
    fc.assert(
      fc.property(forms, (of) => {
        const found = requirements(of, policy());
        const places = found.map(({ material }) => MATERIAL_CODES.indexOf(material));
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        for (const { min, max } of found) {
          expect(min).toBeGreaterThanOrEqual(0);
          expect(max).toBeGreaterThanOrEqual(Math.max(1, min));
        }
      }),
    );
  });

  it('always ask for both sides of the ID, and for a diploma or what stands for it', () => {
    fc.assert(
      fc.property(forms, (of) => {
        const needed = new Set<string>(
          requirements(of, policy()).flatMap(({ material, min }) => (min > 0 ? [material] : [])),
        );
        expect(needed.has('M01')).toBe(true);
        expect(needed.has('M03') || needed.has('M13')).toBe(true);
        expect(['M05', 'M06', 'M16'].some((proof) => needed.has(proof))).toBe(true);
      }),
    );
  });
});

describe('Policy', () => {
  it('parses what districts configure', () => {
    expect(Policy.parse(structuredClone(policy()))).toEqual(policy());
    expect(Policy.parse(policy({ examUntil: '2026-11-15' })).examUntil).toBe('2026-11-15');
    for (const wrong of [{ reuploadHours: 0 }, { probationUntil: '2026-02-30' }, { knownRegions: ['99'] }, { x: 1 }]) {
      expect(Policy.safeParse({ ...policy(), ...wrong }).success).toBe(false);
    }
  });
});

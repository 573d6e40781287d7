import { describe, expect, it } from 'vitest';
import {
  formReasons,
  missingPoint,
  missingReason,
  reasonsFor,
  refusalReasons,
} from '../../../../shared/catalogue/applicability.ts';
import { MATERIAL_CODES, MATERIALS } from '../../../../shared/catalogue/materials.ts';
import { groupOf, REASON_CODES, REASON_GROUPS, reasonText } from '../../../../shared/catalogue/reasons.ts';
import { requirements } from '../../../../shared/policy.ts';
import { Reason } from '../../../../shared/submission.ts';
import { form, policy } from '../../../factories/submission.ts';

describe('catalogue of materials', () => {
  it('names every material in both languages, long and short, each differently', () => {
    expect(Object.keys(MATERIALS)).toEqual([...MATERIAL_CODES]);
    for (const key of ['zh', 'en', 'zhShort', 'enShort'] as const) {
      const names = MATERIAL_CODES.map((code) => MATERIALS[code][key]);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/\S/);
    }
  });
});

describe('catalogue of reasons', () => {
  it('has all sixty of the domain, in groups', () => {
    const counts = REASON_GROUPS.map((group) => REASON_CODES.filter((code) => groupOf(code) === group).length);
    expect(counts).toEqual([9, 3, 16, 11, 8, 3, 6, 4]);
    expect(Reason.options).toEqual(REASON_CODES);
  });

  it('words each in both languages, each differently, in full-width punctuation and without a full stop', () => {
    for (const key of ['zh', 'en'] as const) {
      const words = REASON_CODES.map((code) => reasonText(code)[key]);
      expect(new Set(words).size).toBe(words.length);
      for (const text of words) expect(text).not.toMatch(/[。.]$|^\s*$/);
    }
    for (const code of REASON_CODES) expect(reasonText(code).zh, code).not.toMatch(/[,:;()?!]/);
  });
});

describe('reasons for a picture', () => {
  it.each(MATERIAL_CODES)('%s: quality always, eligibility never, in catalogue order', (material) => {
    const reasons = reasonsFor(material);
    const places = reasons.map((code) => REASON_CODES.indexOf(code));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    for (const code of REASON_CODES.filter((one) => ['Q', 'R'].includes(groupOf(one)))) expect(reasons).toContain(code);
    expect(reasons).toContain('N16');
    expect(reasons.filter((code) => groupOf(code) === 'E')).toEqual([]);
    expect(reasons).not.toContain('O04');
  });

  it('are only those that fit', () => {
    expect(reasonsFor('M01')).toContain('N01');
    expect(reasonsFor('M03')).not.toContain('N01');
    expect(reasonsFor('M05')).toEqual(expect.arrayContaining(['N06', 'S01', 'S02', 'S03', 'S04', 'T03']));
    expect(reasonsFor('M03')).not.toContain('S01');
    expect(reasonsFor('M01')).toContain('T01');
    expect(reasonsFor('M04')).toContain('T02');
    expect(reasonsFor('M11')).toContain('S05');
    expect(reasonsFor('M10')).not.toContain('T01');
  });

  it('leave no reason without a place: for a picture, for the form, for a refusal, or for a missing material', () => {
    const placed = new Set([
      ...MATERIAL_CODES.flatMap(reasonsFor),
      ...MATERIAL_CODES.flatMap((material) => missingReason(material) ?? []),
      ...formReasons(),
      ...refusalReasons(),
    ]);
    // O04 is the service's: the deadline passed.
    expect(REASON_CODES.filter((code) => !placed.has(code))).toEqual(['O04']);
  });
});

describe('reasons for the rest', () => {
  it('refuse with the E group, all of it', () => {
    expect(refusalReasons()).toEqual(REASON_CODES.filter((code) => groupOf(code) === 'E'));
  });

  it('concern the form with reasons that say something of it', () => {
    for (const code of formReasons()) expect(['I', 'O']).toContain(groupOf(code));
  });
});

describe('reason that asks for a missing material', () => {
  it('is of the N group, and every N reason but the wrong slot and the second unit asks for one', () => {
    const asked = new Set(MATERIAL_CODES.flatMap((material) => missingReason(material) ?? []));
    for (const code of asked) expect(groupOf(code)).toBe('N');
    expect(REASON_CODES.filter((code) => groupOf(code) === 'N' && !asked.has(code))).toEqual(['N06', 'N16']);
  });

  it('is there for all that candidates must give, as far as the catalogue has one', () => {
    const without = MATERIAL_CODES.filter((material) => missingReason(material) === undefined);
    expect(without).toEqual(['M12', 'M14', 'M18', 'M19', 'M20', 'M21', 'M22', 'M23', 'M24', 'M25', 'M26', 'M99']);
    const required = requirements(form(), policy()).filter(({ min }) => min > 0);
    for (const { material } of required) expect(missingReason(material)).toBeDefined();
  });
});

describe('missingPoint', () => {
  it('always says something to the candidate', () => {
    for (const material of MATERIAL_CODES) {
      const point = missingPoint(material);
      expect(point.material).toBe(material);
      expect(point.reasons.length > 0 || point.comment !== '').toBe(true);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { MATERIAL_CODES } from '../../../shared/catalogue/materials.ts';
import { Form } from '../../../shared/form.ts';
import { FORM_FIELDS, isFilled, PROOF, proofOf } from '../../../shared/proof.ts';
import { form } from '../../factories/submission.ts';

describe('groups of the form', () => {
  it('hold every field of the form exactly once', () => {
    expect([...FORM_FIELDS].sort()).toEqual(Object.keys(Form.shape).sort());
  });
});

describe('proof', () => {
  it('is named for every field, without repetition', () => {
    for (const field of FORM_FIELDS) {
      expect(PROOF[field].length).toBeGreaterThan(0);
      expect(new Set(PROOF[field]).size).toBe(PROOF[field].length);
      for (const material of PROOF[field]) expect(MATERIAL_CODES).toContain(material);
    }
  });

  it('is the best of what is there', () => {
    expect(proofOf('probation', new Set(['M16', 'M22']))).toBe('M16');
    expect(proofOf('employer', new Set(['M10', 'M05']))).toBe('M05');
    expect(proofOf('idNumber', new Set())).toBe('M01');
  });
});

describe('isFilled', () => {
  it('tells empty fields from filled ones', () => {
    const own = form({ graduationDate: null, idValidTo: null });
    expect(isFilled(own, 'name')).toBe(true);
    expect(isFilled(own, 'idValidTo')).toBe(true);
    for (const field of ['graduationDate', 'practice', 'assistantCertificate'] as const) {
      expect(isFilled(own, field)).toBe(false);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { missingReason } from '../../../../shared/catalogue/applicability.ts';
import { materialChecks } from '../../../../shared/checks/materials.ts';
import { requirements } from '../../../../shared/policy.ts';
import { assistantForm, form, image, policy, requiredImages } from '../../../factories/submission.ts';

const by = policy();

describe('materials', () => {
  it('pass when everything that is required is there', () => {
    for (const of of [form(), assistantForm()]) {
      const checks = materialChecks(of, requiredImages(of, by), by);
      const asked = requirements(of, by).filter(({ min }) => min > 0);
      expect(checks.map(({ id, status, material }) => [id, status, material])).toEqual(
        asked.map(({ material }) => ['material.missing', 'passed', material]),
      );
    }
  });

  it('name each that is missing, with the reason that asks for it', () => {
    const of = assistantForm();
    const failed = materialChecks(of, [], by);
    expect(failed.map(({ material }) => material)).toEqual(
      requirements(of, by).flatMap(({ material, min }) => (min > 0 ? [material] : [])),
    );
    for (const check of failed) {
      expect(check).toMatchObject({ id: 'material.missing', status: 'failed', facts: { have: 0 } });
      expect(check.reason).toBe(check.material && missingReason(check.material));
    }
  });

  it('ask for the missing side of the ID', () => {
    const checks = materialChecks(form(), [image('M01-1')], by);
    expect(checks[0]).toMatchObject({ status: 'failed', material: 'M01', reason: 'N01', facts: { have: 1, min: 2 } });
  });

  it('ask for the certificate of another unit when the first is there', () => {
    const [period] = form().probation;
    if (!period) throw new Error('the built form has a period of probation');
    const of = form({ probation: [period, { ...period, unit: '样例市第二人民医院' }] });
    const complete = materialChecks(of, requiredImages(of, by), by).find(({ material }) => material === 'M05');
    const withOne = materialChecks(of, [image('M05-1')], by).find(({ material }) => material === 'M05');
    const without = materialChecks(of, [], by).find(({ material }) => material === 'M05');
    expect(withOne).toMatchObject({ status: 'failed', reason: 'N06', facts: { have: 1, min: 2 } });
    expect(without).toMatchObject({ status: 'failed', reason: 'N05' });
    expect(complete).toMatchObject({ status: 'passed', facts: { have: 2, min: 2 } });
  });

  it('warn of more than allowed, and of what is not asked for', () => {
    const images = [...requiredImages(form(), by), image('M01-3'), image('M11-1'), image('M20-1')];
    const extra = materialChecks(form(), images, by).filter(({ id }) => id === 'material.extra');
    expect(extra).toEqual([
      { id: 'material.extra', status: 'warning', material: 'M01', facts: { have: 3, max: 2 } },
      { id: 'material.extra', status: 'warning', material: 'M11', facts: { context: 'unasked', have: 1 } },
    ]);
  });
});

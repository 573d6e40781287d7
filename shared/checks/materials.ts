import { missingReason } from '../catalogue/applicability.ts';
import { MATERIAL_CODES } from '../catalogue/materials.ts';
import type { ReasonCode } from '../catalogue/reasons.ts';
import type { Form } from '../form.ts';
import type { MaterialCode } from '../ids.ts';
import { type Policy, requirements } from '../policy.ts';
import type { Image } from '../submission.ts';
import type { Check } from './check.ts';

/** What the reviewer asks for when images of a material lack: another unit's certificate once there is a first. */
function lackReason(material: MaterialCode, have: number): ReasonCode | undefined {
  return material === 'M05' && have > 0 ? 'N06' : missingReason(material);
}

/**
 * Counts of the materials, in catalogue order: `material.missing` for every required one, `material.extra` where there
 * are more images than allowed, or any of a material that this form doesn't ask for.
 */
export function materialChecks(form: Form, images: readonly Image[], policy: Policy): Check[] {
  const asked = new Map(requirements(form, policy).map((requirement) => [requirement.material, requirement]));
  return MATERIAL_CODES.flatMap((material) => {
    const have = images.filter((image) => image.material === material).length;
    const { min, max } = asked.get(material) ?? { min: 0, max: 0 };
    const checks: Check[] = [];
    if (min > 0) {
      const reason = lackReason(material, have);
      const lacking = { status: 'failed' as const, ...(reason ? { reason } : {}) };
      checks.push({
        id: 'material.missing',
        material,
        facts: { have, min },
        ...(have < min ? lacking : { status: 'passed' as const }),
      });
    }
    if (have > max) {
      const facts = max === 0 ? { context: 'unasked', have } : { have, max };
      checks.push({ id: 'material.extra', status: 'warning', material, facts });
    }
    return checks;
  });
}

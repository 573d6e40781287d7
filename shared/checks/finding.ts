import type { Form, FormField } from '../form.ts';
import type { Policy } from '../policy.ts';
import type { Check, CheckId } from './check.ts';

/** What the checks of the form look at. `today` is a calendar date where the review takes place. */
export type FormContext = { readonly form: Form; readonly policy: Policy; readonly today: string };

/** The checks of one subject share id and field; this makes the three outcomes from them. */
export function outcomes(id: CheckId, field: FormField) {
  const check =
    (status: Check['status']) =>
    (facts: Check['facts'] = {}, reason?: Check['reason']): Check => ({
      id,
      status,
      field,
      facts,
      ...(reason === undefined ? {} : { reason }),
    });
  return { passed: check('passed'), warning: check('warning'), failed: check('failed') };
}

import type { Moment } from '../../shared/claim.ts';
import type { AccountId } from '../../shared/ids.ts';
import { renewal } from './claims.ts';
import type { Store } from './tables.ts';

/**
 * Whether a returned submission's time is over, a claim's end is still to be shown, or a claim of `holder` is to be
 * renewed: asked before every page of the feed, so in one question.
 */
export async function isAnythingDue(db: Store, moment: Moment, holder: AccountId | null): Promise<boolean> {
  const { now } = moment;
  const { found } = await db
    .selectNoFrom((eb) => {
      const overdue = eb
        .selectFrom('submissions')
        .select('id')
        .where('status', '=', 'returned')
        .where('deadline', '<=', now);
      const shown = eb.selectFrom('claims').select('submission_id').where('shown', '=', 1);
      const renewable =
        holder === null
          ? []
          : [shown.where('holder', '=', holder).where('until', '>', now).where('until', '<', renewal(moment).before)];
      const questions = [overdue, shown.where('until', '<=', now), ...renewable];
      return eb.or(questions.map((question) => eb.exists(question))).as('found');
    })
    .executeTakeFirstOrThrow();
  return Boolean(found);
}

import { CircleCheck, Eye } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Act, concludes } from '../../shared/decision.ts';
import { problemText } from '../../shared/problem.ts';
import type { DecisionRecord } from '../../shared/wire.ts';
import { useHistory, useSession } from '../query.ts';
import { StateIcon } from '../ui/StateIcon.tsx';
import { shortTime } from '../ui/time.ts';
import { actName, materialName, reasonName, saidOf, slotName } from '../ui/words.ts';
import { placeOf } from './commands.ts';
import type { Dispute } from './dispute.ts';
import { conflictViewState, useConflictView } from './state.ts';

/** Decisions of others that are told, at most. */
const TOLD = 3;

/** The reviewer's own reasons, one a line, and their own words. */
function Words({ act, dispute }: { readonly act: Act; readonly dispute: Dispute }) {
  const { t } = useTranslation();
  const name = (slot: Parameters<typeof slotName>[1]) => slotName(t, slot, dispute.counts.get(slotMaterial(slot)));
  switch (act.kind) {
    case 'image.lock':
    case 'image.reopen':
    case 'submission.approve':
      return null;
    case 'submission.note':
      return (
        <p className="own-words own-comment" data-testid="conflict-words">
          {act.text}
        </p>
      );
    case 'image.return':
    case 'submission.refuse':
    case 'submission.send_back':
      return (
        <ul className="own-words" data-testid="conflict-words">
          {act.reasons.map((code) => (
            <li key={code}>{reasonName(t, code)}</li>
          ))}
          {act.comment && <li className="own-comment">{act.comment}</li>}
        </ul>
      );
    case 'submission.reopen':
      return (
        <ul className="own-words" data-testid="conflict-words">
          <li className="own-comment">{act.comment}</li>
        </ul>
      );
    case 'submission.return':
      return (
        <ul className="own-words" data-testid="conflict-words">
          {act.images.map((image) => (
            <li key={image.slot}>
              <b>{name(image.slot)}</b> {saidOf(t, image)}
            </li>
          ))}
          {act.materials.map((point) => (
            <li key={point.material}>
              <b>{materialName(t, point.material)}</b> {saidOf(t, point)}
            </li>
          ))}
          {act.form.reasons.length + act.form.comment.length > 0 && (
            <li>
              <b>{t('form.title')}</b> {saidOf(t, act.form)}
            </li>
          )}
        </ul>
      );
  }
}

const slotMaterial = (slot: string) => slot.slice(0, 3) as Parameters<typeof materialName>[1];

/** What happened since, as far as it is known here: own decision, decisions of others, the candidate, the answer. */
function Story({ dispute }: { readonly dispute: Dispute }) {
  const { t } = useTranslation();
  const { parked } = dispute.conflict;
  const { decision } = parked;
  const me = useSession().data?.account.id;
  const history = useHistory(decision.submissionId);
  const matters = ({ decision: { act } }: DecisionRecord) =>
    concludes(act) || ('slot' in act && 'slot' in dispute.act && act.slot === dispute.act.slot);
  const others = (history.data?.decisions ?? []).filter(matters).slice(-TOLD);
  const { submission } = dispute;
  const events = [
    { at: decision.madeAt, text: t('conflict.story.made', { what: actName(t, decision.act) }) },
    ...others.map(({ by, receipt, decision: { act } }) => ({
      at: receipt.appliedAt,
      text: t('conflict.story.other', {
        who: by.id === me ? t('conflict.story.me') : by.name,
        level: t(`reviewLevel.${by.level}`),
        what: actName(t, act),
      }),
    })),
    ...(submission && submission.round > 1
      ? [{ at: submission.submittedAt, text: t('conflict.story.submitted', { round: submission.round }) }]
      : []),
    ...(parked.answeredAt ? [{ at: parked.answeredAt, text: t('conflict.story.answered') }] : []),
  ].sort((a, b) => a.at.localeCompare(b.at));
  return (
    <section>
      <h2>{t('conflict.story.title')}</h2>
      <ol className="own-story" data-testid="conflict-story">
        {events.map(({ at, text }) => (
          <li key={`${at} ${text}`}>
            <time className="quiet">{shortTime(at)}</time>
            <span>{text}</span>
          </li>
        ))}
      </ol>
      {history.isError && <p className="quiet">{t('conflict.story.offline')}</p>}
    </section>
  );
}

/** The places that changed, to leaf through, and how many did not. */
function Places({ dispute }: { readonly dispute: Dispute }) {
  const { t } = useTranslation();
  const { changed, unchanged } = dispute.remains;
  const seen = useConflictView((view) => view.seen);
  const slot = useConflictView((view) => view.slot);
  if (!concludes(dispute.act)) return null;
  const shown = placeOf(dispute, slot)?.slot;
  return (
    <section>
      <h2>{t('conflict.changed', { count: changed.length })}</h2>
      <ul className="own-places" data-testid="conflict-places">
        {changed.map((place) => (
          <li key={place.slot}>
            <button
              type="button"
              aria-current={place.slot === shown}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => conflictViewState().go(place.slot)}
              data-testid={`changed-${place.slot}`}
              data-seen={place.current === null || seen.has(place.current)}
            >
              <StateIcon mark="conflict" size={13} />
              <span>{slotName(t, place.slot, dispute.counts.get(slotMaterial(place.slot)))}</span>
              <span className="quiet">
                {t(`conflict.change.${place.judged === null ? 'added' : place.current === null ? 'gone' : 'replaced'}`)}
              </span>
              {place.current !== null &&
                (seen.has(place.current) ? (
                  <CircleCheck size={13} className="state-locked" aria-label={t('conflict.seen')} />
                ) : (
                  <Eye size={13} aria-label={t('conflict.unseen')} />
                ))}
            </button>
          </li>
        ))}
      </ul>
      <p className="quiet" data-testid="conflict-unchanged">
        {t('conflict.unchanged', { count: unchanged.length })}
      </p>
    </section>
  );
}

/** What was decided, in the words of the trade; why it was not taken; what happened since. */
export function Own({ dispute }: { readonly dispute: Dispute }) {
  const { t, i18n } = useTranslation();
  const { problem } = dispute.conflict.parked;
  const text = problem && problemText(problem.code, i18n.language === 'en' ? 'en' : 'zh-CN');
  return (
    <aside className="own" aria-label={t('conflict.mine')}>
      <section>
        <h2>{t('conflict.mine')}</h2>
        <strong className="own-act" data-testid="conflict-act" data-kind={dispute.act.kind}>
          {actName(t, dispute.act)}
        </strong>
        <Words act={dispute.act} dispute={dispute} />
      </section>
      {text && (
        <section className="own-why" data-testid="conflict-why" data-code={problem?.code}>
          <h2>{t('conflict.why')}</h2>
          <strong>{text.title}</strong>
          <p>{text.next}</p>
        </section>
      )}
      <Places dispute={dispute} />
      <Story dispute={dispute} />
    </aside>
  );
}

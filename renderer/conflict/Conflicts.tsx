import { CircleCheck } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { DecisionId, SubmissionId } from '../../shared/ids.ts';
import { type Deeds, useOffer } from '../actions/offer.ts';
import { problemOf } from '../api.ts';
import { deskState } from '../desk.ts';
import { useParked } from '../query.ts';
import { ProblemPanel } from '../ui/ProblemPanel.tsx';
import { useDispute } from './dispute.ts';
import { conflictViewState, useConflictView } from './state.ts';
import { Task } from './Task.tsx';
import { BackButton } from './TopLine.tsx';
import '../review/review.css';
import '../viewer/viewer.css';
import './conflict.css';

const DONE: Deeds = { queue: { run: () => deskState().closeConflicts() } };

/** Nothing is left to deal with. */
function Done() {
  const { t } = useTranslation();
  useOffer(DONE);
  return (
    <div className="conflict conflict-done" data-testid="conflicts-done">
      <header className="top-bar">
        <BackButton />
      </header>
      <div className="conflict-none">
        <CircleCheck size={32} strokeWidth={1.5} aria-hidden />
        <h1>{t('conflict.none')}</h1>
        <p>{t('conflict.noneNote')}</p>
      </div>
    </div>
  );
}

function Current({ id, ids }: { readonly id: DecisionId; readonly ids: readonly DecisionId[] }) {
  const { t } = useTranslation();
  const { dispute, error } = useDispute(id);
  const index = ids.indexOf(id);
  const started = useConflictView((view) => view.id === id);
  useEffect(() => conflictViewState().start(id, index), [id, index]);
  if (error) {
    return (
      <div className="review-wait">
        <ProblemPanel problem={problemOf(error)} />
      </div>
    );
  }
  if (!dispute || !started)
    return <div className="review-wait" aria-busy role="status" aria-label={t('review.loading')} />;
  return <Task key={id} dispute={dispute} ids={ids} />;
}

/** Decisions that were not taken, one after the other, the oldest first. */
export function Conflicts({ at }: { readonly at: DecisionId | SubmissionId | null }) {
  const parked = useParked();
  if (!parked.data) return null;
  const ids = parked.data.map(({ id }) => id);
  const asked = parked.data.find(({ id, submissionId }) => id === at || submissionId === at);
  // What was on screen is dealt with: the one that stood after it has its place now.
  const after = at === null ? 0 : Math.min(conflictViewState().index, ids.length - 1);
  const id = asked?.id ?? ids[after];
  return id ? <Current key={id} id={id} ids={ids} /> : <Done />;
}

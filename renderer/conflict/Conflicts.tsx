import { CircleCheck } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { DecisionId, SubmissionId } from '../../shared/ids.ts';
import { chordOf, commandFor } from '../actions/command.ts';
import { problemOf } from '../api.ts';
import { useDesk } from '../desk.ts';
import { useParked } from '../query.ts';
import { undoLast } from '../review/undo.ts';
import { ProblemPanel } from '../ui/ProblemPanel.tsx';
import { useDispute } from './dispute.ts';
import { useConflictView } from './state.ts';
import { Task } from './Task.tsx';
import { BackButton } from './TopLine.tsx';
import '../review/review.css';
import '../viewer/viewer.css';
import './conflict.css';

/** Nothing is left to deal with. */
function Done() {
  const { t } = useTranslation();
  const sheet = useDesk((desk) => desk.sheet);
  useEffect(() => {
    if (sheet !== 'none') return;
    const press = (event: KeyboardEvent) => {
      const id = commandFor(chordOf(event));
      if (id === 'queue') useDesk.getState().closeConflicts();
      else if (id === 'undo') void undoLast(t, null);
      else if (id === 'shortcuts') useDesk.getState().show('shortcuts');
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [t, sheet]);
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
  useEffect(() => useConflictView.getState().start(id, index), [id, index]);
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
  const after = at === null ? 0 : Math.min(useConflictView.getState().index, ids.length - 1);
  const id = asked?.id ?? ids[after];
  return id ? <Current key={id} id={id} ids={ids} /> : <Done />;
}

import { Button } from 'antd';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubmissionHistory } from '../../shared/audit/wire.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import { type Deeds, useOffer } from '../actions/offer.ts';
import { deskState } from '../desk.ts';
import { useStatus } from '../query.ts';
import { applicationName, statusName } from '../ui/words.ts';
import { paneHandles } from '../viewer/pane-handles.ts';
import { BackButton, NotYet } from './Audit.tsx';
import { EventDetail } from './EventDetail.tsx';
import { firstPlace, itemsOf, placesThen } from './items.ts';
import { OTHER, Pictures, THEN } from './Pictures.tsx';
import { useSubmissionHistory } from './read.ts';
import { useAudit } from './state.ts';
import { Timeline } from './Timeline.tsx';
import '../review/review.css';
import '../viewer/viewer.css';

const ZOOM = 1.25;

const leave = () => useAudit.getState().closeHistory();
const LEAVE: Deeds = { queue: { run: leave } };

function Told({ history }: { readonly history: SubmissionHistory }) {
  const { submission } = history;
  const items = useMemo(() => itemsOf(history), [history]);
  const name = useAudit((audit) => audit.item);
  const slot = useAudit((audit) => audit.slot);
  const index = Math.max(
    0,
    items.findIndex((item) => item.name === name),
  );
  const item = items[index] ?? null;
  const places = useMemo(() => (item ? placesThen(submission.images, item.event) : []), [submission, item]);
  const place = places.find((one) => one.slot === slot) ?? (item && firstPlace(places, item.event));

  const deeds = useMemo<Deeds>(() => {
    const step = (by: 1 | -1) => () => {
      const to = items[index + by];
      if (to) useAudit.getState().at(to.name);
    };
    const turn = (by: 1 | -1) => () => {
      const to = places[places.findIndex((one) => one.slot === place?.slot) + by];
      if (to) useAudit.getState().look(to.slot);
    };
    const pane = () => paneHandles.get(THEN) ?? paneHandles.get(OTHER);
    return {
      ...LEAVE,
      nextSubmission: { run: step(1), why: () => (items[index + 1] ? null : 'last') },
      previousSubmission: { run: step(-1), why: () => (items[index - 1] ? null : 'first') },
      nextImage: { run: turn(1) },
      previousImage: { run: turn(-1) },
      zoomIn: { run: () => pane()?.zoomBy(ZOOM) },
      zoomOut: { run: () => pane()?.zoomBy(1 / ZOOM) },
      fit: { run: () => pane()?.fit() },
      actual: { run: () => pane()?.toggleActual() },
    };
  }, [items, index, places, place]);
  useOffer(deeds);

  return (
    <div className="history-body">
      <Timeline items={items} index={index} />
      {item && <EventDetail item={item} submission={submission} />}
      {item && <Pictures submission={submission} places={places} place={place} event={item.event} />}
    </div>
  );
}

/** A candidate's whole history: what happened in order, and the pictures as they were. */
export function History({ id }: { readonly id: SubmissionId }) {
  const { t } = useTranslation();
  const online = useStatus().data?.online ?? false;
  const history = useSubmissionHistory(id, online);
  useOffer(LEAVE);
  const submission = history.data?.submission;
  // Keys go to the page, not to the row that was left.
  useEffect(() => (document.activeElement as HTMLElement | null)?.blur(), []);
  return (
    <div className="audit history" data-testid="history" data-registration={submission?.registrationNumber}>
      <header className="queue-head">
        <BackButton name={t('audit.title')} onClick={leave} />
        <h1>{submission?.form.name ?? ''}</h1>
        {submission && (
          <span className="quiet nowrap">
            {submission.registrationNumber} · {applicationName(t, submission.form)} · {statusName(t, submission.status)}
          </span>
        )}
        <span className="bar-space" />
        <span className="quiet queue-hint">{t('audit.historyHint')}</span>
        <Button size="small" onClick={() => deskState().seeRecord(id)} data-testid="history-record">
          {t('record.title')}
        </Button>
        <Button size="small" onClick={() => deskState().open(id)} data-testid="history-open">
          {t('audit.openSubmission')}
        </Button>
      </header>
      {history.data ? (
        <Told history={history.data} />
      ) : (
        <NotYet online={online} error={history.error} onRetry={() => void history.refetch()} />
      )}
    </div>
  );
}

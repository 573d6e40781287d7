import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageFacts } from '../../shared/checks/check.ts';
import type { Sha256 } from '../../shared/ids.ts';
import { imageUrl } from '../../shared/ipc.ts';
import type { Submission } from '../../shared/submission.ts';
import { useSubject } from '../query.ts';
import { shortTime } from '../ui/time.ts';
import { slotName } from '../ui/words.ts';
import { Picture } from '../viewer/Picture.tsx';
import { UPRIGHT } from '../viewer/viewport.ts';
import { type Item, type PlaceThen, versionsOf } from './items.ts';
import { useAudit } from './state.ts';

/** Pane numbers of the two sides, apart from those of other screens. */
export const THEN = 300;
export const OTHER = 301;

const MISSING = { none: 'audit.nothingYet', absent: 'picture.absent', unknown: 'audit.unknownPicture' } as const;

type PaneProps = {
  readonly pane: number;
  readonly title: string;
  readonly when: string;
  readonly sha256: Sha256 | null;
  readonly facts: ImageFacts | undefined;
  /** Why it can't be shown. */
  readonly missing: 'none' | 'absent' | 'unknown' | null;
};

function Pane({ pane, title, when, sha256, facts, missing }: PaneProps) {
  const { t } = useTranslation();
  const [zoom, setZoom] = useState(100);
  const onZoom = useCallback((percent: number) => setZoom(percent), []);
  const here = sha256 !== null && missing === null;
  return (
    <section className="pane" aria-label={title} data-testid={`history-pane-${pane}`} data-sha256={sha256}>
      <header className="pane-bar">
        <strong className="nowrap">{title}</strong>
        <span className="nowrap">{when}</span>
        <span className="bar-space" />
        {sha256 && (
          <code className="nowrap" title={sha256}>
            {sha256.slice(0, 12)}
          </code>
        )}
        {here && <span className="pane-zoom">{zoom}%</span>}
      </header>
      {here ? (
        <Picture pane={pane} sha256={sha256} facts={facts} hold={UPRIGHT} name={title} linked onZoom={onZoom} />
      ) : (
        <div className="picture-broken">
          <strong>{t(MISSING[missing ?? 'absent'])}</strong>
          {missing === 'absent' && <span>{t('picture.absentNote')}</span>}
        </div>
      )}
    </section>
  );
}

type Props = {
  readonly submission: Submission;
  readonly places: readonly PlaceThen[];
  readonly place: PlaceThen | null;
  readonly event: Item['event'];
};

/** The pictures as they were at an event; one large, beside what came before or after it. */
export function Pictures({ submission, places, place, event }: Props) {
  const { t } = useTranslation();
  // Being looked at, what isn't here is fetched.
  const subject = useSubject(submission.id).data;
  const known = new Set(submission.images.flatMap((one) => versionsOf(one).map(({ sha256 }) => sha256)));
  const counts = (slot: string) => submission.images.filter(({ material }) => slot.startsWith(material)).length;
  const image = submission.images.find(({ slot }) => slot === place?.slot);
  const versions = image ? versionsOf(image) : [];
  const since = (sha256: Sha256 | null) => {
    const version = versions.find((one) => one.sha256 === sha256);
    return version ? t('conflict.uploaded', { at: shortTime(version.uploadedAt) }) : '';
  };
  // What a decision names need not be a picture that the service has.
  const here = (sha256: Sha256 | null): sha256 is Sha256 =>
    sha256 !== null && known.has(sha256) && subject !== undefined && !subject.absent.includes(sha256);
  const why = (sha256: Sha256 | null) => (sha256 === null ? 'none' : known.has(sha256) ? 'absent' : 'unknown');
  const title = t(event.what === 'replaced' ? 'audit.pane.now' : 'audit.pane.then');
  const then = place && (
    <Pane
      key={`then ${place.slot} ${place.stood}`}
      pane={THEN}
      title={title}
      when={since(place.stood)}
      sha256={place.stood}
      facts={subject?.facts.find((one) => one.sha256 === place.stood)}
      missing={here(place.stood) ? null : why(place.stood)}
    />
  );
  const other = place?.other && (
    <Pane
      key={`other ${place.slot} ${place.other.sha256}`}
      pane={OTHER}
      title={t(`audit.pane.${place.other.side}`)}
      when={since(place.other.sha256)}
      sha256={place.other.sha256}
      facts={subject?.facts.find((one) => one.sha256 === place.other?.sha256)}
      missing={here(place.other.sha256) ? null : why(place.other.sha256)}
    />
  );
  return (
    <div className="history-pictures">
      <div className="history-sides" data-two={other ? true : undefined}>
        {place?.other?.side === 'before' ? (
          <>
            {other}
            {then}
          </>
        ) : (
          <>
            {then}
            {other}
          </>
        )}
      </div>
      <div className="history-strip" role="group" aria-label={t('audit.pictures')}>
        {places.map((one) => (
          <button
            key={one.slot}
            type="button"
            className={one.named ? 'history-thumb named' : 'history-thumb'}
            aria-pressed={one.slot === place?.slot}
            onClick={() => useAudit.getState().look(one.slot)}
            data-testid="history-thumb"
            data-slot={one.slot}
          >
            {here(one.stood) ? (
              <img src={imageUrl(one.stood, 'small')} alt="" loading="lazy" draggable={false} />
            ) : (
              <span className="history-missing" />
            )}
            <span className="nowrap">{slotName(t, one.slot, counts(one.slot))}</span>
            {one.other && <small>{t(`audit.changed.${one.other.side}`)}</small>}
          </button>
        ))}
      </div>
    </div>
  );
}

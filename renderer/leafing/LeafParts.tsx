import {
  ArrowLeftRight,
  ChevronDown,
  ChevronLeft,
  ChevronUp,
  CirclePause,
  CornerLeftDown,
  PanelLeft,
  UserRoundPen,
} from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { FORM_GROUPS, isFilled } from '../../shared/proof.ts';
import { AsideStrip } from '../aside/AsideStrip.tsx';
import { useNeighbours } from '../query.ts';
import { type Bench, markOf } from '../review/bench.ts';
import { hasBanner } from '../review/ClaimBanner.tsx';
import { fieldLines } from '../review/field-value.ts';
import { gridOf, type Panes } from '../review/panes.ts';
import { PersonName } from '../ui/PersonName.tsx';
import { StateIcon, toneOf } from '../ui/StateIcon.tsx';
import { applicationName, materialShort, slotName, statusName } from '../ui/words.ts';
import { EmptyPane, PaneNotes } from '../viewer/ImagePane.tsx';

/** The bars over the pictures: who it is, and what lies between them and the pictures. */
export const LeafHead = memo(function LeafHead({ bench }: { readonly bench: Bench }) {
  const { t } = useTranslation();
  const { submission, decisions } = bench.subject;
  const around = useNeighbours(submission.id);
  const mark = markOf(submission.status);
  const parked = decisions.some(({ state }) => state === 'conflict' || state === 'refused');
  return (
    <>
      <div className="top-bar">
        <span className="back">
          <ChevronLeft size={16} />
          {t('review.queue')}
        </span>
        <span className="icon-button">
          <ChevronUp size={16} strokeWidth={1.75} />
        </span>
        <span className="place">
          {around?.position ? `${around.position}/${around.total}${around.atLeast ? '+' : ''}` : ''}
        </span>
        <span className="icon-button">
          <ChevronDown size={16} strokeWidth={1.75} />
        </span>
        {bench.decidable && (
          <span className="icon-button">
            <CirclePause size={16} strokeWidth={1.75} />
          </span>
        )}
        <span className="icon-button">
          <PanelLeft size={16} strokeWidth={1.75} />
        </span>
        <div className="who">
          <h1>
            <PersonName name={submission.form.name} />
          </h1>
          <span className="nowrap">{applicationName(t, submission.form)}</span>
          <span className={`state state-${toneOf(mark)}`}>
            <StateIcon mark={mark} />
            {statusName(t, submission.status)}
          </span>
          {submission.round > 1 && <span className="quiet">{t('review.round', { round: submission.round })}</span>}
        </div>
      </div>
      <div className="review-banners">
        {hasBanner(bench) && (
          <div className="claim-banner">
            <UserRoundPen size={15} strokeWidth={1.75} />
            {bench.heldBy && <strong>{t('claim.held', { name: bench.heldBy.holder.name })}</strong>}
          </div>
        )}
        {submission.sentBack && (
          <div className="claim-banner">
            <CornerLeftDown size={15} strokeWidth={1.75} />
            <strong>{t('sendBack.by', { level: t(`reviewLevel.${submission.sentBack.from}`) })}</strong>
          </div>
        )}
        <AsideStrip bench={bench} />
        {parked && (
          <div className="conflict-strip">
            <ArrowLeftRight size={14} strokeWidth={1.75} />
          </div>
        )}
      </div>
    </>
  );
});

/** What the form says, as text alone. */
export const LeafForm = memo(function LeafForm({ bench }: { readonly bench: Bench }) {
  const { t } = useTranslation();
  const { form } = bench.subject.submission;
  return (
    <div className="form-column">
      {FORM_GROUPS.map(({ id, fields }) => {
        const filled = fields.filter((field) => isFilled(form, field));
        if (filled.length === 0) return null;
        return (
          <section key={id}>
            <h2>{t(`form.group.${id}`)}</h2>
            {filled.map((field) => (
              <div key={field} className="field">
                <span className="field-name">{t(`field.${field}`)}</span>
                <span className="field-value">{fieldLines(t, form, field, false).join(' ')}</span>
              </div>
            ))}
          </section>
        );
      })}
    </div>
  );
});

/** The panes as they will stand, with nothing to press. */
export function LeafPanes({ bench, panes }: { readonly bench: Bench; readonly panes: Panes }) {
  const { t } = useTranslation();
  const small = panes.slots.length > 4;
  return (
    <div className="panes" style={gridOf(panes.slots.length)}>
      {panes.slots.map((slot, pane) => {
        const image = slot ? bench.images.get(slot) : undefined;
        const key = `pane ${pane + 1}`;
        if (!image) return <EmptyPane key={key} />;
        return (
          <section key={key} className="pane" data-target={pane === panes.active}>
            <header className="pane-bar">
              <strong className="nowrap">{slotName(t, image.slot, bench.counts.get(image.material) ?? 1)}</strong>
              <span className={small ? 'pane-mark' : `pane-state state-${toneOf(image.state)}`}>
                <StateIcon mark={image.state} size={13} />
                {!small && t(`imageState.${image.state}`)}
              </span>
            </header>
            <div className="leaf-picture" data-sha256={image.sha256}>
              <div className="picture-tile">
                <canvas className="picture-image" />
              </div>
            </div>
            <PaneNotes
              image={image}
              checks={bench.checks.filter((check) => check.slot === slot && check.status !== 'passed')}
              small={small}
            />
          </section>
        );
      })}
    </div>
  );
}

/** The materials with the states of their pictures. */
export const LeafStrip = memo(function LeafStrip({ bench }: { readonly bench: Bench }) {
  const { t } = useTranslation();
  const { images } = bench.subject.submission;
  return (
    <div className="strip">
      <ul className="materials">
        {bench.needs.map(({ material, min }) => {
          const own = images.filter((image) => image.material === material);
          if (own.length === 0 && min === 0) return null;
          return (
            <li key={material} className="material">
              <span className="material-name">{materialShort(t, material)}</span>
              <span className="thumbs">
                {own.map(({ slot, state }) => (
                  <span key={slot} className="thumb">
                    {state !== 'open' && (
                      <span className="thumb-state">
                        <StateIcon mark={state} size={12} />
                      </span>
                    )}
                  </span>
                ))}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
});

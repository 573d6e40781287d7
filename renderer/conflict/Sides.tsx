import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../../shared/resolve.ts';
import { MarkLayer } from '../marks/MarkLayer.tsx';
import { sizeText } from '../ui/bytes.ts';
import { StateIcon, toneOf } from '../ui/StateIcon.tsx';
import { shortTime } from '../ui/time.ts';
import { saidOf } from '../ui/words.ts';
import { Picture } from '../viewer/Picture.tsx';
import { AFTER, BEFORE } from './commands.ts';
import { type Dispute, type Side, sideOf } from './dispute.ts';
import { useConflictView } from './state.ts';

/** Width × height, size and time of a picture, as far as they are known. */
function Facts({ side }: { readonly side: Side }) {
  const { t } = useTranslation();
  const { facts, bytes, uploadedAt } = side;
  const known = [
    uploadedAt ? t('conflict.uploaded', { at: shortTime(uploadedAt) }) : null,
    facts && facts.width > 0 ? `${facts.width} × ${facts.height}` : null,
    bytes === null ? null : sizeText(bytes),
  ];
  return <span className="nowrap">{known.filter((one) => one !== null).join(' · ')}</span>;
}

function Pane(props: {
  readonly pane: number;
  readonly title: string;
  /** Nothing stands there. */
  readonly none: string;
  readonly side: Side | null;
  readonly shown: boolean;
  onSeen?(): void;
}) {
  const { pane, title, none, side, shown, onSeen } = props;
  const { t } = useTranslation();
  const hold = useConflictView((view) => view.hold);
  const [zoom, setZoom] = useState(100);
  const [settled, setSettled] = useState(false);
  const onShown = useCallback(() => setSettled(true), []);
  useEffect(() => {
    if (settled && shown) onSeen?.();
  }, [settled, shown, onSeen]);
  const image = side?.image ?? null;
  return (
    <section
      className="pane"
      aria-label={title}
      data-shown={shown}
      data-testid={pane === BEFORE ? 'conflict-before' : 'conflict-after'}
      data-sha256={side?.sha256}
    >
      <header className="pane-bar">
        <strong className="nowrap">{title}</strong>
        {side && <Facts side={side} />}
        <span className="bar-space" />
        {image && pane === AFTER && (
          <span className={`pane-state state-${toneOf(image.state)}`}>
            <StateIcon mark={image.state} size={13} />
            {t(`imageState.${image.state}`)}
          </span>
        )}
        {side && <span className="pane-zoom">{zoom}%</span>}
      </header>
      {!side || side.absent ? (
        <div className="picture-broken">
          <strong>{side ? t('picture.absent') : none}</strong>
          {side && <span>{t('picture.absentNote')}</span>}
        </div>
      ) : (
        <Picture
          pane={pane}
          sha256={side.sha256}
          facts={side.facts}
          hold={hold}
          name={title}
          linked
          onZoom={setZoom}
          onShown={onShown}
        >
          {image?.marks && <MarkLayer pane={pane} marks={image.marks} said={image} />}
        </Picture>
      )}
      {image && image.state === 'returned' && (
        <footer className="pane-notes">
          <span className="pane-note">
            <StateIcon mark="returned" size={13} />
            {t(pane === BEFORE ? 'conflict.saidThen' : 'conflict.saidNow', { said: saidOf(t, image) })}
          </span>
        </footer>
      )}
    </section>
  );
}

type Props = { readonly dispute: Dispute; readonly place: Place };

/** The picture that was judged and the one that is there now; zoomed, moved and turned together. */
export function Sides({ dispute, place }: Props) {
  const { t } = useTranslation();
  const look = useConflictView((view) => view.look);
  const { slot, judged, current } = place;
  const same = judged === current;
  const before = judged && !same ? sideOf(dispute, slot, judged) : null;
  const after = current ? sideOf(dispute, slot, current) : null;
  const see = useConflictView((view) => view.see);
  const onSeen = useCallback(() => {
    if (current) see(current);
  }, [see, current]);
  const stacked = look !== 'sides' && before !== null && after !== null;
  return (
    <div className="conflict-sides" data-look={stacked ? look : 'sides'} data-same={same} data-testid="conflict-sides">
      {!same && (
        <Pane
          key={`before ${judged}`}
          pane={BEFORE}
          title={t('conflict.before')}
          none={t('conflict.noneBefore')}
          side={before}
          shown={!stacked || look === 'before'}
        />
      )}
      <Pane
        key={`after ${current}`}
        pane={AFTER}
        title={same ? t('conflict.same') : t('conflict.after')}
        none={t('conflict.noneAfter')}
        side={after}
        shown={!stacked || look === 'after'}
        onSeen={onSeen}
      />
    </div>
  );
}

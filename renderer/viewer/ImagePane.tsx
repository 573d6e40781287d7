import {
  Archive,
  BookOpenCheck,
  CloudDownload,
  Contrast,
  FlipHorizontal2,
  Fullscreen,
  GitCompareArrows,
  type LucideIcon,
  MoveHorizontal,
  Pin,
  PinOff,
  RotateCcw,
  RotateCw,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Check, ImageFacts } from '../../shared/checks/check.ts';
import type { Slot } from '../../shared/ids.ts';
import type { Image } from '../../shared/submission.ts';
import { type CommandId, keyOf } from '../actions/command.ts';
import { PictureMarks } from '../marks/PictureMarks.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { StateIcon, toneOf } from '../ui/StateIcon.tsx';
import { checkText, saidOf, slotName } from '../ui/words.ts';
import { HoldMark } from './HoldMark.tsx';
import { Picture } from './Picture.tsx';
import { type Hold, UPRIGHT } from './viewport.ts';

type Props = {
  readonly pane: number;
  readonly image: Image;
  readonly facts: ImageFacts | undefined;
  /** Checks about this picture that did not pass. */
  readonly checks: readonly Check[];
  /** Pictures of the same material. */
  readonly count: number;
  readonly active: boolean;
  readonly pinned: boolean;
  readonly absent: boolean;
  /** It was removed from this computer, as its submission is finished. */
  readonly purged: boolean;
  readonly hold: Hold;
  readonly linked: boolean;
  /** Many small panes: tools only on the target. */
  readonly small: boolean;
  onActivate(pane: number): void;
  onCommand(id: CommandId, slot: Slot): void;
  onDropSlot(slot: Slot, pane: number): void;
};

/** The tools of a pane, those that are wanted most first; `wide` ones have no room in a small one. */
const TOOLS: readonly { readonly id: CommandId; readonly icon: LucideIcon | string; readonly wide: boolean }[] = [
  { id: 'compare', icon: GitCompareArrows, wide: false },
  { id: 'turnLeft', icon: RotateCcw, wide: false },
  { id: 'turnRight', icon: RotateCw, wide: false },
  { id: 'mirror', icon: FlipHorizontal2, wide: false },
  { id: 'adjust', icon: Contrast, wide: false },
  { id: 'zoomOut', icon: ZoomOut, wide: true },
  { id: 'zoomIn', icon: ZoomIn, wide: true },
  { id: 'actual', icon: '1:1', wide: true },
  { id: 'fit', icon: Fullscreen, wide: true },
  { id: 'fitWidth', icon: MoveHorizontal, wide: true },
  { id: 'pin', icon: Pin, wide: true },
  { id: 'reference', icon: BookOpenCheck, wide: true },
];

/** A picture in its pane, with its name, state, and tools. */
export const ImagePane = memo(function ImagePane(props: Props) {
  const { pane, image, facts, checks, count, active, pinned, absent, purged, hold, linked, small } = props;
  const { onActivate, onCommand, onDropSlot } = props;
  const { t } = useTranslation();
  const [zoom, setZoom] = useState(100);
  const name = slotName(t, image.slot, count);
  const earlier = image.earlier[0];
  const tools = !small || active;
  return (
    <section
      className="pane"
      aria-label={name}
      aria-current={active}
      data-testid={`pane-${pane}`}
      data-slot={image.slot}
      data-state={image.state}
      onMouseDown={() => onActivate(pane)}
      onClick={() => onActivate(pane)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        const slot = event.dataTransfer.getData('text/slot');
        if (slot) onDropSlot(slot as Slot, pane);
      }}
    >
      <header className="pane-bar">
        {pinned && <Pin size={13} aria-label={t('picture.pinned')} />}
        <strong className="nowrap">{name}</strong>
        <span
          className={small ? 'pane-mark' : `pane-state state-${toneOf(image.state)}`}
          title={t(`imageState.${image.state}`)}
          data-testid="pane-state"
        >
          <StateIcon mark={image.state} size={13} />
          {!small && t(`imageState.${image.state}`)}
        </span>
        <span className="bar-space" />
        {tools && (
          <span className="pane-tools">
            {TOOLS.filter(({ id, wide }) => (small ? !wide : true) && (id !== 'compare' || earlier)).map(
              ({ id, icon }) => (
                <IconButton
                  key={id}
                  icon={id === 'pin' && pinned ? PinOff : icon}
                  label={t(id === 'pin' && pinned ? 'command.unpin' : `command.${id}`)}
                  hint={keyOf(id)}
                  size={15}
                  testId={id}
                  {...(id === 'pin' ? { pressed: pinned } : id === 'mirror' ? { pressed: hold.mirrored } : {})}
                  onClick={() => onCommand(id, image.slot)}
                />
              ),
            )}
          </span>
        )}
        {hold !== UPRIGHT && <HoldMark hold={hold} />}
        {!small && (
          <span className="pane-zoom" data-testid="zoom">
            {zoom}%
          </span>
        )}
      </header>
      {absent ? (
        <div className="picture-broken" data-testid={purged ? 'picture-purged' : 'picture-absent'}>
          {purged ? (
            <Archive size={32} strokeWidth={1.5} aria-hidden />
          ) : (
            <CloudDownload size={32} strokeWidth={1.5} aria-hidden />
          )}
          <strong>{t(purged ? 'picture.purged' : 'picture.absent')}</strong>
          <span>{t(purged ? 'picture.purgedNote' : 'picture.absentNote')}</span>
        </div>
      ) : (
        <Picture
          key={image.sha256}
          pane={pane}
          sha256={image.sha256}
          facts={facts}
          hold={hold}
          name={name}
          linked={linked}
          likely={active}
          // Small panes have no figure for it.
          onZoom={small ? undefined : setZoom}
        >
          <PictureMarks pane={pane} image={image} />
        </Picture>
      )}
      <PaneNotes image={image} checks={checks} small={small} saidId="pane-said" />
    </section>
  );
});

/** A pane that has no picture: fewer pictures than panes. */
export function EmptyPane() {
  const { t } = useTranslation();
  return <section className="pane pane-empty" aria-label={t('picture.none')} />;
}

type NotesProps = Pick<Props, 'image' | 'checks' | 'small'> & { readonly saidId?: string };

/** What is to be noted of a picture: what checks found, and what the candidate was told. */
export function PaneNotes({ image, checks, small, saidId }: NotesProps) {
  const { t } = useTranslation();
  const earlier = image.earlier[0];
  const said = image.state === 'returned' ? image : image.state === 'open' && earlier ? earlier : null;
  if (!said && (checks.length === 0 || small)) return null;
  return (
    <footer className="pane-notes">
      {checks.map((check) => (
        <span key={check.id} className={`pane-note check-${check.status}`} data-check={check.id}>
          <StateIcon mark={check.status === 'failed' ? 'failed' : 'warning'} size={13} />
          {checkText(t, check)}
        </span>
      ))}
      {said && !small && (
        <span className="pane-note" data-testid={saidId}>
          <StateIcon mark="returned" size={13} />
          {image.state === 'returned' ? '' : t('picture.before')}
          {saidOf(t, said)}
        </span>
      )}
    </footer>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { Lock, Pause, Play, Undo2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageFacts } from '../../shared/checks/check.ts';
import type { Sha256 } from '../../shared/ids.ts';
import type { EarlierImage, Image } from '../../shared/submission.ts';
import { keyOf } from '../actions/command.ts';
import { call } from '../api.ts';
import { MarkLayer } from '../marks/MarkLayer.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { StateIcon } from '../ui/StateIcon.tsx';
import { shortTime } from '../ui/time.ts';
import { saidOf, slotName } from '../ui/words.ts';
import { Picture } from '../viewer/Picture.tsx';
import { type Hold, UPRIGHT } from '../viewer/viewport.ts';
import type { Bench } from './bench.ts';
import type { Commands } from './commands.ts';
import { LOOKS, useLooks } from './looks.ts';
import { Overlaid } from './Overlaid.tsx';
import { reviewState, useReview } from './state.ts';

/** Pane numbers of the comparison, apart from those of the grid. */
const BEFORE = 100;
const AFTER = 101;

function Side(props: {
  readonly pane: number;
  readonly title: string;
  readonly at: string;
  readonly sha256: Sha256;
  readonly facts: ImageFacts | undefined;
  readonly hold: Hold;
  /** What was said of it, with the places that it was said of. */
  readonly said?: EarlierImage;
}) {
  const [zoom, setZoom] = useState(100);
  return (
    <section
      className="pane"
      data-testid={props.pane === BEFORE ? 'compare-before' : 'compare-after'}
      data-sha256={props.sha256}
    >
      <header className="pane-bar">
        <strong>{props.title}</strong>
        <span>{shortTime(props.at)}</span>
        <span className="bar-space" />
        <span className="pane-zoom">{zoom}%</span>
      </header>
      <Picture
        key={props.sha256}
        pane={props.pane}
        sha256={props.sha256}
        facts={props.facts}
        hold={props.hold}
        name={props.title}
        linked
        onZoom={setZoom}
      >
        {props.said?.marks && <MarkLayer pane={props.pane} marks={props.said.marks} said={props.said} />}
      </Picture>
    </section>
  );
}

/** How the earlier picture lies on the new one; undefined while that is found out. */
const useAlignment = (before: Sha256, now: Sha256) =>
  useQuery({ queryKey: ['align', before, now], queryFn: () => call('align', { before, now }) });

/** The one question: is it put right? Both answers by the keys that they have everywhere. */
function Question({ commands }: { readonly commands: Commands }) {
  const { t } = useTranslation();
  return (
    <span className="compare-question">
      <strong>{t('compare.question')}</strong>
      <Button
        className="lock-button"
        icon={<Lock size={14} aria-hidden />}
        onClick={() => commands.run('lock')}
        data-testid="compare-fixed"
      >
        {t('compare.fixed')} <Kbd>{keyOf('lock')}</Kbd>
      </Button>
      <Button
        icon={<Undo2 size={14} aria-hidden />}
        onClick={() => commands.run('returnImage')}
        data-testid="compare-again"
      >
        {t('compare.notFixed')} <Kbd>{keyOf('returnImage')}</Kbd>
      </Button>
    </span>
  );
}

/** A re-upload beside the picture that it replaces, or laid on it, with what was said of that one. */
export function Compare({
  bench,
  image,
  earlier,
  commands,
}: {
  readonly bench: Bench;
  readonly image: Image;
  readonly earlier: EarlierImage;
  readonly commands: Commands;
}) {
  const { t } = useTranslation();
  const hold = useReview((review) => review.holds[image.slot] ?? UPRIGHT);
  const chosen = useLooks((looks) => looks.look);
  const auto = useLooks((looks) => looks.auto);
  const alignment = useAlignment(earlier.sha256, image.sha256);
  const similarity = alignment.data?.similarity ?? null;
  const look = similarity ? chosen : 'sides';
  const said = saidOf(t, earlier);
  const unaligned = alignment.data ? 'compare.otherPaper' : 'compare.notAligned';
  return (
    <div className="compare" role="dialog" aria-label={t('compare.title')} data-testid="compare-view">
      <header>
        <strong className="nowrap">
          {t('compare.title')}: {slotName(t, image.slot, bench.counts.get(image.material) ?? 1)}
        </strong>
        {said && (
          <span className="state state-returned compare-said" title={said} data-testid="compare-said">
            <StateIcon mark="returned" />
            <span className="nowrap">{t('compare.said', { said })}</span>
          </span>
        )}
        <span className="bar-space" />
        {bench.decidable && image.state === 'open' && <Question commands={commands} />}
        <IconButton
          icon={X}
          label={t('compare.close')}
          hint={keyOf('compare')}
          onClick={() => reviewState().clear()}
          testId="compare-close"
        />
      </header>
      <div className="compare-looks">
        <Segmented
          size="small"
          aria-label={t('compare.looks')}
          value={look}
          options={LOOKS.map((value) => ({
            value,
            label: t(`compare.look.${value}`),
            disabled: value !== 'sides' && !similarity,
          }))}
          onChange={(value) => useLooks.getState().choose(value)}
        />
        <Kbd>{keyOf('compareLook')}</Kbd>
        {look === 'blink' && (
          <IconButton
            icon={auto ? Pause : Play}
            label={t(auto ? 'compare.pause' : 'compare.play')}
            hint={keyOf('compareFlip')}
            onClick={() => useLooks.getState().setAuto(!auto)}
          />
        )}
        <span className="quiet" role="status" data-testid="compare-aligned" data-aligned={similarity !== null}>
          {alignment.isPending ? t('compare.aligning') : t(similarity ? 'compare.aligned' : unaligned)}
        </span>
      </div>
      {look !== 'sides' && similarity ? (
        <Overlaid
          pane={AFTER}
          look={look}
          before={earlier}
          now={image.sha256}
          facts={bench.facts.get(image.sha256)}
          hold={hold}
          similarity={similarity}
        />
      ) : (
        <div className="compare-sides">
          <Side
            pane={BEFORE}
            title={t('compare.before')}
            at={earlier.uploadedAt}
            sha256={earlier.sha256}
            facts={bench.facts.get(earlier.sha256)}
            hold={UPRIGHT}
            said={earlier}
          />
          <Side
            pane={AFTER}
            title={t('compare.after')}
            at={image.uploadedAt}
            sha256={image.sha256}
            facts={bench.facts.get(image.sha256)}
            hold={hold}
          />
        </div>
      )}
    </div>
  );
}

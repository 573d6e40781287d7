import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageFacts } from '../../shared/checks/check.ts';
import type { Sha256 } from '../../shared/ids.ts';
import type { EarlierImage, Image } from '../../shared/submission.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { StateIcon } from '../ui/StateIcon.tsx';
import { shortTime } from '../ui/time.ts';
import { saidOf, slotName } from '../ui/words.ts';
import { Picture } from '../viewer/Picture.tsx';
import { type Hold, UPRIGHT } from '../viewer/viewport.ts';
import type { Bench } from './bench.ts';
import { useReview } from './state.ts';

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
      />
    </section>
  );
}

/** A re-upload beside the picture that it replaces, with what was said of that one. */
export function Compare({
  bench,
  image,
  earlier,
}: {
  readonly bench: Bench;
  readonly image: Image;
  readonly earlier: EarlierImage;
}) {
  const { t } = useTranslation();
  const hold = useReview((review) => review.holds[image.slot] ?? UPRIGHT);
  const said = saidOf(t, earlier);
  return (
    <div className="compare" role="dialog" aria-label={t('compare.title')} data-testid="compare-view">
      <header>
        <strong>
          {t('compare.title')}: {slotName(t, image.slot, bench.counts.get(image.material) ?? 1)}
        </strong>
        {said && (
          <span className="state state-returned" data-testid="compare-said">
            <StateIcon mark="returned" />
            {t('compare.said', { said })}
          </span>
        )}
        <span className="bar-space" />
        <IconButton
          icon={X}
          label={t('compare.close')}
          hint="C"
          onClick={() => useReview.getState().clear()}
          testId="compare-close"
        />
      </header>
      <div className="compare-sides">
        <Side
          pane={BEFORE}
          title={t('compare.before')}
          at={earlier.uploadedAt}
          sha256={earlier.sha256}
          facts={bench.facts.get(earlier.sha256)}
          hold={UPRIGHT}
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
    </div>
  );
}

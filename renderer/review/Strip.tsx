import { Button, Segmented } from 'antd';
import {
  BookmarkCheck,
  Columns2,
  Grid2x2,
  LayoutGrid,
  Link2,
  Lock,
  LockOpen,
  RectangleVertical,
  ScanEye,
  Undo2,
  Unlink2,
} from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MaterialCode } from '../../shared/ids.ts';
import type { Image } from '../../shared/submission.ts';
import { keyOf } from '../actions/command.ts';
import { afterPaint } from '../ui/after-paint.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { StateIcon } from '../ui/StateIcon.tsx';
import { materialName, materialShort, slotName } from '../ui/words.ts';
import { Thumbnail } from '../viewer/Thumbnail.tsx';
import { useTools } from '../viewer/tools.ts';
import type { Bench } from './bench.ts';
import type { Commands } from './commands.ts';
import { useLayouts } from './layouts.ts';
import { activeSlot, type Layout } from './panes.ts';
import { reviewState, useReview } from './state.ts';

function Thumb({ image, bench }: { readonly image: Image; readonly bench: Bench }) {
  const { t } = useTranslation();
  const panes = useReview((review) => review.panes);
  const seen = panes.slots.includes(image.slot);
  const target = activeSlot(panes) === image.slot;
  const name = slotName(t, image.slot, bench.counts.get(image.material) ?? 1);
  const troubled = bench.checks.some(({ slot, status }) => slot === image.slot && status !== 'passed');
  const state = t(`imageState.${image.state}`);
  const own = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!target) return;
    // After the paint: it asks where things are, and they would be laid out for that alone.
    return afterPaint(() => own.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
  }, [target]);
  return (
    <button
      ref={own}
      type="button"
      className={`thumb thumb-${image.state}`}
      aria-label={`${name}, ${state}`}
      title={`${name} · ${state}`}
      aria-current={target}
      data-seen={seen}
      data-troubled={troubled}
      data-testid={`thumb-${image.slot}`}
      data-state={image.state}
      draggable
      onDragStart={(event) => event.dataTransfer.setData('text/slot', image.slot)}
      onMouseDown={(event) => event.button === 0 && reviewState().go(image.slot)}
      onClick={(event) => {
        // Shift puts it into the active pane, whatever stands there.
        if (event.shiftKey) reviewState().put(image.slot, panes.active);
      }}
    >
      {bench.subject.absent.includes(image.sha256) ? null : (
        <Thumbnail sha256={image.sha256} facts={bench.facts.get(image.sha256)} />
      )}
      {image.state !== 'open' && (
        <span className="thumb-state">
          <StateIcon mark={image.state} size={12} />
        </span>
      )}
      {image.earlier.length > 0 && image.state === 'open' && <span className="thumb-new">{t('picture.new')}</span>}
    </button>
  );
}

function Material({
  bench,
  material,
  min,
}: {
  readonly bench: Bench;
  readonly material: MaterialCode;
  readonly min: number;
}) {
  const { t } = useTranslation();
  const lit = useReview((review) => review.lit.includes(material));
  const images = bench.subject.submission.images.filter((image) => image.material === material);
  if (images.length === 0 && min === 0) return null;
  const locked = images.filter(({ state }) => state === 'locked').length;
  const short = images.length < min;
  return (
    <li
      className="material"
      data-lit={lit}
      data-missing={short}
      data-testid={`material-${material}`}
      title={materialName(t, material)}
    >
      <span className="material-name">
        {materialShort(t, material)}
        <span className={short ? 'state-missing' : 'quiet'}>
          {' '}
          {t(min > 0 ? 'strip.required' : 'strip.optional', { locked, count: images.length, min })}
        </span>
      </span>
      <span className="thumbs">
        {images.map((image) => (
          <Thumb key={image.slot} image={image} bench={bench} />
        ))}
        {short && (
          <span className="thumb thumb-missing" role="img" aria-label={t('imageState.missing')}>
            {t('strip.missing')}
          </span>
        )}
      </span>
    </li>
  );
}

const LAYOUTS = [
  [1, RectangleVertical],
  [2, Columns2],
  [4, Grid2x2],
  ['all', LayoutGrid],
] as const satisfies readonly (readonly [Layout, unknown])[];

/** The materials in the order of the catalogue, the layout of the panes, and the decisions on the target. */
export function Strip({ bench, commands }: { readonly bench: Bench; readonly commands: Commands }) {
  const { t } = useTranslation();
  const panes = useReview((review) => review.panes);
  const linked = useReview((review) => review.linked);
  const keepView = useTools((tools) => tools.keepView);
  const alone = useTools((tools) => tools.alone);
  const slot = activeSlot(panes);
  const image = slot ? bench.images.get(slot) : undefined;
  const own = useLayouts(({ layouts }) => image !== undefined && layouts[image.material] === panes.layout);
  return (
    <footer className="strip">
      <ul className="materials" aria-label={t('strip.title')}>
        {bench.needs.map(({ material, min }) => (
          <Material key={material} bench={bench} material={material} min={min} />
        ))}
      </ul>
      <div className="strip-layout">
        {own && (
          <IconButton
            icon={BookmarkCheck}
            label={t('layouts.own')}
            hint={keyOf('rememberLayout')}
            pressed
            onClick={() => commands.run('rememberLayout')}
            testId="layout-remembered"
          />
        )}
        <Segmented
          size="small"
          aria-label={t('strip.layout')}
          value={panes.layout}
          options={LAYOUTS.map(([value, Icon]) => ({
            value,
            label: (
              <Icon size={15} strokeWidth={1.75} aria-label={t(`command.layout${value === 'all' ? 'All' : value}`)} />
            ),
            title: `${t(`command.layout${value === 'all' ? 'All' : value}`)} · ${keyOf(`layout${value === 'all' ? 'All' : value}`)}`,
          }))}
          onChange={(value) => reviewState().layout(value)}
        />
        <IconButton
          icon={alone && linked ? Unlink2 : Link2}
          label={t('command.link')}
          hint={keyOf('link')}
          pressed={linked}
          onClick={() => commands.run('link')}
        />
        <IconButton
          icon={ScanEye}
          label={t('command.keepView')}
          hint={keyOf('keepView')}
          pressed={keepView}
          onClick={() => commands.run('keepView')}
          testId="keep-view"
        />
      </div>
      {bench.decidable && (
        <div className="strip-decide">
          <span className="target nowrap" data-testid="target">
            {image ? slotName(t, image.slot, bench.counts.get(image.material) ?? 1) : t('picture.none')}
          </span>
          <span className="strip-buttons">
            {image && image.state !== 'open' ? (
              <Button
                icon={<LockOpen size={14} aria-hidden />}
                onClick={() => commands.run('reopen')}
                data-testid="reopen"
              >
                {t('decide.reopen')} <Kbd>{keyOf('reopen')}</Kbd>
              </Button>
            ) : (
              <Button
                className="lock-button"
                icon={<Lock size={14} aria-hidden />}
                onClick={() => commands.run('lock')}
                disabled={!image}
                data-testid="lock"
              >
                {t('decide.lock')} <Kbd>{keyOf('lock')}</Kbd>
              </Button>
            )}
            <Button
              icon={<Undo2 size={14} aria-hidden />}
              onClick={() => commands.run('returnImage')}
              disabled={!image}
              data-testid="return-image"
            >
              {t('decide.returnImage')} <Kbd>{keyOf('returnImage')}</Kbd>
            </Button>
          </span>
        </div>
      )}
    </footer>
  );
}

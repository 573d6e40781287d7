import { useQueryClient } from '@tanstack/react-query';
import { startTransition, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Slot, SubmissionId } from '../../shared/ids.ts';
import type { CommandId } from '../actions/command.ts';
import { problemOf } from '../api.ts';
import { AsideStrip } from '../aside/AsideStrip.tsx';
import { deskState } from '../desk.ts';
import { useArrival } from '../leafing/arrival.ts';
import { useNeighbours } from '../query.ts';
import { draftOf } from '../resume.ts';
import { ProblemPanel } from '../ui/ProblemPanel.tsx';
import { EmptyPane, ImagePane } from '../viewer/ImagePane.tsx';
import { UPRIGHT } from '../viewer/viewport.ts';
import { type Bench, useBench } from './bench.ts';
import { useBeside } from './beside.ts';
import { ClaimBanner, hasBanner } from './ClaimBanner.tsx';
import { ConflictStrip } from './ConflictStrip.tsx';
import { useCommandKeys, useCommands } from './commands.ts';
import { FormColumn } from './FormColumn.tsx';
import { Overlays } from './Overlays.tsx';
import { gridOf, nextOpen } from './panes.ts';
import { SentBackStrip } from './SentBackStrip.tsx';
import { Strip } from './Strip.tsx';
import { useSpoken } from './spoken.ts';
import { reviewState, useReview } from './state.ts';
import { useStay } from './stay.ts';
import { TopBar } from './TopBar.tsx';
import { ViewerTools } from './ViewerTools.tsx';
import { useViewing } from './viewing.ts';
import '../viewer/viewer.css';
import './review.css';

type CellProps = {
  readonly bench: Bench;
  readonly slot: Slot;
  readonly pane: number;
  readonly small: boolean;
  onCommand(id: CommandId, slot: Slot): void;
};

/** One picture of the submission in its pane: drawn again for what is its own alone. */
function Cell({ bench, slot, pane, small, onCommand }: CellProps) {
  const hold = useReview(({ holds }) => holds[slot] ?? UPRIGHT);
  const active = useReview(({ panes }) => panes.active === pane);
  const pinned = useReview(({ panes }) => panes.pinned === slot && pane === 0);
  const linked = useReview(({ linked }) => linked);
  const { activate, put } = reviewState();
  const image = bench.images.get(slot);
  if (!image) return <EmptyPane />;
  return (
    <ImagePane
      pane={pane}
      image={image}
      facts={bench.facts.get(image.sha256)}
      checks={bench.checks.filter((check) => check.slot === slot && check.status !== 'passed')}
      count={bench.counts.get(image.material) ?? 1}
      active={active}
      pinned={pinned}
      absent={bench.subject.absent.includes(image.sha256)}
      purged={bench.subject.purged}
      hold={hold}
      linked={linked}
      small={small}
      onActivate={activate}
      onCommand={onCommand}
      onDropSlot={put}
    />
  );
}

/** The pictures in their panes. */
export function PaneGrid({ bench, onCommand }: { readonly bench: Bench; onCommand(id: CommandId, slot: Slot): void }) {
  const { t } = useTranslation();
  const slots = useReview(({ panes }) => panes.slots);
  const layout = useReview(({ panes }) => panes.layout);
  // Beside the reference picture stands only the one that it is compared with.
  const alone = useReview(({ overlay, panes }) => (overlay.kind === 'reference' ? panes.active : null));
  const cells = slots
    .map((slot, pane) => ({ key: slot ?? `empty ${pane}`, slot, pane }))
    .filter(({ pane }) => alone === null || pane === alone);
  return (
    <section
      className="panes"
      aria-label={t('review.pictures')}
      style={gridOf(cells.length)}
      data-testid="panes"
      data-layout={layout}
    >
      {cells.map(({ key, slot, pane }) =>
        slot ? (
          <Cell key={key} bench={bench} slot={slot} pane={pane} small={cells.length > 4} onCommand={onCommand} />
        ) : (
          <EmptyPane key={key} />
        ),
      )}
    </section>
  );
}

function Desk({ bench, id }: { readonly bench: Bench; readonly id: SubmissionId }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const neighbours = useNeighbours(id);
  useStay(id);
  useViewing(id);
  useSpoken(bench);
  useBeside(bench);
  const formShown = useReview((review) => review.formShown);
  const overlay = useReview((review) => review.overlay.kind);
  const [obstaclesShown, setObstaclesShown] = useState(false);
  const commands = useCommands({
    bench,
    client,
    t,
    next: neighbours?.next ?? null,
    previous: neighbours?.previous ?? null,
    onward: neighbours?.onward ?? null,
    showObstacles: () => setObstaclesShown(true),
  });
  const hideObstacles = useCallback(() => setObstaclesShown(false), []);
  useCommandKeys(commands, { shown: obstaclesShown, hide: hideObstacles });
  useArrival(id);
  const run = useCallback((command: CommandId, slot: Slot) => commands.run(command, slot), [commands]);
  return (
    <div className="review" data-testid="review" data-registration={bench.subject.submission.registrationNumber}>
      <TopBar
        bench={bench}
        commands={commands}
        neighbours={neighbours}
        obstaclesShown={obstaclesShown}
        onObstacles={setObstaclesShown}
      />
      <div className="review-banners">
        {hasBanner(bench) && <ClaimBanner bench={bench} commands={commands} />}
        <SentBackStrip bench={bench} />
        <AsideStrip bench={bench} commands={commands} />
        <ConflictStrip bench={bench} commands={commands} />
      </div>
      <div className="review-body" data-form={formShown}>
        {formShown && <FormColumn bench={bench} />}
        <div className="review-stage" data-overlay={overlay}>
          <PaneGrid bench={bench} onCommand={run} />
          <ViewerTools bench={bench} />
          <Overlays bench={bench} next={neighbours?.onward ?? null} commands={commands} />
        </div>
      </div>
      <Strip bench={bench} commands={commands} />
    </div>
  );
}

function Unreadable({ id, error }: { readonly id: SubmissionId; readonly error: unknown }) {
  useArrival(id);
  return (
    <div className="review-wait">
      <ProblemPanel problem={problemOf(error)} />
    </div>
  );
}

/** One submission under review: form, pictures, strip of materials, decisions. */
export function Review({ id }: { readonly id: SubmissionId }) {
  const { t } = useTranslation();
  const { bench, error } = useBench(id);
  const order = useMemo(() => bench?.subject.submission.images.map(({ slot }) => slot) ?? null, [bench]);
  const [started, setStarted] = useState(false);
  useEffect(() => {
    if (!order || !bench) return;
    const review = reviewState();
    if (started) review.follow(order);
    else {
      const { amending, begin } = deskState();
      const asked = amending?.slot ?? (begin?.id === id ? begin.slot : null);
      const known = asked && order.includes(asked) ? asked : null;
      review.start(order, known ?? nextOpen(order, bench.open, null) ?? undefined);
      const unfinished = draftOf(id);
      if (unfinished && order.includes(unfinished.slot)) review.lay({ kind: 'reasons', slot: unfinished.slot });
      if (amending?.act.kind === 'submission.refuse' && bench.decidable) review.lay({ kind: 'refuse' });
      // Under a leaf there is time: keys are heard between the steps of the work.
      startTransition(() => setStarted(true));
    }
  }, [order, bench, started, id]);
  if (error) return <Unreadable id={id} error={error} />;
  if (!bench || !started)
    return <div className="review-wait" aria-busy role="status" aria-label={t('review.loading')} />;
  return <Desk bench={bench} id={id} />;
}

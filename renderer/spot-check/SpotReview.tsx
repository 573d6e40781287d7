import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { ChevronLeft, EyeOff } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output, SignedIn } from '../../shared/ipc.ts';
import type { Verdict } from '../../shared/spot-check/wire.ts';
import { COMMAND_IDS, COMMANDS, keyOf } from '../actions/command.ts';
import { type Deeds, useOffer } from '../actions/offer.ts';
import { call, problemOf } from '../api.ts';
import { deskState, type Spot } from '../desk.ts';
import { keys } from '../query.ts';
import { type Bench, layOut } from '../review/bench.ts';
import { useCommandKeys, useCommands } from '../review/commands.ts';
import { judged } from '../review/decide.ts';
import { FormColumn } from '../review/FormColumn.tsx';
import { Overlays } from '../review/Overlays.tsx';
import { PaneGrid } from '../review/Review.tsx';
import { Strip } from '../review/Strip.tsx';
import { reviewState, useReview } from '../review/state.ts';
import { putAside } from '../review/tool-commands.ts';
import { sayProblem } from '../review/undo.ts';
import { ViewerTools } from '../review/ViewerTools.tsx';
import { useViewing, viewing } from '../review/viewing.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { ProblemPanel } from '../ui/ProblemPanel.tsx';
import { applicationName } from '../ui/words.ts';
import { type Said, VerdictDialog } from './VerdictDialog.tsx';
import '../viewer/viewer.css';
import '../review/review.css';
import './spot-check.css';

type Subject = Output<'spotSubject'>;

/** What decides anything on the submission itself has no place in a check. */
const NOT_HERE: Deeds = Object.fromEntries(
  COMMAND_IDS.filter(
    (id) => COMMANDS[id].group === 'decide' || COMMANDS[id].group === 'conflict' || id === 'compare',
  ).map((id) => [id, { run: () => undefined, why: () => 'notPossible' as const }]),
);
const nothing = () => undefined;
const back = () => deskState().judgeAgain(null);
const NO_POPOVER = { shown: false, hide: nothing };

function Desk({ spot, found, bench }: { readonly spot: Spot; readonly found: Subject; readonly bench: Bench }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Verdict | null>(null);
  const [saving, setSaving] = useState(false);
  const formShown = useReview((review) => review.formShown);
  const overlay = useReview((review) => review.overlay.kind);
  useViewing(`${spot.check} ${spot.n}`);
  const commands = useCommands({ bench, client, t, next: null, previous: null, onward: null, showObstacles: nothing });
  useCommandKeys(commands, NO_POPOVER);
  // After those of the review, so that they go before them.
  const deeds = useMemo<Deeds>(
    () => ({
      ...NOT_HERE,
      approve: { run: () => setAsked('approve') },
      return: { run: () => setAsked('return') },
      refuse: { run: () => setAsked('refuse') },
      queue: { run: () => putAside() || back() },
    }),
    [],
  );
  useOffer(deeds);
  const judge = async (said: Said) => {
    setSaving(true);
    try {
      const item = await call('judgeSpot', {
        id: spot.check,
        n: spot.n,
        said: { ...said, viewed: viewing.of(judged(bench)) },
      });
      await client.invalidateQueries({ queryKey: keys.spotCheck(spot.check) });
      deskState().say({ tone: 'done', text: t(`spot.judged.${item.state}`) });
      back();
    } catch (error) {
      sayProblem(t, error);
      setSaving(false);
    }
  };
  const { submission } = bench.subject;
  const buttons = [
    ['refuse', 'refuse'],
    ['return', 'return'],
    ['approve', 'approve'],
  ] as const;
  return (
    <div className="review" data-testid="spot-review" data-registration={submission.registrationNumber}>
      <header className="top-bar">
        <button type="button" className="back" onClick={back} data-testid="spot-back">
          <ChevronLeft size={16} aria-hidden />
          {t('spot.title')}
        </button>
        <div className="who">
          <h1 data-testid="candidate">{submission.form.name}</h1>
          <span className="nowrap">{applicationName(t, submission.form)}</span>
          <span className="state state-conflict">
            <EyeOff size={14} strokeWidth={1.75} aria-hidden />
            {t(found.item.state === 'disputed' ? 'spot.blindThird' : 'spot.blind')}
          </span>
        </div>
        <span className="bar-space" />
        {buttons.map(([verdict, command]) => (
          <Button
            key={verdict}
            danger={verdict === 'refuse'}
            type={verdict === 'approve' ? 'primary' : verdict === 'refuse' ? 'text' : 'default'}
            onClick={() => setAsked(verdict)}
            data-testid={`spot-${verdict}`}
          >
            {t(`spot.would.${verdict}`)} <Kbd>{keyOf(command)}</Kbd>
          </Button>
        ))}
      </header>
      <div className="review-banners" />
      <div className="review-body" data-form={formShown}>
        {formShown && <FormColumn bench={bench} />}
        <div className="review-stage" data-overlay={overlay}>
          <PaneGrid bench={bench} onCommand={(id, slot) => NOT_HERE[id] === undefined && commands.run(id, slot)} />
          <ViewerTools bench={bench} />
          <Overlays bench={bench} next={null} commands={commands} />
        </div>
      </div>
      <Strip bench={bench} commands={commands} />
      {asked && (
        <VerdictDialog
          key={asked}
          first={asked}
          saving={saving}
          onJudge={(said) => void judge(said)}
          onCancel={() => setAsked(null)}
        />
      )}
    </div>
  );
}

/** A conclusion judged again on the review screen, blind: nothing that was decided is on it, nothing is decided by it. */
export function SpotReview({ spot, signedIn }: { readonly spot: Spot; readonly signedIn: SignedIn }) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: keys.spotSubject(spot.check, spot.n),
    queryFn: () => call('spotSubject', { id: spot.check, n: spot.n }),
    staleTime: 0,
  });
  const bench = useMemo<Bench | null>(
    () =>
      found.data
        ? {
            ...layOut(found.data.subject, signedIn),
            decidable: false,
            may: { refuse: false, sendBack: false },
            assignable: false,
          }
        : null,
    [found.data, signedIn],
  );
  const order = useMemo(() => bench?.subject.submission.images.map(({ slot }) => slot) ?? null, [bench]);
  const [started, setStarted] = useState(false);
  useEffect(() => {
    if (!order) return;
    if (started) reviewState().follow(order);
    else {
      reviewState().start(order);
      setStarted(true);
    }
  }, [order, started]);
  if (found.error) {
    return (
      <div className="review-wait">
        <ProblemPanel problem={problemOf(found.error)} />
        <Button onClick={back}>{t('spot.title')}</Button>
      </div>
    );
  }
  if (!found.data || !bench || !started)
    return <div className="review-wait" aria-busy role="status" aria-label={t('review.loading')} />;
  return <Desk spot={spot} found={found.data} bench={bench} />;
}

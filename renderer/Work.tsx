import { lazy, Suspense, useEffect } from 'react';
import type { DeskStatus, SignedIn } from '../shared/ipc.ts';
import { AccountSheet } from './account/AccountSheet.tsx';
import { PadMenu } from './actions/PadMenu.tsx';
import { Palette } from './actions/Palette.tsx';
import { ShortcutSheet } from './actions/ShortcutSheet.tsx';
import { useDesk } from './desk.ts';
import { ahead } from './later.ts';
import { PreferencesSheet } from './preferences/PreferencesSheet.tsx';
import { Queue } from './queue/Queue.tsx';
import { SPOKEN } from './review/spoken.ts';
import { ConnectionPanel } from './status/ConnectionPanel.tsx';
import { DecisionLog } from './status/DecisionLog.tsx';
import { NoticeStrip } from './status/NoticeStrip.tsx';
import { StatusBar } from './status/StatusBar.tsx';
import { FirstSync } from './sync/FirstSync.tsx';
import { Tour } from './tour/Tour.tsx';
import { Controls } from './ui/Controls.tsx';
import { Tips } from './ui/Tips.tsx';
import { Proofs } from './verify/Proofs.tsx';

/** Read once the queue is on screen, so that opening a submission doesn't wait for it. */
const loadReview = () => import('./review/Review.tsx');
const loadConflicts = () => import('./conflict/Conflicts.tsx');
const Review = lazy(() => loadReview().then((part) => ({ default: part.Review })));
/** The leaves of what comes next, and the keys that they hold back. */
const loadLeaves = () => import('./leafing/Leaves.tsx');
const Leaves = lazy(() => loadLeaves().then((part) => ({ default: part.Leaves })));
const Record = lazy(() => import('./record/Record.tsx').then((part) => ({ default: part.Record })));
const SpotChecks = lazy(() => import('./spot-check/SpotChecks.tsx').then((part) => ({ default: part.SpotChecks })));
const SpotReview = lazy(() => import('./spot-check/SpotReview.tsx').then((part) => ({ default: part.SpotReview })));
/** Charts are read from the disk when somebody looks at them. */
const Overview = lazy(() => import('./overview/Overview.tsx').then((part) => ({ default: part.Overview })));
const loadAudit = () => import('./audit/Audit.tsx');
const Audit = lazy(() => loadAudit().then((part) => ({ default: part.Audit })));
const Conflicts = lazy(() => loadConflicts().then((part) => ({ default: part.Conflicts })));

type Props = {
  /** Null while nobody is at work yet: only what shows nothing of anybody is drawn. */
  readonly signedIn: SignedIn | null;
  readonly status: DeskStatus | null;
  /** Another one when keys were changed: what shows a key is drawn anew. */
  readonly keysVersion: number;
};

/**
 * What somebody who is signed in has on screen: the page that fits the state, the bars, and the sheets over them. Before that
 * it is drawn where nobody sees it, without its effects.
 */
export function Work({ signedIn, status, keysVersion }: Props) {
  const reviewing = useDesk((desk) => desk.reviewing);
  const spot = useDesk((desk) => desk.spot);
  const recorded = useDesk((desk) => desk.recorded);
  const place = useDesk((desk) => desk.place);
  const conflicts = useDesk((desk) => desk.conflicts);
  const syncLeft = useDesk((desk) => desk.syncLeft);
  useEffect(() => ahead(() => Promise.all([loadReview(), loadLeaves(), loadConflicts()])), []);
  const syncing = status?.sync.first && status.sync.phase !== 'done' && !syncLeft;
  return (
    <Controls>
      <div className="app">
        <Tips />
        <main key={keysVersion} className="page">
          <Suspense>
            {signedIn === null ? (
              <Queue />
            ) : syncing ? (
              <FirstSync progress={status.sync} />
            ) : recorded ? (
              <Record id={recorded} signedIn={signedIn} />
            ) : conflicts ? (
              <Conflicts at={conflicts.at} />
            ) : reviewing ? (
              <Review key={reviewing} id={reviewing} />
            ) : spot ? (
              <SpotReview key={`${spot.check} ${spot.n}`} spot={spot} signedIn={signedIn} />
            ) : place === 'spotChecks' ? (
              <SpotChecks signedIn={signedIn} />
            ) : place === 'overview' ? (
              <Overview signedIn={signedIn} />
            ) : place === 'audit' ? (
              <Audit signedIn={signedIn} />
            ) : (
              <Queue />
            )}
          </Suspense>
          <Suspense>{signedIn && !syncing && <Leaves />}</Suspense>
        </main>
        {signedIn && status && <StatusBar signedIn={signedIn} status={status} />}
        <NoticeStrip />
        <div id={SPOKEN} className="heard" role="status" />
        <Palette />
        <PreferencesSheet />
        <PadMenu />
        <ShortcutSheet />
        <DecisionLog />
        {signedIn && status && (
          <>
            <Tour decides={signedIn.account.role === 'reviewer'} />
            <ConnectionPanel signedIn={signedIn} status={status} />
            <AccountSheet signedIn={signedIn} />
            <Proofs signedIn={signedIn} />
          </>
        )}
      </div>
    </Controls>
  );
}

import { Activity, lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChosenKeys } from './actions/chosen-keys.ts';
import { useDeskCommands } from './actions/desk-commands.ts';
import { useMenu } from './actions/menu.ts';
import { useKeys } from './actions/offer.ts';
import { begin } from './begin.ts';
import { useConflictNews } from './conflict/news.ts';
import { useDesk } from './desk.ts';
import { ahead } from './later.ts';
import { useRecall } from './memory.ts';
import { useLiveReads, useSession, useSettings, useStatus } from './query.ts';
import { useSecondLine } from './second/feed.ts';
import { SignIn } from './sign-in/SignIn.tsx';
import { useDark } from './theme.ts';

/** All but the sign-in, read while that is on screen. */
const loadWork = () => import('./Work.tsx');
const Work = lazy(() => loadWork().then((part) => ({ default: part.Work })));

/** A number for each stay at the desk: with the next one everything that was open on it is gone. */
function useStay(account: string | null): number {
  const [stay, setStay] = useState({ account, number: 0 });
  if (stay.account === account) return stay.number;
  // The desk that was drawn while nobody was there is that of who comes.
  const number = stay.number + (stay.account === null ? 0 : 1);
  setStay({ account, number });
  return number;
}

function Page() {
  const session = useSession();
  const status = useStatus();
  const reset = useDesk((desk) => desk.reset);
  const signedIn = session.data ?? null;
  useEffect(() => {
    if (session.isSuccess && signedIn === null) reset();
  }, [session.isSuccess, signedIn, reset]);

  const recalled = useRecall(signedIn?.account.id ?? null);
  // What shows a key is drawn anew when keys change.
  const keysVersion = useChosenKeys(({ version }) => version);
  useDeskCommands();
  useKeys(signedIn !== null);
  useMenu(signedIn !== null);
  useConflictNews(signedIn ? (status.data?.parked ?? null) : null);

  const stay = useStay(signedIn?.account.id ?? null);
  // The desk is drawn while the password is typed, where nobody sees it.
  const [drawn, setDrawn] = useState(false);
  useEffect(() => ahead(() => loadWork().then(() => setDrawn(true))), []);

  if (!session.isSuccess) return null;
  const atWork = signedIn !== null && status.data !== undefined && recalled;
  return (
    <>
      {!signedIn && <SignIn />}
      {(drawn || atWork) && (
        <Suspense>
          <Activity key={stay} mode={atWork ? 'visible' : 'hidden'}>
            <Work signedIn={atWork ? signedIn : null} status={atWork ? status.data : null} keysVersion={keysVersion} />
          </Activity>
        </Suspense>
      )}
    </>
  );
}

/** The whole window: theme, language, and the page that fits the state. */
export function App() {
  useLiveReads(begin);
  useSecondLine();
  const settings = useSettings();
  useDark(settings.data?.theme ?? 'system');
  const { i18n } = useTranslation();
  const language = settings.data?.language ?? 'zh-CN';
  useEffect(() => {
    document.documentElement.lang = language;
    if (i18n.language !== language) void i18n.changeLanguage(language);
  }, [language, i18n]);
  return <Page />;
}

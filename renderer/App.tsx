import { ConfigProvider, App as Controls } from 'antd';
import enControls from 'antd/locale/en_US';
import zhControls from 'antd/locale/zh_CN';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountSheet } from './account/AccountSheet.tsx';
import { useChosenKeys } from './actions/chosen-keys.ts';
import { useDeskCommands } from './actions/desk-commands.ts';
import { useMenu } from './actions/menu.ts';
import { useKeys } from './actions/offer.ts';
import { PadMenu } from './actions/PadMenu.tsx';
import { Palette } from './actions/Palette.tsx';
import { ShortcutSheet } from './actions/ShortcutSheet.tsx';
import { Conflicts } from './conflict/Conflicts.tsx';
import { useConflictNews } from './conflict/news.ts';
import { useDesk } from './desk.ts';
import { useRecall } from './memory.ts';
import { PreferencesSheet } from './preferences/PreferencesSheet.tsx';
import { useLiveReads, useSession, useSettings, useStatus } from './query.ts';
import { Queue } from './queue/Queue.tsx';
import { Review } from './review/Review.tsx';
import { SPOKEN } from './review/spoken.ts';
import { useSecondLine } from './second/feed.ts';
import { SignIn } from './sign-in/SignIn.tsx';
import { ConnectionPanel } from './status/ConnectionPanel.tsx';
import { DecisionLog } from './status/DecisionLog.tsx';
import { NoticeStrip } from './status/NoticeStrip.tsx';
import { StatusBar } from './status/StatusBar.tsx';
import { FirstSync } from './sync/FirstSync.tsx';
import { controlTheme, useDark } from './theme.ts';
import { Proofs } from './verify/Proofs.tsx';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
const overlays = document.getElementById('overlays') ?? document.body;

function Page() {
  const session = useSession();
  const status = useStatus();
  const reviewing = useDesk((desk) => desk.reviewing);
  const conflicts = useDesk((desk) => desk.conflicts);
  const syncLeft = useDesk((desk) => desk.syncLeft);
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

  if (!session.isSuccess) return null;
  if (!signedIn) return <SignIn />;
  if (!status.data || !recalled) return null;
  const { sync } = status.data;
  const syncing = sync.first && sync.phase !== 'done' && !syncLeft;
  return (
    <div className="app">
      <main key={keysVersion} className="page">
        {syncing ? (
          <FirstSync progress={sync} />
        ) : conflicts ? (
          <Conflicts at={conflicts.at} />
        ) : reviewing ? (
          <Review key={reviewing} id={reviewing} />
        ) : (
          <Queue />
        )}
      </main>
      <StatusBar signedIn={signedIn} status={status.data} />
      <NoticeStrip />
      <div id={SPOKEN} className="heard" role="status" />
      <Palette />
      <PreferencesSheet />
      <PadMenu />
      <ShortcutSheet />
      <DecisionLog />
      <ConnectionPanel signedIn={signedIn} status={status.data} />
      <AccountSheet signedIn={signedIn} />
      <Proofs signedIn={signedIn} />
    </div>
  );
}

/** The whole window: theme, language, and the page that fits the state. */
export function App() {
  useLiveReads();
  useSecondLine();
  const settings = useSettings();
  const dark = useDark(settings.data?.theme ?? 'system');
  const { i18n } = useTranslation();
  const language = settings.data?.language ?? 'zh-CN';
  useEffect(() => {
    document.documentElement.lang = language;
    if (i18n.language !== language) void i18n.changeLanguage(language);
  }, [language, i18n]);
  return (
    <ConfigProvider
      csp={{ nonce }}
      // Not the body: for that the dialogs would add a style element, which the content policy refuses.
      getPopupContainer={() => overlays}
      locale={language === 'en' ? enControls : zhControls}
      theme={controlTheme(dark)}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <Controls component={false}>
        <Page />
      </Controls>
    </ConfigProvider>
  );
}

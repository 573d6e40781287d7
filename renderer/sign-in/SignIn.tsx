import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ClipboardCheck, Eye, EyeOff, LoaderCircle } from 'lucide-react';
import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import type { Output, Settings, SignedIn } from '../../shared/ipc.ts';
import type { Problem } from '../../shared/problem.ts';
import { call, problemOf } from '../api.ts';
import { begin } from '../begin.ts';
import { useDesk } from '../desk.ts';
import { keys, useInfo, useSettings, useStatus } from '../query.ts';
import { Preferences } from '../ui/Preferences.tsx';
import { ProblemPanel } from '../ui/ProblemPanel.tsx';
import { UNOPENED } from './unopened.ts';

/** The last resort, with a dialog of the library of controls: read when it is needed. */
const StartAnew = lazy(() => import('./StartAnew.tsx').then((part) => ({ default: part.StartAnew })));

type Entry = { service: string; account: string; password: string };

/** Why the last sign-in failed. */
const useFailed = create<
  { readonly problem: null; readonly entry: null } | { readonly problem: Problem; readonly entry: Entry }
>()(() => ({ problem: null, entry: null }));

/** Signing in by itself happens once: whoever signs out wants to be out. */
let signedInAtOnce = false;

type FormProps = { readonly start: Entry; readonly atOnce: boolean; readonly settings: Settings };

function SignInForm({ start, atOnce, settings }: FormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const say = useDesk((desk) => desk.say);
  const [entry, setEntry] = useState(start);
  const recovering = useStatus().data?.recovering ?? false;
  const failed = useFailed();
  const opened = async ({ news }: SignedIn) => {
    await begin(client).catch(() => client.invalidateQueries({ queryKey: keys.session }));
    // What protects is told in the bar below, in nobody's way.
    if (news && news !== 'password_only')
      say({
        text: t(`signIn.news.${news}`),
        detail: t(`signIn.news.${news}Note`),
        tone: news === 'recovered' ? 'done' : 'problem',
      });
  };
  const signIn = useMutation({
    mutationFn: (typed: Entry) => call('signIn', typed),
    onMutate: () => useFailed.setState({ problem: null, entry: null }),
    onSuccess: opened,
    // Also when the desk was open already with what is on this computer, and this form gone.
    onError: (error, entry) => {
      useFailed.setState({ problem: problemOf(error), entry });
      void begin(client).catch(() => undefined);
    },
  });
  const { mutate } = signIn;
  useEffect(() => {
    if (!atOnce || signedInAtOnce) return;
    signedInAtOnce = true;
    mutate(start);
  }, [atOnce, start, mutate]);
  const form = useRef<HTMLFormElement>(null);
  const [shown, setShown] = useState(false);
  // The form was on screen before its script: what was typed and sent meanwhile counts.
  useEffect(() => {
    if (!form.current) return;
    const data = new FormData(form.current);
    const text = (name: keyof Entry) => String(data.get(name) ?? '');
    const typed = { service: text('service'), account: text('account'), password: text('password') };
    setEntry(typed);
    if (!form.current.contains(document.activeElement)) {
      form.current.querySelector<HTMLElement>('[data-begin]')?.focus();
    }
    const { dataset } = document.documentElement;
    if (dataset.submitted === undefined) return;
    delete dataset.submitted;
    mutate(typed);
  }, [mutate]);
  const first: keyof Entry = start.service === '' ? 'service' : start.account === '' ? 'account' : 'password';
  const field = (name: keyof Entry) => ({
    id: name,
    name,
    className: 'entry',
    value: entry[name],
    'data-testid': name,
    'data-begin': name === first || undefined,
    onChange: (event: { target: { value: string } }) => setEntry({ ...entry, [name]: event.target.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!signIn.isPending) signIn.mutate(entry);
  };
  const complete = entry.service.trim() !== '' && entry.account.trim() !== '' && entry.password !== '';
  return (
    <form ref={form} className="sign-in-card" onSubmit={submit} aria-busy={signIn.isPending}>
      <header>
        <ClipboardCheck size={32} strokeWidth={1.5} aria-hidden />
        <div>
          <h1>{t('app.name')}</h1>
          <p className="quiet">{t('app.purpose')}</p>
        </div>
      </header>
      <label htmlFor="service">{t('signIn.service')}</label>
      <input {...field('service')} placeholder="https://" autoComplete="off" spellCheck={false} />
      <label htmlFor="account">{t('signIn.account')}</label>
      <input {...field('account')} autoComplete="off" spellCheck={false} />
      <label htmlFor="password">{t('signIn.password')}</label>
      <span className="entry-password">
        <input {...field('password')} type={shown ? 'text' : 'password'} autoComplete="off" />
        <button
          type="button"
          aria-label={t('signIn.show')}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          data-testid="show-password"
        >
          {shown ? <Eye size={14} aria-hidden /> : <EyeOff size={14} aria-hidden />}
        </button>
      </span>
      {failed.problem && (
        <>
          <ProblemPanel problem={failed.problem} />
          {UNOPENED.has(failed.problem.code) && (
            <Suspense>
              <StartAnew entry={failed.entry} onSignedIn={opened} />
            </Suspense>
          )}
        </>
      )}
      {signIn.isPending && recovering && (
        <p className="recovering" role="status" data-testid="recovering">
          {t('signIn.recovering')}
        </p>
      )}
      <button type="submit" disabled={!complete} data-testid="sign-in">
        {signIn.isPending && <LoaderCircle className="turning" size={16} strokeWidth={1.75} aria-hidden />}
        {t(signIn.isPending ? 'signIn.working' : 'signIn.do')}
      </button>
      <p className="quiet sign-in-note">{t('signIn.offlineNote')}</p>
      <Preferences settings={settings} />
    </form>
  );
}

/** The page with what is known; drawn ahead when the app is built, see `prerender.tsx`. */
export function SignInPage({ settings, info }: { readonly settings: Settings; readonly info: Output<'info'> }) {
  const { service, account } = settings;
  const { prefill } = info;
  const start = prefill
    ? { service: prefill.service, account: prefill.account, password: prefill.password }
    : { service, account, password: '' };
  return (
    <div className="sign-in">
      <SignInForm settings={settings} start={start} atOnce={prefill?.atOnce ?? false} />
      <footer className="quiet">
        v{info.version} · Electron {info.electron} · Chromium {info.chromium}
      </footer>
    </div>
  );
}

/** First page: where the service is, who is working. */
export function SignIn() {
  const settings = useSettings();
  const info = useInfo();
  if (!settings.data || !info.data) return null;
  return <SignInPage settings={settings.data} info={info.data} />;
}

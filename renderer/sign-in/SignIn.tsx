import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { ClipboardCheck } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings, SignedIn } from '../../shared/ipc.ts';
import { call, problemOf } from '../api.ts';
import { useDesk } from '../desk.ts';
import { keys, useInfo, useSettings, useStatus } from '../query.ts';
import { Preferences } from '../ui/Preferences.tsx';
import { ProblemPanel } from '../ui/ProblemPanel.tsx';
import { StartAnew } from './StartAnew.tsx';
import './sign-in.css';

type Entry = { service: string; account: string; password: string };

/** Signing in by itself happens once: whoever signs out wants to be out. */
let signedInAtOnce = false;

type FormProps = { readonly start: Entry; readonly atOnce: boolean; readonly settings: Settings };

function SignInForm({ start, atOnce, settings }: FormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const say = useDesk((desk) => desk.say);
  const [entry, setEntry] = useState(start);
  const recovering = useStatus().data?.recovering ?? false;
  const begin = async (signedIn: SignedIn) => {
    client.setQueryData(keys.status, await call('status', undefined));
    client.setQueryData(keys.session, signedIn);
    const { news } = signedIn;
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
    onSuccess: begin,
  });
  const { mutate } = signIn;
  useEffect(() => {
    if (!atOnce || signedInAtOnce) return;
    signedInAtOnce = true;
    mutate(start);
  }, [atOnce, start, mutate]);
  const field = (name: keyof Entry) => ({
    id: name,
    value: entry[name],
    'data-testid': name,
    onChange: (event: { target: { value: string } }) => setEntry({ ...entry, [name]: event.target.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!signIn.isPending) signIn.mutate(entry);
  };
  const complete = entry.service.trim() !== '' && entry.account.trim() !== '' && entry.password !== '';
  return (
    <form className="sign-in-card" onSubmit={submit} aria-busy={signIn.isPending}>
      <header>
        <ClipboardCheck size={32} strokeWidth={1.5} aria-hidden />
        <div>
          <h1>{t('app.name')}</h1>
          <p className="quiet">{t('app.purpose')}</p>
        </div>
      </header>
      <label htmlFor="service">{t('signIn.service')}</label>
      <Input
        {...field('service')}
        placeholder="https://"
        autoComplete="off"
        spellCheck={false}
        autoFocus={entry.service === ''}
      />
      <label htmlFor="account">{t('signIn.account')}</label>
      <Input
        {...field('account')}
        autoComplete="off"
        spellCheck={false}
        autoFocus={entry.service !== '' && entry.account === ''}
      />
      <label htmlFor="password">{t('signIn.password')}</label>
      <Input.Password
        {...field('password')}
        autoComplete="off"
        autoFocus={entry.service !== '' && entry.account !== ''}
      />
      {signIn.isError && (
        <>
          <ProblemPanel problem={problemOf(signIn.error)} />
          <StartAnew code={problemOf(signIn.error).code} entry={signIn.variables} onSignedIn={begin} />
        </>
      )}
      {signIn.isPending && recovering && (
        <p className="recovering" role="status" data-testid="recovering">
          {t('signIn.recovering')}
        </p>
      )}
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        loading={signIn.isPending}
        disabled={!complete}
        data-testid="sign-in"
        block
      >
        {t(signIn.isPending ? 'signIn.working' : 'signIn.do')}
      </Button>
      <p className="quiet sign-in-note">{t('signIn.offlineNote')}</p>
      <Preferences settings={settings} />
    </form>
  );
}

/** First page: where the service is, who is working. */
export function SignIn() {
  const settings = useSettings();
  const info = useInfo();
  if (!settings.data || !info.data) return null;
  const { service, account } = settings.data;
  const { prefill } = info.data;
  const start = prefill
    ? { service: prefill.service, account: prefill.account, password: prefill.password }
    : { service, account, password: '' };
  return (
    <div className="sign-in">
      <SignInForm settings={settings.data} start={start} atOnce={prefill?.atOnce ?? false} />
      <footer className="quiet">
        v{info.data.version} · Electron {info.data.electron} · Chromium {info.data.chromium}
      </footer>
    </div>
  );
}

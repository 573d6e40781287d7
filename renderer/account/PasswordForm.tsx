import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isStrong } from '../../shared/password.ts';
import { call, problemOf } from '../api.ts';
import { deskState } from '../desk.ts';
import { ProblemPanel } from '../ui/ProblemPanel.tsx';

const EMPTY = { current: '', next: '', repeat: '' };

/** The own password: the present one, the new one twice. */
export function PasswordForm() {
  const { t } = useTranslation();
  const { say, show } = deskState();
  const [entry, setEntry] = useState(EMPTY);
  const { current, next, repeat } = entry;
  const change = useMutation({
    mutationFn: () => call('changePassword', { current, next }),
    onSuccess: () => {
      setEntry(EMPTY);
      show('none');
      say({ text: t('account.changed'), detail: t('account.changedNote'), tone: 'done' });
    },
  });
  const field = (name: keyof typeof EMPTY, wrong: boolean) => (
    <>
      <label htmlFor={`password-${name}`}>{t(`account.${name}`)}</label>
      <Input.Password
        id={`password-${name}`}
        autoFocus={name === 'current'}
        data-testid={`password-${name}`}
        value={entry[name]}
        status={wrong ? 'error' : ''}
        aria-invalid={wrong}
        aria-describedby={name === 'current' ? undefined : 'password-hint'}
        autoComplete="off"
        maxLength={256}
        onChange={(event) => setEntry({ ...entry, [name]: event.target.value })}
      />
    </>
  );
  const weak = next !== '' && !isStrong(next);
  const differs = repeat !== '' && repeat !== next;
  const complete = current !== '' && isStrong(next) && repeat === next;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (complete && !change.isPending) change.mutate();
  };
  return (
    <form className="password-form" onSubmit={submit} aria-busy={change.isPending}>
      <h3>{t('account.password')}</h3>
      {field('current', false)}
      {field('next', weak)}
      {field('repeat', differs)}
      <p className={weak || differs ? 'state-refused' : 'quiet'} id="password-hint" aria-live="polite">
        {t(differs ? 'account.differs' : 'account.rule')}
      </p>
      {change.isError && <ProblemPanel problem={problemOf(change.error)} />}
      <div className="password-actions">
        <Button onClick={() => show('none')}>{t('decide.cancel')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          disabled={!complete}
          loading={change.isPending}
          data-testid="password-save"
        >
          {t('account.change')}
        </Button>
      </div>
    </form>
  );
}

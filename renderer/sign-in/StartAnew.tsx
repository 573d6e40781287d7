import { useMutation } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input as Asked, SignedIn } from '../../shared/ipc.ts';
import { call, problemOf } from '../api.ts';
import { Controls } from '../ui/Controls.tsx';
import { ProblemPanel } from '../ui/ProblemPanel.tsx';

type Props = {
  readonly entry: Asked<'signIn'>;
  readonly onSignedIn: (signedIn: SignedIn) => Promise<void>;
};

/** The last resort for data that nobody can open: it is set aside, whole, and new data begun. */
export function StartAnew({ entry, onSignedIn }: Props) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [confirm, setConfirm] = useState('');
  const start = useMutation({
    mutationFn: () => call('startAnew', { ...entry, confirm: confirm.trim() }),
    onSuccess: onSignedIn,
  });
  const close = () => {
    setAsking(false);
    setConfirm('');
    start.reset();
  };
  return (
    <Controls>
      <button type="button" className="start-anew-offer" onClick={() => setAsking(true)} data-testid="start-anew">
        {t('startAnew.offer')}
      </button>
      <Modal
        open={asking}
        onCancel={close}
        width={480}
        centered
        title={t('startAnew.title')}
        destroyOnHidden
        footer={
          <>
            <Button onClick={close}>{t('decide.cancel')}</Button>
            <Button
              danger
              type="primary"
              disabled={confirm.trim() !== entry.account.trim()}
              loading={start.isPending}
              onClick={() => start.mutate()}
              data-testid="start-anew-confirm"
            >
              {t('startAnew.do')}
            </Button>
          </>
        }
      >
        <div className="start-anew" data-testid="start-anew-dialog">
          <ul>
            <li>{t('startAnew.unsent')}</li>
            <li>{t('startAnew.kept')}</li>
            <li>{t('startAnew.first')}</li>
          </ul>
          <label htmlFor="start-anew-account">{t('startAnew.confirm', { account: entry.account.trim() })}</label>
          <Input
            id="start-anew-account"
            data-testid="start-anew-account"
            value={confirm}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setConfirm(event.target.value)}
          />
          {start.isError && <ProblemPanel problem={problemOf(start.error)} />}
        </div>
      </Modal>
    </Controls>
  );
}

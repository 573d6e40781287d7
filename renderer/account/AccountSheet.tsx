import { Modal } from 'antd';
import { LockKeyhole, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SignedIn } from '../../shared/ipc.ts';
import { useDesk } from '../desk.ts';
import { PasswordForm } from './PasswordForm.tsx';
import './account.css';

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** Who is at work, what protects the data on this computer, and the own password. */
export function AccountSheet({ signedIn }: { readonly signedIn: SignedIn }) {
  const { t } = useTranslation();
  const shown = useDesk((desk) => desk.sheet === 'account');
  const show = useDesk((desk) => desk.show);
  const { account, protection } = signedIn;
  return (
    <Modal
      open={shown}
      onCancel={() => show('none')}
      footer={null}
      width={440}
      centered
      title={t('account.title')}
      destroyOnHidden
    >
      <div className="account-sheet" data-testid="account-sheet">
        <dl>
          <dt>{t('account.name')}</dt>
          <dd>
            {account.name} <span className="quiet">{account.account}</span>
          </dd>
          <dt>{t('account.role')}</dt>
          <dd>
            {t(`role.${account.role}`)}
            {account.level ? ` · ${account.siteName ?? t(`reviewLevel.${account.level}`)}` : ''}
          </dd>
        </dl>
        <div className="protection" data-testid="protection" data-protection={protection}>
          {protection === 'system' ? <ShieldCheck {...ICON} /> : <LockKeyhole {...ICON} />}
          <div>
            <strong>{t(`account.protection.${protection}`)}</strong>
            <p className="quiet">{t(`account.protection.${protection}Note`)}</p>
          </div>
        </div>
        <PasswordForm />
      </div>
    </Modal>
  );
}

import { Tooltip } from 'antd';
import { ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DeskStatus } from '../../shared/ipc.ts';
import { keyOf } from '../actions/command.ts';
import { deskState } from '../desk.ts';
import { sinceWhen, whichOne } from './words.ts';

/** In the status bar: a proof of the records does not hold; opens the screen that says which. */
export function BrokenProof({ broken }: Pick<DeskStatus, 'broken'>) {
  const { t } = useTranslation();
  const [first] = broken;
  if (!first) return null;
  const lines = [t(`verify.kind.${first.kind}`), whichOne(t, first), sinceWhen(t, first), t('verify.safe')];
  return (
    <Tooltip title={lines.map((line) => <div key={line}>{line}</div>)}>
      <button
        type="button"
        className="bar-item"
        onClick={() => deskState().show('proofs')}
        data-testid="broken-proof"
        data-kind={first.kind}
      >
        <span className="state state-conflict parked" role="alert">
          <ShieldAlert size={14} strokeWidth={1.75} aria-hidden />
          {t('verify.short', { count: broken.length })} <small className="quiet">{keyOf('verify')}</small>
        </span>
      </button>
    </Tooltip>
  );
}

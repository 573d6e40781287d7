import { Tooltip } from 'antd';
import { DatabaseBackup, HardDrive } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DeskStatus, Recovery } from '../../shared/ipc.ts';
import { problemText } from '../../shared/problem.ts';
import { useDesk } from '../desk.ts';
import { shortTime } from '../ui/time.ts';

const ICON = { size: 14, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** Whether a problem is one of this computer's data, which matters whether or not the service answers. */
export function isStoreProblem(problem: DeskStatus['problem']): boolean {
  return problem?.code.startsWith('store.') ?? false;
}

function Recovered({ recovery }: { readonly recovery: Recovery }) {
  const { t } = useTranslation();
  const show = useDesk((desk) => desk.show);
  const { at, backup, decisions, uncertain, missing } = recovery;
  const nothing = decisions === 0 && backup === null;
  const details = [
    t('recovery.when', { at: shortTime(at) }),
    backup === null ? t('recovery.noBackup') : t('recovery.backup', { at: shortTime(backup) }),
    ...(uncertain > 0 ? [t('recovery.uncertain', { count: uncertain })] : []),
    ...(missing > 0 ? [t('recovery.missing', { count: missing })] : []),
    t('recovery.kept'),
  ];
  return (
    <Tooltip title={details.map((detail) => <div key={detail}>{detail}</div>)}>
      <button type="button" className="bar-item" onClick={() => show('decisions')} data-testid="recovery">
        <span className={uncertain + missing > 0 || nothing ? 'state state-conflict' : 'state state-returned'}>
          <DatabaseBackup {...ICON} />
          {nothing ? t('recovery.nothing') : t('recovery.done', { count: decisions })}
          {missing > 0 && ` · ${t('recovery.missingShort', { count: missing })}`}
        </span>
      </button>
    </Tooltip>
  );
}

/** News of this computer's data: that it can't be saved, or that it was damaged and what was recovered. */
export function StoreNews({ status }: { readonly status: DeskStatus }) {
  const { i18n } = useTranslation();
  const { problem, recovery } = status;
  const trouble =
    problem && isStoreProblem(problem) ? problemText(problem.code, i18n.language === 'en' ? 'en' : 'zh-CN') : null;
  return (
    <>
      {trouble && (
        <Tooltip title={trouble.next}>
          <span className="state state-conflict" role="alert" data-testid="store-problem">
            <HardDrive {...ICON} />
            {trouble.title}
          </span>
        </Tooltip>
      )}
      {recovery && <Recovered recovery={recovery} />}
    </>
  );
}

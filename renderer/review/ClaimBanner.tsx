import { Button } from 'antd';
import { UserRoundCheck, UserRoundPen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { keyOf } from '../actions/command.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { shortTime } from '../ui/time.ts';
import type { Bench } from './bench.ts';
import type { Commands } from './commands.ts';

/** Whether there is something to say of who reviews: another one does, or this supervisor may name somebody. */
export function hasBanner({ heldBy, assignable }: Bench): boolean {
  return heldBy !== null || assignable;
}

/** Who reviews the submission, and since when; what that means here. */
export function ClaimBanner({ bench, commands }: { readonly bench: Bench; readonly commands: Commands }) {
  const { t } = useTranslation();
  const { heldBy, assignable } = bench;
  const Icon = heldBy ? UserRoundPen : UserRoundCheck;
  return (
    <div className="claim-banner" role="status" data-testid="claim-banner" data-holder={heldBy?.holder.name ?? ''}>
      <Icon size={15} strokeWidth={1.75} aria-hidden />
      {heldBy ? (
        <>
          <strong className="nowrap">{t('claim.held', { name: heldBy.holder.name })}</strong>
          <span className="quiet nowrap">{t('claim.since', { at: shortTime(heldBy.since) })}</span>
          {!assignable && <span className="claim-meaning nowrap">{t('claim.lookOnly')}</span>}
        </>
      ) : (
        <span>{t('claim.nobody')}</span>
      )}
      {assignable && (
        <>
          <span className="bar-space" />
          <Button size="small" onClick={() => commands.run('reassign')} data-testid="reassign">
            {t(heldBy ? 'claim.reassign' : 'claim.assign')} <Kbd>{keyOf('reassign')}</Kbd>
          </Button>
        </>
      )}
    </div>
  );
}

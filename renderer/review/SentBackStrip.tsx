import { CornerLeftDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { shortTime } from '../ui/time.ts';
import { saidOf } from '../ui/words.ts';
import type { Bench } from './bench.ts';

/** Why the level above sent the submission back, for the level that reviews it again. */
export function SentBackStrip({ bench }: { readonly bench: Bench }) {
  const { t } = useTranslation();
  const { sentBack } = bench.subject.submission;
  if (!sentBack) return null;
  return (
    <div className="claim-banner" role="status" data-testid="sent-back">
      <CornerLeftDown size={15} strokeWidth={1.75} aria-hidden />
      <strong className="nowrap">{t('sendBack.by', { level: t(`reviewLevel.${sentBack.from}`) })}</strong>
      <span className="quiet nowrap">{shortTime(sentBack.at)}</span>
      <span className="claim-meaning nowrap" title={saidOf(t, sentBack)}>
        {saidOf(t, sentBack)}
      </span>
    </div>
  );
}

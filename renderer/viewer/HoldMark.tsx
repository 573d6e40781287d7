import { Contrast } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Adjust } from './adjust.ts';
import { type Hold, seenTilt } from './viewport.ts';

/** What was changed, in words: `亮度 60% · 绿`. */
function useSaid(adjust: Adjust | null): string {
  const { t } = useTranslation();
  if (!adjust) return '';
  const parts = [
    adjust.channel === 'all' ? '' : t(`adjust.only.${adjust.channel}`),
    adjust.brightness === 100 ? '' : `${t('adjust.brightness')} ${adjust.brightness}%`,
    adjust.contrast === 100 ? '' : `${t('adjust.contrast')} ${adjust.contrast}%`,
    adjust.inverted ? t('adjust.invert') : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Says on the pane's bar that the picture isn't shown as it was uploaded, so that nobody judges it unknowingly. */
export function HoldMark({ hold }: { readonly hold: Hold }) {
  const { t } = useTranslation();
  const said = useSaid(hold.adjust);
  const tilt = seenTilt(hold);
  const turned = [
    hold.mirrored ? t('picture.mirrored') : '',
    hold.turn !== 0 || (hold.mirrored && tilt === 0) ? `${hold.turn}°` : '',
    tilt === 0 ? '' : `${tilt > 0 ? '+' : '−'}${Math.abs(tilt)}°`,
  ].filter(Boolean);
  return (
    <>
      {turned.length > 0 && (
        <span className="pane-hold" data-testid="hold">
          {turned.join(' ')}
        </span>
      )}
      {said && (
        <span
          className="pane-hold"
          role="note"
          aria-label={`${t('picture.adjusted')}: ${said}`}
          title={said}
          data-testid="adjusted"
        >
          <Contrast size={12} aria-hidden /> {t('picture.adjusted')}
        </span>
      )}
    </>
  );
}

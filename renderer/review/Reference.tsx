import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { materialOf } from '../../shared/ids.ts';
import { keyOf } from '../actions/command.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { materialName } from '../ui/words.ts';
import { activeSlot } from './panes.ts';
import { reviewState, useReview } from './state.ts';

const SAMPLES = import.meta.glob<string>('../../resources/samples/*.jpg', {
  eager: true,
  query: '?url',
  import: 'default',
});

/** What the target's material should look like, beside it; follows as the reviewer steps on. */
export function Reference() {
  const { t } = useTranslation();
  const slot = useReview((review) => activeSlot(review.panes));
  if (!slot) return null;
  const material = materialOf(slot);
  const source = SAMPLES[`../../resources/samples/${material}.jpg`];
  return (
    <aside className="reference" aria-label={t('reference.title')} data-testid="reference-picture">
      <header>
        <strong>
          {t('reference.title')}: {materialName(t, material)}
        </strong>
        <IconButton
          icon={X}
          label={t('reference.close')}
          hint={keyOf('reference')}
          onClick={() => reviewState().clear()}
        />
      </header>
      {source ? <img src={source} alt={materialName(t, material)} /> : <p className="quiet">{t('reference.none')}</p>}
    </aside>
  );
}

import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MaterialCode } from '../../shared/ids.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { materialName } from '../ui/words.ts';
import { useReview } from './state.ts';

const SAMPLES = import.meta.glob<string>('../../resources/samples/*.jpg', {
  eager: true,
  query: '?url',
  import: 'default',
});

/** What a material should look like, beside the candidate's picture. */
export function Reference({ material }: { readonly material: MaterialCode }) {
  const { t } = useTranslation();
  const source = SAMPLES[`../../resources/samples/${material}.jpg`];
  return (
    <aside className="reference" aria-label={t('reference.title')} data-testid="reference-picture">
      <header>
        <strong>
          {t('reference.title')}: {materialName(t, material)}
        </strong>
        <IconButton icon={X} label={t('reference.close')} hint="G" onClick={() => useReview.getState().clear()} />
      </header>
      {source ? <img src={source} alt={materialName(t, material)} /> : <p className="quiet">{t('reference.none')}</p>}
    </aside>
  );
}

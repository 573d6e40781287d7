import type { TFunction } from 'i18next';
import type { Act } from '../../shared/decision.ts';
import { materialName, saidOf, slotName } from '../ui/words.ts';

/** What a decision says: reasons and words, a line for each thing that it is about. */
export function saidIn(t: TFunction, act: Act): string[] {
  const about = (name: string, said: Parameters<typeof saidOf>[1]): string[] => {
    const words = saidOf(t, said);
    return words === '' ? [] : [name === '' ? words : t('record.about', { name, words })];
  };
  switch (act.kind) {
    case 'image.return':
      return about('', act);
    case 'submission.return':
      return [
        ...act.images.flatMap((image) => about(slotName(t, image.slot), image)),
        ...act.materials.flatMap((point) => about(materialName(t, point.material), point)),
        ...about(t('record.form'), act.form),
      ];
    case 'submission.refuse':
    case 'submission.send_back':
      return about('', act);
    case 'submission.reopen':
      return about('', { reasons: [], comment: act.comment });
    case 'submission.note':
      return [act.text];
    case 'image.lock':
    case 'image.reopen':
    case 'submission.approve':
      return [];
  }
}

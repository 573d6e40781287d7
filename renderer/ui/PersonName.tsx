import { useTranslation } from 'react-i18next';
import { isDrawable } from './drawable.ts';
import { codePoint, piecesOf } from './rare.ts';

/**
 * A name with its rare characters marked, so that they are compared with the paper and not passed over; one that no font
 * here has stands as its code point, not as an empty box.
 */
export function PersonName({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const pieces = piecesOf(name);
  if (pieces.every(({ rare }) => !rare)) return name;
  return pieces.map(({ text, rare }, index) => {
    if (!rare) return text;
    const drawable = isDrawable(text);
    return (
      <span
        key={`${codePoint(text)} ${pieces.slice(0, index).filter((piece) => piece.text === text).length}`}
        className={drawable ? 'rare' : 'rare rare-missing'}
        title={t(drawable ? 'rare.note' : 'rare.missing', { code: codePoint(text) })}
        data-testid="rare"
        data-drawable={drawable}
      >
        {drawable ? text : codePoint(text)}
      </span>
    );
  });
}

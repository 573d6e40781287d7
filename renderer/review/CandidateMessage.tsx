import { useTranslation } from 'react-i18next';
import type { ReturnedImage } from '../../shared/decision.ts';
import { type Message, messageText } from '../../shared/message.ts';
import { MarkedThumb } from '../marks/MarkedThumb.tsx';

type Props = {
  /** Null: nothing to say yet. */
  readonly message: Message | null;
  /** Pictures that go back; those with marks are shown with them. */
  readonly images?: readonly ReturnedImage[];
};

/** The message as the candidate will read it, on something like their phone. Always in Chinese, word for word. */
export function CandidateMessage({ message, images = [] }: Props) {
  const { t } = useTranslation();
  return (
    <figure className="phone">
      <figcaption>{t('message.preview')}</figcaption>
      <div className="phone-screen" lang="zh-CN">
        <div className="phone-head">审核意见</div>
        <div className="phone-body">
          <div className="phone-text selectable" data-testid="message">
            {message ? messageText(message) : <span className="quiet">{t('message.none')}</span>}
          </div>
          {images.map((image) => image.marks && <MarkedThumb key={image.slot} image={image} />)}
        </div>
      </div>
    </figure>
  );
}

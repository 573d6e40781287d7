import { useTranslation } from 'react-i18next';
import { type Message, messageText } from '../../shared/message.ts';

/** The message as the candidate will read it (null: nothing to say yet), on something like their phone. Always in Chinese, word for word. */
export function CandidateMessage({ message }: { readonly message: Message | null }) {
  const { t } = useTranslation();
  return (
    <figure className="phone">
      <figcaption>{t('message.preview')}</figcaption>
      <div className="phone-screen" lang="zh-CN">
        <div className="phone-head">审核意见</div>
        <div className="phone-text selectable" data-testid="message">
          {message ? messageText(message) : <span className="quiet">{t('message.none')}</span>}
        </div>
      </div>
    </figure>
  );
}

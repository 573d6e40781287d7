import { Button, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { REASON_CODES, type ReasonCode } from '../../shared/catalogue/reasons.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import { levelBefore } from '../../shared/status.ts';
import { CommentField } from '../phrases/CommentField.tsx';
import { sourceOf } from '../phrases/phrases.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { reasonName } from '../ui/words.ts';
import type { Bench } from './bench.ts';
import { useConclude } from './conclude.ts';
import { judged } from './decide.ts';
import { reviewState } from './state.ts';

/** 退回下级: the level before reviews again, and reads why; the candidate hears nothing. Ctrl+Enter confirms. */
export function SendBackDialog({ bench, next }: { readonly bench: Bench; readonly next: SubmissionId | null }) {
  const { t } = useTranslation();
  const { clear } = reviewState();
  const { saving, conclude } = useConclude(bench, next);
  const [reasons, setReasons] = useState<ReasonCode[]>([]);
  const [words, setWords] = useState('');
  const { policy, account } = bench.signedIn;
  const before = account.level && levelBefore(account.level, policy);
  const level = before ? t(`reviewLevel.${before}`) : '';
  const comment = words.trim();
  const ready = reasons.length > 0 || comment !== '';
  const confirm = () => {
    if (ready) void conclude({ kind: 'submission.send_back', images: judged(bench), reasons, comment });
  };
  return (
    <Modal
      open
      width={520}
      title={t('sendBack.title', { level, name: bench.subject.submission.form.name })}
      onCancel={clear}
      modalRender={(dialog) => (
        <div
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !event.ctrlKey || event.repeat) return;
            event.preventDefault();
            confirm();
          }}
        >
          {dialog}
        </div>
      )}
      footer={
        <>
          <Button onClick={clear}>{t('decide.cancel')}</Button>
          <Button
            type="primary"
            disabled={!ready}
            loading={saving}
            onClick={confirm}
            data-testid="send-back-dialog-confirm"
          >
            {t('sendBack.confirm')} <Kbd>Ctrl ↵</Kbd>
          </Button>
        </>
      }
    >
      <div className="takeover" data-testid="send-back-dialog">
        <p className="quiet">{t('sendBack.explain', { level })}</p>
        <Select<ReasonCode[]>
          mode="multiple"
          autoFocus
          value={reasons}
          onChange={setReasons}
          options={REASON_CODES.map((code) => ({ value: code, label: `${code} ${reasonName(t, code)}` }))}
          optionFilterProp="label"
          placeholder={t('sendBack.reasons')}
          aria-label={t('sendBack.reasons')}
          data-testid="send-back-dialog-reasons"
        />
        <CommentField
          rows={4}
          value={words}
          placeholder={t('sendBack.words', { level })}
          source={sourceOf(bench, null)}
          onChange={setWords}
          testId="send-back-dialog-words"
        />
      </div>
    </Modal>
  );
}

import { Button, Input, Modal, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refusalReasons } from '../../shared/catalogue/applicability.ts';
import { REASON_CODES, type ReasonCode } from '../../shared/catalogue/reasons.ts';
import { VERDICTS, type Verdict } from '../../shared/spot-check/wire.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { reasonName } from '../ui/words.ts';

export type Said = { readonly verdict: Verdict; readonly reasons: ReasonCode[]; readonly comment: string };

type Props = {
  readonly first: Verdict;
  readonly saving: boolean;
  onJudge(said: Said): void;
  onCancel(): void;
};

/** The judgement of who looks again: nobody hears of it but the check. Ctrl+Enter gives it. */
export function VerdictDialog({ first, saving, onJudge, onCancel }: Props) {
  const { t } = useTranslation();
  const [verdict, setVerdict] = useState(first);
  const [reasons, setReasons] = useState<ReasonCode[]>([]);
  const [comment, setComment] = useState('');
  const offered = verdict === 'refuse' ? refusalReasons() : REASON_CODES;
  const kept = verdict === 'approve' ? [] : reasons.filter((code) => offered.includes(code));
  const ready = verdict === 'approve' || kept.length > 0 || comment.trim() !== '';
  const judge = () => ready && !saving && onJudge({ verdict, reasons: kept, comment: comment.trim() });
  return (
    <Modal
      open
      width={560}
      title={t('spot.verdictTitle')}
      onCancel={onCancel}
      modalRender={(dialog) => (
        <div
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !event.ctrlKey || event.repeat) return;
            event.preventDefault();
            judge();
          }}
        >
          {dialog}
        </div>
      )}
      footer={
        <>
          <Button onClick={onCancel}>{t('decide.cancel')}</Button>
          <Button type="primary" disabled={!ready} loading={saving} onClick={judge} data-testid="spot-confirm">
            {t('spot.confirm')} <Kbd>Ctrl ↵</Kbd>
          </Button>
        </>
      }
    >
      <div className="spot-verdict" data-testid="spot-verdict">
        <p className="quiet">{t('spot.verdictNote')}</p>
        <Segmented<Verdict>
          block
          value={verdict}
          onChange={setVerdict}
          options={VERDICTS.map((value) => ({ value, label: t(`spot.verdict.${value}`) }))}
          aria-label={t('spot.verdictTitle')}
        />
        {verdict !== 'approve' && (
          <Select<ReasonCode[]>
            mode="multiple"
            value={kept}
            onChange={setReasons}
            options={offered.map((code) => ({ value: code, label: `${code} ${reasonName(t, code)}` }))}
            optionFilterProp="label"
            placeholder={t('spot.reasons')}
            aria-label={t('spot.reasons')}
            data-testid="spot-reasons"
          />
        )}
        <Input.TextArea
          rows={3}
          maxLength={500}
          value={comment}
          placeholder={t('spot.words')}
          aria-label={t('spot.words')}
          onChange={(event) => setComment(event.target.value)}
          data-testid="spot-words"
        />
      </div>
    </Modal>
  );
}

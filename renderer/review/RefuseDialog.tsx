import { Alert, Button, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refusalReasons } from '../../shared/catalogue/applicability.ts';
import type { ReasonCode } from '../../shared/catalogue/reasons.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import { compose } from '../../shared/message.ts';
import { reasonName } from '../ui/words.ts';
import { useAmended } from './amend.ts';
import type { Bench } from './bench.ts';
import { CandidateMessage } from './CandidateMessage.tsx';
import { useConclude } from './conclude.ts';
import { judged } from './decide.ts';
import { useReview } from './state.ts';

/** 拒绝: a reason of the E group, then a second confirmation. */
export function RefuseDialog({ bench, next }: { readonly bench: Bench; readonly next: SubmissionId | null }) {
  const { t } = useTranslation();
  const { clear } = useReview.getState();
  const suggested = bench.checks.flatMap(({ status, reason }) => (status !== 'passed' && reason ? [reason] : []));
  const amended = useAmended(bench);
  const before = amended?.kind === 'submission.refuse' ? amended : null;
  const [reasons, setReasons] = useState<ReasonCode[]>(before?.reasons ?? []);
  const [comment, setComment] = useState(before?.comment ?? '');
  const [asked, setAsked] = useState(false);
  const { saving, conclude } = useConclude(bench, next);
  const act = { kind: 'submission.refuse', images: judged(bench), reasons, comment: comment.trim() } as const;
  const message = compose(act, bench.signedIn.policy);
  return (
    <Modal
      open
      onCancel={clear}
      width={860}
      title={t('refuseDialog.title', { name: bench.subject.submission.form.name })}
      footer={
        <>
          <Button onClick={asked ? () => setAsked(false) : clear}>
            {t(asked ? 'refuseDialog.back' : 'decide.cancel')}
          </Button>
          {asked ? (
            <Button
              danger
              type="primary"
              autoFocus
              onClick={() => void conclude(act)}
              loading={saving}
              data-testid="refuse-confirm"
            >
              {t('refuseDialog.confirm')}
            </Button>
          ) : (
            <Button danger disabled={reasons.length === 0} onClick={() => setAsked(true)} data-testid="refuse-next">
              {t('refuseDialog.next')}
            </Button>
          )}
        </>
      }
    >
      <div className="return-dialog" data-testid="refuse-dialog">
        <div className="return-points">
          {asked ? (
            <Alert type="error" showIcon title={t('refuseDialog.sure')} description={t('refuseDialog.final')} />
          ) : (
            <>
              <p>{t('refuseDialog.explain')}</p>
              <Checkbox.Group value={reasons} onChange={setReasons} className="refuse-reasons">
                {refusalReasons().map((code) => (
                  <Checkbox key={code} value={code} data-testid={`refusal-${code}`}>
                    {reasonName(t, code)}
                    {suggested.includes(code) && <span className="quiet"> · {t('picker.suggested')}</span>}
                  </Checkbox>
                ))}
              </Checkbox.Group>
              <Input.TextArea
                rows={3}
                maxLength={500}
                value={comment}
                placeholder={t('refuseDialog.comment')}
                aria-label={t('refuseDialog.comment')}
                onChange={(event) => setComment(event.target.value)}
              />
            </>
          )}
        </div>
        <CandidateMessage message={reasons.length > 0 ? message : null} />
      </div>
    </Modal>
  );
}

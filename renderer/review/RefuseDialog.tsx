import { Alert, Button, Checkbox, Modal } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refusalReasons } from '../../shared/catalogue/applicability.ts';
import type { ReasonCode } from '../../shared/catalogue/reasons.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import { compose } from '../../shared/message.ts';
import { CommentField } from '../phrases/CommentField.tsx';
import { sourceOf } from '../phrases/phrases.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { reasonName } from '../ui/words.ts';
import { useAmended } from './amend.ts';
import type { Bench } from './bench.ts';
import { CandidateMessage } from './CandidateMessage.tsx';
import { useConclude } from './conclude.ts';
import { judged } from './decide.ts';
import { reviewState } from './state.ts';

/** 拒绝: a reason of the E group, by its digit or by click, then a second confirmation. */
export function RefuseDialog({ bench, next }: { readonly bench: Bench; readonly next: SubmissionId | null }) {
  const { t } = useTranslation();
  const { clear } = reviewState();
  const suggested = bench.checks.flatMap(({ status, reason }) => (status !== 'passed' && reason ? [reason] : []));
  const amended = useAmended(bench);
  const before = amended?.kind === 'submission.refuse' ? amended : null;
  const [reasons, setReasons] = useState<ReasonCode[]>(before?.reasons ?? []);
  const [comment, setComment] = useState(before?.comment ?? '');
  const [asked, setAsked] = useState(false);
  const { saving, conclude } = useConclude(bench, next);
  const act = { kind: 'submission.refuse', images: judged(bench), reasons, comment: comment.trim() } as const;
  const message = compose(act, bench.signedIn.policy);
  const all = refusalReasons();
  const keys = (event: KeyboardEvent) => {
    // A key that is held must not answer the second question too.
    if (event.repeat && event.key === 'Enter') event.preventDefault();
    if (asked || event.repeat || event.target instanceof HTMLTextAreaElement || event.ctrlKey || event.altKey) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const code = digit ? all[Number(digit) - 1] : undefined;
    if (code) {
      setReasons(reasons.includes(code) ? reasons.filter((other) => other !== code) : [...reasons, code]);
    } else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement) && reasons.length > 0) {
      setAsked(true);
    } else return;
    event.preventDefault();
  };
  return (
    <Modal
      open
      onCancel={clear}
      width={860}
      modalRender={(dialog) => <div onKeyDown={keys}>{dialog}</div>}
      title={t('refuseDialog.title', { name: bench.subject.submission.form.name })}
      footer={
        <>
          <Button onClick={asked ? () => setAsked(false) : clear}>
            {t(asked ? 'refuseDialog.back' : 'decide.cancel')}
          </Button>
          {asked ? (
            <Button
              key="confirm"
              danger
              type="primary"
              autoFocus
              onClick={() => void conclude(act)}
              loading={saving}
              data-testid="refuse-confirm"
            >
              {t('refuseDialog.confirm')} <Kbd>↵</Kbd>
            </Button>
          ) : (
            <Button
              key="next"
              danger
              disabled={reasons.length === 0}
              onClick={() => setAsked(true)}
              data-testid="refuse-next"
            >
              {t('refuseDialog.next')} <Kbd>↵</Kbd>
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
                {all.map((code, index) => (
                  <Checkbox key={code} value={code} autoFocus={index === 0} data-testid={`refusal-${code}`}>
                    {index < 9 && <Kbd>{String(index + 1)}</Kbd>} {reasonName(t, code)}
                    {suggested.includes(code) && <span className="quiet"> · {t('picker.suggested')}</span>}
                  </Checkbox>
                ))}
              </Checkbox.Group>
              <CommentField
                rows={3}
                value={comment}
                placeholder={t('refuseDialog.comment')}
                source={sourceOf(bench, null)}
                onChange={setComment}
              />
            </>
          )}
        </div>
        <CandidateMessage message={reasons.length > 0 ? message : null} />
      </div>
    </Modal>
  );
}

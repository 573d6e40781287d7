import { useTranslation } from 'react-i18next';
import type { SubmissionId } from '../../shared/ids.ts';
import { levelBefore } from '../../shared/status.ts';
import type { Bench } from './bench.ts';
import { useConclude } from './conclude.ts';
import { judged } from './decide.ts';
import { ReasonInWords } from './ReasonInWords.tsx';
import { reviewState } from './state.ts';

/** 退回下级: the level before reviews again, and reads why; the candidate hears nothing. */
export function SendBackDialog({ bench, next }: { readonly bench: Bench; readonly next: SubmissionId | null }) {
  const { t } = useTranslation();
  const { saving, conclude } = useConclude(bench, next);
  const { policy, account } = bench.signedIn;
  const before = account.level && levelBefore(account.level, policy);
  const level = before ? t(`reviewLevel.${before}`) : '';
  return (
    <ReasonInWords
      title={t('sendBack.title', { level, name: bench.subject.submission.form.name })}
      explain={t('sendBack.explain', { level })}
      label={t('sendBack.words', { level })}
      confirm={t('sendBack.confirm')}
      saving={saving}
      testId="send-back-dialog"
      onCancel={reviewState().clear}
      onConfirm={(comment) =>
        void conclude({ kind: 'submission.send_back', images: judged(bench), reasons: [], comment })
      }
    />
  );
}

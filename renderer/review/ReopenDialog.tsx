import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, type InputRef, Modal } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { next } from '../../shared/status.ts';
import { deskState } from '../desk.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { statusName } from '../ui/words.ts';
import type { Bench } from './bench.ts';
import { judged, save } from './decide.ts';
import { reviewState } from './state.ts';

/** Whether this reviewer may take the conclusion of a submission up again (domain §4, `shared/status.ts`). */
export function canReopen({ subject, signedIn, heldBy }: Bench): boolean {
  const { account, policy } = signedIn;
  if (account.role !== 'reviewer' || account.level === null || heldBy) return false;
  return next(subject.submission, 'submission.reopen', account.level, policy) !== null;
}

/** 重新审核: a decision of its own, with a reason that stands in the log. */
export function ReopenDialog({ bench }: { readonly bench: Bench }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { clear } = reviewState();
  const { form, status } = bench.subject.submission;
  const [comment, setComment] = useState('');
  const [saving, setSaving] = useState(false);
  const input = useRef<InputRef>(null);
  const ready = comment.trim() !== '';
  const confirm = async () => {
    if (!ready || saving) return;
    setSaving(true);
    const act = { kind: 'submission.reopen', images: judged(bench), comment: comment.trim() } as const;
    const saved = await save(client, t, bench, act);
    setSaving(false);
    if (!saved) return;
    clear();
    deskState().say({ tone: 'done', text: t('reopenDialog.done', { name: form.name }), undo: true });
  };
  return (
    <Modal
      open
      onCancel={clear}
      afterOpenChange={(open) => open && input.current?.focus()}
      width={480}
      title={t('reopenDialog.title', { name: form.name })}
      footer={
        <>
          <Button onClick={clear}>{t('decide.cancel')}</Button>
          <Button
            type="primary"
            disabled={!ready}
            loading={saving}
            onClick={() => void confirm()}
            data-testid="reopen-confirm"
          >
            {t('command.reopenSubmission')} <Kbd>↵</Kbd>
          </Button>
        </>
      }
    >
      <div className="takeover" data-testid="reopen-dialog">
        <p className="quiet">{t('reopenDialog.explain', { status: statusName(t, status) })}</p>
        <Input
          ref={input}
          value={comment}
          maxLength={200}
          aria-label={t('reopenDialog.why')}
          placeholder={t('reopenDialog.why')}
          onChange={(event) => setComment(event.target.value)}
          onPressEnter={(event) => !event.nativeEvent.isComposing && void confirm()}
          data-testid="reopen-reason"
        />
      </div>
    </Modal>
  );
}

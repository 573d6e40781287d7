import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Radio, Skeleton } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountId } from '../../shared/ids.ts';
import type { Problem } from '../../shared/problem.ts';
import { call, problemOf } from '../api.ts';
import { deskState } from '../desk.ts';
import { keys } from '../query.ts';
import { ProblemPanel } from '../ui/ProblemPanel.tsx';
import { shortTime } from '../ui/time.ts';
import type { Bench } from './bench.ts';
import { reviewState } from './state.ts';

const REASONS = ['absent', 'workload', 'recusal', 'device'] as const;
/** The choice of nobody: whoever opens it next has it. */
const NOBODY = 'nobody';

/** A supervisor names who reviews the submission from now on, or nobody, and why. */
export function TakeoverDialog({ bench }: { readonly bench: Bench }) {
  const { t } = useTranslation();
  const { clear } = reviewState();
  const { heldBy } = bench;
  const { id, form } = bench.subject.submission;
  const [to, setTo] = useState<AccountId | typeof NOBODY | null>(null);
  const [reason, setReason] = useState('');
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const reviewers = useQuery({ queryKey: keys.reviewers(id), queryFn: () => call('reviewers', { id }), staleTime: 0 });
  // The choice to be made has the focus, not the button that closes; what the reviewer has already gone to keeps it.
  const choices = useRef<HTMLDivElement>(null);
  const begin = useCallback(() => {
    const within = document.activeElement;
    const gone = within instanceof HTMLInputElement && choices.current?.contains(within);
    if (!gone) choices.current?.querySelector<HTMLElement>('input')?.focus();
  }, []);
  const arrived = reviewers.data !== undefined;
  useEffect(() => {
    if (arrived) begin();
  }, [arrived, begin]);
  const others = reviewers.data?.filter((one) => one.id !== heldBy?.holder.id) ?? [];
  const ready = to !== null && reason.trim() !== '';
  const confirm = async () => {
    if (!ready || saving) return;
    setSaving(true);
    setProblem(null);
    try {
      await call('takeOver', { id, to: to === NOBODY ? null : to, reason: reason.trim() });
      const name = others.find((one) => one.id === to)?.name;
      const text = name ? t('claim.done', { name: form.name, to: name }) : t('claim.freed', { name: form.name });
      deskState().say({ tone: 'done', text });
      clear();
    } catch (error) {
      setProblem(problemOf(error));
      setSaving(false);
    }
  };
  return (
    <Modal
      open
      afterOpenChange={(open) => open && begin()}
      onCancel={clear}
      width={480}
      title={t('claim.title', { name: form.name })}
      footer={
        <>
          <Button onClick={clear}>{t('decide.cancel')}</Button>
          <Button
            type="primary"
            disabled={!ready}
            loading={saving}
            onClick={() => void confirm()}
            data-testid="takeover-confirm"
          >
            {t('claim.confirm')}
          </Button>
        </>
      }
    >
      <div ref={choices} className="takeover" data-testid="takeover-dialog">
        <p className="quiet">
          {heldBy ? t('claim.now', { name: heldBy.holder.name, at: shortTime(heldBy.since) }) : t('claim.nobody')}
        </p>
        <h3 id="takeover-to">{t('claim.to')}</h3>
        {reviewers.isPending && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
        {reviewers.error && <ProblemPanel problem={problemOf(reviewers.error)} />}
        {reviewers.data && (
          <Radio.Group
            className="takeover-people"
            aria-labelledby="takeover-to"
            value={to}
            onChange={(event) => setTo(event.target.value)}
          >
            {others.map((one) => (
              <Radio key={one.id} value={one.id}>
                {one.name}
              </Radio>
            ))}
            {heldBy && <Radio value={NOBODY}>{t('claim.free')}</Radio>}
          </Radio.Group>
        )}
        <h3 id="takeover-why">{t('claim.why')}</h3>
        <div className="takeover-reasons">
          {REASONS.map((code) => (
            <Button key={code} size="small" onClick={() => setReason(t(`claim.reason.${code}`))}>
              {t(`claim.reason.${code}`)}
            </Button>
          ))}
        </div>
        <Input
          value={reason}
          maxLength={100}
          aria-labelledby="takeover-why"
          placeholder={t('claim.whyHint')}
          onChange={(event) => setReason(event.target.value)}
          onPressEnter={() => void confirm()}
          data-testid="takeover-reason"
        />
        {heldBy && <p className="quiet">{t('claim.consequence', { name: heldBy.holder.name })}</p>}
        {problem && <ProblemPanel problem={problem} />}
      </div>
    </Modal>
  );
}

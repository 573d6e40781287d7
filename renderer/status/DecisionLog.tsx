import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../../shared/decision.ts';
import type { TrackedDecision } from '../../shared/ipc.ts';
import { problemText } from '../../shared/problem.ts';
import { call } from '../api.ts';
import { deskState, useDesk } from '../desk.ts';
import { keys } from '../query.ts';
import { goTo } from '../review/undo.ts';
import { ProblemPanel } from '../ui/ProblemPanel.tsx';
import { shortTime } from '../ui/time.ts';
import { actName } from '../ui/words.ts';

/** My last decisions: so many can be opened again. */
const RECENT = 50;

const FILTERS = {
  recent: undefined,
  waiting: ['waiting', 'sending'],
  applied: ['applied'],
  parked: ['conflict', 'refused'],
} as const;

const TONE: Record<TrackedDecision['state'], string> = {
  waiting: 'open',
  sending: 'open',
  applied: 'locked',
  conflict: 'conflict',
  refused: 'refused',
  withdrawn: 'open',
  dismissed: 'open',
};

/** Where it was made, the submission and the picture. */
function open(decision: Decision): void {
  deskState().show('none');
  goTo(decision);
}

function Way({ tracked }: { readonly tracked: TrackedDecision }) {
  const { t, i18n } = useTranslation();
  const english = i18n.language === 'en';
  const { openConflicts } = deskState();
  const { decision, state, problem, resolution } = tracked;
  const parked = state === 'conflict' || state === 'refused';
  return (
    <li className="way" data-testid="way" data-state={state} data-kind={decision.act.kind}>
      <header>
        <span className={`state state-${TONE[state]}`}>
          {t(resolution ? `log.resolved.${resolution.choice}` : `log.state.${state}`)}
        </span>
        <strong>
          {tracked.name} · {actName(t, decision.act)}
        </strong>
        <span className="quiet">{tracked.registrationNumber}</span>
      </header>
      <ol>
        <li>{t('log.saved', { at: shortTime(decision.madeAt) })}</li>
        {tracked.lastTriedAt && (
          <li>{t('log.tried', { at: shortTime(tracked.lastTriedAt), count: tracked.attempts })}</li>
        )}
        {problem && state === 'dismissed' && <li>{problemText(problem.code, english ? 'en' : 'zh-CN').title}</li>}
        {resolution && <li>{t('log.resolvedAt', { at: shortTime(resolution.at) })}</li>}
        {tracked.receipt && <li>{t('log.applied', { at: shortTime(tracked.receipt.appliedAt) })}</li>}
        {tracked.receipt && (
          <li className="selectable">{t('log.receipt', { code: tracked.receipt.decisionSha256.slice(0, 12) })}</li>
        )}
      </ol>
      {problem && parked && <ProblemPanel problem={problem} />}
      <div className="way-actions">
        <Button size="small" onClick={() => open(decision)} data-testid="way-open">
          {t('log.open')}
        </Button>
        {parked && (
          <Button size="small" type="primary" onClick={() => openConflicts(decision.id)} data-testid="resolve">
            {t('log.resolve')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Every decision of this computer and how far it has come. */
export function DecisionLog() {
  const { t } = useTranslation();
  const shown = useDesk((desk) => desk.sheet === 'decisions');
  const show = useDesk((desk) => desk.show);
  const [filter, setFilter] = useState<keyof typeof FILTERS>('recent');
  const states = FILTERS[filter];
  const decisions = useQuery({
    queryKey: [...keys.decisions, filter],
    queryFn: () => call('decisions', { limit: states ? 200 : RECENT, ...(states ? { states: [...states] } : {}) }),
    enabled: shown,
  });
  return (
    <Drawer
      open={shown}
      onClose={() => show('none')}
      closable={{ placement: 'end' }}
      title={t('log.title')}
      size={560}
      destroyOnHidden
    >
      <Segmented
        className="log-filter"
        value={filter}
        options={Object.keys(FILTERS).map((value) => ({ value, label: t(`log.filter.${value}`) }))}
        onChange={(value) => setFilter(value as keyof typeof FILTERS)}
      />
      {decisions.data?.length === 0 && <p className="log-empty">{t('log.empty')}</p>}
      <ul data-testid="decision-log">
        {decisions.data?.map((tracked) => (
          <Way key={tracked.decision.id} tracked={tracked} />
        ))}
      </ul>
    </Drawer>
  );
}

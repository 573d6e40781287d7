import { Button, DatePicker, Select } from 'antd';
// Names of months and weekdays, which antd leaves to it.
import 'dayjs/locale/zh-cn';
import { FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type AuditCounts, type AuditFilter, AuditKind, OUTCOMES, VIEWED_UNDER } from '../../shared/audit/wire.ts';
import { MATERIAL_CODES } from '../../shared/catalogue/materials.ts';
import { REASON_CODES } from '../../shared/catalogue/reasons.ts';
import type { ActKind } from '../../shared/decision.ts';
import { LEVELS } from '../../shared/status.ts';
import { keyOf } from '../actions/command.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { materialName, reasonName } from '../ui/words.ts';
import { useAuditPeople } from './read.ts';
import { useAudit } from './state.ts';
import { kindName } from './words.tsx';

/** Conclusions first, then what was decided on single pictures. */
const KINDS: readonly ActKind[] = [
  'submission.approve',
  'submission.return',
  'submission.refuse',
  'submission.send_back',
  'submission.reopen',
  'image.lock',
  'image.return',
  'image.reopen',
  'submission.note',
];

function Kinds({ filter, counts }: { readonly filter: AuditFilter; readonly counts: AuditCounts | undefined }) {
  const { t } = useTranslation();
  const ask = useAudit((audit) => audit.ask);
  const all = counts && Object.values(counts.kinds).reduce((sum, n) => sum + n, 0);
  const chip = (kind: ActKind | null, name: string, count: number | undefined) => (
    <button
      key={kind ?? 'all'}
      type="button"
      className="queue-filter"
      aria-pressed={filter.kind === kind}
      onClick={() => ask({ kind })}
      data-testid={`audit-kind-${kind ?? 'all'}`}
    >
      <span>{name}</span>
      <strong>{count ?? '·'}</strong>
    </button>
  );
  const shown = KINDS.filter((kind) => AuditKind.options.includes(kind));
  return (
    <nav className="queue-filters" aria-label={t('audit.kinds')}>
      {chip(null, t('queue.filter.all'), all)}
      {shown.map((kind) => chip(kind, kindName(t, kind), counts && (counts.kinds[kind] ?? 0)))}
    </nav>
  );
}

type Choice<T> = {
  readonly name: string;
  readonly value: T | null;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly width: number;
  readonly testId: string;
  /** Typing looks through the options. */
  readonly searchable?: boolean;
  onChoose(value: T | null): void;
};

/** One thing that is filtered by: empty means whichever. */
function Choose<T extends string | number>(choice: Choice<T>): ReactNode {
  const { name, value, options, width, testId, searchable = false, onChoose } = choice;
  return (
    <Select<T>
      className={value === null ? 'audit-choose' : 'audit-choose audit-chosen'}
      style={{ width }}
      popupMatchSelectWidth={false}
      allowClear
      showSearch={searchable ? { optionFilterProp: 'label' } : false}
      placeholder={name}
      aria-label={name}
      value={value}
      options={[...options]}
      onChange={(next?: T) => onChoose(next ?? null)}
      data-testid={testId}
    />
  );
}

type Props = {
  readonly filter: AuditFilter;
  readonly counts: AuditCounts | undefined;
  readonly online: boolean;
  readonly filtered: boolean;
  onClear(): void;
};

/** Everything that decisions can be filtered by. */
export function Filters({ filter, counts, online, filtered, onClear }: Props) {
  const { t } = useTranslation();
  const ask = useAudit((audit) => audit.ask);
  const people = useAuditPeople(online).data ?? [];
  const days = useAudit((audit) => audit.days);
  const pick = useAudit((audit) => audit.pick);
  return (
    <>
      <Kinds filter={filter} counts={counts} />
      <div className="audit-filters" role="group" aria-label={t('audit.filters')}>
        <Choose
          name={t('audit.person')}
          value={filter.person}
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
          width={132}
          testId="audit-person"
          searchable
          onChoose={(person) => ask({ person })}
        />
        <Choose
          name={t('audit.level')}
          value={filter.level}
          options={LEVELS.map((level) => ({ value: level, label: t(`reviewLevel.${level}`) }))}
          width={92}
          testId="audit-level"
          onChoose={(level) => ask({ level })}
        />
        <DatePicker.RangePicker
          className={filter.from === null && filter.to === null ? 'audit-choose' : 'audit-choose audit-chosen'}
          style={{ width: 232 }}
          allowEmpty={[true, true]}
          placeholder={[t('audit.from'), t('audit.to')]}
          aria-label={t('audit.time')}
          value={days ?? null}
          onChange={pick}
        />
        <Choose
          name={t('audit.reason')}
          value={filter.reason}
          options={REASON_CODES.map((code) => ({ value: code, label: reasonName(t, code) }))}
          width={176}
          testId="audit-reason"
          searchable
          onChoose={(reason) => ask({ reason })}
        />
        <Choose
          name={t('audit.material')}
          value={filter.material}
          options={MATERIAL_CODES.map((code) => ({ value: code, label: materialName(t, code) }))}
          width={148}
          testId="audit-material"
          searchable
          onChoose={(material) => ask({ material })}
        />
        <Choose
          name={t('audit.viewed')}
          value={filter.viewedUnder}
          options={VIEWED_UNDER.map((ms) => ({ value: ms, label: t('audit.under', { seconds: ms / 1_000 }) }))}
          width={132}
          testId="audit-viewed"
          onChoose={(viewedUnder) => ask({ viewedUnder })}
        />
        <Choose
          name={t('audit.result')}
          value={filter.outcome}
          options={OUTCOMES.map((outcome) => ({
            value: outcome,
            label: `${t(`audit.outcome.${outcome}`)} ${counts?.outcomes[outcome] ?? ''}`.trim(),
          }))}
          width={120}
          testId="audit-outcome"
          onChoose={(outcome) => ask({ outcome })}
        />
        <button
          type="button"
          className="queue-filter"
          aria-pressed={filter.reopened}
          onClick={() => ask({ reopened: !filter.reopened })}
          data-testid="audit-reopened"
        >
          <FolderOpen size={13} strokeWidth={1.75} aria-hidden />
          {t('audit.reopened')}
        </button>
        {filtered && (
          <Button type="text" size="small" onClick={onClear} data-testid="audit-clear">
            {t('audit.clear')} <Kbd>{keyOf('clearFilters')}</Kbd>
          </Button>
        )}
      </div>
    </>
  );
}

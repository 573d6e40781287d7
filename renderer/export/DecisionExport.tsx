import { Button, Space } from 'antd';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditFilter } from '../../shared/audit/wire.ts';
import { exportDecisions, filterWords } from './decisions.ts';

type Props = {
  readonly filter: AuditFilter;
  /** Name of the person who is filtered by. */
  readonly person: string | null;
  readonly disabled: boolean;
};

/** Exports the decisions that a filter lets through, as workbook or CSV; recorded by the service first. */
export function DecisionExport({ filter, person, disabled }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState<'xlsx' | 'csv' | null>(null);
  const run = (format: 'xlsx' | 'csv') => {
    setBusy(format);
    void exportDecisions(t, { format, filter, filterText: filterWords(t, filter, person) }).finally(() =>
      setBusy(null),
    );
  };
  return (
    <Space.Compact aria-label={t('export.title')}>
      <Button
        icon={<Download size={14} strokeWidth={1.75} aria-hidden />}
        disabled={disabled || busy === 'csv'}
        loading={busy === 'xlsx'}
        title={t('export.logged')}
        onClick={() => run('xlsx')}
        data-testid="decisions-xlsx"
      >
        {t('export.as', { format: 'Excel' })}
      </Button>
      <Button
        disabled={disabled || busy === 'xlsx'}
        loading={busy === 'csv'}
        title={t('export.logged')}
        aria-label={t('export.as', { format: 'CSV' })}
        onClick={() => run('csv')}
        data-testid="decisions-csv"
      >
        CSV
      </Button>
    </Space.Compact>
  );
}

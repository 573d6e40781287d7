import { Button, Space } from 'antd';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ExportOrder, exportTables } from './export.ts';

type Props = Omit<ExportOrder, 'format'> & {
  readonly formats: readonly ExportOrder['format'][];
  readonly disabled?: boolean;
};

const NAMES = { xlsx: 'Excel', csv: 'CSV', pdf: 'PDF' } as const;

/** A button for each kind of file; one export at a time. */
export function ExportButtons({ formats, disabled = false, ...order }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState<ExportOrder['format'] | null>(null);
  const run = (format: ExportOrder['format']) => {
    setBusy(format);
    void exportTables(t, { ...order, format }).finally(() => setBusy(null));
  };
  return (
    <Space.Compact aria-label={t('export.title')} className="export-buttons">
      {formats.map((format, place) => (
        <Button
          key={format}
          icon={place === 0 ? <Download size={14} strokeWidth={1.75} aria-hidden /> : null}
          disabled={disabled || (busy !== null && busy !== format)}
          loading={busy === format}
          onClick={() => run(format)}
          title={t('export.logged')}
          aria-label={t('export.as', { format: NAMES[format] })}
          data-testid={`export-${format}`}
        >
          {place === 0 ? t('export.as', { format: NAMES[format] }) : NAMES[format]}
        </Button>
      ))}
    </Space.Compact>
  );
}

import { Button, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  readonly title: string;
  readonly explain: ReactNode;
  /** What the words are for, and who reads them. */
  readonly label: string;
  readonly confirm: string;
  readonly saving: boolean;
  readonly testId: string;
  onConfirm(words: string): void;
  onCancel(): void;
};

/** Asks for a reason in words, which colleagues read; Ctrl+Enter confirms. */
export function ReasonInWords({ title, explain, label, confirm, saving, testId, onConfirm, onCancel }: Props) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const said = words.trim();
  return (
    <Modal
      open
      width={520}
      title={title}
      onCancel={onCancel}
      footer={
        <>
          <Button onClick={onCancel}>{t('decide.cancel')}</Button>
          <Button
            type="primary"
            disabled={said === ''}
            loading={saving}
            onClick={() => onConfirm(said)}
            data-testid={`${testId}-confirm`}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <div className="takeover" data-testid={testId}>
        <p>{explain}</p>
        <Input.TextArea
          autoFocus
          rows={4}
          maxLength={500}
          value={words}
          placeholder={label}
          aria-label={label}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !event.ctrlKey || event.repeat || said === '') return;
            event.preventDefault();
            onConfirm(said);
          }}
          data-testid={`${testId}-words`}
        />
      </div>
    </Modal>
  );
}

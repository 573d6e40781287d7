import { Button } from 'antd';
import { CirclePause } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { keyOf } from '../actions/command.ts';
import type { Bench } from '../review/bench.ts';
import type { Commands } from '../review/commands.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { asideText } from './words.ts';

/** That the submission on screen is set aside, and why; without `commands` it is only looked at. */
export function AsideStrip({ bench, commands }: { readonly bench: Bench; readonly commands?: Commands }) {
  const { t } = useTranslation();
  const { aside } = bench.subject;
  if (!aside) return null;
  return (
    <div className="claim-banner" role={commands && 'status'} data-testid={commands && 'aside-strip'}>
      <CirclePause size={15} strokeWidth={1.75} aria-hidden />
      <strong className="nowrap">{t('mark.aside')}</strong>
      <span className="claim-meaning nowrap">{asideText(t, aside)}</span>
      <span className="bar-space" />
      {commands && (
        <Button size="small" onClick={() => commands.run('takeUp')} data-testid="take-up">
          {t('command.takeUp')} <Kbd>{keyOf('takeUp')}</Kbd>
        </Button>
      )}
    </div>
  );
}

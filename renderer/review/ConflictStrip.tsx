import { ArrowLeftRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { keyOf } from '../actions/command.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { actName } from '../ui/words.ts';
import { useAmended } from './amend.ts';
import type { Bench } from './bench.ts';
import type { Commands } from './commands.ts';

/** Says that decisions on this submission were not taken, or which of them is being made anew. */
export function ConflictStrip({ bench, commands }: { readonly bench: Bench; readonly commands: Commands }) {
  const { t } = useTranslation();
  const amended = useAmended(bench);
  const count = bench.subject.decisions.filter(({ state }) => state === 'conflict' || state === 'refused').length;
  if (count === 0) return null;
  return (
    <div className="conflict-strip" role="status" data-testid="conflict-strip" data-count={count}>
      <ArrowLeftRight size={14} strokeWidth={1.75} aria-hidden />
      <span>{amended ? t('conflict.amending', { what: actName(t, amended) }) : t('conflict.here', { count })}</span>
      <button type="button" onClick={() => commands.run('conflicts')} data-testid="open-conflicts">
        {t(amended ? 'conflict.back' : 'conflict.open')} <Kbd>{keyOf('conflicts')}</Kbd>
      </button>
    </div>
  );
}

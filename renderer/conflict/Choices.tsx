import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { CheckCheck, Lock, PencilLine, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../shared/problem.ts';
import type { Hindrance } from '../../shared/resolve.ts';
import { type CommandId, keyOf } from '../actions/command.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { materialName, slotName, statusName } from '../ui/words.ts';
import type { ConflictCommands } from './commands.ts';
import { type Dispute, unseenOf } from './dispute.ts';
import { useConflictView } from './state.ts';

/** Why the same judgement can't be made now, in a plain sentence with the step that helps. */
function hindranceText(t: TFunction, why: Hindrance, { submission }: Dispute): string {
  const names = (slots: readonly Parameters<typeof slotName>[1][]) =>
    slots.map((slot) => slotName(t, slot)).join(t('list.separator'));
  switch (why.kind) {
    case 'absent':
    case 'account':
    case 'already':
      return t(`conflict.cannot.${why.kind}`);
    case 'held':
      return t('conflict.cannot.held', { name: why.name });
    case 'status':
      return submission?.status === 'returned'
        ? t('conflict.cannot.returned')
        : t('conflict.cannot.status', { status: submission ? statusName(t, submission.status) : '' });
    case 'gone':
    case 'marked':
      return t(`conflict.cannot.${why.kind}`, { names: names(why.slots) });
    case 'supplied':
      return t('conflict.cannot.supplied', {
        names: why.materials.map((material) => materialName(t, material)).join(t('list.separator')),
      });
    case 'obstacles':
      return t('conflict.cannot.obstacles', { count: why.obstacles.length });
    case 'rules':
      return problemText(why.problem, t('language') === 'en' ? 'en' : 'zh-CN').title;
  }
}

/** 维持, 修改, 放弃: what each would do, or why it can't be done. */
export function Choices({ dispute, commands }: { readonly dispute: Dispute; readonly commands: ConflictCommands }) {
  const { t } = useTranslation();
  const seen = useConflictView((view) => view.seen);
  const { act, remains } = dispute;
  const unseen = unseenOf(dispute, seen).length;
  const single = 'slot' in act;
  const hint = !remains.keep.ok
    ? hindranceText(t, remains.keep.why, dispute)
    : unseen > 0
      ? t('conflict.lookFirst', { count: unseen })
      : t(single ? 'conflict.willKeep' : 'conflict.willKeepAll');
  const button = (id: CommandId, label: string, icon: React.ReactNode, type: 'primary' | 'default' | 'text') => (
    <Button
      type={type}
      icon={icon}
      disabled={!commands.allowed(id)}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => commands.run(id)}
      data-testid={`conflict-${id}`}
    >
      {label} <Kbd>{keyOf(id)}</Kbd>
    </Button>
  );
  const icon = { size: 14, 'aria-hidden': true } as const;
  const keeps = remains.keep.ok && unseen === 0;
  return (
    <footer className="choices">
      <p className="choices-hint" role="status" data-testid="conflict-hint" data-keep={keeps}>
        {hint}
        {unseen > 0 && remains.keep.ok && (
          <button type="button" className="choices-next" onClick={() => commands.run('nextOpen')}>
            {t('conflict.nextUnseen')} <Kbd>{keyOf('nextOpen')}</Kbd>
          </button>
        )}
      </p>
      <div className="choices-buttons">
        {button('drop', t('conflict.drop'), <Trash2 {...icon} />, 'text')}
        {button(
          'change',
          t(
            single
              ? act.kind === 'image.return'
                ? 'conflict.changeReasons'
                : 'conflict.changeToReturn'
              : 'conflict.changeAll',
          ),
          <PencilLine {...icon} />,
          !remains.keep.ok && dispute.decidable && !single ? 'primary' : 'default',
        )}
        {single &&
          act.kind !== 'image.lock' &&
          button('lock', t('conflict.changeToLock'), <Lock {...icon} />, 'default')}
        {button(
          'keep',
          t(`conflict.keep.${act.kind.replace('.', '_')}`),
          <CheckCheck {...icon} />,
          keeps ? 'primary' : 'default',
        )}
      </div>
    </footer>
  );
}

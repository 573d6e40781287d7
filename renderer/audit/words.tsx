import type { TFunction } from 'i18next';
import {
  CircleCheck,
  CircleX,
  CornerLeftDown,
  CornerUpLeft,
  FolderOpen,
  Lock,
  LockOpen,
  type LucideIcon,
  MessageSquareLock,
  Undo2,
} from 'lucide-react';
import type { AuditRow } from '../../shared/audit/wire.ts';
import type { ActKind } from '../../shared/decision.ts';
import { reasonName, slotName } from '../ui/words.ts';

const LOOKS: Readonly<Record<ActKind, readonly [icon: LucideIcon, tone: string]>> = {
  'image.lock': [Lock, 'locked'],
  'image.return': [Undo2, 'returned'],
  'image.reopen': [LockOpen, 'open'],
  'submission.approve': [CircleCheck, 'locked'],
  'submission.return': [CornerUpLeft, 'returned'],
  'submission.refuse': [CircleX, 'refused'],
  'submission.note': [MessageSquareLock, 'open'],
  'submission.send_back': [CornerLeftDown, 'returned'],
  'submission.reopen': [FolderOpen, 'conflict'],
};

/** The name of a kind of decision. */
export const kindName = (t: TFunction, kind: ActKind): string => t(`audit.kind.${kind.replace('.', '_')}`);

/** A kind of decision: icon and word. */
export function KindMark({ kind, name }: { readonly kind: ActKind; readonly name: string }) {
  const [Icon, tone] = LOOKS[kind];
  return (
    <span className={`state state-${tone}`}>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      <span className="nowrap">{name}</span>
    </span>
  );
}

/** What a decision says: the picture, its reasons, the words. */
export function gist(t: TFunction, { slot, reasons, words }: Pick<AuditRow, 'slot' | 'reasons' | 'words'>): string {
  return [slot ? slotName(t, slot) : '', ...reasons.map((code) => reasonName(t, code)), words.replaceAll('\n', ' ')]
    .filter((text) => text !== '')
    .join(t('list.separator'));
}

/** Seconds with one place, as viewing time is told: `0.7 秒`. */
export const viewedTime = (t: TFunction, ms: number): string =>
  t('audit.seconds', { seconds: (ms / 1_000).toFixed(ms < 9_950 ? 1 : 0) });

/** Date and time to the second, as records are told: `2026-03-02 14:05:09`. */
export function exactTime(instant: string): string {
  const at = new Date(instant);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

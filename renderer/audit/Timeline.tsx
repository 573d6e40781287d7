import { CalendarX, ImageUp, type LucideIcon, Upload, UserRoundPen } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { concludes } from '../../shared/decision.ts';
import { shortTime } from '../ui/time.ts';
import { actName, slotName } from '../ui/words.ts';
import type { Item } from './items.ts';
import { useAudit } from './state.ts';
import { KindMark } from './words.tsx';

const OTHERS: Readonly<Record<Exclude<Item['event']['what'], 'decision'>, LucideIcon>> = {
  submitted: Upload,
  replaced: ImageUp,
  lapsed: CalendarX,
  moved: UserRoundPen,
};

function Line({ event }: Pick<Item, 'event'>) {
  const { t } = useTranslation();
  if (event.what === 'decision') {
    const { act } = event.decision;
    const taken = event.outcome === 'applied';
    return (
      <>
        <KindMark kind={act.kind} name={actName(t, act)} />
        <small className={taken ? 'quiet nowrap' : 'state-conflict nowrap'}>
          {taken ? event.by.name : t(`audit.outcome.${event.outcome}`)}
        </small>
      </>
    );
  }
  const Icon = OTHERS[event.what];
  const text =
    event.what === 'submitted'
      ? t('audit.event.submitted', { round: event.round })
      : event.what === 'replaced'
        ? t('audit.event.replaced', { what: slotName(t, event.slot) })
        : t(`audit.event.${event.what}`);
  return (
    <>
      <span className="state">
        <Icon size={14} strokeWidth={1.75} aria-hidden />
        <span className="nowrap">{text}</span>
      </span>
      <small className="quiet nowrap">{t(event.what === 'moved' ? 'role.supervisor' : 'role.candidate')}</small>
    </>
  );
}

/** What happened, oldest first; conclusions stand out. */
export function Timeline({ items, index }: { readonly items: readonly Item[]; readonly index: number }) {
  const { t } = useTranslation();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.children.item(index)?.scrollIntoView({ block: 'nearest' });
  }, [index]);
  return (
    <nav className="timeline" aria-label={t('audit.timeline')}>
      <ol ref={list}>
        {items.map(({ name, event }, at) => (
          <li key={name}>
            <button
              type="button"
              className={
                event.what === 'decision' && concludes(event.decision.act) ? 'timeline-event whole' : 'timeline-event'
              }
              aria-current={at === index ? 'step' : undefined}
              onClick={() => useAudit.getState().at(name)}
              data-testid="timeline-event"
              data-what={event.what === 'decision' ? event.decision.act.kind : event.what}
            >
              <time dateTime={event.at}>{shortTime(event.at)}</time>
              <Line event={event} />
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { factsOf } from '../../shared/audit/facts.ts';
import { problemText } from '../../shared/problem.ts';
import { judgedIn } from '../../shared/resolve.ts';
import type { Submission } from '../../shared/submission.ts';
import { actName, reasonName, slotName, statusName } from '../ui/words.ts';
import type { DecisionEvent, Item } from './items.ts';
import { exactTime, KindMark, viewedTime } from './words.tsx';

type Fact = readonly [label: string, value: string];

/** Who, when, on what, and what proves it. */
function factsIn(t: TFunction, event: DecisionEvent): Fact[] {
  const { by, at, decision, sha256, found, receipt } = event;
  return [
    [t('audit.fact.by'), `${by.name} · ${t(`reviewLevel.${by.level}`)}`],
    [t('audit.fact.received'), exactTime(at)],
    [t('audit.fact.made'), exactTime(decision.madeAt)],
    [
      t('audit.fact.found'),
      found
        ? t('audit.fact.foundAs', {
            status: statusName(t, found.status),
            round: found.round,
            revision: decision.revision,
          })
        : t('audit.fact.revision', { revision: decision.revision }),
    ],
    [t('audit.fact.sha256'), sha256],
    ...(receipt ? ([[t('audit.fact.receipt'), `${receipt.epoch.slice(0, 8)} · ${receipt.seq}`]] as const) : []),
  ];
}

function Viewing({ event }: { readonly event: DecisionEvent }) {
  const { t } = useTranslation();
  const { viewed, act } = event.decision;
  const judged = judgedIn(act);
  if (judged.length === 0 || act.kind === 'submission.note') return null;
  return (
    <section>
      <h2>{t('audit.viewing')}</h2>
      {viewed === undefined ? (
        <p className="quiet">{t('audit.viewingUnknown')}</p>
      ) : (
        <ul className="history-viewed">
          {judged.map(({ slot, sha256 }) => {
            const seen = viewed.find((one) => one.slot === slot && one.sha256 === sha256);
            return (
              <li key={slot}>
                <span className="nowrap">{slotName(t, slot)}</span>
                <span>{seen ? viewedTime(t, seen.ms) : t('audit.unseen')}</span>
                <span className="quiet">
                  {seen && `${seen.percent}%${seen.rotated ? ` · ${t('audit.rotated')}` : ''}`}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      <p className="quiet">{t('audit.fair')}</p>
    </section>
  );
}

function Decided({ event }: { readonly event: DecisionEvent }) {
  const { t, i18n } = useTranslation();
  const { act } = event.decision;
  const { reasons, words } = factsOf(event.decision);
  return (
    <>
      <header>
        <KindMark kind={act.kind} name={actName(t, act)} />
        <span className={event.outcome === 'applied' ? 'quiet' : 'state-conflict'}>
          {t(`audit.outcome.${event.outcome}`)}
        </span>
        {event.reopened && <span className="state-conflict">{t('audit.reopened')}</span>}
      </header>
      {(reasons.length > 0 || words !== '') && (
        <ul className="history-said">
          {reasons.map((code) => (
            <li key={code}>{reasonName(t, code)}</li>
          ))}
          {words !== '' && <li className="selectable">{words}</li>}
        </ul>
      )}
      {event.problem && (
        <p className="history-problem">{problemText(event.problem, i18n.language === 'en' ? 'en' : 'zh-CN').title}</p>
      )}
      <dl className="history-facts">
        {factsIn(t, event).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="selectable">{value}</dd>
          </div>
        ))}
      </dl>
      <Viewing event={event} />
    </>
  );
}

/** What is known of one event. */
export function EventDetail({ item, submission }: { readonly item: Item; readonly submission: Submission }) {
  const { t } = useTranslation();
  const { event } = item;
  return (
    <section className="history-detail" aria-label={t('audit.detail')} data-testid="history-detail">
      {event.what === 'decision' ? (
        <Decided event={event} />
      ) : (
        <>
          <header>
            <strong>
              {event.what === 'submitted'
                ? t('audit.event.submitted', { round: event.round })
                : event.what === 'replaced'
                  ? t('audit.event.replaced', { what: slotName(t, event.slot) })
                  : t(`audit.event.${event.what}`)}
            </strong>
          </header>
          <dl className="history-facts">
            <div>
              <dt>{t('audit.fact.received')}</dt>
              <dd>{exactTime(event.at)}</dd>
            </div>
            <div>
              <dt>{t('audit.fact.by')}</dt>
              <dd>
                {event.what === 'moved'
                  ? t('role.supervisor')
                  : event.what === 'lapsed'
                    ? t('audit.system')
                    : submission.form.name}
              </dd>
            </div>
            {event.what === 'moved' && (
              <>
                <div>
                  <dt>{t('audit.fact.movedTo')}</dt>
                  <dd>{event.to ?? t('claim.nobody')}</dd>
                </div>
                <div>
                  <dt>{t('audit.fact.reason')}</dt>
                  <dd className="selectable">{event.reason}</dd>
                </div>
              </>
            )}
          </dl>
        </>
      )}
    </section>
  );
}

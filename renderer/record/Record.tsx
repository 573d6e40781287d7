import { ChevronLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SubmissionId } from '../../shared/ids.ts';
import type { SignedIn } from '../../shared/ipc.ts';
import { judgedIn } from '../../shared/resolve.ts';
import type { Submission } from '../../shared/submission.ts';
import type { DecisionRecord } from '../../shared/wire.ts';
import { type Deeds, useOffer } from '../actions/offer.ts';
import { problemOf } from '../api.ts';
import { exactTime } from '../audit/words.tsx';
import { deskState } from '../desk.ts';
import { ExportButtons } from '../export/ExportButtons.tsx';
import { NO_FILTER } from '../export/export.ts';
import { PrintStamp } from '../export/PrintStamp.tsx';
import { useHistory, useSubject } from '../query.ts';
import { ProblemPanel } from '../ui/ProblemPanel.tsx';
import { actName, applicationName, slotName, statusName } from '../ui/words.ts';
import { saidIn } from './said.ts';
import './record.css';

const close = () => deskState().seeRecord(null);
const BACK: Deeds = { queue: { run: close } };

function Head({ submission, signedIn }: { readonly submission: Submission; readonly signedIn: SignedIn }) {
  const { t } = useTranslation();
  const { form, registrationNumber, site, status, round, revision } = submission;
  const siteName = signedIn.policy.sites.find((one) => one.site === site)?.name ?? site;
  const facts = [
    [t('field.name'), form.name],
    [t('spot.registration'), registrationNumber],
    [t('record.application'), applicationName(t, form)],
    [t('overview.site'), siteName],
    [t('spot.stateTitle'), statusName(t, status)],
    [t('record.rounds'), t('record.roundOf', { round, revision })],
  ] as const;
  return (
    <dl className="record-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One decision: when, by whom, at which level, on which pictures, why. */
function Entry({ record }: { readonly record: DecisionRecord }) {
  const { t } = useTranslation();
  const { decision, by, receipt } = record;
  const words = saidIn(t, decision.act);
  const pictures = judgedIn(decision.act);
  return (
    <tr data-testid="record-entry" data-kind={decision.act.kind}>
      <td>{exactTime(receipt.appliedAt)}</td>
      <td>{t(`reviewLevel.${by.level}`)}</td>
      <td>{by.name}</td>
      <td>
        {actName(t, decision.act)}
        {words.map((line) => (
          <div key={line}>{line}</div>
        ))}
      </td>
      <td className={pictures.length === 1 ? 'record-hash' : 'record-count'}>
        {pictures.length === 1
          ? pictures[0]?.sha256.slice(0, 12)
          : pictures.length > 1
            ? t('record.pictures', { count: pictures.length })
            : ''}
      </td>
      <td className="record-hash">{receipt.decisionSha256.slice(0, 12)}</td>
    </tr>
  );
}

/** 审核记录: what was decided on one candidate, by whom and on which pictures; to be kept as PDF. */
export function Record({ id, signedIn }: { readonly id: SubmissionId; readonly signedIn: SignedIn }) {
  const { t } = useTranslation();
  useOffer(BACK);
  const history = useHistory(id);
  const subject = useSubject(id);
  const submission = subject.data?.submission;
  const error = history.error ?? subject.error;
  const records = history.data?.decisions ?? [];
  const columns = [
    t('record.at'),
    t('overview.level'),
    t('record.who'),
    t('record.what'),
    t('record.seen'),
    t('record.proof'),
  ];
  const ready = submission !== undefined && history.data !== undefined;
  return (
    <div className="record" data-testid="record">
      <header className="top-bar">
        <button type="button" className="back" onClick={close} data-testid="back">
          <ChevronLeft size={16} aria-hidden />
          {t('record.back')}
        </button>
        <h1>{t('record.title')}</h1>
        <span className="bar-space" />
        <ExportButtons
          what="record"
          formats={['pdf']}
          filter={{ ...NO_FILTER, submission: id }}
          filterText={submission ? t('record.of', { number: submission.registrationNumber }) : null}
          name={`${t('record.title')}-${submission?.registrationNumber ?? ''}`}
          tables={() => [{ title: t('record.title'), columns, rows: records.map(() => []) }]}
          disabled={!ready}
        />
      </header>
      {error ? (
        <div className="review-wait">
          <ProblemPanel problem={problemOf(error)} />
        </div>
      ) : ready ? (
        <article className="record-paper selectable">
          <PrintStamp title={t('record.title')} />
          <Head submission={submission} signedIn={signedIn} />
          <h2>{t('record.decisions')}</h2>
          <table className="record-table">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {records.map((record) => (
                <Entry key={record.decision.id} record={record} />
              ))}
            </tbody>
          </table>
          {records.length === 0 && <p className="quiet">{t('record.none')}</p>}
          <h2>{t('record.images')}</h2>
          <table className="record-table">
            <tbody>
              {submission.images.map((image) => (
                <tr key={image.slot}>
                  <th scope="row">{slotName(t, image.slot)}</th>
                  <td>{t(`imageState.${image.state}`)}</td>
                  <td>{exactTime(image.uploadedAt)}</td>
                  <td>{image.earlier.length > 0 ? t('record.replaced', { count: image.earlier.length }) : ''}</td>
                  <td className="record-hash">{image.sha256}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="quiet">{t('record.note')}</p>
        </article>
      ) : (
        <div className="review-wait" aria-busy role="status" aria-label={t('review.loading')} />
      )}
    </div>
  );
}

import { Button, Progress } from 'antd';
import { CloudDownload } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SyncProgress } from '../../shared/ipc.ts';
import { call } from '../api.ts';
import { useDesk } from '../desk.ts';
import { sizeText } from '../ui/bytes.ts';
import { ProblemPanel } from '../ui/ProblemPanel.tsx';
import { span } from '../ui/time.ts';
import './sync.css';

/** Share of a sync that is done, in percent: by bytes, which is what takes the time. */
export function syncPercent({ bytes, images, submissions }: SyncProgress): number {
  const { done, total } = bytes.total > 0 ? bytes : images.total > 0 ? images : submissions;
  return total === 0 ? 0 : Math.min(100, Math.floor((100 * done) / total));
}

/** The first synchronisation: what is coming, how long it takes, and the way past it. */
export function FirstSync({ progress }: { readonly progress: SyncProgress }) {
  const { t } = useTranslation();
  const leave = useDesk((desk) => desk.leaveSync);
  const { phase, submissions, images, bytes, complete, remaining, problem } = progress;
  const running = phase === 'submissions' || phase === 'images';
  const number = (done: number, total: number, text: (n: number) => string) => (
    <>
      <strong>{text(done)}</strong>
      <span className="quiet"> / {text(total)}</span>
    </>
  );
  return (
    <div className="first-sync">
      <section aria-busy={running} data-testid="first-sync">
        <CloudDownload size={32} strokeWidth={1.5} aria-hidden />
        <h1>{t(running ? 'sync.title' : 'sync.paused')}</h1>
        <p className="quiet">{t('sync.explain')}</p>
        <Progress percent={syncPercent(progress)} status={problem ? 'exception' : 'normal'} />
        <dl>
          <div>
            <dt>{t('sync.submissions')}</dt>
            <dd>{number(submissions.done, submissions.total, String)}</dd>
          </div>
          <div>
            <dt>{t('sync.images')}</dt>
            <dd>{number(images.done, images.total, String)}</dd>
          </div>
          <div>
            <dt>{t('sync.bytes')}</dt>
            <dd>{number(bytes.done, bytes.total, sizeText)}</dd>
          </div>
          <div>
            <dt>{t('sync.remaining')}</dt>
            <dd>
              <strong>{running && remaining !== null ? span(t, remaining) : '—'}</strong>
            </dd>
          </div>
        </dl>
        {problem && <ProblemPanel problem={problem} />}
        <div className="first-sync-actions">
          <Button type="primary" disabled={complete === 0} onClick={leave} data-testid="start-review">
            {complete === 0 ? t('sync.notYet') : t('sync.start', { count: complete })}
          </Button>
          {running ? (
            <Button onClick={() => void call('cancelSync', undefined)} data-testid="cancel-sync">
              {t('sync.cancel')}
            </Button>
          ) : (
            <Button onClick={() => void call('startSync', undefined)} data-testid="resume-sync">
              {t('sync.resume')}
            </Button>
          )}
        </div>
      </section>
    </div>
  );
}

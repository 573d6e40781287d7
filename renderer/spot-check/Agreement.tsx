import { useTranslation } from 'react-i18next';
import { type SpotAgreement, VERDICTS } from '../../shared/spot-check/wire.ts';
import { band } from './band.ts';

/** The interval is one for large samples: with fewer it is told with care. */
const FEW = 30;

const two = (value: number): string => value.toFixed(2);

/** How far first and second judgement agree: percent, κ with its interval, the table, and what they say and don't. */
export function Agreement({ agreement }: { readonly agreement: SpotAgreement }) {
  const { t } = useTranslation();
  const { n, agreed, percent, kappa, interval, table, upheld } = agreement;
  if (n === 0) return <p className="quiet">{t('spot.noAgreement')}</p>;
  return (
    <section
      className="spot-agreement"
      aria-label={t('spot.agreement')}
      data-testid="spot-agreement"
      data-n={n}
      data-agreed={agreed}
    >
      <dl>
        <dt>{t('spot.alike')}</dt>
        <dd>
          <strong>{percent === null ? '—' : `${two(percent)}%`}</strong>{' '}
          <span className="quiet">{`${agreed} / ${n}`}</span>
        </dd>
        <dt>Cohen κ</dt>
        <dd>
          <strong data-testid="spot-kappa">{kappa === null ? '—' : two(kappa)}</strong>{' '}
          <span className="quiet">
            {interval ? t('spot.interval', { low: two(interval.low), high: two(interval.high) }) : t('spot.noKappa')}
          </span>
        </dd>
        <dt>{t('spot.upheld')}</dt>
        <dd>
          <strong>{upheld}</strong> <span className="quiet">{`/ ${n - agreed}`}</span>
        </dd>
      </dl>
      <table className="stat-table">
        <caption className="heard">{t('spot.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('spot.firstBySecond')}</th>
            {VERDICTS.map((verdict) => (
              <th key={verdict} scope="col" className="stat-number">
                {t(`spot.verdict.${verdict}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {VERDICTS.map((verdict, row) => (
            <tr key={verdict}>
              <th scope="row">{t(`spot.verdict.${verdict}`)}</th>
              {VERDICTS.map((other, column) => (
                <td key={other} className="stat-number">
                  {table[row]?.[column] ?? 0}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p>{kappa === null ? t('spot.meaning.none') : t(`spot.meaning.${band(kappa)}`)}</p>
      {n < FEW && <p className="state-returned">{t('spot.few', { count: n })}</p>}
      <p className="quiet">{t('spot.meaningNot')}</p>
    </section>
  );
}

import { Button } from 'antd';
import { CircleCheck, CircleDashed, type LucideIcon, Scale } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SpotCheck, SpotItem } from '../../shared/spot-check/wire.ts';
import { deskState } from '../desk.ts';
import { shortTime } from '../ui/time.ts';
import { saidOf } from '../ui/words.ts';

const STATES: Readonly<Record<SpotItem['state'], readonly [icon: LucideIcon, tone: string]>> = {
  open: [CircleDashed, 'open'],
  disputed: [Scale, 'conflict'],
  settled: [CircleCheck, 'locked'],
};

type Said = NonNullable<SpotItem['results']>['first'];

function Judgement({ place, said }: { readonly place: 'first' | 'second' | 'third'; readonly said: Said }) {
  const { t } = useTranslation();
  const words = saidOf(t, said);
  return (
    <li data-testid={`spot-${place}`} data-verdict={said.verdict}>
      <strong>{t(`spot.place.${place}`)}</strong> {t(`spot.verdict.${said.verdict}`)}
      {words !== '' && `：${words}`} <span className="quiet">{`${said.by.name} · ${shortTime(said.at)}`}</span>
    </li>
  );
}

/** One drawn conclusion: what is to be done with it, or how it came out. */
function Item({ check, item }: { readonly check: string; readonly item: SpotItem }) {
  const { t } = useTranslation();
  const { n, registrationNumber, level, state, mine, results } = item;
  const [Icon, tone] = STATES[state];
  const open = state !== 'settled' && mine === 'may';
  const differ = results !== null && results.first.verdict !== results.second.verdict;
  return (
    <li
      className="spot-item"
      data-testid="spot-item"
      data-state={state}
      data-n={n}
      data-registration={registrationNumber}
    >
      <span className="quiet">{n}</span>
      <span className="selectable">{registrationNumber}</span>
      <span>{t(`reviewLevel.${level}`)}</span>
      <span className={`state state-${tone}`}>
        <Icon size={14} strokeWidth={1.75} aria-hidden />
        {t(`spot.state.${state}`)}
      </span>
      <span className="spot-action">
        {open && (
          <Button
            size="small"
            type="primary"
            onClick={() => deskState().judgeAgain({ check, n })}
            data-testid="spot-judge"
          >
            {t(state === 'open' ? 'spot.second' : 'spot.third')}
          </Button>
        )}
        {state !== 'settled' && mine !== 'may' && <span className="quiet">{t(`spot.mine.${mine}`)}</span>}
        {state === 'settled' && (
          <Button size="small" onClick={() => deskState().open(item.submission)} data-testid="spot-open">
            {t(differ ? 'spot.openReopen' : 'spot.open')}
          </Button>
        )}
      </span>
      {results && (
        <ul className="spot-results">
          <Judgement place="first" said={results.first} />
          <Judgement place="second" said={results.second} />
          {results.third && <Judgement place="third" said={results.third} />}
        </ul>
      )}
    </li>
  );
}

/** The sample, in the order in which it was drawn. */
export function Items({ check, items }: { readonly check: SpotCheck; readonly items: readonly SpotItem[] }) {
  const { t } = useTranslation();
  return (
    <ol className="spot-items" aria-label={t('spot.sample')}>
      {items.map((item) => (
        <Item key={item.n} check={check.id} item={item} />
      ))}
    </ol>
  );
}

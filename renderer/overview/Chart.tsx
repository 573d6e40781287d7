import { useTranslation } from 'react-i18next';
import { Bar, BarChart, CartesianGrid, LabelList, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Statistic } from './statistics.ts';

/** Bars that a chart shows; the table has all. */
const MOST_BARS = 12;
/** Height of a lying bar with its space, and of what stands around the bars, px. */
const BAR = 30;
const AROUND = 56;
const STANDING = 220;
/** Room for names beside lying bars, px. */
const NAMES = 168;
/** Width on A4, px. */
const PRINTED = 640;
const NAME_CHARACTERS = 13;

const short = (name: string): string => {
  const characters = [...name];
  const wide = characters.some((one) => one > '\u2E7F');
  const most = wide ? NAME_CHARACTERS : 2 * NAME_CHARACTERS - 2;
  return characters.length <= most ? name : `${characters.slice(0, most - 1).join('')}…`;
};

/** Numbers are read at their end; where bars are stacked, in their parts. */
const shownNumber = (value: unknown): string => (typeof value === 'number' && value > 0 ? String(value) : '');

/** A statistic as bars, stacked where it has several columns. The table beside it says the same in numbers. */
export function Chart({ statistic, printed = false }: { readonly statistic: Statistic; readonly printed?: boolean }) {
  const { t } = useTranslation();
  const { columns, rows, series, bars } = statistic;
  const shown = bars === 'lying' ? rows.slice(0, MOST_BARS) : rows.slice(-3 * MOST_BARS);
  const data = shown.map((row) =>
    Object.fromEntries([
      ['name', String(row[0] ?? '')],
      ...series.map(({ column }) => [`c${column}`, Number(row[column] ?? 0)]),
    ]),
  );
  const lying = bars === 'lying';
  const alone = series.length === 1;
  const text = { fontSize: 12, fill: 'var(--ink-2)' };
  const names = {
    dataKey: 'name',
    type: 'category' as const,
    tick: text,
    tickLine: false,
    axisLine: { stroke: 'var(--line-strong)' },
  };
  const numbers = { type: 'number' as const, allowDecimals: false, tick: text, tickLine: false, axisLine: false };
  return (
    <figure className="stat-chart" aria-label={statistic.title}>
      <ResponsiveContainer
        width={printed ? PRINTED : '100%'}
        height={lying ? AROUND + BAR * Math.max(1, shown.length) : STANDING}
      >
        <BarChart
          data={data}
          layout={lying ? 'vertical' : 'horizontal'}
          margin={{ top: lying ? 4 : 20, right: 32, bottom: 0, left: 0 }}
          barCategoryGap="24%"
        >
          <CartesianGrid horizontal={!lying} vertical={lying} stroke="var(--line)" />
          {lying ? <XAxis {...numbers} /> : <XAxis {...names} interval="preserveStartEnd" />}
          {lying ? (
            <YAxis {...names} width={NAMES} interval={0} tickFormatter={short} />
          ) : (
            <YAxis {...numbers} width={40} />
          )}
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--hover)' }}
            contentStyle={{
              background: 'var(--panel)',
              border: '1px solid var(--line-strong)',
              borderRadius: 4,
              fontSize: 12,
              color: 'var(--ink)',
            }}
            itemStyle={{ color: 'var(--ink)', padding: 0 }}
          />
          {!alone && (
            <Legend
              iconType="square"
              iconSize={10}
              itemSorter={null}
              wrapperStyle={{ fontSize: 12 }}
              formatter={(name) => <span className="stat-legend">{name}</span>}
            />
          )}
          {series.map(({ column, tone }) => (
            <Bar
              key={column}
              dataKey={`c${column}`}
              name={columns[column] ?? ''}
              fill={`var(--series-${tone})`}
              stroke="var(--panel)"
              maxBarSize={28}
              isAnimationActive={false}
              {...(alone ? {} : { stackId: 'all' })}
            >
              <LabelList
                // The part's own number: by itself it would be where the part ends.
                dataKey={`c${column}`}
                position={alone ? (lying ? 'right' : 'top') : 'center'}
                formatter={shownNumber}
                fontSize={12}
                fill={alone ? 'var(--ink)' : `var(--on-series-${tone})`}
              />
            </Bar>
          ))}
        </BarChart>
      </ResponsiveContainer>
      {shown.length < rows.length && (
        <figcaption className="quiet">{t('overview.more', { shown: shown.length, count: rows.length })}</figcaption>
      )}
    </figure>
  );
}

import type { Cell } from '../../shared/export/sheet.ts';
import type { Statistic } from './statistics.ts';

const text = (cell: Cell | undefined): string => (cell === null || cell === undefined ? '—' : String(cell));

/** A statistic in numbers. */
export function StatTable({ statistic }: { readonly statistic: Pick<Statistic, 'title' | 'columns' | 'rows'> }) {
  const { title, columns, rows } = statistic;
  const isNumber = columns.map((_, place) => rows.some((row) => typeof row[place] === 'number'));
  return (
    // Wide tables are moved sideways, by the arrow keys too.
    <section className="stat-scroll" aria-label={title} tabIndex={-1}>
      <table className="stat-table selectable" aria-label={title}>
        <thead>
          <tr>
            {columns.map((column, place) => (
              <th key={column} scope="col" className={isNumber[place] ? 'stat-number' : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.slice(0, 2).join(' ')}>
              {columns.map((column, place) =>
                place === 0 ? (
                  <th key={column} scope="row">
                    {text(row[place])}
                  </th>
                ) : (
                  <td key={column} className={isNumber[place] ? 'stat-number' : undefined}>
                    {text(row[place])}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

import type { CandidateMark, CandidateView } from '../../shared/wire.ts';
import { type Html, html } from './html.ts';

type Picture = CandidateView['images'][number];

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;

/** One mark: a box where there is one, and its number, always of the same size, where it begins. */
function drawn({ x, y, width, height }: CandidateMark, index: number): Html {
  const box =
    width > 0 &&
    html`<rect class="halo" x="${percent(x)}" y="${percent(y)}" width="${percent(width)}" height="${percent(height)}"/><rect class="box" x="${percent(x)}" y="${percent(y)}" width="${percent(width)}" height="${percent(height)}"/>`;
  return html`${box}<svg x="${percent(x)}" y="${percent(y)}" overflow="visible"><circle class="halo" r="13"/><circle r="12"/><text y="5">${index + 1}</text></svg>`;
}

/**
 * A returned picture with the reviewer's marks drawn on it, each explained under its number below. Places are given in
 * attributes of the drawing: the page's policy allows no inline styles.
 */
export function markedPicture({ title, marks }: Picture, url: string): Html {
  return html`<figure class="marked" data-testid="marked">
<a href="${url}" target="_blank" rel="noopener"><img src="${url}" alt="${title}，图中标出 ${marks.length} 处，说明见下" loading="lazy" decoding="async"><svg aria-hidden="true" focusable="false">${marks.map(drawn)}</svg></a>
<figcaption><ol>${marks.map(
    (mark, index) =>
      html`<li data-testid="mark-${index + 1}"><b aria-hidden="true">${index + 1}</b><span><span class="where">${mark.where}：</span>${mark.text}</span></li>`,
  )}</ol></figcaption></figure>`;
}

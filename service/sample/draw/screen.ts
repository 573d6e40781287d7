import { box, type Drawing, group, line } from './svg.ts';

/** The paper as shown by a picture viewer on a computer's screen, bezel and all. */
export function onScreen(paper: Drawing): Drawing {
  const width = paper.width >= paper.height ? 1600 : 1150;
  const height = paper.width >= paper.height ? 1180 : 1400;
  const [left, top] = [70, 150];
  const [room, tall] = [width - left * 2, height - top - 130];
  const scale = Math.min(room / paper.width, tall / paper.height);
  const x = left + (room - paper.width * scale) / 2;
  const y = top + (tall - paper.height * scale) / 2;
  const button = (at: number, colour: string) => `<circle cx="${at}" cy="78" r="13" fill="${colour}"/>`;
  return {
    width,
    height,
    paper: '#17181b',
    corner: 26,
    fold: 'none',
    body: [
      box(40, 40, width - 80, height - 110, 'fill="#2b2e33"'),
      box(40, 40, width - 80, 76, 'fill="#e9ebee"'),
      button(78, '#e5584f') + button(118, '#e8b23c') + button(158, '#5bb85c'),
      line(210, 89, 32, '图片查看器 — 扫描件(1).jpg', { face: 'hei', fill: '#333' }),
      line(width - 70, 89, 30, '100%   ⟲   ⤢   ✕', { face: 'hei', fill: '#333', anchor: 'end' }),
      group(
        `translate(${x} ${y}) scale(${scale})`,
        box(0, 0, paper.width, paper.height, `fill="${paper.paper}" rx="${paper.corner}"`),
        paper.body,
      ),
      box(40, height - 118, width - 80, 48, 'fill="#1f2b3d"'),
      line(width - 70, height - 84, 28, '14:26', { face: 'hei', fill: '#fff', anchor: 'end' }),
    ].join(''),
  };
}

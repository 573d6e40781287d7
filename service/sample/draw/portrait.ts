import { stream } from '../random.ts';
import { box, group, path } from './svg.ts';

/** Whom a portrait shows. */
export type Sitter = { readonly face: number; readonly sex: 'male' | 'female'; readonly age: number };

const SKIN = ['#f3cfae', '#eec39f', '#e8b98f', '#f6d7bb', '#dfab80'];
const HAIR = ['#1b1715', '#241d1a', '#2f2520', '#15141a'];
const CLOTHES = ['#2b3a55', '#3b3f46', '#51323d', '#2f4f4a', '#6b7280', '#24323f'];

function hairOf(sex: Sitter['sex'], style: number, top: number, width: number): { back: string; front: string } {
  const l = 50 - width;
  const r = 50 + width;
  if (sex === 'male') {
    const fringe = [
      `M${l - 1} 56C${l - 4} ${top + 4} 34 ${top - 9} 52 ${top - 8}C70 ${top - 8} ${r + 5} ${top + 6} ${r + 1} 57C${r - 1} 50 ${r - 3} 45 ${r - 6} 41C60 45 44 44 36 38C${l + 3} 42 ${l + 1} 49 ${l - 1} 56Z`,
      `M${l - 1} 55C${l - 3} ${top + 2} 36 ${top - 7} 50 ${top - 7}C66 ${top - 7} ${r + 3} ${top + 4} ${r + 1} 55C${r - 1} 46 ${r - 4} 40 64 38C52 35 44 36 36 40C${l + 2} 44 ${l} 50 ${l - 1} 55Z`,
      `M${l - 1} 57C${l - 5} ${top} 40 ${top - 11} 56 ${top - 7}C72 ${top - 4} ${r + 4} ${top + 8} ${r + 1} 57C${r - 2} 47 ${r - 4} 44 66 42C56 41 48 46 33 45C${l + 2} 48 ${l} 52 ${l - 1} 57Z`,
    ][style % 3];
    return { back: '', front: fringe ?? '' };
  }
  const crown = `M${l - 2} 60C${l - 6} ${top + 2} 36 ${top - 10} 50 ${top - 10}C64 ${top - 10} ${r + 6} ${top + 2} ${r + 2} 60C${r} 50 ${r - 3} 44 ${r - 7} 41C58 43 50 40 46 36C42 42 ${l + 5} 44 ${l + 2} 48C${l} 52 ${l - 1} 56 ${l - 2} 60Z`;
  const back = [
    `M${l - 4} 58C${l - 8} ${top} 38 ${top - 12} 50 ${top - 12}C62 ${top - 12} ${r + 8} ${top} ${r + 4} 58C${r + 9} 80 ${r + 10} 100 ${r + 6} 112H${l - 6}C${l - 10} 100 ${l - 9} 80 ${l - 4} 58Z`,
    `M${l - 4} 58C${l - 8} ${top} 38 ${top - 12} 50 ${top - 12}C62 ${top - 12} ${r + 8} ${top} ${r + 4} 58C${r + 6} 72 ${r + 5} 82 ${r} 88H${l}C${l - 5} 82 ${l - 6} 72 ${l - 4} 58Z`,
    `M38 ${top - 4}C40 ${top - 20} 60 ${top - 20} 62 ${top - 4}Z`,
  ][style % 3];
  return { back: back ?? '', front: crown };
}

/** A drawn face with shoulders on a coloured ground, in a frame of 100 × 140 scaled to `width` at (x, y). */
export function portrait(x: number, y: number, width: number, sitter: Sitter, ground = '#f4f6f8'): string {
  const random = stream('face', sitter.face);
  const skin = random.pick(SKIN);
  const hair = sitter.age > 45 && random.chance(0.5) ? '#5a5654' : random.pick(HAIR);
  const clothes = random.pick(CLOTHES);
  const half = random.real(19.5, 23.5);
  const chin = random.real(86, 91);
  const style = random.int(0, 2);
  const eye = random.real(8.6, 10.4);
  const glasses = random.chance(0.28);
  const { back, front } = hairOf(sitter.sex, style, 30, half);
  const shade = 'stroke="#7c4a30" stroke-linecap="round" fill="none"';
  const collar = random.chance(0.5)
    ? path('M38 101L50 118L62 101L58 96H42Z', 'fill="#fbfbfb"') +
      path('M50 118L46 111L50 106L54 111Z', `fill="${sitter.sex === 'male' ? '#7a1f2b' : clothes}"`)
    : path('M40 98C44 108 56 108 60 98L57 95H43Z', 'fill="#eceff3"');
  const lids = [50 - eye, 50 + eye].map(
    (cx) =>
      `<ellipse cx="${cx}" cy="60" rx="3.9" ry="2.1" fill="#fff"/><circle cx="${cx}" cy="60" r="2" fill="#2a1b14"/>${path(`M${cx - 4.4} 59.4q4.4 -3.6 8.8 0`, 'stroke="#241813" stroke-width="1.1" fill="none"')}${path(`M${cx - 5} ${54.2}q5 -2.6 10 ${random.real(-0.4, 0.6)}`, `stroke="${hair}" stroke-width="${sitter.sex === 'male' ? 1.9 : 1.2}" fill="none" stroke-linecap="round"`)}`,
  );
  const rims = glasses
    ? [50 - eye, 50 + eye]
        .map(
          (cx) =>
            `<rect x="${cx - 7}" y="55" width="14" height="10" rx="4" fill="#fff" fill-opacity=".12" stroke="#2b2b30" stroke-width="1"/>`,
        )
        .join('') + path(`M${50 - eye + 7} 59H${50 + eye - 7}`, 'stroke="#2b2b30" stroke-width="1"')
    : '';
  const mouth = sitter.sex === 'male' ? '#b0624f' : '#c24d55';
  const scale = width / 100;
  return group(
    `translate(${x} ${y}) scale(${scale.toFixed(4)})`,
    `<clipPath id="frame${Math.round(x)}-${Math.round(y)}">${box(0, 0, 100, 140, '')}</clipPath><g clip-path="url(#frame${Math.round(x)}-${Math.round(y)})">`,
    box(0, 0, 100, 140, `fill="${ground}"`),
    path(back, `fill="${hair}"`),
    path('M4 142C6 116 22 106 40 101H60C78 106 94 116 96 142Z', `fill="${clothes}"`),
    path('M41 82H59V102C56 108 44 108 41 102Z', `fill="${skin}"`),
    path('M41 88C46 96 54 96 59 88V94C54 100 46 100 41 94Z', 'fill="#9c6243" opacity=".3"'),
    collar,
    `<ellipse cx="${50 - half}" cy="63" rx="3.4" ry="6" fill="${skin}"/><ellipse cx="${50 + half}" cy="63" rx="3.4" ry="6" fill="${skin}"/>`,
    path(
      `M${50 - half} 52C${50 - half} 26 ${50 + half} 26 ${50 + half} 52C${50 + half} 74 62 ${chin} 50 ${chin}C38 ${chin} ${50 - half} 74 ${50 - half} 52Z`,
      `fill="${skin}"`,
    ),
    path(
      `M${50 + half} 52C${50 + half} 74 62 ${chin} 50 ${chin}C62 82 ${46 + half} 70 ${44 + half} 50Z`,
      'fill="#a5673f" opacity=".18"',
    ),
    ...lids,
    path(`M50 61C49.4 66 48.2 69 47.4 71.2q2.6 1.8 5.4 0`, `${shade} stroke-width="1.1" opacity=".6"`),
    path('M43.4 78.6q6.6 4 13.2 0q-6.6 1.4 -13.2 0Z', `fill="${mouth}" stroke="${mouth}" stroke-width="1.2"`),
    path(front, `fill="${hair}"`),
    rims,
    '</g>',
  );
}

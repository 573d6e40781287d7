import { stream } from '../random.ts';
import { group, path } from './svg.ts';

const INKS = ['#1c2f7a', '#17264f', '#20242b', '#26337d'];

/**
 * Words as if written by hand: each character leans, jumps and shrinks a little, and a flourish runs below. The same
 * name gives the same hand.
 */
export function handwriting(x: number, y: number, size: number, text: string, flourish = true): string {
  const random = stream('hand', text);
  const ink = random.pick(INKS);
  let at = 0;
  const characters = [...text].map((character) => {
    const scale = random.real(0.92, 1.2);
    const wide = character.charCodeAt(0) < 0x2e80 ? 0.55 : 0.86;
    const svg = `<text font-size="${(size * scale).toFixed(1)}" font-family="KaiTi,STKaiti,'Noto Serif CJK SC',serif" fill="${ink}" transform="translate(${at.toFixed(1)} ${random.real(-0.08, 0.1) * size}) rotate(${random.real(-9, 5).toFixed(1)}) skewX(${random.int(-17, -7)})">${character}</text>`;
    at += size * wide * scale;
    return svg;
  });
  const tail = flourish
    ? path(
        `M${at * 0.72} ${size * 0.1}c${size * 0.5} ${-size * 0.1} ${size} ${-size * 0.35} ${size * 0.8} ${size * 0.02}s${-size * 1.5} ${size * 0.2} ${-size * 2} ${size * 0.14}`,
        `fill="none" stroke="${ink}" stroke-width="${size * 0.045}" stroke-linecap="round" opacity=".85"`,
      )
    : '';
  return group(`translate(${x} ${y}) rotate(${random.int(-4, 1)})`, characters.join('') + tail);
}

/** Something struck out by hand with the new words above it. */
export function altered(x: number, y: number, size: number, struck: number, words: string): string {
  const random = stream('altered', words);
  const stroke = (dy: number) =>
    `M${x - 6} ${y - size * 0.36 + dy}l${struck * 0.5} ${random.real(-6, 6)}l${struck * 0.5 + 12} ${random.real(-6, 6)}`;
  return [
    path(stroke(-5) + stroke(6), 'fill="none" stroke="#1d2c86" stroke-width="4.5" stroke-linecap="round"'),
    handwriting(x + struck * 0.22, y - size * 0.85, size * 1.12, words, false),
  ].join('');
}

/** A red fingerprint, as pressed over signatures. */
export function fingerprint(x: number, y: number, radius: number): string {
  const ridges = [0.25, 0.42, 0.6, 0.78, 0.95].map(
    (share) =>
      `<ellipse rx="${radius * share * 0.72}" ry="${radius * share}" fill="none" stroke="#c8222d" stroke-width="${radius * 0.09}" stroke-dasharray="${radius * 0.9} ${radius * 0.13}"/>`,
  );
  return `<g transform="translate(${x} ${y}) rotate(14)" opacity=".62">${ridges.join('')}</g>`;
}

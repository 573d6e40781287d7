/** Small vocabulary for drawing papers as SVG. Lengths are units of the paper, about 1200 on its long side. */

/** A paper to be photographed. */
export type Drawing = {
  readonly width: number;
  readonly height: number;
  /** Colour of the sheet. */
  readonly paper: string;
  /** Radius of the corners (cards); 0 for sheets. */
  readonly corner: number;
  readonly body: string;
  /** Where the sheet was folded or is bound. */
  readonly fold: 'none' | 'across' | 'spine';
  /** Fine wavy lines as on security paper, laid over the sheet when it is photographed (far cheaper than strokes). */
  readonly waves?: { readonly colour: string; readonly step: number; readonly strength: number };
  /** A scene fills the picture and lies on no desk. */
  readonly scene?: boolean;
};

const FACES = {
  hei: "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif",
  song: "'Noto Serif CJK SC',SimSun,STSong,'Songti SC',serif",
} as const;

export type TextStyle = {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill?: string;
  readonly bold?: boolean;
  readonly face?: keyof typeof FACES;
  readonly spacing?: number;
  readonly transform?: string;
  readonly opacity?: number;
};

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function attributes(size: number, style: TextStyle): string {
  const { anchor, fill = '#1d1d1f', bold, face = 'song', spacing, transform, opacity } = style;
  return [
    `font-size="${size}" font-family="${FACES[face]}" fill="${fill}"`,
    anchor && anchor !== 'start' ? ` text-anchor="${anchor}"` : '',
    bold ? ' font-weight="700"' : '',
    spacing ? ` letter-spacing="${spacing}"` : '',
    transform ? ` transform="${transform}"` : '',
    opacity === undefined ? '' : ` opacity="${opacity}"`,
  ].join('');
}

/** One line of text; `y` is its base line. */
export function line(x: number, y: number, size: number, text: string, style: TextStyle = {}): string {
  return text === '' ? '' : `<text x="${x}" y="${y}" ${attributes(size, style)}>${escaped(text)}</text>`;
}

/** Width of a text in ems: a Chinese character is one, a Latin letter or digit about half. */
export function ems(text: string): number {
  return [...text].reduce((sum, character) => sum + (character.charCodeAt(0) < 0x2e80 ? 0.56 : 1), 0);
}

/** Breaks a text into lines of at most `width` ems, the first shortened by `indent`. */
export function wrap(text: string, width: number, indent = 0): string[] {
  const lines: string[] = [];
  let current = '';
  let used = indent;
  for (const piece of text.match(/[A-Za-z0-9.,:/·-]+|[\s\S]/gu) ?? []) {
    const needed = ems(piece);
    const closing = /^[,。;:、)》”]$/.test(piece);
    if (used + needed > width && current !== '' && !closing) {
      lines.push(current);
      current = '';
      used = 0;
    }
    current += piece;
    used += needed;
  }
  return current === '' ? lines : [...lines, current];
}

/** A paragraph; returns its SVG and the base line after it. */
export function paragraph(
  at: { x: number; y: number; width: number; size: number; leading: number; indent?: number },
  text: string,
  style: TextStyle = {},
): { svg: string; y: number } {
  const indent = at.indent ?? 2;
  const lines = wrap(text, at.width / at.size, indent);
  const spans = lines.map(
    (content, row) =>
      `<tspan x="${at.x + (row === 0 ? indent * at.size : 0)}" y="${at.y + row * at.leading}">${escaped(content)}</tspan>`,
  );
  return {
    svg: `<text ${attributes(at.size, style)}>${spans.join('')}</text>`,
    y: at.y + lines.length * at.leading,
  };
}

export function box(x: number, y: number, width: number, height: number, style: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" ${style}/>`;
}

export function path(d: string, style: string): string {
  return `<path d="${d}" ${style}/>`;
}

export function group(transform: string, ...content: readonly string[]): string {
  return `<g transform="${transform}">${content.join('')}</g>`;
}

/** The words that keep anyone from taking the picture for a real paper. */
export function overprint(width: number, height: number, text = '样例 SPECIMEN', opacity = 0.12): string {
  const size = Math.min(width, height) / 7.2;
  const angle = -Math.round((Math.atan2(height, width) * 180) / Math.PI) * 0.72;
  const style: TextStyle = { anchor: 'middle', face: 'hei', bold: true, fill: '#b3263a', opacity, spacing: 4 };
  const rows = height > width * 1.2 ? [-0.3, 0, 0.3] : [-0.22, 0.24];
  return rows
    .map((row) =>
      line(0, size * 0.35, size, text, {
        ...style,
        transform: `translate(${width / 2} ${height / 2 + row * height}) rotate(${angle})`,
      }),
    )
    .join('');
}

function crease({ width, height, fold }: Drawing): string {
  if (fold === 'none') return '';
  const across = fold === 'across';
  const stops =
    '<stop offset="0" stop-color="#000" stop-opacity="0"/><stop offset=".46" stop-color="#000" stop-opacity=".1"/><stop offset=".52" stop-color="#fff" stop-opacity=".5"/><stop offset=".6" stop-color="#000" stop-opacity=".06"/><stop offset="1" stop-color="#000" stop-opacity="0"/>';
  const reach = across ? height * 0.03 : width * 0.045;
  return `<linearGradient id="crease" x1="0" y1="0" x2="${across ? 0 : 1}" y2="${across ? 1 : 0}">${stops}</linearGradient>${
    across
      ? box(0, height / 2 - reach / 2, width, reach, 'fill="url(#crease)"')
      : box(width / 2 - reach / 2, 0, reach, height, 'fill="url(#crease)"')
  }`;
}

/** The whole picture file of a drawing, `pixels` wide. */
export function document(drawing: Drawing, pixels: number, printed = overprint(drawing.width, drawing.height)): string {
  const { width, height, paper, corner, body } = drawing;
  const tall = Math.round((pixels * height) / width);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels}" height="${tall}" viewBox="0 0 ${width} ${height}"><clipPath id="sheet">${box(0, 0, width, height, `rx="${corner}"`)}</clipPath><g clip-path="url(#sheet)">${box(0, 0, width, height, `fill="${paper}"`)}${body}${crease(drawing)}${printed}</g></svg>`;
}

import { group, line, path } from './svg.ts';

const RED = '#cf1f2b';

/** Five-pointed star around the origin. */
export function star(radius: number, fill: string): string {
  const points = Array.from({ length: 10 }, (_, at) => {
    const angle = (at * Math.PI) / 5 - Math.PI / 2;
    const reach = at % 2 === 0 ? radius : radius * 0.382;
    return `${(Math.cos(angle) * reach).toFixed(1)},${(Math.sin(angle) * reach).toFixed(1)}`;
  });
  return `<polygon points="${points.join(' ')}" fill="${fill}"/>`;
}

/** Text along the upper part of a circle, each character turned outwards. */
function arc(text: string, radius: number, fill: string): string {
  const characters = [...text];
  const size = Math.min(radius * 0.34, (radius * 4.5) / Math.max(characters.length, 8));
  const step = Math.min(34, 268 / Math.max(1, characters.length - 1));
  const first = (-step * (characters.length - 1)) / 2;
  return characters
    .map((character, at) =>
      line(0, -radius * 0.7, size, character, {
        anchor: 'middle',
        fill,
        bold: true,
        face: 'song',
        transform: `rotate(${(first + at * step).toFixed(1)})`,
      }),
    )
    .join('');
}

/** A round red seal with star; `below` is the straight line of a department seal or a purpose. */
export function roundSeal(
  at: { x: number; y: number; radius: number; tilt?: number },
  owner: string,
  below = '',
): string {
  const { x, y, radius, tilt = 0 } = at;
  return `<g transform="translate(${x} ${y}) rotate(${tilt})" opacity=".8">${[
    `<circle r="${radius}" fill="none" stroke="${RED}" stroke-width="${radius * 0.055}"/>`,
    star(radius * 0.27, RED),
    arc(owner, radius, RED),
    line(0, radius * 0.64, radius * (below.length > 3 ? 0.24 : 0.32), below, {
      anchor: 'middle',
      fill: RED,
      bold: true,
    }),
  ].join('')}</g>`;
}

/** A small square name seal of a person. */
export function nameSeal(x: number, y: number, size: number, name: string): string {
  const characters = [...name].slice(0, 3);
  return `<g transform="translate(${x} ${y}) rotate(-2)" opacity=".82"><rect width="${size * characters.length * 0.62 + size * 0.3}" height="${size}" fill="none" stroke="${RED}" stroke-width="3"/>${line(size * 0.15, size * 0.74, size * 0.6, characters.join(''), { fill: RED, bold: true })}</g>`;
}

/** A neutral badge where real papers carry an emblem. */
export function badge(x: number, y: number, radius: number, colour: string, light: string): string {
  const rays = Array.from({ length: 24 }, (_, at) => {
    const angle = (at * Math.PI) / 12;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    return `M${(c * radius * 0.8).toFixed(1)} ${(s * radius * 0.8).toFixed(1)}L${(c * radius).toFixed(1)} ${(s * radius).toFixed(1)}`;
  });
  return group(
    `translate(${x} ${y})`,
    `<circle r="${radius * 0.78}" fill="${colour}"/>`,
    path(rays.join(''), `stroke="${colour}" stroke-width="${radius * 0.09}" stroke-linecap="round"`),
    `<circle r="${radius * 0.64}" fill="none" stroke="${light}" stroke-width="${radius * 0.05}"/>`,
    line(0, radius * 0.22, radius * 0.62, '样', { anchor: 'middle', fill: light, bold: true }),
  );
}

/** Side of all tiles, pixels; a power of two, so that an index wraps by masking. */
export const TILE = 512;
const MASK = TILE - 1;

/** A small generator for textures; millions of numbers, so no call overhead. */
function sequence(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}

/** Sensor noise, roughly normal with a deviation of 32, slightly smeared as by a phone's processing. */
function makeNoise(seed: number): Int8Array {
  const next = sequence(seed);
  const raw = Float32Array.from({ length: TILE * TILE }, () => (next() + next() + next() + next() - 2) * 1.73);
  const at = (x: number, y: number) => raw[((y & MASK) << 9) | (x & MASK)] ?? 0;
  return Int8Array.from({ length: TILE * TILE }, (_, index) => {
    const x = index & MASK;
    const y = index >> 9;
    const value = at(x, y) * 0.78 + (at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1)) * 0.3;
    return Math.max(-127, Math.min(127, Math.round(value * 32)));
  });
}

/** Smooth periodic noise in [-1, 1]: `cellsX` × `cellsY` random values, interpolated. */
function smooth(seed: number, cellsX: number, cellsY: number): Float32Array {
  const next = sequence(seed);
  const lattice = Float32Array.from({ length: cellsX * cellsY }, () => next() * 2 - 1);
  const out = new Float32Array(TILE * TILE);
  for (let y = 0; y < TILE; y++) {
    const fy = (y / TILE) * cellsY;
    const y0 = Math.floor(fy);
    const ty = fy - y0;
    const sy = ty * ty * (3 - 2 * ty);
    for (let x = 0; x < TILE; x++) {
      const fx = (x / TILE) * cellsX;
      const x0 = Math.floor(fx);
      const tx = fx - x0;
      const sx = tx * tx * (3 - 2 * tx);
      const value = (cx: number, cy: number) => lattice[(cy % cellsY) * cellsX + (cx % cellsX)] ?? 0;
      const top = value(x0, y0) * (1 - sx) + value(x0 + 1, y0) * sx;
      const bottom = value(x0, y0 + 1) * (1 - sx) + value(x0 + 1, y0 + 1) * sx;
      out[(y << 9) | x] = top * (1 - sy) + bottom * sy;
    }
  }
  return out;
}

export const DESKS = ['oak', 'walnut', 'grey', 'cloth', 'white', 'green'] as const;
export type Desk = (typeof DESKS)[number] | 'scanner' | 'room';

const BASE: Record<Desk, readonly [number, number, number]> = {
  oak: [196, 158, 112],
  walnut: [104, 72, 50],
  grey: [138, 140, 142],
  cloth: [92, 106, 128],
  white: [214, 214, 210],
  green: [58, 98, 82],
  scanner: [232, 232, 230],
  room: [40, 40, 42],
};

function makeDesk(desk: Desk): Uint8Array {
  const wood = desk === 'oak' || desk === 'walnut';
  const broad = smooth(11, wood ? 2 : 4, wood ? 22 : 4);
  const fine = smooth(23, wood ? 6 : 90, wood ? 170 : 90);
  const [r, g, b] = BASE[desk];
  const depth = wood ? 0.16 : desk === 'scanner' || desk === 'room' ? 0.01 : 0.05;
  const out = new Uint8Array(TILE * TILE * 3);
  for (let index = 0; index < TILE * TILE; index++) {
    const weave = desk === 'cloth' ? ((index & 3) < 2 ? 1 : -1) * (((index >> 9) & 3) < 2 ? 1 : -1) * 0.09 : 0;
    const board = wood && (index >> 9) % 170 < 2 ? -0.3 : 0;
    const factor = 1 + (broad[index] ?? 0) * depth + (fine[index] ?? 0) * depth * 0.6 + weave + board;
    out[index * 3] = Math.max(0, Math.min(255, r * factor));
    out[index * 3 + 1] = Math.max(0, Math.min(255, g * factor));
    out[index * 3 + 2] = Math.max(0, Math.min(255, b * factor));
  }
  return out;
}

function once<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

/** What the sensor and the paper add to a pixel, three signed bytes in a word: noise, colour noise, cloudiness. */
function makeGrain(): Int32Array {
  const noise = makeNoise(0x5eed);
  const colour = makeNoise(0xc0107);
  const cloud = smooth(71, 26, 26);
  return Int32Array.from({ length: TILE * TILE }, (_, index) => {
    // Colour noise is coarser: phones smooth it more.
    const coarse = ((index >> 10) << 9) | ((index & MASK) >> 1);
    const cloudy = Math.round((cloud[index] ?? 0) * 127);
    return ((noise[index] ?? 0) & 255) | (((colour[coarse] ?? 0) & 255) << 8) | ((cloudy & 255) << 16);
  });
}

/** Grain of sensor and paper; made once a process. */
export const grainTile = once((_: 0) => makeGrain());
/** RGB tile of what the paper lies on; made once a process. */
export const deskTile = once(makeDesk);

/** Chroma (largest minus smallest channel, 0–255, after white balance) from which a pixel counts as coloured. */
const VISIBLE_CHROMA = 48;

/** The value that 95 % of a channel's pixels stay under or at: its white. */
function whiteOf(histogram: Uint32Array, total: number): number {
  let below = 0;
  for (let value = 0; value < 256; value += 1) {
    below += histogram[value] ?? 0;
    if (below >= total * 0.95) return Math.max(value, 1);
  }
  return 255;
}

/** How each value of a channel looks when its white is taken for white. */
function balanced(histogram: Uint32Array, total: number): Float64Array {
  const scale = 255 / whiteOf(histogram, total);
  return Float64Array.from({ length: 256 }, (_, value) => Math.min(255, value * scale));
}

function isFar(one: number, other: number): boolean {
  return one - other >= VISIBLE_CHROMA || other - one >= VISIBLE_CHROMA;
}

function count(histogram: Uint32Array, value = 0): void {
  histogram[value] = (histogram[value] ?? 0) + 1;
}

/** Every third pixel of a rendition of 480 px leaves about 19,000, so that the smallest stamp still has some tens. */
const STEP = 3;

/**
 * A sample of interleaved 8-bit pixels with 3 or 4 channels for `colourShare`, with 3: every third pixel of every third row,
 * averaged with its neighbours to the right and below, which removes the chroma noise of the sensor and of JPEG. Of a
 * picture less than 2 px wide or high nothing is left.
 */
export function sampleColour(pixels: Uint8Array, width: number, height: number, channels: number): Uint8Array {
  const columns = Math.max(0, Math.floor((width - 2) / STEP) + 1);
  const rows = Math.max(0, Math.floor((height - 2) / STEP) + 1);
  const sample = new Uint8Array(columns * rows * 3);
  const below = width * channels;
  const mean = (at: number) =>
    ((pixels[at] ?? 0) +
      (pixels[at + channels] ?? 0) +
      (pixels[at + below] ?? 0) +
      (pixels[at + below + channels] ?? 0)) >>
    2;
  let to = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const at = STEP * (row * below + column * channels);
      sample[to] = mean(at);
      sample[to + 1] = mean(at + 1);
      sample[to + 2] = mean(at + 2);
      to += 3;
    }
  }
  return sample;
}

/**
 * Share of pixels with visible colour, 0 to 1 (`ImageFacts.colour`), of interleaved 8-bit sRGB pixels with 3 or 4
 * channels; take what `sampleColour` leaves. Channels are balanced on the paper's white first, so that a black and white
 * copy photographed in warm light still counts as colourless. Fewer than 3 channels mean a monochrome file: 0.
 */
export function colourShare(pixels: Uint8Array, channels: number): number {
  if (channels < 3 || pixels.length < channels) return 0;
  const total = Math.floor(pixels.length / channels);
  const end = total * channels;
  const [reds, greens, blues] = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)];
  for (let at = 0; at < end; at += channels) {
    count(reds, pixels[at]);
    count(greens, pixels[at + 1]);
    count(blues, pixels[at + 2]);
  }
  const [red, green, blue] = [balanced(reds, total), balanced(greens, total), balanced(blues, total)];
  let coloured = 0;
  for (let at = 0; at < end; at += channels) {
    const r = red[pixels[at] ?? 0] ?? 0;
    const g = green[pixels[at + 1] ?? 0] ?? 0;
    const b = blue[pixels[at + 2] ?? 0] ?? 0;
    // The largest difference of two channels is that between the largest and the smallest.
    if (isFar(r, g) || isFar(g, b) || isFar(r, b)) coloured += 1;
  }
  return coloured / total;
}

/** Chroma (largest minus smallest channel, 0–255, after white balance) from which a pixel counts as coloured. */
const VISIBLE_CHROMA = 48;

/** How each value of a channel looks when the value that 95 % of its pixels stay under or at is taken for white. */
function balanced(histogram: Uint32Array, total: number): Float64Array {
  let white = 255;
  let below = 0;
  for (let value = 0; value < 256; value += 1) {
    below += histogram[value] ?? 0;
    if (below >= total * 0.95) {
      white = Math.max(value, 1);
      break;
    }
  }
  return Float64Array.from({ length: 256 }, (_, value) => Math.min(255, value * (255 / white)));
}

/**
 * Share of pixels with visible colour, 0 to 1 (`ImageFacts.colour`), of interleaved 8-bit sRGB pixels with 3 or 4
 * channels. Take a rendition of about 256 px on the long side: averaging removes the chroma noise of the sensor and
 * of JPEG. Channels are balanced on the paper's white first, so that a black and white copy photographed in warm light
 * still counts as colourless. Fewer than 3 channels mean a monochrome file: 0.
 */
export function colourShare(pixels: Uint8Array, channels: number): number {
  if (channels < 3 || pixels.length < channels) return 0;
  const total = Math.floor(pixels.length / channels);
  const end = total * channels;
  const [reds, greens, blues] = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)];
  for (let at = 0; at < end; at += channels) {
    const [r, g, b] = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
    reds[r] = (reds[r] ?? 0) + 1;
    greens[g] = (greens[g] ?? 0) + 1;
    blues[b] = (blues[b] ?? 0) + 1;
  }
  const [red, green, blue] = [balanced(reds, total), balanced(greens, total), balanced(blues, total)];
  let coloured = 0;
  for (let at = 0; at < end; at += channels) {
    const r = red[pixels[at] ?? 0] ?? 0;
    const g = green[pixels[at + 1] ?? 0] ?? 0;
    const b = blue[pixels[at + 2] ?? 0] ?? 0;
    if (Math.max(r, g, b) - Math.min(r, g, b) >= VISIBLE_CHROMA) coloured += 1;
  }
  return coloured / total;
}

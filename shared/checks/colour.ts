/** Chroma (largest minus smallest channel, 0–255, after white balance) from which a pixel counts as coloured. */
const VISIBLE_CHROMA = 48;

/** The value that 95 % of a channel's pixels stay under or at: what the paper's white was taken to be. */
function white(pixels: Uint8Array, channels: number, channel: number): number {
  const histogram = new Uint32Array(256);
  let total = 0;
  for (let at = channel; at < pixels.length; at += channels) {
    const value = pixels[at] ?? 0;
    histogram[value] = (histogram[value] ?? 0) + 1;
    total += 1;
  }
  let below = 0;
  for (let value = 0; value < 256; value += 1) {
    below += histogram[value] ?? 0;
    if (below >= total * 0.95) return Math.max(value, 1);
  }
  return 255;
}

/**
 * Share of pixels with visible colour, 0 to 1 (`ImageFacts.colour`), of interleaved 8-bit sRGB pixels with 3 or 4
 * channels. Take a rendition of about 256 px on the long side: averaging removes the chroma noise of the sensor and
 * of JPEG. Channels are balanced on the paper's white first, so that a black and white copy photographed in warm light
 * still counts as colourless. Fewer than 3 channels mean a monochrome file: 0.
 */
export function colourShare(pixels: Uint8Array, channels: number): number {
  if (channels < 3 || pixels.length < channels) return 0;
  const red = 255 / white(pixels, channels, 0);
  const green = 255 / white(pixels, channels, 1);
  const blue = 255 / white(pixels, channels, 2);
  const total = Math.floor(pixels.length / channels);
  let coloured = 0;
  for (let pixel = 0; pixel < total; pixel += 1) {
    const at = pixel * channels;
    const r = Math.min(255, (pixels[at] ?? 0) * red);
    const g = Math.min(255, (pixels[at + 1] ?? 0) * green);
    const b = Math.min(255, (pixels[at + 2] ?? 0) * blue);
    if (Math.max(r, g, b) - Math.min(r, g, b) >= VISIBLE_CHROMA) coloured += 1;
  }
  return coloured / total;
}

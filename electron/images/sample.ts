/** Interleaved 8-bit pixels. */
export type Pixels = {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
};

/**
 * Makes pixels fewer by taking the mean of square blocks, the smallest with which the long side is at most `side`; what is
 * left at the right and lower edge is dropped. A few plain additions: another pass of the decoder's library costs more.
 */
export function averaged({ data, width, height, channels }: Pixels, side: number): Pixels {
  const block = Math.max(1, Math.ceil(Math.max(width, height) / side));
  if (block === 1) return { data, width, height, channels };
  const across = Math.max(1, Math.floor(width / block));
  const down = Math.max(1, Math.floor(height / block));
  const [wide, high] = [Math.min(block, width), Math.min(block, height)];
  const means = new Uint8Array(across * down * channels);
  const sums = new Uint32Array(across * channels);
  for (let row = 0; row < down; row += 1) {
    sums.fill(0);
    for (let line = 0; line < high; line += 1) {
      let from = (row * block + line) * width * channels;
      for (let to = 0; to < sums.length; to += channels) {
        for (let step = 0; step < wide; step += 1) {
          for (let channel = 0; channel < channels; channel += 1) {
            sums[to + channel] = (sums[to + channel] ?? 0) + (data[from] ?? 0);
            from += 1;
          }
        }
      }
    }
    for (let at = 0; at < sums.length; at += 1) means[row * sums.length + at] = (sums[at] ?? 0) / (wide * high) + 0.5;
  }
  return { data: means, width: across, height: down, channels };
}

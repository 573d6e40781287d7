/**
 * How a picture is shown otherwise than it was uploaded, for reading pale stamps and faint print. It lives on the screen
 * alone: nothing of it reaches the picture, and it is forgotten with the submission.
 */

export const CHANNELS = ['all', 'red', 'green', 'blue'] as const;
export type Channel = (typeof CHANNELS)[number];

export type Adjust = {
  /** Percent; 100 leaves it as it is. Applied before the contrast, so that pale grey comes to where contrast works. */
  readonly brightness: number;
  /** Percent about middle grey. */
  readonly contrast: number;
  readonly inverted: boolean;
  /** One channel alone, as grey: a red stamp is dark in green and blue, and gone in red. */
  readonly channel: Channel;
};

export const NEUTRAL: Adjust = { brightness: 100, contrast: 100, inverted: false, channel: 'all' };

/** Limits and steps of the two scales, percent. */
export const BRIGHTNESS = { min: 30, max: 200, step: 10 } as const;
export const CONTRAST = { min: 50, max: 400, step: 25 } as const;

/** Settings for what is needed most; one key goes from each to the next. */
export const PRESETS = ['stamp', 'print', 'unstamped'] as const;
export type Preset = (typeof PRESETS)[number];
const PRESET: Readonly<Record<Preset, Adjust>> = {
  // Pale red on white: dark in green, then drawn apart from the paper.
  stamp: { brightness: 60, contrast: 300, inverted: false, channel: 'green' },
  print: { brightness: 70, contrast: 250, inverted: false, channel: 'all' },
  // What a red stamp covers.
  unstamped: { brightness: 80, contrast: 150, inverted: false, channel: 'red' },
};

export const presetOf = (preset: Preset): Adjust => PRESET[preset];

const within = ({ min, max }: { readonly min: number; readonly max: number }, value: number) =>
  Math.min(max, Math.max(min, Math.round(value)));

/** Changes some of it, within the limits; null when nothing is left of it, so that an untouched picture has no filter. */
export function adjusted(before: Adjust | null, change: Partial<Adjust>): Adjust | null {
  const next = { ...(before ?? NEUTRAL), ...change };
  const held = { ...next, brightness: within(BRIGHTNESS, next.brightness), contrast: within(CONTRAST, next.contrast) };
  return same(held, NEUTRAL) ? null : held;
}

/** Whether two settings show a picture alike. */
export function same(a: Adjust, b: Adjust): boolean {
  return (
    a.brightness === b.brightness && a.contrast === b.contrast && a.inverted === b.inverted && a.channel === b.channel
  );
}

/** The next channel around. */
export function nextChannel(channel: Channel): Channel {
  return CHANNELS[(CHANNELS.indexOf(channel) + 1) % CHANNELS.length] ?? 'all';
}

/** The preset after the one that is set; null after the last. From settings of one's own it begins with the first. */
export function nextPreset(before: Adjust | null): Adjust | null {
  const at = before === null ? -1 : PRESETS.findIndex((preset) => same(PRESET[preset], before));
  const next = PRESETS[at + 1];
  return next === undefined ? null : PRESET[next];
}

/** CSS filter; undefined when the picture is as uploaded, so that it costs nothing. Channels: `ChannelFilters.tsx`. */
export function filterOf(adjust: Adjust | null): string | undefined {
  if (adjust === null) return undefined;
  const parts = [
    adjust.channel === 'all' ? '' : `url(#channel-${adjust.channel})`,
    adjust.brightness === 100 ? '' : `brightness(${adjust.brightness}%)`,
    adjust.contrast === 100 ? '' : `contrast(${adjust.contrast}%)`,
    adjust.inverted ? 'invert(1)' : '',
  ];
  return parts.filter(Boolean).join(' ') || undefined;
}

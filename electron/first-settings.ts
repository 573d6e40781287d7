import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../shared/ipc.ts';
import { GIGABYTES, LANGUAGES, LONGEST, THEMES, ZOOMS } from '../shared/setting-values.ts';

const DEFAULTS: Settings = {
  language: 'zh-CN',
  theme: 'system',
  service: '',
  account: '',
  picturesGigabytes: 8,
  zoom: 100,
};

const oneOf = (values: readonly unknown[]) => (value: unknown) => values.includes(value);
const textOf = (most: number) => (value: unknown) => typeof value === 'string' && value.length <= most;

/** What `Settings` of `shared/ipc.ts` asks of each. */
const FITS: { readonly [Name in keyof Settings]: (value: unknown) => boolean } = {
  language: oneOf(LANGUAGES),
  theme: oneOf(THEMES),
  service: textOf(LONGEST.service),
  account: textOf(LONGEST.account),
  picturesGigabytes: (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= GIGABYTES.least && value <= GIGABYTES.most,
  zoom: oneOf(ZOOMS),
};

function areSettings(read: Readonly<Record<string, unknown>>): read is Settings {
  return Object.entries(read).every(
    ([name, value]) => Object.hasOwn(FITS, name) && FITS[name as keyof Settings](value),
  );
}

/**
 * The settings for the first page, by the same rules as `openSettings` but without its schemas: they take longer to load
 * than the page to be painted. A damaged file means defaults.
 */
export function readFirstSettings(userData: string): Settings {
  const path = join(userData, 'settings.json');
  if (!existsSync(path)) return DEFAULTS;
  try {
    const read = { ...DEFAULTS, ...JSON.parse(readFileSync(path, 'utf8')) };
    return areSettings(read) ? read : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}

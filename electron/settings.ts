import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Settings } from '../shared/ipc.ts';
import { replaceFile } from './write-file.ts';

/** The settings file; holds nothing personal besides the account name typed last. */
export type SettingsFile = {
  readonly read: () => Settings;
  readonly change: (change: Partial<Settings>) => Settings;
};

/** Opens the settings of a user data folder. A damaged file means defaults: settings are a comfort, not a record. */
export function openSettings(userData: string): SettingsFile {
  const path = join(userData, 'settings.json');
  let current = parse(path);
  return {
    read: () => current,
    change: (change) => {
      current = Settings.parse({ ...current, ...change });
      replaceFile(path, `${JSON.stringify(current, null, 2)}\n`);
      return current;
    },
  };
}

function parse(path: string): Settings {
  const defaults = Settings.parse({});
  if (!existsSync(path)) return defaults;
  try {
    const parsed = Settings.safeParse({ ...defaults, ...JSON.parse(readFileSync(path, 'utf8')) });
    return parsed.success ? parsed.data : defaults;
  } catch {
    return defaults;
  }
}

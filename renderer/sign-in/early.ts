import type { Settings } from '../../shared/ipc.ts';
import { LANGUAGES, THEMES } from '../../shared/setting-values.ts';

function chosen<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
  const value = document.querySelector<HTMLInputElement>(`#root input[name="${name}"]:checked`)?.value;
  return values.find((one) => one === value);
}

/** Language and theme that were chosen before the page's script was there; null when they are as they were. */
export function earlyChoice({ language, theme }: Settings): Pick<Settings, 'language' | 'theme'> | null {
  const choice = { language: chosen('language', LANGUAGES) ?? language, theme: chosen('theme', THEMES) ?? theme };
  return choice.language === language && choice.theme === theme ? null : choice;
}

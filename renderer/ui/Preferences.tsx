import { useQueryClient } from '@tanstack/react-query';
import { Languages, Moon, Sun, SunMoon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../shared/ipc.ts';
import { call } from '../api.ts';
import { keys } from '../query.ts';

type SwitchProps<Value extends string> = {
  readonly name: string;
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly shown: ReactNode }[];
  readonly onChange: (value: Value) => void;
};

/** One of a few, side by side. */
function Switch<Value extends string>({ name, label, value, options, onChange }: SwitchProps<Value>) {
  return (
    <div className="switch" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.shown}</span>
        </label>
      ))}
    </div>
  );
}

/** Language and theme, as small switches. */
export function Preferences({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const change = (part: Partial<Settings>) =>
    void call('changeSettings', part).then((next) => client.setQueryData(keys.settings, next));
  return (
    <div className="preferences">
      <Languages size={16} strokeWidth={1.75} aria-hidden />
      <Switch
        name="language"
        label={t('settings.language')}
        value={settings.language}
        options={[
          { value: 'zh-CN', shown: '中文' },
          { value: 'en', shown: 'English' },
        ]}
        onChange={(language) => change({ language })}
      />
      <Switch
        name="theme"
        label={t('settings.theme')}
        value={settings.theme}
        options={[
          { value: 'light', shown: <Sun size={14} aria-label={t('settings.light')} /> },
          { value: 'dark', shown: <Moon size={14} aria-label={t('settings.dark')} /> },
          { value: 'system', shown: <SunMoon size={14} aria-label={t('settings.system')} /> },
        ]}
        onChange={(theme) => change({ theme })}
      />
    </div>
  );
}

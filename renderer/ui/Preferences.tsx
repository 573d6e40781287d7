import { useQueryClient } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { Languages, Moon, Sun, SunMoon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../shared/ipc.ts';
import { call } from '../api.ts';
import { keys } from '../query.ts';

/** Language and theme, as small switches. */
export function Preferences({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const change = (part: Partial<Settings>) =>
    void call('changeSettings', part).then((next) => client.setQueryData(keys.settings, next));
  return (
    <div className="preferences">
      <Languages size={16} strokeWidth={1.75} aria-hidden />
      <Segmented<Settings['language']>
        size="small"
        aria-label={t('settings.language')}
        value={settings.language}
        options={[
          { value: 'zh-CN', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
        onChange={(language) => change({ language })}
      />
      <Segmented<Settings['theme']>
        size="small"
        aria-label={t('settings.theme')}
        value={settings.theme}
        options={[
          { value: 'light', label: <Sun size={14} aria-label={t('settings.light')} /> },
          { value: 'dark', label: <Moon size={14} aria-label={t('settings.dark')} /> },
          { value: 'system', label: <SunMoon size={14} aria-label={t('settings.system')} /> },
        ]}
        onChange={(theme) => change({ theme })}
      />
    </div>
  );
}

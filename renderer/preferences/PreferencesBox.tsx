import { useQueryClient } from '@tanstack/react-query';
import { InputNumber, Modal, Segmented, Switch, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../shared/ipc.ts';
import { type DeskMemory, REST } from '../../shared/memory.ts';
import { ZOOMS } from '../../shared/setting-values.ts';
import { call } from '../api.ts';
import { deskState } from '../desk.ts';
import { useMemory } from '../memory.ts';
import { PhrasesPane } from '../phrases/PhrasesPane.tsx';
import { keys, useSettings } from '../query.ts';
import { remember } from '../remember.ts';
import { sayProblem } from '../review/undo.ts';
import { KeysPane } from './KeysPane.tsx';
import './preferences.css';

function Line(props: { readonly label: string; readonly note?: string; readonly children: ReactNode }) {
  return (
    <div className="preference">
      <div>
        <span>{props.label}</span>
        {props.note && <p className="quiet">{props.note}</p>}
      </div>
      {props.children}
    </div>
  );
}

function General() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const settings = useSettings().data;
  const memory = useMemory(true).data;
  if (!settings) return null;
  const change = (part: Partial<Settings>) =>
    void call('changeSettings', part).then(
      (next) => client.setQueryData(keys.settings, next),
      (error) => sayProblem(t, error),
    );
  return (
    <div className="preferences-general">
      <Line label={t('settings.language')}>
        <Segmented<Settings['language']>
          aria-label={t('settings.language')}
          value={settings.language}
          options={[
            { value: 'zh-CN', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
          onChange={(language) => change({ language })}
        />
      </Line>
      <Line label={t('settings.theme')}>
        <Segmented<Settings['theme']>
          aria-label={t('settings.theme')}
          value={settings.theme}
          options={(['light', 'dark', 'system'] as const).map((value) => ({ value, label: t(`settings.${value}`) }))}
          onChange={(theme) => change({ theme })}
        />
      </Line>
      <Line label={t('settings.zoom')} note={t('settings.zoomNote')}>
        <Segmented<Settings['zoom']>
          aria-label={t('settings.zoom')}
          value={settings.zoom}
          options={ZOOMS.map((value) => ({ value, label: `${value}%` }))}
          onChange={(zoom) => change({ zoom })}
        />
      </Line>
      {memory && (
        <Line label={t('preferences.beside')} note={t('preferences.besideNote')}>
          <Switch
            aria-label={t('preferences.beside')}
            checked={memory.beside}
            onChange={(beside) => remember({ beside })}
            data-testid="beside"
          />
        </Line>
      )}
      {memory && (
        <Line label={t('preferences.rest')} note={t('preferences.restNote')}>
          <Segmented<DeskMemory['rest']>
            aria-label={t('preferences.rest')}
            value={memory.rest}
            options={REST.map((value) => ({ value, label: t(`preferences.restAfter.${value}`) }))}
            onChange={(rest) => remember({ rest })}
          />
        </Line>
      )}
      <Line label={t('preferences.pictures')} note={t('preferences.picturesNote')}>
        <InputNumber
          aria-label={t('preferences.pictures')}
          min={1}
          max={1000}
          precision={0}
          suffix="GB"
          value={settings.picturesGigabytes}
          onChange={(value) => value !== null && change({ picturesGigabytes: value })}
          data-testid="pictures-budget"
        />
      </Line>
    </div>
  );
}

/** What an account and this computer may have otherwise: looks, room for pictures, keys. */
export function PreferencesBox({ at }: { readonly at: 'general' | 'phrases' }) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      afterOpenChange={(open) => open && document.querySelector<HTMLElement>('.preferences-box [role="tab"]')?.focus()}
      onCancel={() => deskState().show('none')}
      footer={null}
      width={760}
      centered
      title={t('preferences.title')}
    >
      <div className="preferences-box" data-testid="preferences">
        <Tabs
          defaultActiveKey={at}
          items={[
            { key: 'general', label: t('preferences.general'), children: <General /> },
            { key: 'phrases', label: t('phrases.title'), children: <PhrasesPane /> },
            { key: 'keys', label: t('preferences.keys'), children: <KeysPane /> },
          ]}
        />
      </div>
    </Modal>
  );
}

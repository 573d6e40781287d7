import { Segmented, Slider, Switch } from 'antd';
import { X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { keyOf } from '../actions/command.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { type Adjust, BRIGHTNESS, CHANNELS, CONTRAST, NEUTRAL, PRESETS, presetOf, same } from './adjust.ts';
import { toolsState } from './tools.ts';

type Props = {
  readonly name: string;
  readonly adjust: Adjust | null;
  onChange(change: Partial<Adjust>): void;
  onReset(): void;
};

/** How the target is shown: two scales, a channel, the negative, and what is needed most as one click. */
export function AdjustPanel({ name, adjust, onChange, onReset }: Props) {
  const { t } = useTranslation();
  const now = adjust ?? NEUTRAL;
  // Arrows move the scale here, not to another picture.
  const keep = (event: KeyboardEvent) => {
    if (event.key.startsWith('Arrow') || event.key === ' ' || event.key === 'Home' || event.key === 'End')
      event.stopPropagation();
  };
  return (
    <section className="adjust-panel" aria-label={t('adjust.title')} onKeyDown={keep} data-testid="adjust-panel">
      <header>
        <strong className="nowrap">
          {t('adjust.title')} · {name}
        </strong>
        <IconButton
          icon={X}
          label={t('adjust.close')}
          hint={keyOf('adjust')}
          onClick={() => toolsState().toggle('adjusting')}
        />
      </header>
      <div className="adjust-presets">
        {PRESETS.map((preset) => {
          const set = same(now, presetOf(preset));
          return (
            <button
              key={preset}
              type="button"
              aria-pressed={set}
              onClick={() => onChange(set ? NEUTRAL : presetOf(preset))}
              data-testid={`preset-${preset}`}
            >
              {t(`adjust.${preset}`)}
            </button>
          );
        })}
        <Kbd>{keyOf('enhance')}</Kbd>
      </div>
      <div className="adjust-scale">
        <span>{t('adjust.brightness')}</span>
        <Slider
          {...BRIGHTNESS}
          value={now.brightness}
          onChange={(brightness) => onChange({ brightness })}
          ariaLabelForHandle={t('adjust.brightness')}
          tooltip={{ open: false }}
        />
        <span className="adjust-figure">{now.brightness}%</span>
      </div>
      <div className="adjust-scale">
        <span>{t('adjust.contrast')}</span>
        <Slider
          {...CONTRAST}
          value={now.contrast}
          onChange={(contrast) => onChange({ contrast })}
          ariaLabelForHandle={t('adjust.contrast')}
          tooltip={{ open: false }}
        />
        <span className="adjust-figure">{now.contrast}%</span>
      </div>
      <div className="adjust-scale">
        <span>{t('adjust.channel')}</span>
        <Segmented
          size="small"
          aria-label={t('adjust.channel')}
          value={now.channel}
          options={CHANNELS.map((value) => ({ value, label: t(`adjust.channels.${value}`) }))}
          onChange={(channel) => onChange({ channel })}
        />
      </div>
      <div className="adjust-scale">
        <span>{t('adjust.invert')}</span>
        <Switch
          size="small"
          checked={now.inverted}
          onChange={(inverted) => onChange({ inverted })}
          aria-label={t('adjust.invert')}
        />
      </div>
      <footer>
        <span className="quiet">{t('adjust.note')}</span>
        <button type="button" className="adjust-reset" onClick={onReset} data-testid="adjust-reset">
          {t('adjust.reset')} <Kbd>{keyOf('asUploaded')}</Kbd>
        </button>
      </footer>
    </section>
  );
}

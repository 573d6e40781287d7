import { Button, Checkbox, DatePicker, InputNumber, Modal, Segmented, Select } from 'antd';
import { Dices } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignedIn } from '../../shared/ipc.ts';
import { RISKS, type Risk, SAMPLE_METHODS } from '../../shared/spot-check/sample.ts';
import type { DrawPlan, SpotCheck } from '../../shared/spot-check/wire.ts';
import type { Level } from '../../shared/status.ts';
import { call } from '../api.ts';
import { sayProblem } from '../review/undo.ts';
import { type Days, wholeDays } from '../ui/days.ts';

/** A seed that nobody chose. */
export const newSeed = (): number => crypto.getRandomValues(new Int32Array(1))[0] ?? 0;

const MOST = 500;
const FEW = 10;
const SHORT = 1_000;
const LONGEST_SHORT = 60_000;

type Props = { readonly signedIn: SignedIn; onDrawn(check: SpotCheck): void; onClose(): void };

/** Draws a sample: how, how many, from which level, and by which seed. */
export function DrawDialog({ signedIn, onDrawn, onClose }: Props) {
  const { t } = useTranslation();
  const [method, setMethod] = useState<DrawPlan['method']>('simple');
  const [size, setSize] = useState(FEW);
  const [seed, setSeed] = useState(newSeed);
  const [days, setDays] = useState<Days>(null);
  const [level, setLevel] = useState<Level | null>(null);
  const [risks, setRisks] = useState<Risk[]>([...RISKS]);
  const [shortMs, setShortMs] = useState(SHORT);
  const [drawing, setDrawing] = useState(false);
  const ready = method !== 'by_risk' || risks.length > 0;
  const draw = async () => {
    if (drawing || !ready) return;
    setDrawing(true);
    const plan: DrawPlan = {
      method,
      size,
      seed,
      ...wholeDays(days),
      level,
      risks: ready ? risks : [...RISKS],
      shortMs,
    };
    try {
      onDrawn(await call('drawSpotCheck', risks.length > 0 ? plan : { ...plan, risks: [...RISKS] }));
    } catch (error) {
      sayProblem(t, error);
      setDrawing(false);
    }
  };
  return (
    <Modal
      open
      width={560}
      title={t('spot.draw')}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('decide.cancel')}</Button>
          <Button
            type="primary"
            disabled={!ready}
            loading={drawing}
            onClick={() => void draw()}
            data-testid="spot-draw-confirm"
          >
            {t('spot.drawNow')}
          </Button>
        </>
      }
    >
      <div className="spot-draw" data-testid="spot-draw-dialog">
        <span>{t('spot.method')}</span>
        <Segmented<DrawPlan['method']>
          value={method}
          onChange={setMethod}
          options={SAMPLE_METHODS.map((value) => ({ value, label: t(`spot.methods.${value}`) }))}
          aria-label={t('spot.method')}
        />
        <p className="quiet">{t(`spot.methodNote.${method}`)}</p>
        <label htmlFor="spot-size">
          {t(method === 'by_reviewer' || method === 'by_reason' ? 'spot.sizeEach' : 'spot.size')}
        </label>
        <InputNumber
          id="spot-size"
          min={1}
          max={MOST}
          precision={0}
          value={size}
          onChange={(value) => setSize(value ?? FEW)}
          data-testid="spot-size"
        />
        {method === 'by_risk' && (
          <>
            <span>{t('spot.risk')}</span>
            <Checkbox.Group
              value={risks}
              onChange={setRisks}
              options={RISKS.map((value) => ({ value, label: t(`spot.risks.${value}`) }))}
            />
            <label htmlFor="spot-short">{t('spot.short')}</label>
            <InputNumber
              id="spot-short"
              min={1}
              max={LONGEST_SHORT}
              precision={0}
              value={shortMs}
              onChange={(value) => setShortMs(value ?? SHORT)}
              suffix="ms"
            />
            <p className="quiet">{t('spot.shortNote')}</p>
          </>
        )}
        <label htmlFor="spot-level">{t('overview.level')}</label>
        <Select<Level | ''>
          id="spot-level"
          value={level ?? ''}
          onChange={(value) => setLevel(value === '' ? null : value)}
          options={[
            { value: '', label: t('spot.allLevels') },
            ...signedIn.policy.levels.map((value) => ({ value, label: t(`reviewLevel.${value}`) })),
          ]}
        />
        <label htmlFor="spot-days">{t('spot.received')}</label>
        <DatePicker.RangePicker
          id={{ start: 'spot-days', end: 'spot-days-end' }}
          allowEmpty={[true, true]}
          placeholder={[t('audit.from'), t('audit.to')]}
          aria-label={t('spot.received')}
          value={days ?? null}
          onChange={setDays}
          data-testid="spot-days"
        />
        <label htmlFor="spot-seed">{t('spot.seed')}</label>
        <span className="spot-seed">
          <InputNumber
            id="spot-seed"
            min={-(2 ** 31)}
            max={2 ** 31 - 1}
            precision={0}
            value={seed}
            onChange={(value) => setSeed(value ?? newSeed())}
            data-testid="spot-seed"
          />
          <Button icon={<Dices size={14} aria-hidden />} onClick={() => setSeed(newSeed())}>
            {t('spot.otherSeed')}
          </Button>
        </span>
        <p className="quiet">{t('spot.seedNote')}</p>
      </div>
    </Modal>
  );
}

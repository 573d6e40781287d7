import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Eye, Gauge } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rhythmOf } from '../../shared/rhythm.ts';
import { call } from '../api.ts';
import { useDesk } from '../desk.ts';
import { useMemory } from '../memory.ts';
import { useStatus } from '../query.ts';
import { useNow } from '../ui/now.ts';
import { type Eyes, looked, restDue } from './eyes.ts';

const ICON = { size: 14, strokeWidth: 1.75, 'aria-hidden': true } as const;
const KEY = ['rhythm'] as const;
/** A submission stays on screen for so long, ms, before the day is counted anew: leafing asks nothing. */
const PAUSE = 1_500;
/** How often it is looked whether eyes want to rest, ms. */
const LOOK = 10_000;

function midnight(now: number): string {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
}

/** Whether it is time to rest the eyes, and the way to say that they have. */
function useRest(): readonly [due: boolean, rested: () => void] {
  const rest = useMemory(true).data?.rest ?? 'off';
  const eyes = useRef<Eyes>({ since: null, active: 0 });
  const [due, setDue] = useState(false);
  useEffect(() => {
    const act = () => {
      eyes.current = looked(eyes.current, Date.now());
    };
    const timer = setInterval(() => setDue(restDue(eyes.current, Date.now(), rest)), LOOK);
    window.addEventListener('keydown', act, { passive: true });
    window.addEventListener('pointerdown', act, { passive: true });
    return () => {
      clearInterval(timer);
      window.removeEventListener('keydown', act);
      window.removeEventListener('pointerdown', act);
    };
  }, [rest]);
  const rested = () => {
    eyes.current = { since: null, active: 0 };
    setDue(false);
  };
  return [due, rested];
}

/** How the day goes, in one quiet line, for oneself alone; in its place, now and then, that eyes want to rest. */
export function Rhythm() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const now = useNow();
  const reviewing = useDesk((desk) => desk.reviewing);
  const sheet = useDesk((desk) => desk.sheet);
  const [due, rested] = useRest();
  const day = useQuery({
    queryKey: KEY,
    queryFn: () => call('rhythm', { since: midnight(Date.now()) }),
    refetchInterval: 60_000,
  }).data;
  useEffect(() => {
    // Another submission is on screen: perhaps one was concluded.
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: KEY }), reviewing === null ? 0 : PAUSE);
    return () => clearTimeout(timer);
  }, [reviewing, client]);
  const phase = useStatus().data?.sync.phase;
  useEffect(() => {
    // While it synchronises more comes to do; what is left is told when it has come.
    if (phase === 'done' || phase === 'idle') void client.invalidateQueries({ queryKey: KEY });
  }, [phase, client]);
  if (due && sheet === 'none') {
    return (
      <span role="status">
        <button type="button" className="bar-item bar-rest" onClick={rested} data-testid="rest">
          <Eye {...ICON} />
          {t('rhythm.rest')}
        </button>
      </span>
    );
  }
  if (!day || (day.made.length === 0 && day.left === 0)) return null;
  const { done, perHour, endsAt } = rhythmOf(day.made.map(Date.parse), day.left, now);
  const clock = (at: number) =>
    new Date(at).toLocaleTimeString(t('language'), { hour: '2-digit', minute: '2-digit', hour12: false });
  const soon = endsAt !== null && day.left > 0 && endsAt - now < 12 * 3_600_000;
  const parts = [
    t('rhythm.done', { count: done }),
    t('rhythm.left', { count: day.left }),
    ...(perHour === null ? [] : [t('rhythm.pace', { count: Math.round(perHour) })]),
    ...(soon ? [t('rhythm.end', { at: clock(endsAt) })] : []),
  ];
  return (
    <span className="bar-rhythm quiet nowrap" title={t('rhythm.note')} data-testid="rhythm" data-done={done}>
      <Gauge {...ICON} />
      <span className="nowrap">{parts.join(' · ')}</span>
    </span>
  );
}

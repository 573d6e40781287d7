import { useEffect, useRef, useState } from 'react';
import type { SubmissionId } from '../../shared/ids.ts';
import type { Output } from '../../shared/ipc.ts';
import { useDesk } from '../desk.ts';
import { bringNeighbours, neighboursOf, useNeighbours } from '../query.ts';
import { forgetTiles } from '../viewer/tiles.ts';
import { Leaf } from './Leaf.tsx';
import { dealLeaves, stepsAhead } from './slots.ts';
import { guardKeys, useLeafing } from './turning.ts';
import './leaf.css';

/** Leaves that are kept: one to be seen and three to come. Their number bounds the memory that leafing takes. */
const LEAVES = ['first', 'second', 'third', 'fourth'] as const;

/** The submission so many steps away in the queue; null past its ends. */
async function stepsFrom(at: SubmissionId, steps: number): Promise<SubmissionId | null> {
  let id: SubmissionId | null = at;
  for (let step = 0; step < Math.abs(steps) && id !== null; step += 1) {
    const { next, previous }: Output<'queueNeighbours'> = neighboursOf(id) ?? (await bringNeighbours(id));
    id = steps > 0 ? next : previous;
  }
  return id;
}

/** Those that leaves are made for, the most urgent first. */
function useWanted(): readonly SubmissionId[] {
  const reviewing = useDesk((desk) => desk.reviewing);
  const { seen, asked, direction, holding } = useLeafing();
  const at = seen ?? reviewing;
  const around = useNeighbours(at);
  const [ahead, setAhead] = useState<readonly SubmissionId[]>([]);
  // What comes is made ready when the desk itself stands, or while it doesn't follow at all.
  const waits = seen !== null && !holding;
  useEffect(() => {
    if (at === null || waits || !around) return;
    let stale = false;
    const look = async () => {
      const ids: SubmissionId[] = [];
      for (const steps of stepsAhead(direction, holding)) {
        const id = await stepsFrom(at, steps).catch(() => null);
        if (id !== null) ids.push(id);
      }
      if (!stale) setAhead(ids);
    };
    void look();
    return () => {
      stale = true;
    };
  }, [at, around, waits, direction, holding]);
  if (at === null && asked === null) return [];
  return [...(seen === null ? [] : [seen]), ...(asked === null ? [] : [asked]), ...(at === null ? [] : ahead)];
}

/** The leaves of the submissions that are likely to come next, ready out of sight over the desk. */
export function Leaves() {
  const wanted = useWanted();
  const dealt = useRef<readonly (SubmissionId | null)[]>(LEAVES.map(() => null));
  useEffect(() => {
    const stop = guardKeys();
    return () => {
      stop();
      forgetTiles();
    };
  }, []);
  dealt.current = wanted.length === 0 ? dealt.current.map(() => null) : dealLeaves(dealt.current, wanted);
  // A leaf is written anew for the next submission, not torn out.
  return LEAVES.map((leaf, place) => {
    const id = dealt.current[place];
    return id && <Leaf key={leaf} id={id} />;
  });
}

import { describe, expect, it } from 'vitest';
import { isOpen, nextPoint, pointsNow } from '../../../../renderer/checklist/points.ts';
import type { Check } from '../../../../shared/checks/check.ts';
import { slot } from '../../../factories/submission.ts';

const check = (id: Check['id'], status: Check['status']): Check => ({ id, status, facts: {} });
const answers = (...args: Parameters<typeof pointsNow>) => pointsNow(...args).map(({ answer }) => answer);
const back = slot('M01-2');

describe('points of a picture', () => {
  it('are open until somebody ticks them', () => {
    const front = slot('M01-1');
    expect(answers(front, [], new Set())).toEqual(['open', 'open']);
    expect(answers(front, [], new Set(['M01.number']))).toEqual(['open', 'ticked']);
  });

  it('are answered by checks that all passed, and by none of which one found something', () => {
    expect(answers(back, [], new Set())).toEqual(['open']);
    expect(answers(back, [check('id.validity', 'passed'), check('id.term', 'passed')], new Set())).toEqual(['checked']);
    const doubtful = [check('id.validity', 'passed'), check('id.term', 'warning')];
    expect(answers(back, doubtful, new Set())).toEqual(['trouble']);
    expect(answers(back, doubtful, new Set(['M01.validity']))).toEqual(['ticked']);
  });

  it('are gone through in order, the answered ones left out', () => {
    const points = pointsNow(slot('M03-1'), [], new Set(['M03.major']), ['M03.number']);
    expect(nextPoint(points, null)).toBe('M03.school');
    expect(nextPoint(points, 'M03.school')).toBe('M03.number');
    expect(nextPoint(points, 'M03.date')).toBeNull();
    expect(points.filter(({ required }) => required).map(({ id }) => id)).toEqual(['M03.number']);
    expect(points.filter(isOpen)).toHaveLength(3);
  });
});

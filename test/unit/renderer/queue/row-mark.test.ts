import { expect, it } from 'vitest';
import { rowMark } from '../../../../renderer/queue/row-mark.ts';

const row = { parked: false, aside: null, status: 'pending', judged: 0, round: 1 } as const;

it('what the level before has passed on is passed for that one, and pending for the one that reviews it now', () => {
  const passed = { ...row, status: 'site_approved', judged: 0 } as const;
  expect(rowMark(passed, 'pending')).toBe('passed');
  expect(rowMark(passed, 'site_approved')).toBe('untouched');
  expect(rowMark({ ...passed, judged: 1 }, 'site_approved')).toBe('begun');
});

it('what was sent back is with the level before', () => {
  expect(rowMark({ ...row, judged: 12 }, 'site_approved')).toBe('below');
  expect(rowMark({ ...row, status: 'point_approved' }, 'site_approved')).toBe('below');
  expect(rowMark({ ...row, status: 'point_approved' }, 'point_approved')).toBe('untouched');
  expect(rowMark({ ...row, status: 'returned' }, 'site_approved')).toBe('returned');
});

it('of what is pending it says whether it was begun, or handed in again', () => {
  expect(rowMark(row, 'pending')).toBe('untouched');
  expect(rowMark({ ...row, judged: 2, round: 2 }, 'pending')).toBe('begun');
  expect(rowMark({ ...row, round: 2 }, 'pending')).toBe('resubmitted');
});

it('a conflict matters more than what is set aside, and that more than the state', () => {
  const aside = { ...row, aside: { words: '等原件' } };
  expect(rowMark(aside, 'pending')).toBe('aside');
  expect(rowMark({ ...aside, parked: true }, 'pending')).toBe('conflict');
});

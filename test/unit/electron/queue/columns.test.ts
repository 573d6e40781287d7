import { expect, test } from 'vitest';
import { isOpen, materialStates, nameKeys, openPoints } from '../../../../electron/queue/columns.ts';
import { image, policy, submission } from '../../../factories/submission.ts';

test('a material is as bad as its worst picture, and missing where one is', () => {
  const own = submission({
    images: [
      image('M01-1', { state: 'locked' }),
      image('M01-2'),
      image('M03-1', { state: 'returned', reasons: ['Q01'] }),
      image('M04-1', { state: 'locked' }),
      image('M18-1'),
    ],
  });
  const states = materialStates(own, policy());
  const of = (code: string) => states.find(({ material }) => material === code);
  expect(of('M01')).toMatchObject({ state: 'open', count: 2, min: 2 });
  expect(of('M03')?.state).toBe('returned');
  expect(of('M04')?.state).toBe('locked');
  expect(of('M05')).toMatchObject({ state: 'missing', count: 0 });
  expect(of('M20')).toMatchObject({ state: 'empty', min: 0 });
  // Not asked for, but there: it must be judged like the others.
  expect(of('M18')).toMatchObject({ state: 'open', count: 1, min: 0 });
  expect(openPoints(own, states)).toBe(2 + 2);
});

test('names are found by initials and sorted by sound', () => {
  expect(nameKeys('单雄信').initials).toBe('sxx');
  expect(nameKeys('样例甲').initials).toBe('ylj');
  expect(nameKeys('阿依·古丽').initials).toMatch(/^ay.*gl$/);
  expect(nameKeys('Ann').initials).toMatch(/^a/);
  expect(nameKeys('').initials).toBe('');
});

test('what is open depends on the level', () => {
  expect(isOpen(submission(), 'site', policy())).toBe(true);
  expect(isOpen(submission(), 'district', policy())).toBe(false);
  expect(isOpen(submission({ status: 'site_approved' }), 'district', policy())).toBe(true);
  expect(isOpen(submission({ status: 'site_approved' }), null, policy())).toBe(true);
  expect(isOpen(submission({ status: 'returned' }), null, policy())).toBe(false);
});

import { expect, it } from 'vitest';
import { askedBy } from '../../../../service/candidate/asked.ts';
import type { MaterialCode } from '../../../../shared/ids.ts';
import { image, policy, returning, submission } from '../../../factories/submission.ts';

const asked = (slots: string[], materials: MaterialCode[], images = submission().images) => {
  const of = submission({ images });
  return askedBy(returning(of, slots, {}, materials), of, policy());
};

it('asks for exactly the pictures that the return names', () => {
  expect(asked(['M03-1', 'M05-1'], [])).toEqual({ replace: ['M03-1', 'M05-1'], add: [] });
});

it('asks for the missing ones of a material, in free places', () => {
  expect(asked([], ['M01'], [image('M01-2')])).toEqual({ replace: [], add: ['M01-1'] });
  expect(asked([], ['M01'], [])).toEqual({ replace: [], add: ['M01-1', 'M01-2'] });
});

it('asks for one more where enough are there but more are allowed (another employer’s certificate)', () => {
  expect(asked([], ['M05'])).toEqual({ replace: [], add: ['M05-2'] });
  expect(asked([], ['M20'])).toEqual({ replace: [], add: ['M20-1'] });
});

it('asks for none where there is no room, and once for a material named twice', () => {
  expect(asked([], ['M01'])).toEqual({ replace: [], add: [] });
  expect(asked([], ['M20', 'M20'])).toEqual({ replace: [], add: ['M20-1'] });
});

it('has room for a material that the form does not ask for', () => {
  expect(asked([], ['M15'])).toEqual({ replace: [], add: ['M15-1'] });
});

import { describe, expect, it } from 'vitest';
import { besideStep, type Sight } from '../../../../renderer/review/beside.ts';
import { image, NOW, sha } from '../../../factories/submission.ts';

const before = {
  sha256: sha(7_001),
  bytes: 1_000,
  uploadedAt: NOW,
  replacedAt: NOW,
  state: 'returned' as const,
  reasons: ['Q01' as const],
  comment: '',
};
const again = image('M03-1', { earlier: [before] });
const sight = (own: Partial<Sight> = {}): Sight => ({
  image: again,
  decidable: true,
  over: 'none',
  wanted: true,
  compared: new Set(),
  ...own,
});

describe('a re-upload', () => {
  it('opens beside what it replaces', () => {
    expect(besideStep(sight())).toBe('open');
  });

  it.each<[string, Partial<Sight>]>([
    ['was compared already', { compared: new Set([again.sha256]) }],
    ['is judged', { image: { ...again, state: 'locked' } }],
    ['replaces nothing', { image: image('M03-1') }],
    ['replaces what was not returned', { image: { ...again, earlier: [{ ...before, state: 'open' }] } }],
    ['is another reviewer’s', { decidable: false }],
    ['is not wished to be compared', { wanted: false }],
    ['lies under a dialog', { over: 'reasons' }],
    ['is not there', { image: undefined }],
  ])('stays among the others when it %s', (_name, own) => {
    expect(besideStep(sight(own))).toBeNull();
  });
});

describe('a comparison', () => {
  it('closes when the target has nothing before it', () => {
    expect(besideStep(sight({ over: 'compare', image: image('M03-1') }))).toBe('close');
  });

  it('stays while there is something to compare', () => {
    expect(besideStep(sight({ over: 'compare', compared: new Set([again.sha256]) }))).toBeNull();
  });
});

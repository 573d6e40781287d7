import { describe, expect, it } from 'vitest';
import { preparable } from '../../../../renderer/review/ahead.ts';
import type { ReviewSubject } from '../../../../shared/ipc.ts';
import { imageFacts, submission } from '../../../factories/submission.ts';

function subject(change: (of: ReviewSubject) => Partial<ReviewSubject> = () => ({})): ReviewSubject {
  const own = submission();
  const base: ReviewSubject = {
    submission: own,
    facts: own.images.map((image) => imageFacts(image)),
    absent: [],
    purged: false,
    shared: [],
    decisions: [],
    undoable: false,
  };
  return { ...base, ...change(base) };
}

const hashes = ({ submission: { images } }: ReviewSubject) => images.map(({ sha256 }) => sha256);

describe('preparable', () => {
  it('names all pictures that are here and whole, in the order of the catalogue', () => {
    expect(preparable(subject())).toEqual(hashes(subject()));
  });

  it('leaves out what is not here, was not looked at, or is damaged', () => {
    const [absent, unseen, damaged, ...others] = hashes(subject());
    const odd = subject(({ facts }) => ({
      absent: absent === undefined ? [] : [absent],
      facts: facts
        .filter(({ sha256 }) => sha256 !== unseen)
        .map((one) => (one.sha256 === damaged ? { ...one, decodes: 'truncated' } : one)),
    }));
    expect(preparable(odd)).toEqual(others);
  });
});

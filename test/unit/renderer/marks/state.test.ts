import { beforeEach, describe, expect, it } from 'vitest';
import { useMarks } from '../../../../renderer/marks/state.ts';
import { slot } from '../../../factories/submission.ts';

const marks = useMarks.getState;
const drawn = () => marks().draft?.marks ?? [];
const at = slot('M03-1');

beforeEach(() => marks().end());

describe('marks of a return that is being written', () => {
  it('are a pin with Enter twice, a box with a second corner', () => {
    marks().begin(at, []);
    marks().place();
    marks().move({ x: 0.2, y: 0.3 });
    marks().set(null);
    expect(drawn()).toEqual([]);
    marks().set(null);
    expect(drawn()).toEqual([{ x: 0.2, y: 0.3, reason: null }]);
    expect(marks().placing).toBeNull();
    marks().place();
    marks().move({ x: 0.6, y: 0.5 });
    marks().set(null);
    marks().move({ x: 0.4, y: 0.9 });
    marks().set('S01');
    expect(drawn()[1]).toEqual({ x: 0.4, y: 0.5, width: 0.2, height: 0.4, reason: 'S01' });
  });

  it('are placed at once where the mark was asked for first, and left alone by Esc', () => {
    marks().ask();
    marks().begin(at, [{ x: 0.1, y: 0.1, reason: 'Q01' }]);
    expect(marks().placing).toEqual({ at: { x: 0.5, y: 0.5 }, first: null });
    marks().stop();
    expect(drawn()).toHaveLength(1);
    marks().end();
    marks().begin(at, []);
    expect(marks().placing).toBeNull();
  });

  it('take the reason that is chosen after them, and let go of one that is not', () => {
    marks().begin(at, [{ x: 0.1, y: 0.1, reason: null }]);
    marks().follow(['Q01'], false);
    expect(drawn()[0]?.reason).toBe('Q01');
    marks().follow(['Q01', 'S01'], false);
    expect(drawn()[0]?.reason).toBe('Q01');
    marks().follow(['S01'], false);
    expect(drawn()[0]?.reason).toBe('S01');
    marks().says(0, null);
    marks().follow(['S01'], true);
    expect(drawn()[0]?.reason).toBeNull();
  });

  it('are nine at most', () => {
    const nine = Array.from({ length: 9 }, () => ({ x: 0.1, y: 0.1, reason: null }));
    marks().begin(at, nine);
    marks().place();
    expect(marks().placing).toBeNull();
    marks().remove(0);
    marks().place();
    expect(marks().placing).not.toBeNull();
  });
});

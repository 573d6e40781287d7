import { afterEach, expect, it } from 'vitest';
import { chooseKeys, currentKeys, useChosenKeys } from '../../../../renderer/actions/chosen-keys.ts';

afterEach(() => chooseKeys({}));

it('draws anew what shows a key only when the keys are others than before', () => {
  const version = () => useChosenKeys.getState().version;
  const before = version();
  chooseKeys({});
  expect(version()).toBe(before);
  chooseKeys({ lock: ['L'], approve: [] });
  expect(version()).toBe(before + 1);
  chooseKeys({ approve: [], lock: ['L'] });
  expect(version()).toBe(before + 1);
  chooseKeys({ lock: ['L', 'K'], approve: [] });
  expect(version()).toBe(before + 2);
  expect(currentKeys()).toEqual({ lock: ['L', 'K'], approve: [] });
});

import { match } from 'pinyin-pro';
import { describe, expect, it } from 'vitest';
import { type Findable, findCommands, isTypedFor, latestFirst } from '../../../../renderer/actions/find-command.ts';

const byPinyin = (text: string, letters: string) => match(text, letters, { continuous: true })?.[0] ?? null;
const all: readonly Findable<string>[] = [
  { item: 'lock', texts: ['锁定图片', 'Lock the image'] },
  { item: 'return', texts: ['退回考生', 'Return to the candidate'] },
  { item: 'next', texts: ['下一张未审', 'Next open image'] },
  { item: 'image', texts: ['下一张', 'Next image'] },
];
const find = (typed: string) => findCommands(all, typed, byPinyin);

describe('commands are found', () => {
  it('all, in their order, while nothing is typed', () => {
    expect(find('  ')).toEqual(['lock', 'return', 'next', 'image']);
  });

  it('by name in either language, beginnings first', () => {
    expect(find('退回')).toEqual(['return']);
    expect(find('NEXT')).toEqual(['next', 'image']);
    expect(find('image')).toEqual(['lock', 'next', 'image']);
    expect(find('open image')).toEqual(['next']);
  });

  it('by pinyin and by its initials', () => {
    expect(find('sdtp')).toEqual(['lock']);
    expect(find('tuihui')).toEqual(['return']);
    expect(find('tui hui kao')).toEqual(['return']);
    expect(find('xyz')).toEqual(['next', 'image']);
  });

  it('by the name on screen before the other language, from its beginning before further on', () => {
    expect(find('t')).toEqual(['return', 'lock', 'next', 'image']);
    const english = all.map(({ item, texts }) => ({ item, texts: texts.toReversed() }));
    expect(findCommands(english, 't', byPinyin)).toEqual(['lock', 'return', 'next', 'image']);
    expect(findCommands(english, 'ne', byPinyin)).toEqual(['next', 'image']);
  });

  it('not at all when nothing fits', () => {
    expect(find('qqq')).toEqual([]);
    expect(find('不符合')).toEqual([]);
  });
});

it('is typed for by a part of its name, or by just its key', () => {
  const fits = (typed: string) => isTypedFor('Lock image', ['Space', 'Num +'], typed);
  expect(['', 'LOCK', ' image ', 'space', 'num +'].map(fits)).toEqual([true, true, true, true, true]);
  expect(['num', 'spa', 'return'].map(fits)).toEqual([false, false, false]);
});

it('what was used lately comes first, the latest at the top', () => {
  const ids = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
  expect(latestFirst(ids, ['c', 'a', 'gone']).map(({ id }) => id)).toEqual(['c', 'a', 'b', 'd']);
});

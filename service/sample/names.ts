import type { Random } from './random.ts';

const SURNAMES = [
  ...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳',
];
const COMPOUND = ['欧阳', '上官', '司徒', '诸葛', '东方', '令狐'];
/** Given names begin with one of these, so that nobody takes a name for a real one. */
const PLAINLY = [...'样例测试验范拟'];
const SECOND = [...'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥一二三四五六七八九十百千元初仲季'];
/** Characters outside the everyday sets that fonts and search must get over. */
const RARE = [...'䶮㛃喆珺翀堃'];
const MINORITY = [
  '阿样·测试江',
  '古例丽·样本克孜',
  '试克·范例别克',
  '样吉·拟措姆',
  '测合·示例提',
  '帕样夏·试依木',
  '次例·验卓玛',
  '那日样·测巴图',
];

/** A plainly fictitious name; some with two characters, some rare, minority names with a middle dot. */
export function inventName(random: Random, ethnicity: string): string {
  if (ethnicity !== '汉' && ethnicity !== '回' && ethnicity !== '满' && random.chance(0.75))
    return random.pick(MINORITY);
  const surname = random.chance(0.05) ? random.pick(COMPOUND) : random.pick(SURNAMES);
  const first = random.pick(PLAINLY);
  if (random.chance(0.12)) return surname + first;
  if (random.chance(0.03)) return surname + first + random.pick(RARE);
  return surname + first + random.pick(SECOND);
}

/** Another name that could be taken for this one at a glance: one character differs. */
export function similarName(name: string, random: Random): string {
  const characters = [...name];
  const last = characters.at(-1) ?? '';
  const other = random.pick(SECOND.filter((candidate) => candidate !== last));
  return characters.length === 2 ? name + other : characters.slice(0, -1).join('') + other;
}

/** A name for people who sign papers (tutors, heads, rectors). */
export function inventSigner(random: Random): string {
  return random.pick(SURNAMES) + random.pick([...'范拟示样']) + random.pick(SECOND);
}

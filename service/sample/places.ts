import type { Form } from '../../shared/form.ts';
import { inventSigner } from './names.ts';
import { creditCode } from './numbers.ts';
import { type Random, stream } from './random.ts';

type ClassName = Form['class'];

/** An employer: everything that its papers and its licence print. */
export type Institution = {
  readonly name: string;
  readonly code: string;
  readonly kind: string;
  readonly region: string;
  readonly address: string;
  readonly representative: string;
  readonly head: string;
  readonly departments: readonly string[];
  readonly beds: number;
  readonly licence: string;
};

/** A school: everything that its diplomas print. */
export type School = { readonly name: string; readonly code: string; readonly rector: string; readonly place: string };

/** Regions that don't exist (99…), with the place that they stand for; the first two hold the sites. */
export const REGIONS: readonly { readonly code: string; readonly place: string }[] = [
  { code: '990101', place: '样例省示例市测试区' },
  { code: '990102', place: '样例省示例市样板县' },
  { code: '990103', place: '样例省示例市范本县' },
  { code: '990201', place: '样例省模拟市虚拟区' },
  { code: '990202', place: '样例省模拟市拟设县' },
];

const HOSPITAL = [
  '预防保健科',
  '内科',
  '外科',
  '妇产科',
  '儿科',
  '眼科',
  '耳鼻咽喉科',
  '口腔科',
  '皮肤科',
  '急诊医学科',
];
const TECHNICAL = ['康复医学科', '麻醉科', '医学检验科', '病理科', '医学影像科', '中医科', '重症医学科'];

const KINDS: readonly {
  readonly names: readonly string[];
  readonly kind: string;
  readonly classes: readonly ClassName[];
  readonly departments: readonly string[];
}[] = [
  {
    names: ['示例市第一人民医院', '样板县人民医院', '测试区中心医院', '模拟市第二人民医院', '范本县总医院'],
    kind: '综合医院',
    classes: ['clinical', 'dental', 'integrated'],
    departments: [...HOSPITAL, ...TECHNICAL],
  },
  {
    names: ['样板县中医医院', '模拟市中医院', '示例市中西医结合医院'],
    kind: '中医医院',
    classes: ['tcm', 'integrated'],
    departments: ['中医科', '中医内科', '中医外科', '针灸科', '推拿科', '骨伤科', '康复医学科', '中西医结合科'],
  },
  {
    names: ['示例市口腔医院', '拟设县口腔门诊部'],
    kind: '口腔医院',
    classes: ['dental'],
    departments: ['口腔内科', '口腔颌面外科', '正畸科', '口腔修复科', '预防口腔科', '医学影像科'],
  },
  {
    names: ['示例市疾病预防控制中心', '样板县疾病预防控制中心'],
    kind: '疾病预防控制中心',
    classes: ['public_health'],
    departments: ['预防保健科', '传染病预防控制科', '免疫规划科', '公共卫生科', '医学检验科'],
  },
  {
    names: ['模拟市民族医医院'],
    kind: '民族医医院',
    classes: ['ethnic'],
    departments: ['藏医科', '蒙医科', '中医科', '民族医外治科', '康复医学科'],
  },
  {
    names: ['样例镇中心卫生院', '示范乡卫生院', '测试镇卫生院'],
    kind: '乡镇卫生院',
    classes: ['rural', 'clinical'],
    departments: ['预防保健科', '全科医疗科', '内科', '外科', '妇产科', '中医科', '医学检验科'],
  },
];

function institution(name: string, kind: string, departments: readonly string[]): Institution {
  const random = stream('institution', name);
  const region = random.pick(REGIONS);
  const code = creditCode(region.code, random);
  return {
    name,
    code,
    kind,
    region: region.code,
    address: `${region.place}${random.pick(['健康路', '样本大道', '测试街', '示范巷'])}${random.int(1, 299)}号`,
    representative: inventSigner(random),
    head: inventSigner(random),
    departments,
    beds: kind === '疾病预防控制中心' ? 0 : random.int(3, 90) * 10,
    licence: `PDY9${random.digits(5)}-${random.digits(6)}`,
  };
}

const INSTITUTIONS = KINDS.flatMap(({ names, kind, classes, departments }) =>
  names.map((name) => ({ classes, institution: institution(name, kind, departments) })),
);

/** An employer at which somebody can train for the class. */
export function pickInstitution(random: Random, className: ClassName, not?: string): Institution {
  const fitting = INSTITUTIONS.filter(
    ({ classes, institution: { name } }) => classes.includes(className) && name !== not,
  );
  return random.pick(fitting).institution;
}

/** Any other employer. */
export function otherInstitution(random: Random, not: readonly string[]): Institution {
  return random.pick(INSTITUTIONS.filter(({ institution: { name } }) => !not.includes(name))).institution;
}

const school = (name: string, code: string, place = '样例省'): School => ({
  name,
  code,
  rector: inventSigner(stream('school', name)),
  place,
});

const SCHOOLS = {
  university: [
    school('样例医科大学', '99001'),
    school('示例医学院', '99002'),
    school('测试大学', '99003'),
    school('模拟省立医科大学', '99004'),
  ],
  tcm: [school('样例中医药大学', '99011'), school('示例民族医药大学', '99012')],
  college: [
    school('样例医学高等专科学校', '99031'),
    school('示例卫生职业技术学院', '99032'),
    school('测试中医药高等专科学校', '99033'),
  ],
  secondary: [school('示例县卫生学校', '99051'), school('样板市中等卫生学校', '99052')],
  overseas: [
    school('University of Specimen', '99091', '样例国'),
    school('Exempla State Medical University', '99092', '样例国'),
  ],
} as const;

/** A school that could have issued the diploma. */
export function pickSchool(
  random: Random,
  education: Form['education'],
  className: ClassName,
  overseas: boolean,
  not?: string,
): School {
  const group = () => {
    if (overseas) return SCHOOLS.overseas;
    if (education === 'secondary') return SCHOOLS.secondary;
    if (education === 'college') return SCHOOLS.college;
    return className === 'tcm' || className === 'integrated' || className === 'ethnic'
      ? SCHOOLS.tcm
      : SCHOOLS.university;
  };
  return random.pick(group().filter(({ name }) => name !== not));
}

const FIELDS: Record<
  ClassName,
  { readonly major: string; readonly posts: readonly string[]; readonly digits: string }
> = {
  clinical: { major: '临床医学', posts: ['内科', '外科', '妇产科', '儿科', '急诊科'], digits: '10' },
  dental: { major: '口腔医学', posts: ['口腔内科', '口腔颌面外科', '口腔修复科'], digits: '20' },
  public_health: { major: '预防医学', posts: ['疾病控制', '免疫规划', '公共卫生'], digits: '30' },
  tcm: { major: '中医学', posts: ['中医内科', '针灸科', '骨伤科'], digits: '40' },
  integrated: { major: '中西医临床医学', posts: ['中西医结合科', '中医内科'], digits: '50' },
  ethnic: { major: '藏医学', posts: ['藏医科'], digits: '44' },
  rural: { major: '农村医学', posts: ['全科医疗'], digits: '60' },
};

/** Major, posts and the two digits of certificates that go with a class. */
export function fieldOf(className: ClassName): (typeof FIELDS)[ClassName] {
  return FIELDS[className];
}

/** 报考类别代码: level digit and class (domain §1; the codes of 中医 and after are keyed by year). */
export function classCodeOf(level: Form['level'], className: ClassName, apprentice: boolean): string {
  if (apprentice && className === 'tcm') return level === 'physician' ? '341' : '441';
  return `${level === 'physician' ? 1 : 2}${FIELDS[className].digits}`;
}

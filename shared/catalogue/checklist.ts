import type { CheckId } from '../checks/check.ts';
import { indexOf, type MaterialCode, materialOf, type Slot } from '../ids.ts';

/** A point to look for on a material (domain §2, column "Check"). */
type Point = {
  readonly zh: string;
  readonly en: string;
  /** Checks that answer it: all passed, and there is nothing left to compare by eye. */
  readonly checks?: readonly CheckId[];
  /** On this picture of the material alone; otherwise on each. */
  readonly index?: number;
};

const SEAL = { zh: '单位公章', en: 'Seal' };
const SIGNATURE = { zh: '签名', en: 'Signature' };

const POINTS = {
  'M01.name': { zh: '姓名', en: 'Name', index: 1 },
  'M01.number': { zh: '号码', en: 'Number', index: 1 },
  'M01.validity': { zh: '有效期', en: 'Validity', index: 2, checks: ['id.validity', 'id.term'] },
  'M02.face': { zh: '面部清楚', en: 'Face' },
  'M02.legible': { zh: '证件可读', en: 'ID legible' },
  'M03.school': { zh: '学校', en: 'School' },
  'M03.major': { zh: '专业', en: 'Major' },
  'M03.number': { zh: '编号', en: 'Number' },
  'M03.date': { zh: '毕业日期', en: 'Date' },
  'M04.validity': { zh: '在有效期内', en: 'Still valid' },
  'M04.diploma': { zh: '与毕业证一致', en: 'Agrees with the diploma' },
  'M05.months': { zh: '满一年', en: 'A full year', checks: ['probation.months', 'probation.order'] },
  'M05.class': { zh: '岗位与类别相符', en: 'Post fits the class' },
  'M05.year': { zh: '本年度出具', en: 'Of this year' },
  'M05.seal': SEAL,
  'M05.signature': SIGNATURE,
  'M06.years': { zh: '年限', en: 'Years', checks: ['practice.years', 'practice.order'] },
  'M06.seal': SEAL,
  'M07.code': { zh: '编码', en: 'Code' },
  'M07.class': { zh: '类别', en: 'Class' },
  'M08.first': { zh: '首次注册日期', en: 'First registration' },
  'M08.changes': { zh: '变更记录', en: 'Changes' },
  'M09.date': { zh: '注册日期', en: 'Date' },
  'M10.name': { zh: '机构名称', en: 'Name' },
  'M10.validity': { zh: '有效期', en: 'Validity' },
  'M10.departments': { zh: '诊疗科目', en: 'Departments' },
  'M11.signature': SIGNATURE,
  'M12.signature': SIGNATURE,
  'M13.province': { zh: '发证省份', en: 'Issuing province' },
  'M14.seal': { zh: '政治部门公章', en: 'Seal' },
  'M15.issuer': { zh: '教育部认证', en: 'Issued by the ministry' },
  'M16.year': { zh: '满一年', en: 'A full year' },
  'M17.major': { zh: '专业相关', en: 'Related major' },
  'M18.year': { zh: '临床一年', en: 'Clinical year' },
  'M19.seal': { zh: '省级公章', en: 'Seal of the province' },
  'M20.seal': { zh: '派出所公章', en: 'Police seal' },
  'M21.diploma': { zh: '可代毕业证', en: 'Stands for the diploma' },
  'M22.year': { zh: '满一年', en: 'A full year' },
  'M23.course': { zh: '认可的课程', en: 'Recognised course' },
  'M24.year': { zh: '年份', en: 'Year' },
  'M25.printing': { zh: '最新打印', en: 'Latest printing' },
  'M26.fields': { zh: '各栏填全', en: 'All fields' },
} as const satisfies Readonly<Record<`${MaterialCode}.${string}`, Point>>;

export type PointId = keyof typeof POINTS;
export const POINT_IDS = Object.keys(POINTS) as [PointId, ...PointId[]];

/** Names of a point in both languages, and the checks that can answer it. */
export function pointText(id: PointId): Point {
  return POINTS[id];
}

/** The points of a picture, in the order in which the paper is read. */
export function pointsOf(slot: Slot): PointId[] {
  const material = materialOf(slot);
  return POINT_IDS.filter((id) => {
    const { index }: Point = POINTS[id];
    return id.startsWith(`${material}.`) && (index === undefined || index === indexOf(slot));
  });
}

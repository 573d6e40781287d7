import { chinese, chineseMonth } from '../calendar.ts';
import type { Stint } from '../dossier.ts';
import { altered, handwriting } from './hand.ts';
import { classText, entry, label, levelText, type Row, type Subject, sexText, table, value } from './layout.ts';
import { roundSeal } from './seal.ts';
import { box, type Drawing, line, paragraph, path } from './svg.ts';

const W = 850;
const H = 1200;

/** The employer's seal, the department's where that is the defect, or none. */
export function unitSeal(
  { flaws }: Subject,
  at: { x: number; y: number; radius: number; tilt?: number },
  unit: string,
) {
  if (flaws.seal === 'none') return '';
  return roundSeal(at, unit, flaws.seal === 'department' ? '人事科' : '');
}

function stintOf({ of, page }: Subject): Stint {
  const all = of.practice.length > 0 ? of.practice : of.probation;
  const stint = all[page - 1] ?? all[0];
  if (!stint) throw new RangeError('no employer to certify');
  return stint;
}

function signatures(subject: Subject, stint: Stint, y: number): string {
  const { unsigned } = subject.flaws;
  return [
    line(70, y, 25, '带教老师签字:'),
    unsigned === 'tutor' ? '' : handwriting(250, y, 44, stint.tutor),
    line(70, y + 74, 25, '法定代表人(负责人)签字:'),
    unsigned === 'representative' ? '' : handwriting(376, y + 76, 46, stint.unit.representative),
  ].join('');
}

/** M05: the employer's certificate about the probation, one for each employer. */
export function probation(subject: Subject): Drawing {
  const { of, flaws } = subject;
  const stint = stintOf(subject);
  const rows: Row[] = [
    { height: 56, cells: [label('姓  名'), value(of.name), label('性  别'), value(sexText(of.sex))] },
    { height: 56, cells: [label('证件号码'), entry(of.idNumber, 3)] },
    { height: 56, cells: [label('毕业学校'), entry(of.studies.school?.name ?? '(师承)', 3)] },
    {
      height: 56,
      cells: [
        label('专  业'),
        value(of.studies.major || '师承'),
        label('报考类别'),
        value(`${classText(of.class)}${levelText(of.level)}`),
      ],
    },
    { height: 56, cells: [label('试用机构'), entry(stint.unit.name, 3)] },
    { height: 56, cells: [label('机构代码'), entry(stint.unit.code, 3)] },
    { height: 56, cells: [label('试用岗位'), value(stint.post), label('带教老师'), value(stint.tutor)] },
    { height: 62, cells: [label('试用起止'), entry(`${chinese(stint.from)} 至 ${chinese(stint.to)}`, 3)] },
    {
      height: 170,
      cells: [
        label('试用期\n考核情况'),
        entry('该同志在试用期内遵守医疗卫生法律法规和诊疗规范,在执业医师指导下完成规定的临床工作,考核合格。', 3),
      ],
    },
  ];
  const grid = table({ x: 60, y: 210, columns: [150, 230, 140, 210], size: 24, labels: { bold: true } }, rows);
  return {
    width: W,
    height: H,
    paper: '#fffefa',
    corner: 0,
    fold: 'across',
    body: [
      line(W / 2, 118, 44, '医师资格考试试用期考核证明', { anchor: 'middle', bold: true, spacing: 2 }),
      line(60, 178, 22, `考核年度:${of.certifiedOn.slice(0, 4)} 年`),
      line(W - 60, 178, 22, `编号:样试〔${of.certifiedOn.slice(0, 4)}〕${String((of.index % 900) + 100)}号`, {
        anchor: 'end',
      }),
      grid.svg,
      flaws.altered ? altered(226, 641, 24, 190, chineseMonth(stint.from).replace(/\d+年/, '2019年')) : '',
      line(60, grid.y + 50, 25, '考核结论:'),
      box(200, grid.y + 24, 30, 30, 'fill="none" stroke="#222" stroke-width="2"'),
      path(`M204 ${grid.y + 38}l9 12l16 -24`, 'fill="none" stroke="#1c2f7a" stroke-width="5"'),
      line(242, grid.y + 50, 25, '合格      □ 不合格'),
      signatures(subject, stint, grid.y + 130),
      line(330, 1158, 25, '(单位公章)', { fill: '#777' }),
      line(W - 70, 1158, 27, chinese(of.certifiedOn), { anchor: 'end' }),
      unitSeal(subject, { x: 680, y: 1040, radius: 108, tilt: -5 }, stint.unit.name),
    ].join(''),
  };
}

/** M06: the employer's certificate about the years of practice as an assistant. */
export function practice(subject: Subject): Drawing {
  const { of } = subject;
  const stint = stintOf(subject);
  const rows: Row[] = [
    {
      height: 62,
      cells: [
        label('姓名'),
        value(of.name),
        label('性别'),
        value(sexText(of.sex)),
        label('证件号码'),
        value(of.idNumber),
      ],
    },
    { height: 62, cells: [label('助理医师资格证书编码', 2), entry(of.assistantCertificate ?? '', 4)] },
    { height: 62, cells: [label('助理医师执业证书编码', 2), entry(of.assistantLicence ?? '', 4)] },
    { height: 62, cells: [label('执业机构', 2), entry(stint.unit.name, 4)] },
    {
      height: 62,
      cells: [
        label('执业范围', 2),
        value(stint.post),
        label('报考类别'),
        value(`${classText(of.class)}${levelText(of.level)}`, 2),
      ],
    },
    { height: 62, cells: [label('执业起止时间', 2), entry(`${chinese(stint.from)} 至 ${chinese(stint.to)}`, 4)] },
  ];
  const grid = table(
    { x: 60, y: 170, columns: [120, 180, 110, 120, 150, 400], size: 24, stroke: '#3d5a45', tint: '#e6f0e4' },
    rows,
  );
  return {
    width: 1200,
    height: 850,
    paper: '#f6faf1',
    corner: 0,
    fold: 'spine',
    body: [
      line(600, 96, 46, '执业助理医师执业期考核证明', { anchor: 'middle', bold: true, spacing: 4, fill: '#24492f' }),
      line(60, 150, 21, `考核年度:${of.certifiedOn.slice(0, 4)} 年`),
      grid.svg,
      subject.flaws.altered ? altered(372, 518, 24, 180, '2012年') : '',
      paragraph(
        { x: 60, y: grid.y + 52, width: 1080, size: 25, leading: 42 },
        '该同志执业期间遵守法律法规,恪守职业道德,业务水平测评、工作成绩和职业道德评定均合格。特此证明。',
      ).svg,
      signatures(subject, stint, 708),
      line(1130, 790, 26, chinese(of.certifiedOn), { anchor: 'end' }),
      unitSeal(subject, { x: 960, y: 712, radius: 104, tilt: 6 }, stint.unit.name),
    ].join(''),
  };
}

/** M16: the internship form of candidates from 港澳台 and abroad; its second page is the appraisal. */
export function internship(subject: Subject): Drawing {
  const { of, page } = subject;
  const stint = stintOf({ ...subject, page: 1 });
  const first: Row[] = [
    { height: 60, cells: [label('姓名'), value(of.name), label('性别'), value(sexText(of.sex))] },
    { height: 60, cells: [label('出生日期'), value(chinese(of.birthDate)), label('证件号码'), value(of.idNumber)] },
    { height: 60, cells: [label('毕业院校'), entry(of.studies.school?.name ?? '', 3)] },
    { height: 60, cells: [label('实习机构'), entry(stint.unit.name, 3)] },
    { height: 60, cells: [label('实习科室'), value(stint.post), label('带教医师'), value(stint.tutor)] },
    { height: 60, cells: [label('实习期限'), entry(`${chinese(stint.from)} 至 ${chinese(stint.to)}`, 3)] },
    { height: 150, cells: [label('接收机构\n意    见'), entry('同意接收实习,并按规定安排带教。', 3)] },
    { height: 150, cells: [label('卫生健康\n行政部门\n意    见'), entry('经审核,符合条件,同意。', 3)] },
  ];
  const second: Row[] = [
    { height: 60, cells: [label('姓名'), value(of.name), label('实习机构'), value(stint.unit.name)] },
    ...['第一季度', '第二季度', '第三季度', '第四季度'].map((quarter) => ({
      height: 130,
      cells: [label(quarter), entry('轮转科室表现良好,理论与操作考核合格。', 3)],
    })),
  ];
  const grid = table(
    { x: 55, y: 200, columns: [140, 220, 140, 240], size: 23, stroke: '#5d6b86', tint: '#dfe8f5' },
    page === 1 ? first : second,
  );
  return {
    width: W,
    height: H,
    paper: '#eef4fb',
    corner: 0,
    fold: 'across',
    body: [
      line(W / 2, 92, 28, '境外人员参加医师资格考试', { anchor: 'middle', fill: '#33456b' }),
      line(W / 2, 150, 46, page === 1 ? '实习申请审核表' : '实习考核记录', {
        anchor: 'middle',
        bold: true,
        fill: '#33456b',
        spacing: 8,
      }),
      grid.svg,
      subject.flaws.altered ? altered(212, 536, 23, 180, '2019年1月') : '',
      signatures(subject, stint, grid.y + 66),
      line(W - 70, 1130, 26, chinese(of.certifiedOn), { anchor: 'end' }),
      unitSeal(subject, { x: 640, y: 1040, radius: 104, tilt: 4 }, stint.unit.name),
    ].join(''),
  };
}

/** M22: proof of work at a township hospital or village clinic; its second page lists the months. */
export function ruralWork(subject: Subject): Drawing {
  const { of, page } = subject;
  const stint = stintOf({ ...subject, page: 1 });
  const rules = Array.from({ length: 17 }, (_, at) => `M70 ${262 + at * 52}H${W - 70}`).join('');
  const body = paragraph(
    { x: 80, y: 250, width: 690, size: 30, leading: 52 },
    page === 1
      ? `兹证明 ${of.name},${sexText(of.sex)},证件号码 ${of.idNumber},自${chinese(stint.from)}至${chinese(stint.to)}在我单位${stint.post}岗位从事医疗工作,连续工作满一年以上,服从管理,群众反映良好。特此证明。`
      : `出勤记录:${of.name} 同志自${chineseMonth(stint.from)}起逐月出勤,无缺勤记录;参与家庭医生签约、慢性病随访、预防接种及巡回医疗工作。`,
  );
  return {
    width: W,
    height: H,
    paper: '#fbf3cf',
    corner: 0,
    fold: 'across',
    body: [
      line(W / 2, 110, 34, stint.unit.name, { anchor: 'middle', fill: '#b3261e', bold: true, spacing: 6 }),
      path(`M70 136H${W - 70}`, 'stroke="#b3261e" stroke-width="4"'),
      line(W / 2, 198, 42, page === 1 ? '乡镇工作证明' : '工作记录附页', { anchor: 'middle', bold: true, spacing: 10 }),
      path(rules, 'stroke="#c9b776" stroke-width="1.5"'),
      body.svg,
      line(80, 880, 27, '负责人签字:'),
      subject.flaws.unsigned === 'representative' ? '' : handwriting(250, 880, 48, stint.unit.representative),
      line(W - 90, 1010, 29, stint.unit.name, { anchor: 'end' }),
      line(W - 90, 1064, 28, chinese(of.certifiedOn), { anchor: 'end' }),
      unitSeal(subject, { x: 620, y: 1010, radius: 106, tilt: 8 }, stint.unit.name),
    ].join(''),
  };
}

import { chinese, parts } from '../calendar.ts';
import { handwriting } from './hand.ts';
import { sitterOf } from './identity.ts';
import {
  bars,
  classText,
  entry,
  label,
  levelText,
  type Row,
  type Subject,
  sexText,
  squares,
  table,
  value,
} from './layout.ts';
import { portrait } from './portrait.ts';
import { roundSeal } from './seal.ts';
import { box, type Drawing, line, paragraph } from './svg.ts';

/** M24: the result slip of the year before. */
export function previousRecord({ of }: Subject): Drawing {
  const year = parts(of.today).year - 1;
  const scores = [68, 71, 64, 75].map((base, at) => base + ((of.index + at * 3) % 9));
  const rows: Row[] = [
    {
      height: 64,
      cells: [
        label('姓名'),
        value(of.name),
        label('性别'),
        value(sexText(of.sex)),
        label('类别'),
        value(classText(of.class)),
      ],
    },
    {
      height: 64,
      cells: [
        label('准考证号'),
        value(`99${year}${String(of.index + 10_000)}`, 3),
        label('考点'),
        value('样例第一考点'),
      ],
    },
    {
      height: 64,
      cells: [label('单元'), label('第一单元'), label('第二单元'), label('第三单元'), label('第四单元'), label('总分')],
    },
    {
      height: 72,
      cells: [
        label('得分'),
        ...scores.map((score) => value(String(score))),
        value(String(scores.reduce((sum, one) => sum + one, 0))),
      ],
    },
  ];
  const grid = table(
    { x: 70, y: 230, columns: [150, 180, 180, 180, 180, 190], size: 26, stroke: '#8a5a2a', tint: '#fbe9d2' },
    rows,
  );
  return {
    width: 1200,
    height: 760,
    paper: '#fffaf2',
    corner: 0,
    fold: 'none',
    body: [
      box(0, 0, 1200, 120, 'fill="#e58a2b"'),
      line(600, 80, 48, `${year}年医师资格考试成绩单`, { anchor: 'middle', fill: '#fff', face: 'hei', bold: true }),
      line(70, 190, 24, `打印日期:${chinese(of.today)}`, { face: 'hei' }),
      grid.svg,
      bars(70, grid.y + 50, 380, 80, of.idNumber),
      line(70, grid.y + 168, 24, `证件号码 ${of.idNumber}`, { face: 'hei' }),
      roundSeal({ x: 980, y: grid.y + 110, radius: 88, tilt: 4 }, '样例医学考试中心', '成绩专用'),
    ].join(''),
  };
}

/** M25: the slip that confirms the registration. */
export function slip({ of }: Subject): Drawing {
  const rows: Row[] = [
    { height: 62, cells: [label('报名号'), value(of.registrationNumber), label('考点'), value('样例第一考点')] },
    { height: 62, cells: [label('姓名'), value(of.name), label('性别'), value(sexText(of.sex))] },
    { height: 62, cells: [label('证件号码'), entry(of.idNumber, 3)] },
    {
      height: 62,
      cells: [label('报考类别'), entry(`${classText(of.class)}${levelText(of.level)}(${of.classCode})`, 3)],
    },
    { height: 62, cells: [label('工作单位'), entry(of.employer.name, 3)] },
  ];
  const grid = table(
    { x: 60, y: 300, columns: [140, 230, 120, 240], size: 24, stroke: '#46617f', tint: '#e3ecf6' },
    rows,
  );
  return {
    width: 850,
    height: 1100,
    paper: '#ffffff',
    corner: 0,
    fold: 'across',
    body: [
      box(60, 60, 730, 12, 'fill="#46617f"'),
      line(425, 150, 46, '网上报名成功通知单', { anchor: 'middle', face: 'hei', bold: true }),
      bars(230, 186, 390, 70, of.registrationNumber),
      grid.svg,
      portrait(60, grid.y + 40, 150, sitterOf(of), '#ffffff'),
      paragraph(
        { x: 250, y: grid.y + 90, width: 520, size: 24, leading: 44, indent: 0 },
        '请在规定时间内上传报名材料,并按考点要求参加现场审核。请妥善保管本通知单。',
      ).svg,
    ].join(''),
  };
}

/** M26: the application that the candidate signs in the end. */
export function application({ of }: Subject): Drawing {
  const rows: Row[] = [
    { height: 52, cells: [label('姓名'), value(of.name), label('性别'), value(sexText(of.sex))] },
    { height: 52, cells: [label('出生日期'), value(chinese(of.birthDate)), label('民族'), value(of.ethnicity)] },
    { height: 52, cells: [label('证件号码'), entry(of.idNumber, 3)] },
    { height: 52, cells: [label('毕业学校'), entry(of.studies.school?.name ?? '', 3)] },
    { height: 52, cells: [label('专业'), value(of.studies.major), label('学历编号'), value(of.studies.diplomaNumber)] },
    { height: 52, cells: [label('工作单位'), entry(of.employer.name, 3)] },
    { height: 52, cells: [label('报考类别'), entry(`${classText(of.class)}${levelText(of.level)}`, 3)] },
    { height: 120, cells: [label('考点意见'), entry('经审核,符合报考条件。', 3)] },
    { height: 120, cells: [label('考区意见'), entry('同意。', 3)] },
  ];
  const grid = table({ x: 60, y: 230, columns: [140, 230, 130, 230], size: 22, stroke: '#222' }, rows);
  return {
    width: 850,
    height: 1200,
    paper: '#fdfdfb',
    corner: 0,
    fold: 'across',
    body: [
      line(425, 110, 38, '医师资格考试报名暨', { anchor: 'middle', bold: true }),
      line(425, 166, 38, '授予医师资格申请表', { anchor: 'middle', bold: true }),
      squares(700, 60, 120, of.registrationNumber),
      grid.svg,
      line(80, grid.y + 80, 25, '申请人签名:'),
      handwriting(250, grid.y + 80, 50, of.name),
      portrait(650, grid.y + 40, 140, sitterOf(of), '#ffffff'),
      line(80, grid.y + 150, 25, chinese(of.certifiedOn)),
      roundSeal({ x: 600, y: grid.y - 130, radius: 66, tilt: 6 }, '样例医学考试中心', '考点'),
    ].join(''),
  };
}

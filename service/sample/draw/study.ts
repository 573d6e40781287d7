import { addDays, chinese, chineseMonth, dotted, formal } from '../calendar.ts';
import { type Studies, yearsText } from '../education.ts';
import { stream } from '../random.ts';
import { handwriting } from './hand.ts';
import { sitterOf } from './identity.ts';
import { border, entry, label, ornament, type Subject, sexText, squares, table, value } from './layout.ts';
import { portrait } from './portrait.ts';
import { badge, roundSeal } from './seal.ts';
import { box, type Drawing, line, paragraph, path } from './svg.ts';

const W = 1200;
const H = 850;

type Look = { readonly paper: string; readonly ink: string; readonly wave: string };
const LOOKS: readonly Look[] = [
  { paper: '#fdf6e3', ink: '#9a7a2c', wave: '#d9c48a' },
  { paper: '#f6f8ee', ink: '#3f7f66', wave: '#a8d0bb' },
  { paper: '#fbf0ee', ink: '#a8424a', wave: '#e0b0ae' },
  { paper: '#f0f5fa', ink: '#3c6595', wave: '#aac4e0' },
];

const lookOf = (studies: Studies): Look => stream('look', studies.school?.name ?? '').pick(LOOKS);

const degreeText = {
  none: '',
  secondary: '中专',
  college: '专科',
  bachelor: '本科',
  master: '硕士研究生',
  doctor: '博士研究生',
};

type Holder = { readonly subject: Subject; readonly studies: Studies; readonly degree: string };

function diplomaText({ subject: { of }, studies, degree }: Holder): string {
  const enrolled = studies.enrolled ? chineseMonth(studies.enrolled) : '';
  const graduated = studies.graduated ? chineseMonth(studies.graduated) : '';
  return `学生 ${of.name},性别 ${sexText(of.sex)},${chinese(of.birthDate)}生,于${enrolled}至${graduated}在本校 ${studies.major} 专业${yearsText(studies.years)}年制${degree}学习,修完教学计划规定的全部课程,成绩合格,准予毕业。`;
}

function diploma(holder: Holder, title: string, look: Look): Drawing {
  const { subject, studies } = holder;
  const { of, flaws } = subject;
  const school = studies.school?.name ?? '';
  const body = paragraph({ x: 420, y: 330, width: 660, size: 31, leading: 55 }, diplomaText(holder));
  return {
    width: W,
    height: H,
    paper: look.paper,
    corner: 0,
    fold: 'none',
    waves: { colour: look.wave, step: 34, strength: 0.45 },
    body: [
      ornament(W, H, 26, 34, look.ink),
      badge(W / 2, 400, 190, look.wave, look.paper).replace('<g ', '<g opacity=".28" '),
      line(W / 2, 150, 30, '普通高等学校', { anchor: 'middle', fill: look.ink, bold: true, spacing: 14 }),
      line(W / 2, 240, 82, title, { anchor: 'middle', bold: true, spacing: 26, fill: '#a3272f' }),
      portrait(130, 285, 220, sitterOf(of), '#5f9bd0'),
      `<circle cx="320" cy="560" r="66" fill="none" stroke="#fff" stroke-width="5" opacity=".75"/><circle cx="322" cy="563" r="66" fill="none" stroke="#8a8a8a" stroke-width="2" opacity=".5"/>`,
      body.svg,
      line(130, 690, 24, `证书编号:${studies.diplomaNumber}`, { face: 'hei' }),
      line(130, 735, 22, '查询网址:www.example.invalid', { face: 'hei', fill: '#5d5d5d' }),
      line(650, 668, 28, `校 名:${school}`),
      line(650, 716, 28, '校(院)长:'),
      handwriting(790, 716, 40, studies.school?.rector ?? ''),
      line(1070, 764, 27, studies.graduated ? formal(studies.graduated) : '', { anchor: 'end' }),
      flaws.seal === 'none'
        ? ''
        : roundSeal({ x: 905, y: 690, radius: 92, tilt: -6 }, school, flaws.seal ? '教务处' : ''),
    ].join(''),
  };
}

/** A diploma of a foreign school. */
function foreignDiploma({ of }: Subject): Drawing {
  const school = of.studies.school?.name ?? '';
  return {
    width: W,
    height: H,
    paper: '#fbf7ea',
    corner: 0,
    fold: 'none',
    body: [
      border(W, H, 30, '#6d5a2e', 8),
      badge(W / 2, 170, 76, '#6d5a2e', '#fbf7ea'),
      line(W / 2, 318, 58, school, { anchor: 'middle', bold: true, fill: '#2b2a5a' }),
      line(W / 2, 382, 26, 'has conferred upon', { anchor: 'middle' }),
      line(W / 2, 458, 52, of.name, { anchor: 'middle', bold: true }),
      line(W / 2, 520, 26, 'the degree of', { anchor: 'middle' }),
      line(W / 2, 584, 44, `Doctor of Medicine (${of.studies.major})`, { anchor: 'middle', fill: '#2b2a5a' }),
      line(W / 2, 636, 25, `Given on ${of.studies.graduated ? dotted(of.studies.graduated) : ''}`, {
        anchor: 'middle',
      }),
      line(150, 770, 22, `No. ${of.studies.diplomaNumber}`, { face: 'hei' }),
      path('M800 748H1070', 'stroke="#333" stroke-width="2"'),
      handwriting(830, 738, 46, 'S. Exempla'),
      line(935, 778, 22, 'President', { anchor: 'middle' }),
      `<circle cx="600" cy="742" r="58" fill="#b98d2e"/><circle cx="600" cy="742" r="46" fill="none" stroke="#f5e2ac" stroke-width="4" stroke-dasharray="6 5"/>`,
    ].join(''),
  };
}

function degree({ of }: Subject): Drawing {
  const school = of.studies.school?.name ?? '';
  const kind = of.education === 'master' ? '硕士' : '学士';
  const body = paragraph(
    { x: 150, y: 380, width: 560, size: 30, leading: 54 },
    `${of.name},${sexText(of.sex)},${chinese(of.birthDate)}生。在${school}${of.studies.major}专业完成规定的学业,成绩合格。经审核,授予医学${kind}学位。`,
  );
  return {
    width: W,
    height: H,
    paper: '#fdf8ef',
    corner: 0,
    fold: 'spine',
    waves: { colour: '#e3c9a8', step: 40, strength: 0.55 },
    body: [
      border(W, H, 34, '#a2262f', 10),
      line(430, 200, 34, '普通高等教育', { anchor: 'middle', fill: '#a2262f', spacing: 10 }),
      line(430, 296, 76, '学位证书', { anchor: 'middle', bold: true, fill: '#a2262f', spacing: 16 }),
      body.svg,
      line(150, 740, 22, `证书编号:${of.studies.degreeNumber}`, { face: 'hei' }),
      portrait(850, 160, 210, sitterOf(of), '#5f9bd0'),
      line(780, 560, 27, school),
      line(780, 612, 27, '学位评定委员会主席:'),
      handwriting(880, 668, 42, of.studies.school?.rector ?? ''),
      line(1060, 738, 26, of.studies.graduated ? formal(of.studies.graduated) : '', { anchor: 'end' }),
      roundSeal({ x: 960, y: 650, radius: 88, tilt: 5 }, school, '学位'),
    ].join(''),
  };
}

/** M03: the diploma; its second page is the degree certificate. */
export function diplomaPaper(subject: Subject): Drawing {
  const { of, page } = subject;
  if (page === 2) return degree(subject);
  if (of.paths.includes('overseas')) return foreignDiploma(subject);
  return diploma({ subject, studies: of.studies, degree: degreeText[of.education] }, '毕业证书', lookOf(of.studies));
}

/** M17: the college diploma before a 专升本. */
export function collegeDiploma(subject: Subject): Drawing {
  const studies = subject.of.college ?? subject.of.studies;
  const look: Look = { paper: '#eef6f1', ink: '#2c6e5a', wave: '#a9d3c2' };
  return diploma({ subject, studies, degree: '专科' }, '专科毕业证书', look);
}

/** M21: what a school issues when a diploma is lost. */
export function replacement(subject: Subject): Drawing {
  const look: Look = { paper: '#f7f5f0', ink: '#6b6b72', wave: '#cfcdc6' };
  return diploma(
    { subject, studies: subject.of.studies, degree: degreeText[subject.of.education] },
    '毕业证明书',
    look,
  );
}

/** M04: the printed registration of the diploma; its second page is the longer report. */
export function verification({ of, page }: Subject): Drawing {
  const { studies } = of;
  const issued = addDays(of.verifiedUntil, -180);
  const report = page === 2;
  const grid = table(
    {
      x: 75,
      y: 300,
      columns: [150, 210, 150, 190],
      size: 22,
      stroke: '#5b8fc0',
      tint: '#eaf3fb',
      labels: { face: 'hei', fill: '#235a92' },
    },
    [
      { height: 58, cells: [label('姓名'), value(of.name), label('性别'), value(sexText(of.sex))] },
      { height: 58, cells: [label('出生日期'), value(chinese(of.birthDate)), label('民族'), value(of.ethnicity)] },
      { height: 58, cells: [label('证件号码'), entry(of.idNumber, 3)] },
      { height: 58, cells: [label('学校名称'), entry(studies.school?.name ?? '', 3)] },
      { height: 58, cells: [label('专业'), value(studies.major), label('学制'), value(`${studies.years} 年`)] },
      { height: 58, cells: [label('学历类别'), value('普通高等教育'), label('学习形式'), value('普通全日制')] },
      { height: 58, cells: [label('层次'), value(degreeText[of.education]), label('毕(结)业'), value('毕业')] },
      {
        height: 58,
        cells: [
          label('入学日期'),
          value(studies.enrolled ? chinese(studies.enrolled) : ''),
          label('毕业日期'),
          value(studies.graduated ? chinese(studies.graduated) : ''),
        ],
      },
      { height: 58, cells: [label('证书编号'), entry(studies.diplomaNumber, 3)] },
      { height: 58, cells: [label('校(院)长'), entry(studies.school?.rector ?? '', 3)] },
    ],
  );
  return {
    width: 850,
    height: 1200,
    paper: report ? '#fbfdff' : '#ffffff',
    corner: 0,
    fold: report ? 'across' : 'none',
    body: [
      box(0, 0, 850, 22, 'fill="#2f7fc4"'),
      box(0, 22, 850, 6, 'fill="#a9d0ef"'),
      badge(118, 118, 46, '#2f7fc4', '#fff'),
      line(460, 110, 40, report ? '中等以上学历认证报告' : '教育部学历证书', {
        anchor: 'middle',
        face: 'hei',
        bold: true,
        fill: '#1d4f84',
      }),
      line(460, 162, 40, report ? '(样例)' : '电子注册备案表', {
        anchor: 'middle',
        face: 'hei',
        bold: true,
        fill: '#1d4f84',
      }),
      line(75, 250, 21, `更新日期:${chinese(issued)}`, { face: 'hei' }),
      line(775, 250, 21, report ? `报告编号:${of.verificationCode.slice(0, 12)}` : '', { face: 'hei', anchor: 'end' }),
      grid.svg,
      portrait(75, grid.y + 28, 112, sitterOf(of), '#5f9bd0'),
      squares(590, grid.y + 28, 160, of.verificationCode),
      line(220, grid.y + 70, 23, '在线验证码', { face: 'hei', fill: '#235a92' }),
      line(220, grid.y + 112, 30, of.verificationCode.replace(/(.{4})(?=.)/g, '$1 '), { face: 'hei', bold: true }),
      line(220, grid.y + 158, 23, `有效期至:${chinese(of.verifiedUntil)}`, {
        face: 'hei',
        bold: true,
        fill: '#b3261e',
      }),
      paragraph(
        { x: 75, y: grid.y + 236, width: 700, size: 18, leading: 29, indent: 0 },
        '注意事项:1. 备案表是学历证书电子注册后的结果备案;2. 在有效期内可凭在线验证码查验,过期后可重新申请;3. 本页由程序生成,仅供演示,不能用于任何查验。',
        { face: 'hei', fill: '#60656b' },
      ).svg,
      report ? roundSeal({ x: 640, y: 1090, radius: 76, tilt: 3 }, '样例学生信息咨询中心', '认证') : '',
    ].join(''),
  };
}

/** M15: the ministry's recognition of a foreign degree; its second page is the annex. */
export function recognition({ of, page }: Subject): Drawing {
  const body = paragraph(
    { x: 110, y: 470, width: 630, size: 27, leading: 52 },
    page === 1
      ? `${of.name},${sexText(of.sex)},${chinese(of.birthDate)}生,在${of.studies.school?.place ?? ''} ${of.studies.school?.name ?? ''} 学习,${of.studies.graduated ? chineseMonth(of.studies.graduated) : ''}获得该校颁发的医学(${of.studies.major})学位证书。经核查,该校系所在国承认的高等学校,所获学位证书表明其具有相应的学历。特此认证。`
      : '附页:本认证书依据当事人提交的国外学位证书、成绩单及护照复印件出具。核查方式:致函颁证院校,并得到书面确认。课程自入学起共五年,含临床实习五十二周。',
  );
  return {
    width: 850,
    height: 1200,
    paper: '#f2f6fb',
    corner: 0,
    fold: 'none',
    waves: { colour: '#a9bfe0', step: 38, strength: 0.55 },
    body: [
      border(850, 1200, 32, '#31548f', 7),
      badge(425, 170, 78, '#31548f', '#f4e7bf'),
      line(425, 336, 50, page === 1 ? '国外学历学位认证书' : '认证书附页', {
        anchor: 'middle',
        bold: true,
        fill: '#1f3c70',
        spacing: 3,
      }),
      line(425, 392, 25, of.foreignDegreeCertificate ?? '教留服认样00000000号', { anchor: 'middle', face: 'hei' }),
      body.svg,
      line(700, 960, 27, '教育部留学服务中心(样例)', { anchor: 'end' }),
      line(700, 1010, 27, formal(addDays(of.studies.graduated ?? of.today, 120)), { anchor: 'end' }),
      roundSeal({ x: 600, y: 970, radius: 98, tilt: -8 }, '样例留学服务中心', '认证专用章'),
    ].join(''),
  };
}

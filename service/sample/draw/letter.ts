import { addDays, chinese, chineseMonth, dotted } from '../calendar.ts';
import { fingerprint, handwriting } from './hand.ts';
import { sitterOf } from './identity.ts';
import { classText, label, levelText, type Row, type Subject, sexText, table, value } from './layout.ts';
import { portrait } from './portrait.ts';
import { badge, roundSeal } from './seal.ts';
import { box, type Drawing, line, paragraph, path } from './svg.ts';
import { unitSeal } from './work.ts';

const W = 850;
const H = 1200;

type Letter = {
  readonly paper: string;
  readonly head: string;
  readonly title: string;
  readonly text: readonly string[];
  readonly foot: string;
  readonly fold?: Drawing['fold'];
};

function letter({ paper, head, title, text, foot, fold = 'across' }: Letter): Drawing {
  let y = 330;
  const body = text.map((part) => {
    const set = paragraph({ x: 90, y, width: 670, size: 28, leading: 52 }, part);
    y = set.y + 8;
    return set.svg;
  });
  return {
    width: W,
    height: H,
    paper,
    corner: 0,
    fold,
    body: [head, line(W / 2, 240, 44, title, { anchor: 'middle', bold: true, spacing: 3 }), ...body, foot].join(''),
  };
}

function signed(subject: Subject, y: number, print: boolean): string {
  const { of, flaws } = subject;
  return [
    line(380, y, 28, '承诺人(签名):'),
    path(`M590 ${y + 10}H770`, 'stroke="#333" stroke-width="1.6"'),
    flaws.unsigned === 'candidate'
      ? ''
      : handwriting(596, y, 54, of.name) + (print ? fingerprint(742, y - 14, 34) : ''),
    line(380, y + 72, 28, `日期:${flaws.unsigned === 'candidate' ? '      年   月   日' : chinese(of.certifiedOn)}`),
  ].join('');
}

/** M11: the graduate's pledge to complete the year of probation. */
export function graduatePledge(subject: Subject): Drawing {
  const { of } = subject;
  const { graduated, school, major } = of.studies;
  return letter({
    paper: '#fdfdf8',
    head:
      path(`M60 150H${W - 60}M60 158H${W - 60}`, 'stroke="#2a6a4d" stroke-width="2.4"') +
      line(90, 120, 25, '应届毕业生专用', { face: 'hei', fill: '#2a6a4d' }),
    title: '应届毕业生报考承诺书',
    text: [
      `本人 ${of.name},证件号码 ${of.idNumber},${graduated ? chineseMonth(graduated) : ''}毕业于 ${school?.name ?? ''} ${major}专业,现在 ${of.employer.name} 试用。`,
      `本人承诺:至${of.certifiedOn.slice(0, 4)}年8月31日试用期满一年,并按时提交试用期考核合格证明。逾期未提交或考核不合格的,自愿放弃本年度考试资格,由此产生的后果由本人承担。`,
    ],
    foot: signed(subject, 900, true),
  });
}

/** M12: the personal pledge. */
export function pledge(subject: Subject): Drawing {
  const { of } = subject;
  return letter({
    paper: '#ffffff',
    head:
      box(60, 90, W - 120, 64, 'fill="#f1ede4"') +
      line(W / 2, 132, 25, '国家医师资格考试 · 样例考区', { anchor: 'middle', face: 'hei', fill: '#6b5a3a' }),
    title: '个 人 承 诺 书',
    text: [
      `本人 ${of.name}(证件号码 ${of.idNumber})自愿报名参加医师资格考试,报考类别为${classText(of.class)}${levelText(of.level)},郑重承诺:`,
      '一、所填写的报名信息和上传的材料真实、准确、完整。',
      '二、遵守考试纪律和各项规定,服从考点安排。',
      '三、如有弄虚作假,自愿接受取消考试资格等处理。',
    ],
    foot: signed(subject, 960, false),
  });
}

/** M14: consent of the political department; its second page is the service record. */
export function militaryConsent(subject: Subject): Drawing {
  const { of, page, flaws } = subject;
  const red = '#c81e26';
  return letter({
    paper: '#fefcf8',
    head:
      line(W / 2, 128, 62, '样例部队政治工作处', { anchor: 'middle', bold: true, fill: red, spacing: 6 }) +
      path(`M60 168H${W - 60}`, `stroke="${red}" stroke-width="6"`),
    title: page === 1 ? '同意报考证明' : '服役情况说明',
    text:
      page === 1
        ? [
            `${of.name},${sexText(of.sex)},公民身份号码 ${of.idNumber},系我部现役军人,现从事医疗工作。`,
            `经研究,同意其参加${of.certifiedOn.slice(0, 4)}年国家医师资格考试(${classText(of.class)}${levelText(of.level)})。`,
            '特此证明。',
          ]
        : [`${of.name} 同志服役期间在 ${of.employer.name} 从事医疗工作,表现良好,未受处分。`],
    foot: [
      line(740, 930, 29, '样例部队政治工作处', { anchor: 'end' }),
      line(740, 986, 28, chinese(of.certifiedOn), { anchor: 'end' }),
      flaws.seal === 'none'
        ? ''
        : roundSeal({ x: 620, y: 930, radius: 108, tilt: 3 }, '样例部队政治工作处', flaws.seal ? '干部科' : ''),
    ].join(''),
  });
}

/** M09: proof of the first registration by the office that keeps the register. */
export function firstRegistration(subject: Subject): Drawing {
  const { of, flaws } = subject;
  const office = '样例市卫生健康委员会';
  return letter({
    paper: '#f4f8fc',
    head:
      box(0, 0, W, 30, 'fill="#3b74ad"') +
      line(90, 120, 27, office, { face: 'hei', fill: '#3b74ad', bold: true }) +
      path(`M90 144H${W - 90}`, 'stroke="#3b74ad" stroke-width="3"'),
    title: '医师首次执业注册证明',
    text: [
      `${of.name},${sexText(of.sex)},医师资格证书编码 ${of.assistantCertificate ?? ''},执业证书编码 ${of.assistantLicence ?? ''}。`,
      `经查询医师执业注册信息系统,该同志首次注册日期为 ${of.firstRegistered ? chinese(of.firstRegistered) : ''},注册执业地点为样例省示例市。`,
      '特此证明。',
    ],
    foot:
      line(740, 900, 28, office, { anchor: 'end' }) +
      line(740, 952, 27, chinese(of.certifiedOn), { anchor: 'end' }) +
      (flaws.seal === 'none'
        ? ''
        : roundSeal({ x: 630, y: 910, radius: 100, tilt: -3 }, office, flaws.seal ? '医政科' : '')),
  });
}

/** M20: proof of a former name by the police station. */
export function formerName({ of, flaws }: Subject): Drawing {
  const station = '样例市公安局示例派出所';
  return letter({
    paper: '#eef3f9',
    head:
      badge(130, 130, 50, '#1f3f78', '#f1dfa4') +
      line(210, 145, 34, station, { face: 'hei', bold: true, fill: '#1f3f78' }),
    title: '曾用名证明',
    text: [
      `兹证明 ${of.name},${sexText(of.sex)},${chinese(of.birthDate)}出生,公民身份号码 ${of.idNumber},曾用名"${[...of.name].slice(0, 1).join('')}示旧",于${chinese(addDays(of.today, -2600))}办理姓名变更登记,两者系同一人。`,
      '特此证明。',
    ],
    foot:
      line(740, 860, 28, station, { anchor: 'end' }) +
      line(740, 912, 27, chinese(addDays(of.today, -30)), { anchor: 'end' }) +
      (flaws.seal === 'none' ? '' : roundSeal({ x: 620, y: 860, radius: 104, tilt: 5 }, station, '户口专用')),
  });
}

/** M19: the school's proof of a record in a secondary school. */
export function schoolRecord({ of }: Subject): Drawing {
  const school = of.studies.school?.name ?? '示例县卫生学校';
  const rows: Row[] = [
    { height: 58, cells: [label('姓名'), value(of.name), label('性别'), value(sexText(of.sex))] },
    {
      height: 58,
      cells: [
        label('学籍号'),
        value(`Z99${of.birthDate.replaceAll('-', '')}${of.index}`),
        label('专业'),
        value(of.studies.major || '中医'),
      ],
    },
    {
      height: 58,
      cells: [
        label('入学'),
        value(of.studies.enrolled ? chineseMonth(of.studies.enrolled) : '——'),
        label('毕业'),
        value(of.studies.graduated ? chineseMonth(of.studies.graduated) : '——'),
      ],
    },
  ];
  const grid = table(
    { x: 75, y: 300, columns: [120, 270, 110, 200], size: 24, stroke: '#7b5c3a', tint: '#f3e4cc' },
    rows,
  );
  return letter({
    paper: '#fbf4e6',
    head: line(W / 2, 130, 30, '中等专业学校学籍管理', { anchor: 'middle', fill: '#7b5c3a' }),
    title: '中专学籍证明',
    text: [],
    foot: [
      grid.svg,
      paragraph(
        { x: 90, y: grid.y + 80, width: 670, size: 27, leading: 50 },
        '经核对新生录取名册和学籍档案,上述学籍信息属实。本证明用于医师资格考试报名审核。',
      ).svg,
      line(740, 880, 28, school, { anchor: 'end' }),
      line(740, 932, 27, chinese(addDays(of.today, -60)), { anchor: 'end' }),
      roundSeal({ x: 640, y: 880, radius: 98, tilt: -5 }, school, '学籍'),
      roundSeal({ x: 250, y: 930, radius: 90, tilt: 8 }, '样例省教育厅', '职教处'),
    ].join(''),
  });
}

/** M99: a letter of the employer that candidates add of their own accord. */
export function other(subject: Subject): Drawing {
  const { of, page } = subject;
  return letter({
    paper: '#f8f6fb',
    head:
      line(W / 2, 130, 36, of.employer.name, { anchor: 'middle', bold: true, fill: '#5a3f86', spacing: 4 }) +
      path(`M90 156H${W - 90}`, 'stroke="#5a3f86" stroke-width="3"'),
    title: page === 1 ? '在 职 证 明' : '情 况 说 明',
    text: [
      `${of.name},${sexText(of.sex)},系我单位职工,现在${of.probation[0]?.post ?? of.practice[0]?.post ?? '临床'}岗位工作。`,
      '本证明仅用于医师资格考试报名,不作其他用途。',
    ],
    foot:
      line(740, 800, 28, of.employer.name, { anchor: 'end' }) +
      line(740, 852, 27, chinese(of.certifiedOn), { anchor: 'end' }) +
      unitSeal(subject, { x: 630, y: 800, radius: 100, tilt: 6 }, of.employer.name),
  });
}

/** M18: a student's card, open. */
export function studentCard({ of }: Subject): Drawing {
  const school = of.studies.school?.name ?? '样例医学院';
  const field = (y: number, name: string, text: string) =>
    line(610, y, 27, name, { face: 'hei', fill: '#1d4f84' }) + line(740, y, 28, text);
  return {
    width: 1200,
    height: 800,
    paper: '#f7fafd',
    corner: 20,
    fold: 'spine',
    body: [
      box(0, 0, 1200, 110, 'fill="#1d4f84"'),
      line(600, 74, 46, `${school} 学生证`, { anchor: 'middle', fill: '#fff', bold: true }),
      portrait(170, 180, 240, sitterOf(of), '#d7e5f2'),
      roundSeal({ x: 400, y: 540, radius: 84, tilt: -8 }, school, '学籍'),
      field(220, '姓名', of.name),
      field(290, '性别', sexText(of.sex)),
      field(360, '学号', `S99${String(of.index).padStart(6, '0')}`),
      field(430, '专业', of.studies.major || '临床医学'),
      field(500, '入学', of.studies.enrolled ? dotted(of.studies.enrolled) : '——'),
      line(610, 600, 25, '临床实习满一年,情况属实。'),
      line(1100, 720, 25, chinese(addDays(of.today, -100)), { anchor: 'end' }),
    ].join(''),
  };
}

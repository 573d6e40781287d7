import { addDays, addYears, chinese, chineseMonth, dotted, earlier, formal, parts } from '../calendar.ts';
import { handwriting } from './hand.ts';
import { sitterOf } from './identity.ts';
import { border, classText, label, ornament, type Row, type Subject, sexText, table, value } from './layout.ts';
import { portrait } from './portrait.ts';
import { badge, nameSeal, roundSeal } from './seal.ts';
import { box, type Drawing, line, paragraph, path } from './svg.ts';
import { unitSeal } from './work.ts';

const W = 1200;
const H = 820;

type Field = readonly [name: string, text: string];

function fields(x: number, y: number, step: number, all: readonly Field[], ink: string): string {
  return all
    .map(
      ([name, text], row) =>
        line(x, y + row * step, 25, name, { fill: ink, face: 'hei' }) +
        line(x + 160, y + row * step, 26, text) +
        path(`M${x + 150} ${y + row * step + 10}H${x + 470}`, `stroke="${ink}" stroke-width="1.2" opacity=".6"`),
    )
    .join('');
}

/** Two open pages of a booklet in a coloured cover. */
function booklet(cover: string, paper: string, wave: string, left: string, right: string): Drawing {
  return {
    width: W,
    height: H,
    paper: cover,
    corner: 14,
    fold: 'spine',
    waves: { colour: wave, step: 30, strength: 0.5 },
    body: [box(26, 26, W - 52, H - 52, `fill="${paper}"`), left, right].join(''),
  };
}

/** M07: the assistant's qualification; the second page tells how it was earned. */
export function qualification({ of, page }: Subject): Drawing {
  const ink = '#8a2130';
  const year = (of.assistantCertificate ?? '2019').slice(0, 4);
  const left =
    page === 1
      ? portrait(190, 110, 220, sitterOf(of), '#d9e6f2') +
        `<circle cx="410" cy="400" r="64" fill="none" stroke="#8d8d8d" stroke-width="2" opacity=".5"/>` +
        line(310, 500, 26, '持证人签名:', { anchor: 'middle', fill: ink }) +
        handwriting(230, 570, 48, of.name) +
        line(310, 700, 22, '样例省卫生健康委员会监制', { anchor: 'middle', fill: ink })
      : badge(310, 290, 130, ink, '#f6e6c0') +
        line(310, 520, 60, '医师资格证书', { anchor: 'middle', bold: true, fill: ink, spacing: 4 }) +
        line(310, 590, 30, '(执业助理医师)', { anchor: 'middle', fill: ink });
  const code = of.assistantCertificate ?? '';
  const right =
    page === 1
      ? fields(
          660,
          130,
          62,
          [
            ['姓  名', of.name],
            ['性  别', sexText(of.sex)],
            ['出生日期', chinese(of.birthDate)],
            ['类  别', `${classText(of.class)}执业助理医师`],
            ['学  历', of.studies.major || '师承'],
            ['编  码', code.slice(0, 14)],
            ['', code.slice(14)],
            ['签发日期', `${year}年12月15日`],
          ],
          ink,
        ) + roundSeal({ x: 985, y: 640, radius: 92, tilt: -4 }, '样例省卫生健康委员会')
      : paragraph(
          { x: 660, y: 180, width: 470, size: 27, leading: 54 },
          `持证人于${year}年参加国家医师资格考试,成绩合格,符合执业助理医师资格条件,特发此证。本证书全省统一编号,遗失不补,涂改无效。`,
        ).svg + roundSeal({ x: 960, y: 620, radius: 92, tilt: 3 }, '样例省卫生健康委员会');
  return booklet(ink, '#fdf5ea', '#e5c3b4', left, right);
}

/** M08: the assistant's licence; further pages record changes. */
export function licence({ of, page }: Subject): Drawing {
  const ink = '#245a96';
  const first = of.firstRegistered ?? of.today;
  const unit = of.practice[0]?.unit ?? of.employer;
  const office = '样例市卫生健康委员会';
  if (page > 1) {
    const rows: Row[] = [
      { height: 70, cells: [label('变更日期'), label('变更事项'), label('变更后内容'), label('批准机关')] },
      ...Array.from({ length: 7 }, (_, at) => ({
        height: 76,
        cells:
          at === 0
            ? [value(dotted(addDays(first, 400))), value('执业地点'), value(of.employer.name), value(office)]
            : [value(''), value(''), value(''), value('')],
      })),
    ];
    const grid = table({ x: 80, y: 130, columns: [200, 180, 400, 260], size: 24, stroke: ink, tint: '#dce9f6' }, rows);
    return booklet(
      ink,
      '#f3f8fd',
      '#b5cfe9',
      line(600, 96, 36, '变 更 注 册 记 录', { anchor: 'middle', bold: true, fill: ink }) + grid.svg,
      roundSeal({ x: 1010, y: 240, radius: 62, tilt: 6 }, office, '注册'),
    );
  }
  return booklet(
    ink,
    '#f3f8fd',
    '#b5cfe9',
    line(310, 110, 38, '医师执业证书', { anchor: 'middle', bold: true, fill: ink, spacing: 6 }) +
      portrait(200, 150, 210, sitterOf(of), '#e8eef4') +
      line(310, 530, 25, `执业证书编码`, { anchor: 'middle', fill: ink, face: 'hei' }) +
      line(310, 576, 30, of.assistantLicence ?? '', { anchor: 'middle', bold: true }) +
      line(310, 670, 24, '发证机关(章)', { anchor: 'middle', fill: ink }) +
      roundSeal({ x: 330, y: 660, radius: 84, tilt: 4 }, office, '医师注册'),
    fields(
      660,
      130,
      68,
      [
        ['姓  名', of.name],
        ['性  别', sexText(of.sex)],
        ['执业级别', '执业助理医师'],
        ['执业类别', classText(of.class)],
        ['执业范围', of.practice[0]?.post ?? '内科'],
        ['执业机构', unit.name],
        ['首次注册', chinese(first)],
        ['签发日期', formal(first)],
      ],
      ink,
    ) + nameSeal(990, 690, 46, '样例章'),
  );
}

/** M10: the institution's licence (copy), the list of departments, the yearly inspections. */
export function institution(subject: Subject): Drawing {
  const { of, page } = subject;
  const unit = of.employer;
  const ink = '#1f6b4a';
  const { year } = parts(of.today);
  const until = addYears(of.today, 3);
  const office = '样例市卫生健康委员会';
  const head = (title: string) =>
    ornament(850, 1200, 24, 30, ink) +
    badge(425, 138, 54, '#b3262f', '#f6e3b0') +
    line(425, 252, 46, '医疗机构执业许可证', { anchor: 'middle', bold: true, fill: '#9d2029', spacing: 4 }) +
    line(425, 302, 27, title, { anchor: 'middle', fill: '#9d2029' });
  const seal = roundSeal({ x: 650, y: 1040, radius: 96, tilt: -7 }, office);
  const sheet = (body: string): Drawing => ({
    width: 850,
    height: 1200,
    paper: '#f3f9ef',
    corner: 0,
    fold: 'none',
    waves: { colour: '#b4d8bd', step: 32, strength: 0.6 },
    body,
  });
  if (page === 2) {
    const list = unit.departments.map((name, at) =>
      line(110 + (at % 2) * 330, 400 + Math.floor(at / 2) * 62, 29, `${at + 1}. ${name} ******`),
    );
    return sheet(
      head('(副本) 诊疗科目') +
        list.join('') +
        seal +
        line(720, 1110, 25, formal(addYears(until, -5)), { anchor: 'end' }),
    );
  }
  if (page === 3) {
    const rows: Row[] = [
      { height: 64, cells: [label('校验年度'), label('校验结果'), label('校验机关(章)')] },
      ...[2, 1, 0].map((back) => ({ height: 150, cells: [value(`${year - back} 年`), value('合格'), value('')] })),
    ];
    const grid = table({ x: 90, y: 360, columns: [180, 200, 290], size: 26, stroke: ink, tint: '#dcefe0' }, rows);
    const seals = [0, 1, 2].map((row) =>
      roundSeal({ x: 615, y: 500 + row * 150, radius: 62, tilt: row * 7 - 6 }, office, '校验'),
    );
    return sheet(head('(副本) 校验记录') + grid.svg + seals.join(''));
  }
  const all: readonly Field[] = [
    ['机构名称', unit.name],
    ['地    址', unit.address],
    ['机构类别', unit.kind],
    ['法定代表人', unit.representative],
    ['主要负责人', unit.head],
    ['登 记 号', unit.licence],
    ['信用代码', unit.code],
    ['床位(张)', unit.beds === 0 ? '——' : String(unit.beds)],
    ['有效期限', `${dotted(addYears(until, -5))} 至 ${dotted(until)}`],
  ];
  const rows = all.map(
    ([name, text], at) =>
      line(100, 368 + at * 54, 26, name, { face: 'hei', fill: ink }) +
      line(262, 368 + at * 54, text.length > 20 ? 23 : 27, text),
  );
  const departments = paragraph(
    { x: 262, y: 368 + all.length * 54, width: 490, size: 24, leading: 38, indent: 0 },
    unit.departments.join(' / '),
  );
  return sheet(
    head('(副本)') +
      rows.join('') +
      line(100, 368 + all.length * 54, 26, '诊疗科目', { face: 'hei', fill: ink }) +
      departments.svg +
      line(720, 1080, 26, `发证机关  ${office}`, { anchor: 'end' }) +
      line(720, 1122, 25, formal(addYears(until, -5)), { anchor: 'end' }) +
      seal +
      (subject.flaws.seal ? '' : unitSeal(subject, { x: 200, y: 1070, radius: 82, tilt: 5 }, unit.name)),
  );
}

/** M13: the certificate of an apprenticeship or expertise; its second page names teacher and years. */
export function apprenticeship({ of, page }: Subject): Drawing {
  const ink = '#7a4a1e';
  const first = of.probation[0] ?? of.practice[0];
  const issued = earlier(of.today, addDays(first?.from ?? of.today, -120));
  const teacher = first?.tutor ?? '样例师';
  const body = paragraph(
    { x: 660, y: 230, width: 450, size: 28, leading: 56 },
    page === 1
      ? `${of.name},${sexText(of.sex)},${chinese(of.birthDate)}生,跟师学习满三年,经样例省中医药管理局考核合格,准予出师。特发此证。`
      : `指导老师:${teacher}。学习地点:${first?.unit.name ?? ''}。起止时间:${chineseMonth(addYears(issued, -3))}至${chineseMonth(issued)}。临床跟师不少于一百五十日每年。`,
  );
  return {
    width: W,
    height: H,
    paper: '#f5e9cf',
    corner: 0,
    fold: 'spine',
    waves: { colour: '#d8bd8b', step: 36, strength: 0.6 },
    body: [
      border(W, H, 30, ink, 9),
      portrait(220, 110, 190, sitterOf(of), '#dfe7ea'),
      line(315, 480, 60, page === 1 ? '出师证书' : '跟师记录', {
        anchor: 'middle',
        bold: true,
        fill: ink,
        spacing: 14,
      }),
      line(315, 545, 26, '传统医学师承人员', { anchor: 'middle', fill: ink }),
      line(315, 650, 24, `证书编号 ${of.apprenticeCertificate ?? ''}`, { anchor: 'middle', face: 'hei' }),
      body.svg,
      line(1100, 640, 27, '样例省中医药管理局', { anchor: 'end' }),
      line(1100, 692, 27, formal(issued), { anchor: 'end' }),
      roundSeal({ x: 990, y: 640, radius: 96, tilt: -6 }, '样例省中医药管理局'),
    ].join(''),
  };
}

/** M23: the certificate of a course in Chinese medicine for other physicians. */
export function courseCertificate({ of }: Subject): Drawing {
  const red = '#b3202a';
  const body = paragraph(
    { x: 150, y: 380, width: 900, size: 34, leading: 64 },
    `${of.name} 同志参加样例省西医学习中医培训班,学习期满,修完全部课程并完成临床轮训,经考核成绩合格,准予结业。`,
  );
  return {
    width: W,
    height: H,
    paper: '#fdf3d8',
    corner: 0,
    fold: 'none',
    body: [
      box(0, 0, W, H, `fill="none" stroke="${red}" stroke-width="56"`),
      border(W, H, 44, '#c79a2e', 9),
      badge(600, 150, 56, red, '#f7dd8f'),
      line(600, 292, 68, '结 业 证 书', { anchor: 'middle', bold: true, fill: red }),
      body.svg,
      line(150, 690, 24, `样西中结字 ${String(of.index + 1000)} 号`, { face: 'hei' }),
      line(1050, 650, 29, '样例省中医药培训中心', { anchor: 'end' }),
      line(1050, 704, 28, formal(addDays(of.today, -420)), { anchor: 'end' }),
      roundSeal({ x: 930, y: 650, radius: 92, tilt: 7 }, '样例省中医药培训中心'),
    ].join(''),
  };
}

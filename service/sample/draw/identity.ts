import { ageAt, dotted } from '../calendar.ts';
import type { Dossier } from '../dossier.ts';
import { stream } from '../random.ts';
import { type Subject, sexText } from './layout.ts';
import { portrait, type Sitter } from './portrait.ts';
import { badge } from './seal.ts';
import { box, type Drawing, document, group, line, overprint, path, wrap } from './svg.ts';

const WIDTH = 1012;
const HEIGHT = 638;

export const sitterOf = (of: Dossier): Sitter => ({
  face: of.face,
  sex: of.sex,
  age: ageAt(of.birthDate, of.today),
});

const LOOKS: Record<
  Dossier['idType'],
  { title: string; english: string; from: string; to: string; line: string; ink: string }
> = {
  resident: { title: '居民身份证', english: '', from: '#e4f1f4', to: '#f5e9ec', line: '#7fb7c4', ink: '#2b5f8f' },
  temporary: { title: '临时居民身份证', english: '', from: '#f7f3e4', to: '#eef3df', line: '#b7b07a', ink: '#6f6a34' },
  hmt_residence: {
    title: '港澳台居民居住证',
    english: '',
    from: '#e3f3e8',
    to: '#f2f1df',
    line: '#84bf98',
    ink: '#25754b',
  },
  hm_permit: {
    title: '港澳居民来往内地通行证',
    english: 'HOME RETURN PERMIT',
    from: '#dff0ee',
    to: '#e6e9f6',
    line: '#6fb1ad',
    ink: '#1f6f73',
  },
  tw_permit: {
    title: '台湾居民来往大陆通行证',
    english: 'TRAVEL PERMIT',
    from: '#e2eef8',
    to: '#e9f4e6',
    line: '#7ba6cf',
    ink: '#2a5fa0',
  },
  passport: { title: '护照', english: 'PASSPORT', from: '#f4ecdf', to: '#e6edf3', line: '#c3a878', ink: '#7a3c2a' },
};

const ground = (from: string, to: string) =>
  `<linearGradient id="card" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>${box(0, 0, WIDTH, HEIGHT, 'fill="url(#card)"')}`;

const card = (of: Dossier, body: string): Drawing => ({
  width: WIDTH,
  height: HEIGHT,
  paper: '#eef3f4',
  corner: 34,
  fold: 'none',
  waves: { colour: LOOKS[of.idType].line, step: 24, strength: 0.42 },
  body,
});

function residentFront(of: Dossier): string {
  const look = LOOKS[of.idType];
  const field = (y: number, name: string, text: string, x = 178) =>
    line(56, y, 30, name, { fill: look.ink, face: 'hei' }) + line(x, y, 36, text, { face: 'hei' });
  const [year, month, day] = of.birthDate.split('-').map(Number);
  const address = wrap(of.address, 11.4);
  return [
    ground(look.from, look.to),
    `<circle cx="340" cy="330" r="170" fill="none" stroke="${look.line}" stroke-width="34" opacity=".16"/>`,
    of.idType === 'resident' ? '' : line(56, 58, 26, look.title, { fill: look.ink, face: 'hei', bold: true }),
    field(104, '姓 名', of.name),
    field(182, '性 别', sexText(of.sex)),
    line(300, 182, 30, '民 族', { fill: look.ink, face: 'hei' }) + line(404, 182, 36, of.ethnicity, { face: 'hei' }),
    line(56, 260, 30, '出 生', { fill: look.ink, face: 'hei' }),
    [
      [178, String(year), '年'],
      [318, String(month), '月'],
      [416, String(day), '日'],
    ]
      .map(([x, text, unit]) => {
        const end = Number(x) + String(text).length * 21;
        return (
          line(Number(x), 260, 36, String(text), { face: 'hei' }) +
          line(end + 10, 260, 28, String(unit), { fill: look.ink, face: 'hei' })
        );
      })
      .join(''),
    line(56, 340, 30, '住 址', { fill: look.ink, face: 'hei' }),
    address.map((text, row) => line(178, 340 + row * 48, 36, text, { face: 'hei' })).join(''),
    line(56, 572, 30, of.idType === 'hmt_residence' ? '公民身份号码' : '公民身份号码', { fill: look.ink, face: 'hei' }),
    line(330, 574, 42, of.idNumber, { face: 'hei', bold: true, spacing: 5 }),
    portrait(672, 76, 268, sitterOf(of), '#eef4f7'),
  ].join('');
}

function permitFront(of: Dossier): string {
  const look = LOOKS[of.idType];
  const row = (y: number, name: string, text: string) =>
    line(372, y, 20, name, { fill: look.ink, face: 'hei' }) + line(372, y + 40, 36, text, { face: 'hei' });
  const machine = (text: string) => text.padEnd(34, '<').slice(0, 34);
  return [
    ground(look.from, look.to),
    box(0, 0, WIDTH, 92, `fill="${look.ink}" opacity=".9"`),
    line(44, 60, 40, look.title, { fill: '#fff', face: 'hei', bold: true }),
    line(WIDTH - 44, 58, 26, look.english, { anchor: 'end', fill: '#fff', face: 'hei' }),
    portrait(44, 122, 286, sitterOf(of), '#e9eef0'),
    row(136, '姓名 Name', of.name),
    row(220, '出生日期 Date of birth', dotted(of.birthDate)),
    line(740, 220, 20, '性别 Sex', { fill: look.ink, face: 'hei' }) +
      line(740, 260, 36, sexText(of.sex), { face: 'hei' }),
    row(304, '有效期限 Validity', `${dotted(of.idValidFrom)}-${of.idValidTo ? dotted(of.idValidTo) : '长期'}`),
    row(388, '签发机关 Authority', '样例省出入境管理局'),
    row(466, '证件号码 No.', of.idNumber),
    of.idType === 'passport'
      ? box(0, 548, WIDTH, 90, 'fill="#fffdf6"') +
        line(40, 586, 27, machine(`P<SPC${of.idNumber}SPECIMEN<<`), { face: 'hei', spacing: 5 }) +
        line(40, 624, 27, machine(`${of.idNumber}${of.birthDate.replaceAll('-', '')}`), { face: 'hei', spacing: 5 })
      : '',
  ].join('');
}

function back(of: Dossier): string {
  const look = LOOKS[of.idType];
  const until = of.idValidTo ? dotted(of.idValidTo) : '长期';
  return [
    ground(look.to, look.from),
    `<circle cx="690" cy="360" r="200" fill="none" stroke="${look.line}" stroke-width="46" opacity=".15"/>`,
    badge(168, 168, 108, '#c33b3b', '#f7e3b5'),
    line(610, 132, 44, '样例省示范证件', { anchor: 'middle', face: 'song', bold: true, spacing: 10 }),
    line(610, 250, of.idType === 'resident' ? 92 : 62, look.title, {
      anchor: 'middle',
      face: 'song',
      bold: true,
      spacing: 12,
    }),
    line(190, 470, 32, '签发机关', { face: 'hei', bold: true }),
    line(360, 470, 34, `${of.place.slice(3)}公安局`, { face: 'hei' }),
    line(190, 556, 32, '有效期限', { face: 'hei', bold: true }),
    line(360, 557, 36, `${dotted(of.idValidFrom)}-${until}`, { face: 'hei', spacing: 1 }),
  ].join('');
}

function permitBack(of: Dossier): string {
  const look = LOOKS[of.idType];
  const note = (y: number, text: string) => line(60, y, 28, text, { face: 'hei' });
  return [
    ground(look.to, look.from),
    badge(860, 140, 84, look.ink, '#fff'),
    line(60, 110, 40, look.title, { face: 'song', bold: true, fill: look.ink }),
    line(60, 156, 24, '备注页 OBSERVATIONS', { face: 'hei', fill: look.ink }),
    note(250, `证件号码  ${of.idNumber}`),
    note(306, `签发日期  ${dotted(of.idValidFrom)}`),
    note(362, `有效期至  ${of.idValidTo ? dotted(of.idValidTo) : '长期'}`),
    note(418, '签发机关  样例省出入境管理局'),
    box(60, 470, 892, 108, `fill="none" stroke="${look.ink}" stroke-width="2" opacity=".6"`),
    line(80, 512, 22, '本证为样例,由程序绘制,不具任何效力。', { face: 'hei', fill: look.ink }),
    line(80, 550, 22, 'Drawn by a program. Not a document.', { face: 'hei', fill: look.ink }),
  ].join('');
}

/** M01: the two sides of the identity document. */
export function identity({ of, page }: Subject): Drawing {
  const permit = of.idType === 'hm_permit' || of.idType === 'tw_permit' || of.idType === 'passport';
  if (page === 1) return card(of, permit ? permitFront(of) : residentFront(of));
  return card(of, permit ? permitBack(of) : back(of));
}

/** M02: the candidate at a table, holding the front of the document. */
export function holding({ of }: Subject): Drawing {
  const random = stream('scene', of.face);
  const wall = random.pick(['#cfd6d9', '#d9d2c5', '#c7d2ce', '#d6d8e0']);
  const skin = '#e8bd98';
  const front = identity({ of, page: 1, flaws: {} });
  const sleeve = random.pick(['#3d4a66', '#55605a', '#6b3f49', '#3f4146']);
  const [cardX, cardY, cardWidth] = [330, 650, 540];
  const scale = cardWidth / WIDTH;
  const finger = (x: number, y: number, turn: number) =>
    `<rect x="${x}" y="${y}" width="34" height="86" rx="17" fill="${skin}" stroke="#b88258" stroke-width="2" transform="rotate(${turn} ${x + 17} ${y + 43})"/>`;
  return {
    width: 1200,
    height: 1100,
    paper: wall,
    corner: 0,
    fold: 'none',
    scene: true,
    body: [
      `<linearGradient id="wall" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".35"/><stop offset="1" stop-color="#000" stop-opacity=".22"/></linearGradient>`,
      box(0, 0, 1200, 1100, 'fill="url(#wall)"'),
      box(60, 70, 250, 330, 'fill="#eef3f6" stroke="#b6bcc0" stroke-width="12"'),
      path('M185 70V400M60 235H310', 'stroke="#b6bcc0" stroke-width="8"'),
      box(940, 40, 210, 520, 'fill="#a98f74"'),
      path('M940 210H1150M940 380H1150', 'stroke="#7d684f" stroke-width="10"'),
      portrait(235, 20, 730, sitterOf(of), 'none'),
      path('M120 1100C150 930 250 840 350 815L420 905C330 980 300 1040 290 1100Z', `fill="${sleeve}"`),
      path('M1080 1100C1050 930 950 840 850 815L780 905C870 980 900 1040 910 1100Z', `fill="${sleeve}"`),
      `<ellipse cx="345" cy="850" rx="62" ry="74" fill="${skin}"/><ellipse cx="855" cy="850" rx="62" ry="74" fill="${skin}"/>`,
      group(`translate(${cardX} ${cardY}) scale(${scale})`, inner(front, 'held')),
      finger(318, 770, 74) + finger(320, 820, 82) + finger(848, 770, -74) + finger(846, 820, -82),
    ].join(''),
  };
}

/** A drawing inside another one, with its own rounded corners; `name` keeps its definitions apart from others'. */
function inner(drawing: Drawing, name: string): string {
  const whole = document(drawing, drawing.width, overprint(drawing.width, drawing.height, '样例 SPECIMEN', 0.1));
  return whole.replaceAll(/id="(\w+)"/g, `id="$1-${name}"`).replaceAll(/url\(#(\w+)\)/g, `url(#$1-${name})`);
}

/** Both sides of the document on one sheet, as the reference shows them. */
export function bothSides(of: Dossier): Drawing {
  const side = (page: number) => inner(identity({ of, page, flaws: {} }), `side${page}`);
  return {
    width: WIDTH + 80,
    height: HEIGHT * 2 + 120,
    paper: '#d9dcde',
    corner: 0,
    fold: 'none',
    body: group('translate(40 40)', side(1)) + group(`translate(40 ${HEIGHT + 80})`, side(2)),
  };
}

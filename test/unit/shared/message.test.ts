import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MATERIALS } from '../../../shared/catalogue/materials.ts';
import { REASON_CODES, type ReasonCode, reasonText } from '../../../shared/catalogue/reasons.ts';
import type { Return } from '../../../shared/decision.ts';
import { compose, messageText, slotTitle } from '../../../shared/message.ts';
import { judged, policy, refusal, returning, sha, slot, submission } from '../../factories/submission.ts';

const by = policy();
const of = submission();

function text(act: Parameters<typeof compose>[0]): string {
  const message = compose(act, by);
  if (!message) throw new Error(`no message for ${act.kind}`);
  return messageText(message);
}

describe('message of a return', () => {
  it('reads as the candidate reads it', () => {
    const act: Return = {
      ...returning(of, ['M03-1', 'M01-2'], { reasons: ['Q01', 'R01'], comment: '请在光线好的地方拍。' }, ['M11']),
      form: { reasons: ['I01'], comment: '' },
    };
    expect(text(act)).toBe(
      [
        '您的报名材料需要补正，请按以下意见修改后重新提交：',
        '1. 身份证明（国徽面）：图片不清晰，请重新上传；图片方向不正，请保持正向；请在光线好的地方拍。',
        '2. 毕业证书（第1张）：图片不清晰，请重新上传；图片方向不正，请保持正向；请在光线好的地方拍。',
        '3. 应届毕业生报考承诺书：请补传。',
        '4. 报名信息：姓名与身份证不一致，请更正。',
        '请在收到本通知后72小时内重新提交，逾期视为放弃。未列出的材料无需重新上传。',
      ].join('\n'),
    );
  });

  it('says which pictures have marks on them', () => {
    const act = returning(of, ['M03-1', 'M01-1']);
    const [first, ...others] = act.images;
    if (!first) throw new Error('no picture');
    const marked = { ...act, images: [{ ...first, marks: [{ x: 0.5, y: 0.5, reason: null }] }, ...others] };
    expect(text(marked)).toContain('1. 身份证明（人像面）（见图中标注）：图片不清晰');
    expect(text(marked)).toContain('2. 毕业证书（第1张）：图片不清晰');
  });

  it('is in the order of catalogue and slots, a material’s pictures before the material as such', () => {
    const point = { reasons: ['Q01' as const], comment: '' };
    const back = ['M10-1', 'M05-10', 'M05-2', 'M01-1'].map((at, index) => ({
      slot: slot(at),
      sha256: sha(index),
      ...point,
    }));
    const act: Return = {
      kind: 'submission.return',
      images: back,
      kept: [],
      materials: [
        { material: 'M05', ...point },
        { material: 'M03', ...point },
      ],
      form: { reasons: [], comment: '' },
    };
    expect(compose(act, by)?.points.map(({ slot: at, material }) => at ?? material)).toEqual([
      'M01-1',
      'M03',
      'M05-2',
      'M05-10',
      'M05',
      'M10-1',
    ]);
    expect(act.images).toEqual(back);
  });

  it('holds every sentence exactly once, on numbered lines', () => {
    const reasons = fc.uniqueArray(fc.constantFrom<ReasonCode>(...REASON_CODES), { minLength: 1, maxLength: 4 });
    const comment = fc
      .stringMatching(/^[甲乙丙丁戊己庚辛壬癸]{6,12}$/)
      .chain((words) => fc.constantFrom('', words, `${words}。`, `${words}；`, ` ${words} `));
    const points = fc.array(fc.record({ reasons, comment }), {
      minLength: of.images.length,
      maxLength: of.images.length,
    });
    fc.assert(
      fc.property(points, fc.subarray(of.images, { minLength: 1 }), (said, some) => {
        const images = some.map(({ slot: at, sha256 }, index) => ({
          slot: at,
          sha256,
          reasons: [],
          comment: '',
          ...said[index],
        }));
        const lines = text({ ...returning(of, []), images }).split('\n');
        expect(lines.length).toBe(images.length + 2);
        for (const [index, one] of images.entries()) {
          const line = lines[index + 1] ?? '';
          expect(line.startsWith(`${index + 1}. ${slotTitle(one.slot)}：`)).toBe(true);
          expect(line.endsWith('。')).toBe(true);
          const wanted = [...one.reasons.map((code) => reasonText(code).zh), one.comment.replace(/[。；\s]/g, '')];
          for (const sentence of wanted.filter((each) => each !== '')) {
            expect(line.split(sentence).length, sentence).toBe(2);
          }
          expect(line).not.toMatch(/；；|。；|；。|。。/);
        }
      }),
    );
  });

  it('says once what reason and comment both say, and takes line breaks out of comments', () => {
    const act = returning(of, ['M03-1'], { comment: '图片不清晰，请重新上传' });
    expect(text(act).split('图片不清晰').length).toBe(2);
    const broken = returning(of, ['M03-1'], { reasons: [], comment: '第一行\n2. 第二行' });
    expect(text(broken)).toContain('1. 毕业证书（第1张）：第一行 2. 第二行。');
  });

  it('keeps the mark at the end of a question or exclamation', () => {
    const said = (comment: string) => text(returning(of, ['M03-1'], { reasons: [], comment })).split('\n')[1];
    expect(said('是原件吗？')).toMatch(/是原件吗？$/);
    expect(said('请勿翻拍！')).toMatch(/请勿翻拍！$/);
    expect(said('请重拍；')).toMatch(/请重拍。$/);
  });

  it('gives the hours of the policy', () => {
    expect(compose(returning(of, ['M03-1']), policy({ reuploadHours: 24 }))?.closing).toContain('24小时');
  });
});

describe('message of a refusal', () => {
  it('names the reasons in one point', () => {
    expect(text({ kind: 'submission.refuse', images: judged(of), reasons: ['E01', 'E02'], comment: '详见公告' })).toBe(
      [
        '您的报名未通过审核，原因如下：',
        '1. 审核意见：学历层次不符合报考条件；所学专业不符合报考条件；详见公告。',
        '如有疑问，请与考点联系。',
      ].join('\n'),
    );
    expect(compose(refusal(of), by)?.points).toHaveLength(1);
  });
});

describe('other decisions', () => {
  it('have no message', () => {
    expect(compose({ kind: 'submission.approve', images: [] }, by)).toBeNull();
    expect(compose({ kind: 'image.lock', slot: slot('M01-1'), sha256: sha(1) }, by)).toBeNull();
  });
});

describe('slotTitle', () => {
  it('names the sides of the ID card, and the number of other pictures', () => {
    expect(slotTitle(slot('M01-1'))).toBe('身份证明（人像面）');
    expect(slotTitle(slot('M01-2'))).toBe('身份证明（国徽面）');
    expect(slotTitle(slot('M05-12'))).toBe(`${MATERIALS.M05.zh}（第12张）`);
  });
});

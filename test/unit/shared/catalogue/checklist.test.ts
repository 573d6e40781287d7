import { describe, expect, it } from 'vitest';
import { apply } from '../../../../shared/apply.ts';
import { POINT_IDS, type PointId, pointsOf, pointText } from '../../../../shared/catalogue/checklist.ts';
import { MATERIAL_CODES } from '../../../../shared/catalogue/materials.ts';
import { CHECK_IDS } from '../../../../shared/checks/check.ts';
import { AccountId, slotOf } from '../../../../shared/ids.ts';
import { remains } from '../../../../shared/resolve.ts';
import { decision, image, NOW, policy, sha, slot, submission } from '../../../factories/submission.ts';

describe('the checklist', () => {
  it('has points for every material but 其他, each named in both languages and answered by checks that there are', () => {
    for (const material of MATERIAL_CODES) {
      const points = new Set([1, 2].flatMap((index) => pointsOf(slotOf(material, index))));
      expect(points.size > 0, material).toBe(material !== 'M99');
    }
    for (const id of POINT_IDS) {
      const { zh, en, checks = [] } = pointText(id);
      expect(zh !== '' && en !== '' && checks.every((check) => CHECK_IDS.includes(check)), id).toBe(true);
    }
  });

  it('asks for name and number on the front of the ID card, for its validity on the back', () => {
    expect(pointsOf(slot('M01-1'))).toEqual(['M01.name', 'M01.number']);
    expect(pointsOf(slot('M01-2'))).toEqual(['M01.validity']);
    expect(pointsOf(slot('M03-2'))).toHaveLength(4);
  });
});

describe('a lock', () => {
  const of = submission();
  const lock = (answered?: PointId[]) =>
    ({ kind: 'image.lock', slot: slot('M01-1'), sha256: sha(101), ...(answered ? { answered } : {}) }) as const;
  const run = (mustAnswer: PointId[] | undefined, answered?: PointId[]) =>
    apply(of, decision(of, lock(answered)), {
      level: 'site',
      at: NOW,
      policy: policy(mustAnswer ? { mustAnswer } : {}),
    });

  it('waits for nothing by default', () => {
    expect(run(undefined).ok).toBe(true);
    expect(run([]).ok).toBe(true);
  });

  it('waits for the points that the district names, of its own picture', () => {
    expect(run(['M01.name', 'M01.validity'])).toEqual({ ok: false, problem: 'decision.unanswered', slots: ['M01-1'] });
    expect(run(['M01.name', 'M01.validity'], ['M01.number']).ok).toBe(false);
    expect(run(['M01.name', 'M01.validity'], ['M01.name']).ok).toBe(true);
    expect(run(['M03.number']).ok).toBe(true);
  });

  it('says nothing of another picture than the one that was looked at', () => {
    const other = {
      ...of,
      images: of.images.map((one) => (one.slot === 'M01-1' ? image('M01-1', { sha256: sha(7) }) : one)),
    };
    const parked = { decision: decision(of, lock(['M01.name'])), problem: null };
    const { keep } = remains(parked, other, { level: 'site', policy: policy(), me: AccountId.parse('a-1') });
    expect(keep).toEqual({ ok: true, act: { kind: 'image.lock', slot: 'M01-1', sha256: sha(7) } });
  });
});

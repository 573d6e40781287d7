import fc from 'fast-check';
import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import en from '../../../../resources/locales/checks.en.json' with { type: 'json' };
import zh from '../../../../resources/locales/checks.zh-CN.json' with { type: 'json' };
import { MATERIAL_CODES } from '../../../../shared/catalogue/materials.ts';
import { REASON_CODES } from '../../../../shared/catalogue/reasons.ts';
import { CHECK_IDS, type Check, derive, ImageFacts, type Subject } from '../../../../shared/checks/check.ts';
import { FORM_FIELDS } from '../../../../shared/proof.ts';
import { dates, forms, submissions } from '../../../factories/arbitraries.ts';
import { assistantForm, form, image, imageFacts, policy, submission, TODAY } from '../../../factories/submission.ts';

/** Subjects of every kind: forms, images with facts or without, shared or not. */
const subjects: fc.Arbitrary<Subject> = fc
  .record({
    form: forms,
    images: submissions.map(({ images }) => images),
    today: dates('2024-01-01', '2027-12-31'),
    format: fc.constantFrom<ImageFacts['format']>('jpeg', 'png', 'other'),
    decodes: fc.constantFrom<ImageFacts['decodes']>('whole', 'truncated', 'none'),
    orientation: fc.integer({ min: 1, max: 8 }),
    colour: fc.constantFrom(0, 0.3),
    here: fc.integer({ min: 0, max: 8 }),
    sharing: fc.array(fc.constantFrom('2026990101000007', '2026990101000008'), { maxLength: 5 }),
  })
  .map(({ here, sharing, form: of, images, today, ...facts }) => ({
    form: of,
    images,
    facts: images.slice(0, here).map((one) => imageFacts(one, facts)),
    shared: images.slice(0, 2).map(({ sha256 }) => ({ sha256, registrationNumbers: sharing })),
    policy: policy(),
    today,
  }));

const wordsKey = (check: Check) => check.id.replace('.', '_');

describe('derive', () => {
  it('finds nothing to object to in faultless submissions', () => {
    for (const of of [form(), assistantForm()]) {
      const { images } = submission({ form: of });
      const facts = images.map((one) => imageFacts(one));
      const checks = derive({ form: of, images, facts, shared: [], policy: policy(), today: TODAY });
      expect(checks.filter(({ status }) => status !== 'passed')).toEqual([]);
      expect(checks.length).toBeGreaterThan(60);
    }
  });

  it('is pure: the same subject gives the same checks and stays as it is', () => {
    fc.assert(
      fc.property(subjects, (subject) => {
        const before = structuredClone(subject);
        expect(derive(subject)).toEqual(derive(subject));
        expect(subject).toEqual(before);
      }),
    );
  });

  it('does not depend on the order of images, facts and shared hashes', () => {
    fc.assert(
      fc.property(subjects, (subject) => {
        const turned = {
          ...subject,
          images: [...subject.images].sort((a, b) => a.slot.localeCompare(b.slot)),
          facts: [...subject.facts].reverse(),
        };
        const sorted = { ...turned, images: [...turned.images].reverse() };
        const plain = (checks: Check[]) => checks.filter(({ id }) => id !== 'image.repeated');
        expect(plain(derive(sorted))).toEqual(plain(derive(turned)));
      }),
    );
  });

  it('keeps the order: fields of the form, then materials, each with its images', () => {
    fc.assert(
      fc.property(subjects, (subject) => {
        const checks = derive(subject);
        const rank = (check: Check) =>
          check.field
            ? FORM_FIELDS.indexOf(check.field)
            : 1000 + (check.material ? MATERIAL_CODES.indexOf(check.material) * 100 : Number.NaN);
        const ranks = checks.map(rank);
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      }),
    );
  });

  it('gives each check one place: an id stands once for a field, a material or a slot', () => {
    fc.assert(
      fc.property(subjects, (subject) => {
        const places = derive(subject).map(({ id, field, material, slot }) => `${id} ${field ?? slot ?? material}`);
        expect(new Set(places).size).toBe(places.length);
      }),
    );
  });

  it('suggests reasons of the catalogue, and none for what passed', () => {
    fc.assert(
      fc.property(subjects, (subject) => {
        for (const { reason, status } of derive(subject)) {
          if (status === 'passed') expect(reason).toBeUndefined();
          if (reason !== undefined) expect(REASON_CODES).toContain(reason);
        }
      }),
    );
  });

  it('reaches every check', () => {
    const seen = new Set(
      fc
        .sample(subjects, { numRuns: 400, seed: 1 })
        .flatMap(derive)
        .map(({ id }) => id),
    );
    const unseen = CHECK_IDS.filter((id) => !seen.has(id));
    // Random submissions hold no earlier images; images.test.ts has them.
    expect(unseen).toEqual(['image.unchanged']);
  });
});

describe.each([
  ['zh-CN', zh],
  ['en', en],
] as const)('words in %s', (language, words) => {
  it('has title and outcomes for every check, and for no other', () => {
    expect(Object.keys(words).sort()).toEqual(CHECK_IDS.map((id) => id.replace('.', '_')).sort());
    for (const texts of Object.values(words)) {
      for (const key of ['title', 'passed', 'warning', 'failed']) expect(texts).toHaveProperty(key);
      for (const text of Object.values(texts)) expect(text).toMatch(/\S/);
    }
  });

  it('says every outcome, with all its facts filled in', async () => {
    const i18n = i18next.createInstance();
    await i18n.init({
      lng: language,
      ns: ['check'],
      defaultNS: 'check',
      resources: { [language]: { check: words } },
      interpolation: { escapeValue: false },
    });
    fc.assert(
      fc.property(subjects, (subject) => {
        for (const check of derive(subject)) {
          const text = i18n.t(`${wordsKey(check)}.${check.status}`, check.facts);
          expect(text).not.toMatch(/\{\{|undefined/);
          expect(text).not.toContain(wordsKey(check));
          // A variant that the words lack would silently fall back to the general text.
          const { context } = check.facts;
          if (context !== undefined) {
            expect(i18n.exists(`${wordsKey(check)}.${check.status}_${context}`), `${check.id} ${context}`).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has the same keys and facts as the other language', () => {
    const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    const other: Record<string, Record<string, string>> = language === 'en' ? zh : en;
    for (const [id, texts] of Object.entries(words)) {
      expect(Object.keys(texts).sort()).toEqual(Object.keys(other[id] ?? {}).sort());
      for (const [key, text] of Object.entries(texts)) {
        expect(names(text), `${id}.${key}`).toEqual(names(other[id]?.[key] ?? ''));
      }
    }
  });
});

describe('Chinese words', () => {
  it('use full-width punctuation', () => {
    for (const [id, texts] of Object.entries(zh)) {
      for (const text of Object.values(texts)) {
        expect(text.replace(/\{\{\w+\}\}/g, ''), id).not.toMatch(/[,:;()?!]/);
      }
    }
  });
});

describe('ImageFacts', () => {
  it('parses what the factory builds, and nothing beyond its ranges', () => {
    const facts = imageFacts(image('M01-1'));
    expect(ImageFacts.parse(structuredClone(facts))).toEqual(facts);
    for (const wrong of [{ orientation: 9 }, { colour: 1.1 }, { bytes: -1 }, { format: 'gif' }, { more: 1 }]) {
      expect(ImageFacts.safeParse({ ...facts, ...wrong }).success).toBe(false);
    }
  });
});

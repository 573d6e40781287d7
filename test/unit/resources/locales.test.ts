import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMAND_GROUPS, COMMAND_IDS } from '../../../renderer/actions/command.ts';
import { WHY_NOT } from '../../../renderer/actions/offer.ts';
import { CHECK_IDS } from '../../../shared/checks/check.ts';
import { Act } from '../../../shared/decision.ts';
import { CLASSES, EDUCATION_LEVELS, ID_TYPES, LEVELS_APPLIED, PATHS } from '../../../shared/form.ts';
import { DECISION_STATES, QUEUE_FILTERS } from '../../../shared/ipc.ts';
import { FORM_FIELDS, FORM_GROUPS } from '../../../shared/proof.ts';
import { BREAK_KINDS, BREAK_PLACES, LIMITS, PROOF_PARTS } from '../../../shared/proofs.ts';
import { CHOICES, type Hindrance } from '../../../shared/resolve.ts';
import { IMAGE_STATES, STATUSES } from '../../../shared/submission.ts';

/** Sentences for why a decision can't be kept; what the rules say has its own. */
const HINDRANCES = [
  'absent',
  'account',
  'status',
  'returned',
  'gone',
  'already',
  'supplied',
  'marked',
  'obstacles',
] satisfies readonly (Exclude<Hindrance['kind'], 'rules'> | 'returned')[];

type Tree = { readonly [key: string]: string | Tree };

const root = join(import.meta.dirname, '../../..');
const read = (name: string): Tree => JSON.parse(readFileSync(join(root, 'resources/locales', name), 'utf8'));
const flat = (tree: Tree, prefix = ''): Record<string, string> =>
  Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value]] : Object.entries(flat(value, `${prefix}${key}.`)),
    ),
  );
/** Chinese has one plural form, English two. */
const stem = (key: string) => key.replace(/_(one|other)$/, '');

const texts = { 'zh-CN': flat(read('zh-CN.json')), en: flat(read('en.json')) };
const stems = { 'zh-CN': new Set(Object.keys(texts['zh-CN']).map(stem)), en: new Set(Object.keys(texts.en).map(stem)) };

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

describe('locales', () => {
  it('have the same keys in both languages', () => {
    expect([...stems.en].sort()).toEqual([...stems['zh-CN']].sort());
    expect(Object.keys(flat(read('checks.en.json'))).sort()).toEqual(
      Object.keys(flat(read('checks.zh-CN.json'))).sort(),
    );
  });

  it('count in Chinese what is counted in English, and nothing else', () => {
    const counted = (key: string) => /_(one|other)$/.test(key);
    const wanted = Object.keys(texts.en).map((key) => (counted(key) ? `${stem(key)}_other` : key));
    expect([...new Set(wanted)].filter((key) => !(key in texts['zh-CN']))).toEqual([]);
  });

  it('use the same fields in both languages', () => {
    const fields = (text: string | undefined) => [...new Set(text?.match(/\{\{\w+\}\}/g) ?? [])].sort();
    for (const [key, text] of Object.entries(texts.en)) {
      const zh = texts['zh-CN'][key] ?? texts['zh-CN'][`${stem(key)}_other`];
      if (!key.endsWith('_one')) expect([key, fields(zh)]).toEqual([key, fields(text)]);
    }
  });

  it('hold every key that the app names', () => {
    const used = sources(join(root, 'renderer')).flatMap((source) =>
      [...source.matchAll(/\bt\(\s*'([\w.]+)'/g)].map(([, key]) => key ?? ''),
    );
    expect(used.length).toBeGreaterThan(50);
    expect(used.filter((key) => !stems['zh-CN'].has(key))).toEqual([]);
  });

  it('hold a word for every member of the closed lists', () => {
    const wanted = [
      ...COMMAND_IDS.map((id) => `command.${id}`),
      ...COMMAND_GROUPS.map((group) => `shortcuts.${group}`),
      ...WHY_NOT.map((why) => `whyNot.${why}`),
      ...CLASSES.map((name) => `class.${name}`),
      ...LEVELS_APPLIED.map((name) => `level.${name}`),
      ...PATHS.map((name) => `path.${name}`),
      ...EDUCATION_LEVELS.map((name) => `education.${name}`),
      ...ID_TYPES.map((name) => `idType.${name}`),
      ...STATUSES.map((name) => `status.${name}`),
      ...IMAGE_STATES.map((name) => `imageState.${name}`),
      ...QUEUE_FILTERS.map((name) => `queue.filter.${name}`),
      ...DECISION_STATES.map((name) => `log.state.${name}`),
      ...CHOICES.flatMap((name) => [`log.resolved.${name}`, `conflict.done.${name}`]),
      ...Act.options.map(({ shape }) => `conflict.keep.${shape.kind.value.replace('.', '_')}`),
      ...HINDRANCES.map((name) => `conflict.cannot.${name}`),
      ...['sides', 'before', 'after'].map((name) => `conflict.look.${name}`),
      ...FORM_FIELDS.map((name) => `field.${name}`),
      ...FORM_GROUPS.map(({ id }) => `form.group.${id}`),
      ...BREAK_KINDS.map((name) => `verify.kind.${name}`),
      ...BREAK_PLACES.flatMap((name) => [`verify.of.${name}`, `verify.next.${name}`]),
      ...PROOF_PARTS.flatMap((name) => [`verify.part.${name}`, `verify.partNote.${name}`]),
      ...LIMITS.map((name) => `verify.limit.${name}`),
    ];
    expect(wanted.filter((key) => !stems['zh-CN'].has(key))).toEqual([]);
  });

  it('name every check', () => {
    const checks = flat(read('checks.zh-CN.json'));
    expect(CHECK_IDS.filter((id) => !(`${id.replace('.', '_')}.title` in checks))).toEqual([]);
  });

  it('leave no Chinese text in the components', () => {
    const marks =
      sources(join(root, 'renderer'))
        .join('\n')
        .match(/>[^<{\n]*[\u4e00-\u9fff][^<{\n]*</g) ?? [];
    // The head of the candidate's phone and the language's own name are Chinese in both languages.
    expect(marks).toEqual(['>审核意见<']);
  });
});

import { describe, expect, it } from 'vitest';
import { PROBLEMS, Problem, ProblemCode, problem, problemText } from '../../../shared/problem.ts';

describe.each(ProblemCode.options)('%s', (code) => {
  it('says what happened and what to do next in both languages', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const { title, next } = problemText(code, language);
      expect(title).toMatch(/\S/);
      expect(next).toMatch(/\S/);
      expect(title).not.toBe(next);
      expect(`${title}${next}`).not.toMatch(/[。.]$/);
    }
    const zh = problemText(code, 'zh-CN');
    const en = problemText(code, 'en');
    expect(`${zh.title}${zh.next}`).toMatch(/\p{Script=Han}/u);
    expect(`${zh.title}${zh.next}`.replaceAll('https://', '')).not.toMatch(/[,:;()?!]/);
    expect(`${en.title}${en.next}`).not.toMatch(/\p{Script=Han}/u);
  });

  it('has a status of HTTP, or 0 where the workstation alone meets it', () => {
    const { status } = PROBLEMS[code];
    expect(status === 0 || (status >= 400 && status < 600)).toBe(true);
  });

  it('survives the way over the wire', () => {
    const sent = problem(code, 'en', 'slot M01-1');
    expect(Problem.parse(JSON.parse(JSON.stringify(sent)))).toEqual(sent);
    expect(sent).toMatchObject({ type: `urn:review-desk:problem:${code}`, code, detail: 'slot M01-1' });
    expect(problem(code)).not.toHaveProperty('detail');
    expect(problem(code).title).toBe(problemText(code, 'zh-CN').title);
  });
});

describe('codes', () => {
  it('are a closed list', () => {
    expect(Problem.safeParse({ ...problem('request.invalid'), code: 'made.up' }).success).toBe(false);
    const titles = ProblemCode.options.map((code) => problemText(code, 'zh-CN').title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

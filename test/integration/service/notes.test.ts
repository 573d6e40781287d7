import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CANDIDATE_PASSWORD } from '../../../service/sample-accounts.ts';
import type { Act } from '../../../shared/decision.ts';
import type { Submission } from '../../../shared/submission.ts';
import { tinyCandidate } from '../../factories/district.ts';
import { png } from '../../factories/pictures.ts';
import {
  approveWhole,
  type Caller,
  decisionOn,
  lockingAll,
  pullOne,
  send,
  startTestService,
  type TestService,
} from '../../factories/running-service.ts';
import { returning } from '../../factories/submission.ts';

const SECRET = '章似套印-仅同事可见';
const WHOLE = '电话核实过单位-仅同事可见';

let service: TestService;
let reviewer: Caller;
beforeEach(async () => {
  service = await startTestService({ candidates: 2 });
  reviewer = await service.signIn('reviewer1');
});
afterEach(() => service.end());

const noteOn = (of: Submission, at: string | null, text: string): Act => {
  const image = of.images.find(({ slot }) => slot === at);
  return { kind: 'submission.note', image: image ? { slot: image.slot, sha256: image.sha256 } : null, text };
};

const told = (of: Submission) => (of.notes ?? []).map(({ text, by, level }) => [text, by?.name, level]);

describe('a note', () => {
  it('reaches colleagues, the next level and supervisors, newest first, with its writer', async () => {
    const subject = await pullOne(reviewer, 1);
    const answers = await send(
      reviewer,
      decisionOn(subject, noteOn(subject, 'M05-1', SECRET)),
      decisionOn(subject, noteOn(subject, null, WHOLE)),
    );
    expect(answers.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
    await approveWhole(reviewer, 1);
    const all = [
      [WHOLE, expect.any(String), 'site'],
      [SECRET, expect.any(String), 'site'],
    ];
    for (const name of ['reviewer2', 'supervisor1', 'district1', 'supervisor9']) {
      expect(told(await pullOne(await service.signIn(name), 1))).toEqual(all);
    }
    const about = (await pullOne(reviewer, 1)).notes?.[1]?.image;
    expect(about).toEqual({ slot: 'M05-1', sha256: subject.images.find(({ slot }) => slot === 'M05-1')?.sha256 });
  });

  it('claims nothing, and is taken beside another’s review, after the candidate’s change, and at the end', async () => {
    const subject = await pullOne(reviewer, 1);
    await send(reviewer, ...lockingAll(subject).slice(0, 1));
    const claim = (await pullOne(reviewer, 1)).claim;
    const colleague = await service.signIn('reviewer2');
    expect(await send(colleague, decisionOn(subject, noteOn(subject, null, '同事看过')))).toMatchObject([
      { outcome: 'applied' },
    ]);
    expect((await pullOne(reviewer, 1)).claim).toEqual(claim);
    await send(reviewer, decisionOn(subject, returning(subject, ['M03-1'])));
    const candidate = await service.candidate(1);
    await candidate.ask('PUT', '/v1/candidate/images/M03-1', { bytes: png(9001) });
    expect(await send(reviewer, decisionOn(subject, noteOn(subject, 'M03-1', '原件已看')))).toMatchObject([
      { outcome: 'applied' },
    ]);
    const after = await pullOne(reviewer, 1);
    expect(after.notes?.[0]?.image?.sha256).toBe(after.images.find(({ slot }) => slot === 'M03-1')?.earlier[0]?.sha256);
    expect(after.status).toBe('returned');
    expect(after.notes).toHaveLength(2);
  });

  it('is written once, however often it is sent, and by nobody who is out of reach or only reads', async () => {
    const subject = await pullOne(reviewer, 1);
    const note = decisionOn(subject, noteOn(subject, null, WHOLE));
    const [first] = await send(reviewer, note);
    expect(await send(reviewer, note)).toEqual([first]);
    expect((await pullOne(reviewer, 1)).notes).toHaveLength(1);
    const stranger = await service.signIn('reviewer3');
    expect(await send(stranger, decisionOn(subject, noteOn(subject, null, WHOLE)))).toMatchObject([
      { outcome: 'refused', problem: { code: 'account.not_allowed' } },
    ]);
    expect((await pullOne(reviewer, 1)).notes).toHaveLength(1);
  });
});

const Api = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

describe('the candidate', () => {
  /** All that a candidate can be given: every route that exists, then the pages, as text. */
  async function everything(subject: Submission): Promise<string> {
    const candidate = await service.candidate(1);
    const { paths } = Api.parse((await candidate.ask('GET', '/v1/openapi.json')).body);
    const urls = Object.entries(paths)
      .filter(([, methods]) => 'get' in methods)
      .map(([url]) => url.replace('{id}', subject.id).replace('{sha256}', subject.images[0]?.sha256 ?? ''));
    expect(urls).toContain('/v1/candidate/submission');
    expect(urls).toContain(`/v1/submissions/${subject.id}`);
    const texts: string[] = [];
    for (const url of urls) texts.push(JSON.stringify((await candidate.ask('GET', url)).body));
    const { registrationNumber } = tinyCandidate(1);
    const signIn = await fetch(`${service.url}/candidate/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: service.url },
      body: new URLSearchParams({ registrationNumber, password: CANDIDATE_PASSWORD }),
    });
    const cookie = signIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    for (const page of ['/candidate', '/candidate/submission', '/candidate/page.js']) {
      texts.push(await (await fetch(`${service.url}${page}`, { headers: { cookie } })).text());
    }
    expect(texts.join()).toContain(registrationNumber);
    return texts.join('\n');
  }

  it('is given no note by any route or page, in any state', async () => {
    const subject = await pullOne(reviewer, 1);
    const notes = () => [
      decisionOn(subject, noteOn(subject, 'M03-1', SECRET)),
      decisionOn(subject, noteOn(subject, null, WHOLE)),
    ];
    await send(reviewer, ...notes());
    expect(await everything(subject)).not.toContain('仅同事可见');
    await send(reviewer, decisionOn(subject, returning(subject, ['M03-1'])));
    const returned = await everything(subject);
    expect(returned).toContain('图片不清晰');
    expect(returned).not.toContain('仅同事可见');
    const candidate = await service.candidate(1);
    const uploaded = await candidate.ask('PUT', '/v1/candidate/images/M03-1', { bytes: png(9001) });
    const submitted = await candidate.ask('POST', '/v1/candidate/submit');
    expect([uploaded.status, submitted.status]).toEqual([200, 200]);
    expect(JSON.stringify([uploaded.body, submitted.body])).not.toContain('仅同事可见');
    expect(JSON.stringify(await pullOne(reviewer, 1))).toContain(SECRET);
    expect(await everything(subject)).not.toContain('仅同事可见');
  });
});

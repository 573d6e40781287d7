import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CANDIDATE_PASSWORD } from '../../../service/sample-accounts.ts';
import type { Mark } from '../../../shared/mark.ts';
import { tinyCandidate } from '../../factories/district.ts';
import { png } from '../../factories/pictures.ts';
import {
  approveWhole,
  type Caller,
  decisionOn,
  pullOne,
  send,
  startTestService,
  type TestService,
} from '../../factories/running-service.ts';
import { refusal, returning } from '../../factories/submission.ts';

let service: TestService;
let reviewer: Caller;
beforeEach(async () => {
  service = await startTestService({ candidates: 2 });
  reviewer = await service.signIn('reviewer1');
});
afterEach(() => service.end());

/** A browser with cookies and without script. */
class Browser {
  cookie = '';
  page = '';
  status = 0;
  headers = new Headers();
  readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  async open(url: string, init: RequestInit = {}): Promise<this> {
    const response = await fetch(`${this.origin}${url}`, {
      ...init,
      redirect: 'manual',
      headers: { ...Object.fromEntries(new Headers(init.headers)), ...(this.cookie ? { cookie: this.cookie } : {}) },
    });
    const set = response.headers.getSetCookie()[0];
    if (set) this.cookie = set.includes('Expires=Thu, 01 Jan 1970') ? '' : (set.split(';')[0] ?? '');
    const target = response.headers.get('location');
    if (response.status === 303 && target) return this.open(target);
    this.status = response.status;
    this.headers = response.headers;
    this.page = await response.text();
    return this;
  }

  post(url: string, body: URLSearchParams | FormData, headers: Record<string, string> = { origin: this.origin }) {
    return this.open(url, { method: 'POST', body, headers });
  }

  signIn(number: number, password = CANDIDATE_PASSWORD) {
    const { registrationNumber } = tinyCandidate(number);
    return this.post('/candidate/sign-in', new URLSearchParams({ registrationNumber, password }));
  }

  upload(slot: string, bytes: Uint8Array, type = 'image/png') {
    const form = new FormData();
    form.append('image', new File([new Uint8Array(bytes)], 'photo.png', { type }));
    return this.post(`/candidate/images/${slot}`, form);
  }

  /** The text of the element with a test id. */
  text(id: string): string | undefined {
    const element = new RegExp(`<(\\w+)[^>]*data-testid="${id}"[^>]*>([\\s\\S]*?)</\\1>`);
    const inner = element.exec(this.page)?.[2];
    return inner
      ?.replace(/<[^>]*>/g, '')
      .replaceAll('&amp;', '&')
      .trim();
  }

  has(id: string): boolean {
    return this.page.includes(`data-testid="${id}"`);
  }
}

const browser = () => new Browser(service.url);

describe('the story through forms', () => {
  it('return, message, upload, submit, 考点通过', async () => {
    const subject = await pullOne(reviewer, 1);
    const act = returning(subject, ['M03-1', 'M05-1'], { comment: '编号 <看不清> & 反光' }, ['M20']);
    await send(reviewer, decisionOn(subject, act));
    const recorded = (await pullOne(reviewer, 1)).opinions[0]?.text ?? '';

    const me = await browser().signIn(1);
    expect(me.status).toBe(200);
    expect(me.text('status')).toBe('退回');
    expect(me.text('message')?.replaceAll('&lt;', '<').replaceAll('&gt;', '>')).toBe(recorded);
    expect(me.page).not.toContain('<看不清>');
    expect(me.text('deadline')).toBe('请于 2026年3月13日 10:00 前重新提交还剩 3 天 0 小时');
    for (const { slot } of subject.images) {
      expect(me.has(`image-${slot}`)).toBe(true);
      expect(me.has(`upload-${slot}`)).toBe(['M03-1', 'M05-1'].includes(slot));
    }
    expect(me.text('state-M03-1')).toBe('↩ 已退回 需重新上传');
    expect(me.text('state-M20-1')).toBe('＋ 缺少 需补传');
    expect(me.page).toMatch(/data-testid="submit" disabled/);

    await me.upload('M03-1', png(9001));
    expect(me.status).toBe(200);
    expect(me.text('state-M03-1')).toContain('已重新上传');
    await me.upload('M05-1', png(9002));
    await me.upload('M20-1', png(9003));
    expect(me.page).not.toMatch(/data-testid="submit" disabled/);
    const shown = /src="(\/candidate\/images\/M03-1\?v=[0-9a-f]+)"/.exec(me.page)?.[1] ?? '';
    const picture = await fetch(`${service.url}${shown}`, { headers: { cookie: me.cookie } });
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(png(9001));

    await me.post('/candidate/submit', new URLSearchParams());
    expect(me.text('status')).toBe('待审核');
    expect(me.page).not.toContain('type="file"');
    expect(me.has('submit')).toBe(false);

    await approveWhole(reviewer, 1);
    await me.open('/candidate/submission');
    expect(me.text('status')).toBe('考点通过');
    expect(me.text('state-M03-1')).toBe('✓ 已锁定');
  });

  it('draws the marks on the picture, each explained under its number, until it is replaced', async () => {
    const subject = await pullOne(reviewer, 1);
    const marks: Mark[] = [
      { x: 0.125, y: 0.2, width: 0.5, height: 0.1, reason: 'Q01' },
      { x: 0.9, y: 0.9, reason: null },
    ];
    const image = subject.images.find(({ slot }) => slot === 'M03-1');
    if (!image) throw new Error('no diploma');
    const { slot, sha256 } = image;
    const said = { slot, sha256, reasons: ['Q01' as const], comment: '<章> 看不清', marks };
    // A mark is the reviewer's own until the return is made.
    await send(reviewer, decisionOn(subject, { kind: 'image.return', ...said }));
    const me = await browser().signIn(1);
    expect(me.has('marked')).toBe(false);
    const marked = await pullOne(reviewer, 1);
    expect(marked.images.find((one) => one.slot === slot)?.marks).toEqual(marks);
    await send(reviewer, decisionOn(marked, returning(marked, ['M03-1'], said)));

    await me.open('/candidate/submission');
    expect(me.page).toContain('<rect class="box" x="12.5%" y="20%" width="50%" height="10%"/>');
    expect(me.page).toContain('<svg x="90%" y="90%"');
    expect(me.text('mark-1')).toBe('1上方：图片不清晰，请重新上传');
    expect(me.text('mark-2')).toBe('2右下方：&lt;章&gt; 看不清');
    expect(me.page).toContain('图中标出 2 处');
    expect(me.page.match(/图片不清晰/g)).toHaveLength(2);

    await me.upload('M03-1', png(9001));
    expect(me.has('marked')).toBe(false);
    await me.upload('M03-1', png(9002));
    await me.post('/candidate/submit', new URLSearchParams());
    const again = await pullOne(reviewer, 1);
    const replaced = again.images.find((one) => one.slot === slot);
    expect(replaced).not.toHaveProperty('marks');
    expect(replaced?.earlier[0]?.marks).toEqual(marks);
  });

  it('shows a refusal with its message and nothing to do', async () => {
    const subject = await pullOne(reviewer, 1);
    await send(reviewer, decisionOn(subject, refusal(subject)));
    const me = await browser().signIn(1);
    expect(me.text('status')).toBe('审核拒绝');
    expect(me.text('message')).toContain('学历层次不符合报考条件');
    expect(me.page).not.toContain('type="file"');
  });

  it('tells in plain words what is wrong with a file', async () => {
    const subject = await pullOne(reviewer, 1);
    await send(reviewer, decisionOn(subject, returning(subject, ['M03-1'])));
    const me = await browser().signIn(1);
    await me.upload('M03-1', Buffer.from('not a picture'));
    expect(me.status).toBe(415);
    expect(me.text('alert')).toContain('文件不是 jpg、jpeg 或 png 图片');
    expect(me.has('upload-M03-1')).toBe(true);
    await me.upload('M03-1', png(1, { padding: 300_000 }));
    expect(me.status).toBe(413);
    await me.upload('M03-1', Buffer.alloc(0));
    expect(me.status).toBe(415);
    await me.upload('M01-1', png(1));
    expect(me.status).toBe(409);
    await me.post('/candidate/submit', new URLSearchParams());
    expect(me.text('alert')).toContain('还有退回的材料没有重新上传');
  });
});

describe('who may', () => {
  it('keeps the cookie from scripts and other sites, and ends at sign-out', async () => {
    const response = await fetch(`${service.url}/candidate/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: service.url },
      body: new URLSearchParams({
        registrationNumber: tinyCandidate(1).registrationNumber,
        password: CANDIDATE_PASSWORD,
      }),
    });
    const cookie = response.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).toMatch(/Path=\/candidate/);
    const me = browser();
    me.cookie = cookie.split(';')[0] ?? '';
    const kept = me.cookie;
    await me.open('/candidate/submission');
    expect(me.has('status')).toBe(true);
    await me.post('/candidate/sign-out', new URLSearchParams());
    expect(me.has('sign-in')).toBe(true);
    me.cookie = kept;
    await me.open('/candidate/submission');
    expect(me.text('alert')).toContain('登录已过期');
  });

  it('sends strangers and staff to the sign-in', async () => {
    const pages = ['/candidate/submission', '/candidate/images/M01-1'];
    for (const page of pages) {
      const me = await browser().open(page);
      expect(me.has('sign-in')).toBe(true);
    }
    const staff = browser();
    staff.cookie = `review_desk_candidate=${reviewer.token}`;
    expect((await staff.open('/candidate/submission')).has('sign-in')).toBe(true);
  });

  it('refuses forms of other sites', async () => {
    const me = await browser().signIn(1);
    const foreign: Record<string, string>[] = [
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      {},
      { origin: service.url, 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of foreign) {
      await me.post('/candidate/submit', new URLSearchParams(), headers);
      expect(me.status).toBe(403);
    }
    await me.post('/candidate/submit', new URLSearchParams(), { 'sec-fetch-site': 'same-origin' });
    expect(me.status).toBe(409);
  });

  it('has a strict policy on every page, and none of it inline', async () => {
    const me = await browser().open('/candidate');
    const policy = me.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    await me.signIn(1);
    expect(me.headers.get('content-security-policy')).toBe(policy);
    expect(me.page).not.toMatch(/ style=| on[a-z]+=|<script>|<style>/);
    await me.open('/candidate/nowhere');
    expect(me.status).toBe(404);
    expect(me.page).toContain('没有找到');
  });

  it('tells a wrong password, keeps the number, and locks after five', async () => {
    const me = await browser().signIn(1, 'wrong');
    expect(me.status).toBe(401);
    expect(me.text('alert')).toContain('报名号或密码不正确');
    expect(me.page).toContain(`value="${tinyCandidate(1).registrationNumber}"`);
    for (let count = 0; count < 4; count += 1) await me.signIn(1, 'wrong');
    await me.signIn(1);
    expect(me.status).toBe(429);
    expect(me.text('alert')).toContain('尝试次数过多');
  });
});

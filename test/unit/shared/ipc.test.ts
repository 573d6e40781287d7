import { describe, expect, it } from 'vitest';
import { agreementOf } from '../../../shared/agreement.ts';
import { EVERYTHING } from '../../../shared/audit/wire.ts';
import { AccountId } from '../../../shared/ids.ts';
import { CHANNELS, type Channel, EVENTS, imageUrl, QUEUE_FILTERS, QueueQuery, Settings } from '../../../shared/ipc.ts';
import { DeskMemory } from '../../../shared/memory.ts';
import { problem } from '../../../shared/problem.ts';
import { ExportAsk, ExportFilter, SpotCheck, SpotItem } from '../../../shared/spot-check/wire.ts';
import { approval, decision, NOW, policy, sha, submission } from '../../factories/submission.ts';
import {
  account,
  deskStatus,
  queueRow,
  receipt,
  reviewSubject,
  syncProgress,
  trackedDecision,
} from '../../factories/wire.ts';

const of = submission();
const made = decision(of, approval(of));
const subject = reviewSubject(of, {
  absent: [sha(9)],
  shared: [{ sha256: sha(301), registrationNumbers: ['2026990101000002'] }],
  decisions: [trackedDecision(made, { state: 'applied', receipt: receipt(made), answeredAt: NOW })],
});
const spotCheck = SpotCheck.parse({
  id: made.id,
  plan: { method: 'simple', size: 10, seed: 7, from: null, to: null, level: null },
  drawnBy: { id: 'acc-1', name: '样例督查员一' },
  drawnAt: NOW,
  frame: { size: 2, sha256: sha(1) },
  counts: { drawn: 1, open: 1, disputed: 0, settled: 0 },
});
const spotItem = SpotItem.parse({
  n: 1,
  submission: of.id,
  registrationNumber: of.registrationNumber,
  level: 'site',
  state: 'open',
  mine: 'may',
  results: null,
});
const query = QueueQuery.parse({});
const settings = Settings.parse({});
const signedIn = {
  account: account(),
  policy: policy(),
  mode: 'online',
  clockSkew: 12.5,
  protection: 'system',
  news: null,
};
const counts = Object.fromEntries(QUEUE_FILTERS.map((filter) => [filter, 0]));

/** One exchange of every channel. */
const EXCHANGES: Readonly<Record<Channel, readonly [input: unknown, output: unknown]>> = {
  info: [
    undefined,
    { version: '0.1.0', electron: '45.4.1', chromium: '1', node: '24', platform: 'linux', prefill: null },
  ],
  settings: [undefined, settings],
  changeSettings: [{ theme: 'dark' }, { ...settings, theme: 'dark' }],
  setMenu: [[{ label: '决定', items: [{ id: 'lock', label: '锁定', key: 'Space' }] }], undefined],
  showMenu: [undefined, undefined],
  reopen: [undefined, undefined],
  rhythm: [{ since: NOW }, { made: [NOW], left: 12 }],
  memory: [undefined, DeskMemory.parse({})],
  remember: [{ keys: { lock: ['KeyJ'] } }, undefined],
  saveKeys: [{ text: '{}' }, true],
  savePhrases: [{ text: '{}' }, true],
  openKeys: [undefined, { text: null }],
  signIn: [{ service: 'https://service.example', account: 'shenhe01', password: 'p' }, signedIn],
  startAnew: [
    { service: 'https://service.example', account: 'shenhe01', password: 'p', confirm: 'shenhe01' },
    signedIn,
  ],
  changePassword: [{ current: 'p', next: 'Another-2026' }, undefined],
  signOut: [undefined, undefined],
  session: [undefined, null],
  startSync: [undefined, undefined],
  cancelSync: [undefined, undefined],
  status: [undefined, deskStatus({ online: false, offlineSince: NOW, problem: problem('network.timeout') })],
  queuePage: [
    { ...query, after: null, limit: 50 },
    { rows: [queueRow(of)], total: 1, atLeast: false, cursor: null },
  ],
  queueCounts: [undefined, counts],
  queueNeighbours: [
    { ...query, id: of.id },
    { previous: null, next: null, onward: null, position: 1, total: 1, atLeast: false },
  ],
  subject: [{ id: of.id }, subject],
  renditions: [{ rendition: 'small', hashes: [sha(1), sha(2)] }, [new Uint8Array([255, 216]), null]],
  secondScreen: [undefined, undefined],
  align: [
    { before: sha(1), now: sha(2) },
    { similarity: { a: 1, b: 0, x: 0, y: 0 }, agreement: 0.9 },
  ],
  stay: [{ id: of.id }, undefined],
  leave: [{ id: of.id }, undefined],
  reviewers: [{ id: of.id }, [{ id: 'acc-2', name: '样例审核员二' }]],
  takeOver: [{ id: of.id, to: null, reason: '休假' }, undefined],
  decide: [
    { submissionId: of.id, revision: 1, act: approval(of) },
    { decision: made, subject },
  ],
  setAside: [{ submissionId: of.id, aside: { usual: 'call' } }, undefined],
  undo: [{ submissionId: null }, { withdrawn: made, name: '考生甲' }],
  redo: [undefined, { decision: made, dropped: null, name: '考生甲' }],
  decisions: [{ limit: 50 }, [trackedDecision(made)]],
  reasonUses: [undefined, { Q01: 3, S01: 1 }],
  parked: [undefined, [{ id: made.id, submissionId: of.id }]],
  conflict: [
    { id: made.id },
    { parked: trackedDecision(made, { state: 'conflict' }), subject, facts: [], absent: [sha(1)] },
  ],
  history: [{ id: of.id }, { decisions: [] }],
  auditPage: [
    { ...EVERYTHING, after: null, limit: 50 },
    { rows: [], next: null },
  ],
  auditCounts: [EVERYTHING, { total: 0, atLeast: false, kinds: {}, outcomes: {} }],
  auditPeople: [undefined, []],
  submissionHistory: [{ id: of.id }, { submission: of, events: [] }],
  resolve: [
    { id: made.id, choice: 'kept', revision: 2, act: approval(of) },
    { decision: made, subject },
  ],
  proofs: [undefined, { head: null, heads: 0, receipts: 0, included: 0, breaks: [], report: null }],
  startProofs: [undefined, undefined],
  cancelProofs: [undefined, undefined],
  noteBreak: [{ id: 1 }, undefined],
  saveReport: [{ name: 'report.txt', text: 'proven' }, true],
  spotChecks: [undefined, { checks: [spotCheck] }],
  drawSpotCheck: [spotCheck.plan, spotCheck],
  spotCheck: [
    { id: spotCheck.id },
    { check: spotCheck, items: [spotItem], agreement: { ...agreementOf([[0]]), table: [[0]], upheld: 0 } },
  ],
  spotSubject: [
    { id: spotCheck.id, n: 1 },
    { item: spotItem, subject },
  ],
  judgeSpot: [{ id: spotCheck.id, n: 1, said: { verdict: 'return', reasons: ['Q01'], comment: '' } }, spotItem],
  overview: [
    undefined,
    {
      at: NOW,
      statuses: [],
      ages: [],
      rounds: [],
      days: [],
      reviewers: [],
      reasons: [{ reason: 'Q01', n: 2 }],
      returns: 2,
    },
  ],
  decisionsToExport: [EVERYTHING, { rows: [], cut: false, filter: ExportFilter.parse({}) }],
  beginExport: [
    { ...ExportAsk.parse({ what: 'statistics', format: 'csv', filter: {}, rows: 2 }), name: '总览.csv' },
    { id: made.id, entry: 3, at: NOW, by: { id: AccountId.parse('acc-1'), name: '样例督查员一' } },
  ],
  writeExport: [
    { id: made.id, sheets: [{ name: '总览', stamp: ['样例'], columns: ['原因', '次'], rows: [['公章', 2]] }] },
    undefined,
  ],
  printExport: [{ id: made.id }, undefined],
};

describe.each(Object.keys(CHANNELS) as Channel[])('channel %s', (channel) => {
  const { input, output } = CHANNELS[channel];
  const [asked, answered] = EXCHANGES[channel];

  it('takes and gives what it declares, across a structured clone', () => {
    expect(input.parse(structuredClone(asked))).toEqual(asked);
    expect(output.parse(structuredClone(answered))).toEqual(answered);
  });

  it('refuses anything else', () => {
    expect(input.safeParse('text').success).toBe(false);
    if (asked !== undefined) expect(input.safeParse({ ...Object(asked), unknown: 1 }).success).toBe(false);
    if (answered !== null && typeof answered === 'object' && !Array.isArray(answered)) {
      expect(output.safeParse({ ...answered, unknown: 1 }).success).toBe(false);
    }
  });
});

describe('events', () => {
  it('survive a structured clone', () => {
    const changed = { tables: ['submissions'], submissions: [of.id] };
    expect(EVENTS.changed.parse(structuredClone(changed))).toEqual(changed);
    const status = deskStatus({ sync: syncProgress({ phase: 'images', remaining: null }) });
    expect(EVENTS.status.parse(structuredClone(status))).toEqual(status);
    expect(EVENTS.changed.safeParse({ tables: ['accounts'], submissions: [] }).success).toBe(false);
  });
});

describe('defaults and limits', () => {
  it('fill in settings and the queue’s query', () => {
    expect(settings).toEqual({
      language: 'zh-CN',
      theme: 'system',
      service: '',
      account: '',
      picturesGigabytes: 8,
      zoom: 100,
    });
    expect(query).toEqual({ filter: 'open', sort: 'deadline', descending: false, search: '' });
  });

  it('bound what a page may ask for', () => {
    const page = CHANNELS.queuePage.input;
    expect(page.safeParse({ ...query, after: null, limit: 501 }).success).toBe(false);
    expect(page.safeParse({ ...query, search: 'x'.repeat(65), after: null, limit: 1 }).success).toBe(false);
  });
});

describe('imageUrl', () => {
  it('holds rendition and hash, nothing else', () => {
    expect(imageUrl(sha(1))).toBe(`image://full/${sha(1)}`);
    expect(imageUrl(sha(1), 'small')).toBe(`image://small/${sha(1)}`);
  });
});

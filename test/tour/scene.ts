import { Decision } from '../../shared/decision.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import type { Mark } from '../../shared/mark.ts';
import { SpotCheck, SpotCheckDetail } from '../../shared/spot-check/wire.ts';
import type { Submission } from '../../shared/submission.ts';
import { Session } from '../../shared/wire.ts';
import { replaceMeanwhile } from '../e2e/stories/replaced-meanwhile.ts';
import { cleanOnes, type Planted, readTruth, withOneBadPicture } from '../e2e/truth.ts';
import { type Caller, callerOf, decisionOn, lockingAll, pull, send } from '../factories/running-service.ts';
import { approval, judged, refusal, returning } from '../factories/submission.ts';
import type { Borrowed } from './district.ts';

/** Somebody of the staff, past every desk. */
export async function staff({ service, accounts }: Borrowed, name: string): Promise<Caller> {
  const known = accounts.reviewers.find(({ account }) => account === name);
  if (!known) throw new Error(`the sample has no ${name}`);
  const { account, password } = known;
  const reply = await callerOf(service.url, '').ask('POST', '/v1/sessions', { body: { account, password } });
  return callerOf(service.url, Session.parse(reply.body).token);
}

/** What stands on the screens that are looked at. */
export type Scene = {
  /** A candidate with one bad picture, in the slot. */
  readonly bad: Planted & { readonly slot: string };
  /** One whose picture was returned with a mark and uploaded again. */
  readonly again: Planted & { readonly slot: string };
  /** Returned with marks, and not handed in again; refused; through all levels. By registration number. */
  readonly returned: string;
  readonly refused: string;
  readonly approved: string;
  /** Sent back by the district; open at the district; claimed by the second reviewer. */
  readonly sentBack: string;
  readonly upper: string;
  readonly held: string;
  /** The longest name, and one with a rare character, of those that are open. */
  readonly longName: string;
  readonly rareName: string;
  /** A picture of the one with the long name, which a faulty line loses. */
  readonly lost: string;
};

const LONG_WORDS =
  '试用期考核证明上的公章盖在日期上，看不出单位名称；带教老师一栏是打印的，没有本人签字。请单位重新出具，公章不要盖住文字。';
const VIEWED = [640, 1_800, 4_200];
const RARE = /[䶮㛃喆珺翀堃]|[\u{20000}-\u{3ffff}]/u;

/** Makes the district worth looking at: every state of a submission, conclusions of both levels, a spot check half judged. */
export async function prepare(district: Borrowed): Promise<Scene> {
  const [first, second, third, upper, supervisor] = await Promise.all([
    staff(district, 'reviewer1'),
    staff(district, 'reviewer2'),
    staff(district, 'reviewer3'),
    staff(district, 'district1'),
    staff(district, 'supervisor1'),
  ]);
  const { service, accounts, reviewer } = district;
  const [bad, again] = withOneBadPicture(await readTruth(service.folder));
  if (!bad || !again) throw new Error('the sample has too few candidates with one bad picture');
  const mark: Mark = { x: 0.3, y: 0.55, width: 0.3, height: 0.2, reason: null };
  await replaceMeanwhile({ service, accounts }, again, [again.slot], reviewer.account, [
    mark,
    { x: 0.2, y: 0.3, reason: null },
  ]);

  const standing = async (number: string): Promise<Submission> => {
    const found = (await pull(supervisor)).find(({ registrationNumber }) => registrationNumber === number);
    if (!found) throw new Error(`${number} is not in the feed`);
    return found;
  };
  const take = async (caller: Caller, ...decisions: readonly Decision[]) => {
    for (const answer of await send(caller, ...decisions)) {
      if (answer.outcome !== 'applied') throw new Error(`not taken: ${JSON.stringify(answer)}`);
    }
  };
  const used = new Set([bad.registrationNumber, again.registrationNumber]);
  const free = async () =>
    (await pull(supervisor)).filter((of) => of.status === 'pending' && !used.has(of.registrationNumber));
  const named = (of: Submission | undefined) => {
    if (!of) throw new Error('the sample has too few candidates');
    used.add(of.registrationNumber);
    return of.registrationNumber;
  };
  const open = await free();
  const longName = named([...open].sort((a, b) => b.form.name.length - a.form.name.length)[0]);
  const rareName = named(
    open.find((of) => RARE.test(of.form.name)) ?? open.find((of) => !used.has(of.registrationNumber)),
  );

  const clean = (await cleanOnes(service.folder)).filter((number) => !used.has(number));
  const pass = async (caller: Caller, number: string) => {
    const viewed = ({ slot, sha256 }: Submission['images'][number], index: number) => [
      { slot, sha256, ms: VIEWED[index % VIEWED.length] ?? 1_000, percent: 40 + index, rotated: index % 4 === 3 },
    ];
    const of = await standing(number);
    const locks = lockingAll(of).map((lock) => {
      const index = of.images.findIndex(({ slot }) => 'slot' in lock.act && slot === lock.act.slot);
      const image = of.images[index];
      return image ? Decision.parse({ ...lock, viewed: viewed(image, index) }) : lock;
    });
    if (locks.length > 0) await take(caller, ...locks);
    const now = await standing(number);
    await take(caller, decisionOn(now, approval(now)));
  };
  const [approved = '', sentBack = '', waiting = '', other = ''] = clean;
  if (other === '') throw new Error('the sample has too few candidates without defects');
  for (const number of [approved, sentBack, waiting, other]) {
    used.add(number);
    await pass(number === other ? first : second, number);
  }
  const upward = async (number: string, act: (of: Submission) => Decision['act']) => {
    const of = await standing(number);
    await take(upper, decisionOn(of, act(of)));
  };
  await upward(approved, approval);
  await upward(sentBack, (of) => ({
    kind: 'submission.send_back',
    images: judged(of),
    reasons: [],
    comment: LONG_WORDS,
  }));

  const left = await free();
  const returned = named(left[0]);
  const toReturn = await standing(returned);
  const slots = toReturn.images.slice(1, 4).map(({ slot }) => slot);
  const point = {
    reasons: ['Q01', 'S01'] as const,
    comment: LONG_WORDS,
    marks: [mark, { x: 0.7, y: 0.2, reason: 'Q01' }] as Mark[],
  };
  await take(second, decisionOn(toReturn, returning(toReturn, slots, { ...point, reasons: [...point.reasons] })));
  const refused = named(left[1]);
  const toRefuse = await standing(refused);
  await take(second, decisionOn(toRefuse, refusal(toRefuse)));
  const held = named(left[2]);
  const claimed = (await standing(held)).id;
  await second.ask('POST', '/v1/claims', { body: { submissions: [claimed] satisfies SubmissionId[] } });
  await halfJudged(supervisor, first);
  // At the second site everything is done.
  for (const of of await pull(third)) if (of.status === 'pending') await take(third, decisionOn(of, refusal(of)));
  const lost = (await standing(longName)).images[0]?.sha256 ?? '';
  return {
    lost,
    bad,
    again,
    returned,
    refused,
    approved,
    sentBack,
    upper: waiting,
    held,
    longName,
    rareName,
  };
}

/** A spot check of which the first reviewer has judged two: one as it was judged, one otherwise. */
async function halfJudged(supervisor: Caller, judge: Caller): Promise<void> {
  const plan = { method: 'simple', size: 10, seed: 20_260_302, from: null, to: null, level: null };
  const drawn = SpotCheck.parse((await supervisor.ask('POST', '/v1/spot-checks', { body: plan })).body);
  const { items } = await judge.get(`/v1/spot-checks/${drawn.id}`, SpotCheckDetail);
  const mine = items.filter(({ mine: may }) => may === 'may');
  for (const [index, { n }] of mine.slice(0, 3).entries()) {
    const verdict = index === 2 ? 'return' : 'approve';
    const body = {
      verdict,
      reasons: verdict === 'return' ? ['S01'] : [],
      comment: verdict === 'return' ? LONG_WORDS : '',
    };
    await judge.ask('POST', `/v1/spot-checks/${drawn.id}/items/${n}/judgements`, { body });
  }
}

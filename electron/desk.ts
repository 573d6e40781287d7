import type { SubmissionId } from '../shared/ids.ts';
import type { SignedIn } from '../shared/ipc.ts';
import { protectionOf } from './account/data-key.ts';
import { closeStores, type Surroundings } from './account/profile.ts';
import {
  type Credentials,
  type Opened,
  type OpenedAhead,
  type SignInOptions,
  signIn,
  signInOnline,
  takeOffice,
} from './account/sign-in.ts';
import type { Announce } from './changes.ts';
import { type Claims, openClaims } from './claims.ts';
import { viewOf } from './decide.ts';
import { Failure, problemOf } from './failure.ts';
import { type Gallery, openGallery } from './images/gallery.ts';
import type { Intake } from './images/intake-host.ts';
import { purgeFinished } from './images/purge.ts';
import type { Log } from './log.ts';
import { openProofs, type Proofs } from './proofs/proofs.ts';
import type { Office } from './store/meta.ts';
import { openUnsent, type Unsent } from './store/unsent.ts';
import { openSchedule, type Schedule } from './sync/schedule.ts';
import type { Service } from './sync/service.ts';

/** What can change while an account is at work. */
export type Standing = {
  office: Office;
  mode: 'online' | 'offline';
  clockSkew: number;
  /** What was typed at an offline sign-in, until the service has accepted it. Never written anywhere. */
  credentials: Credentials | null;
  /** What the sign-in has to tell; the page tells it once. */
  news: SignedIn['news'];
  protection: SignedIn['protection'];
};

/** An account at work. */
export type Desk = {
  readonly service: Service;
  readonly stores: Opened['stores'];
  readonly profile: Opened['profile'];
  /** What is looked at beside the work after a sign-in is through. */
  settled: Promise<void>;
  readonly schedule: Schedule;
  readonly standing: Standing;
  readonly gallery: Gallery;
  readonly unsent: () => Unsent;
  readonly claims: Claims;
  readonly proofs: Proofs;
};

/** What a desk needs of the workstation that it stands in. */
export type DeskOptions = {
  readonly userData: string;
  readonly surroundings: Surroundings;
  readonly openIntake: () => Intake;
  readonly now: () => Date;
  readonly random: () => number;
  readonly newDevice: () => string;
  readonly announce: Announce;
  readonly onStatus: () => void;
  readonly log: Log;
  readonly attended: () => readonly SubmissionId[];
  /** Most bytes that pictures may take up. */
  readonly budget: () => number;
  /** The account is at work with what is on this computer, while the service is asked; it may yet refuse. */
  readonly onOpened: (desk: Desk) => void;
} & Pick<SignInOptions, 'changed' | 'onDamage' | 'onRecovering'>;

/** Longest that a sign-out or an end waits for claims to be given back, ms. */
const GIVING_BACK = 2_000;

type Told = Pick<DeskOptions, 'now' | 'announce'>;

/**
 * Signs in at the service for opened data, which stays open whatever happens.
 * @throws Failure `session.*`, `network.*`
 */
export async function renew(
  { service, stores, standing }: Pick<Desk, 'service' | 'stores' | 'standing'>,
  credentials: Credentials,
  { now, announce }: Told,
): Promise<void> {
  const { office, clockSkew } = await signInOnline({ service, now }, credentials);
  takeOffice(stores, office);
  Object.assign(standing, {
    office,
    clockSkew,
    mode: 'online',
    credentials: null,
    news: null,
  } satisfies Partial<Standing>);
  announce(['session', 'submissions']);
}

/** Signs in with what was typed offline; false when there is nothing to sign in with any more. */
async function reconnect(parts: Pick<Desk, 'service' | 'stores' | 'standing'>, told: Told): Promise<boolean> {
  const { standing } = parts;
  if (!standing.credentials) return false;
  try {
    await renew(parts, standing.credentials, told);
    return true;
  } catch (error) {
    // Asking again with what was refused would lock the account.
    if (error instanceof Failure && error.code.startsWith('session.')) standing.credentials = null;
    throw error;
  }
}

/** What a desk begins with: what the password opened here, or what the service has answered to. */
type Beginning = OpenedAhead & Pick<Opened, 'problem'> & { readonly standing: Omit<Standing, 'protection'> };

/** Joins all that an account works with. `answer`: the service is still being asked, and what it was away for. */
function furnish(
  service: Service,
  { stores, profile, problem, standing: begun }: Beginning,
  answer: Promise<Failure | null> | null,
  options: DeskOptions,
): Desk {
  const { random, announce, onStatus, log, now, newDevice, attended, budget } = options;
  const standing: Standing = { ...begun, protection: protectionOf(profile) };
  const claims = openClaims({
    service,
    store: stores.review,
    view: () => viewOf(standing.office),
    online: () => schedule.connection().online,
    onMoved: () => schedule.refresh(),
    log,
  });
  const schedule: Schedule = openSchedule({
    service,
    stores,
    intake: options.openIntake(),
    attended,
    peace: options.surroundings.backupAfter ?? 0,
    budget,
    view: () => viewOf(standing.office),
    now,
    random,
    newDevice,
    announce,
    onStatus,
    onPulled: () => {
      claims.tend();
      proofs.look();
    },
    log,
    problem,
    answer,
    reconnect: () => reconnect({ service, stores, standing }, options),
  });
  const proofs: Proofs = openProofs({
    service,
    store: stores.review,
    sealFile: stores.sealFile,
    reviewFile: stores.reviewFile,
    reader: options.surroundings.recordsReader,
    now,
    online: () => schedule.connection().online,
    onStatus,
    log,
  });
  const gallery = openGallery({ stores, announce, log, refetch: () => schedule.start() });
  const unsent = openUnsent(stores.review.read);
  const settled = Promise.resolve();
  return { service, stores, profile, settled, schedule, standing, gallery, claims, proofs, unsent };
}

/** What stands once the service has answered, or is known to be away. */
function standingOf({ office, mode, clockSkew, news }: Opened, credentials: Credentials): Beginning['standing'] {
  return { office, mode, clockSkew, news, credentials: mode === 'offline' ? credentials : null };
}

/** Takes over what is looked at beside the work. */
function settle(desk: Desk, { settling }: Opened, { announce }: Told): void {
  const { profile, standing } = desk;
  desk.settled = settling.then((told) => {
    const now = protectionOf(profile);
    if (told === null && now === standing.protection) return;
    Object.assign(standing, { news: told ?? standing.news, protection: now });
    announce(['session']);
  });
}

/**
 * Signs an account in and opens all that it works with: by the password alone first, where that opens it, and then with
 * what the service answers. The service is the caller's to close when this fails, and the desk if `onOpened` gave one.
 * @throws Failure `session.*`, `network.*`, `store.*`, `recovery.*`
 */
export async function openDesk(service: Service, credentials: Credentials, options: DeskOptions): Promise<Desk> {
  const { announce } = options;
  let answered: (why: Failure | null) => void = () => undefined;
  const answer = new Promise<Failure | null>((resolve) => {
    answered = resolve;
  });
  let desk: Desk | null = null;
  const onAhead = (ahead: OpenedAhead) => {
    const { office } = ahead;
    const standing = { office, mode: 'offline', clockSkew: 0, credentials: null, news: null } as const;
    desk = furnish(service, { ...ahead, problem: null, standing }, answer, options);
    options.onOpened(desk);
  };
  const opened = await signIn({ ...options, service, onAhead }, credentials);
  const standing = standingOf(opened, credentials);
  const begun: Desk = desk ?? furnish(service, { ...opened, standing }, null, options);
  Object.assign(begun.standing, { ...standing, protection: protectionOf(opened.profile) });
  answered(opened.problem);
  settle(begun, opened, options);
  if (opened.moved) announce(['submissions']);
  return begun;
}

/** Leaves nothing of what is finished where the district wants it so. Failing must not hinder signing out. */
async function purge({ stores, standing }: Desk, { now, log }: Pick<DeskOptions, 'now' | 'log'>): Promise<void> {
  const { policy, account } = standing.office;
  if (!policy.purgeOnSignOut) return;
  const { signal } = new AbortController();
  const { level } = viewOf({ account, policy });
  try {
    const options = { stores, now, signal, attended: () => [], onPurged: () => undefined };
    log('images.purged', { submissions: await purgeFinished(options, level) });
  } catch (error) {
    log('images.unpurged', { code: problemOf(error, 'en').code });
  }
}

/** Gives back what was claimed and left untouched, as long as that takes no time. */
export function giveBack({ claims }: Desk): Promise<void> {
  return claims.end(GIVING_BACK);
}

/** Ends everything and closes the data. */
export async function closeDesk(
  desk: Desk,
  signedOut: boolean,
  options: Pick<DeskOptions, 'now' | 'log'>,
): Promise<void> {
  await giveBack(desk);
  await desk.schedule.close();
  await desk.proofs.close();
  if (signedOut) await purge(desk, options);
  await desk.service.close();
  await desk.settled;
  await closeStores(desk.stores);
}

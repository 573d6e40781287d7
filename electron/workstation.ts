import type { DecisionId, Sha256, SubmissionId } from '../shared/ids.ts';
import type { DeskStatus, Input, Settings, SignedIn } from '../shared/ipc.ts';
import type { Language } from '../shared/problem.ts';
import { closeStores, profileOf, type Surroundings } from './account/profile.ts';
import { type Credentials, type Opened, signIn, signInOnline, takeOffice } from './account/sign-in.ts';
import type { Announce } from './changes.ts';
import { type DecideOptions, type Holds, viewOf } from './decide.ts';
import { Failure, problemOf } from './failure.ts';
import { type Gallery, openGallery, type Shown } from './images/gallery.ts';
import type { Intake } from './images/intake-host.ts';
import { purgeFinished } from './images/purge.ts';

import type { Log } from './log.ts';
import { openSettings } from './settings.ts';
import { readCursor } from './store/cursor.ts';
import { type Office, readRecovery } from './store/meta.ts';
import { countOutbox } from './store/outbox.ts';
import { originOf } from './sync/address.ts';
import { openService, type Service } from './sync/client.ts';
import type { Patience } from './sync/dispatcher.ts';
import { openSchedule, type Schedule } from './sync/schedule.ts';

export type WorkstationOptions = {
  readonly userData: string;
  readonly surroundings: Surroundings;
  readonly openIntake: () => Intake;
  readonly holds: Holds;
  readonly now: () => Date;
  readonly random: () => number;
  readonly newDecisionId: () => DecisionId;
  readonly newDevice: () => string;
  readonly announce: Announce;
  readonly onStatus: () => void;
  readonly log: Log;
  readonly patience?: Patience;
};

/** What can change while an account is at work. */
type Standing = {
  office: Office;
  mode: 'online' | 'offline';
  clockSkew: number;
  /** What was typed at an offline sign-in, until the service has accepted it. Never written anywhere. */
  credentials: Credentials | null;
};

/** An account at work. */
type Desk = {
  readonly service: Service;
  readonly stores: Opened['stores'];
  readonly profile: Opened['profile'];
  readonly schedule: Schedule;
  readonly standing: Standing;
  readonly gallery: Gallery;
};

const IDLE: DeskStatus['sync'] = {
  phase: 'idle',
  first: true,
  submissions: { done: 0, total: 0 },
  images: { done: 0, total: 0 },
  bytes: { done: 0, total: 0 },
  complete: 0,
  remaining: null,
  problem: null,
};

/** The submission on screen and its two neighbours, which are read ahead. */
const ATTENDED = 3;

/** The desk without its window: settings, the signed-in account with its data, synchronisation and sending. */
export class Workstation {
  readonly #options: WorkstationOptions;
  readonly #settings: ReturnType<typeof openSettings>;
  readonly #changed: { current: (Credentials & { profile: Opened['profile'] }) | null } = { current: null };
  #desk: Desk | null = null;
  /** Submissions on or near the screen, the latest first. */
  #attended: readonly SubmissionId[] = [];
  /** A backup found the data of the open desk to be damaged. */
  #damaged = false;
  /** Sign-ins and sign-outs, one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: WorkstationOptions) {
    this.#options = options;
    this.#settings = openSettings(options.userData);
  }

  /** Language of texts for the user. */
  language(): Language {
    return this.#settings.read().language;
  }

  settings(): Settings {
    return this.#settings.read();
  }

  changeSettings(change: Input<'changeSettings'>): Settings {
    const { language, theme, service, account, picturesGigabytes } = change;
    return this.#settings.change({
      ...(language === undefined ? {} : { language }),
      ...(theme === undefined ? {} : { theme }),
      ...(service === undefined ? {} : { service }),
      ...(account === undefined ? {} : { account }),
      ...(picturesGigabytes === undefined ? {} : { picturesGigabytes }),
    });
  }

  session(): SignedIn | null {
    if (!this.#desk) return null;
    const { office, mode, clockSkew } = this.#desk.standing;
    return { ...office, mode, clockSkew };
  }

  /**
   * Signs in; for the account that is signed in already, only its session is renewed.
   * @throws Failure `session.*`, `network.*`, `store.*`
   */
  signIn(typed: Input<'signIn'>): Promise<SignedIn> {
    return this.#inTurn(async () => {
      const origin = originOf(typed.service);
      const credentials = { account: typed.account, password: typed.password };
      const desk = this.#desk;
      const same = desk?.profile.id === profileOf(this.#options.userData, origin, typed.account).id;
      if (desk && same) {
        await this.#renew(desk.service, desk.stores, desk.standing, credentials);
        desk.schedule.start();
      } else {
        await this.#close();
        if (desk) this.#options.announce(['session']);
        this.#desk = await this.#open(origin, credentials);
      }
      this.#remember(typed);
      const session = this.session();
      if (!session) throw new Failure('desk.failed');
      this.#options.log('session.opened', { mode: session.mode, role: session.account.role });
      this.#options.announce(['session', 'submissions', 'decisions']);
      this.#options.onStatus();
      return session;
    });
  }

  /** Closes the account's data and forgets its key. */
  signOut(): Promise<void> {
    return this.#inTurn(async () => {
      const service = this.#desk?.service;
      await service?.signOut().catch(() => undefined);
      await this.#close('signed out');
      this.#options.announce(['session']);
      this.#options.onStatus();
    });
  }

  /** Ends everything, before the app does. */
  close(): Promise<void> {
    return this.#inTurn(() => this.#close());
  }

  status(): DeskStatus {
    const desk = this.#desk;
    const language = this.language();
    if (!desk) {
      const counts = { waiting: 0, sent: 0, parked: 0 };
      return {
        online: false,
        offlineSince: null,
        problem: null,
        lastSync: null,
        ...counts,
        sync: IDLE,
        recovery: null,
      };
    }
    const { online, offlineSince, problem: away, sync } = desk.schedule.connection();
    const { review } = desk.stores;
    // What can't be saved matters more than what can't be sent.
    const problem = review.broken() ?? (this.#damaged ? new Failure('store.damaged') : away);
    return {
      online,
      offlineSince,
      problem: problem && problemOf(problem, language),
      lastSync: readCursor(review.read).lastSync,
      ...countOutbox(review.read),
      sync: { ...sync, problem: sync.problem && problemOf(sync.problem, language) },
      recovery: readRecovery(review.read, this.#options.now()),
    };
  }

  /** A submission has come on screen, or is read ahead for it. */
  attend(id: SubmissionId): void {
    this.#attended = [id, ...this.#attended.filter((other) => other !== id)].slice(0, ATTENDED);
    this.#desk?.schedule.attended();
  }

  startSync(): void {
    this.#signedIn().schedule.start();
  }

  cancelSync(): void {
    this.#signedIn().schedule.cancel();
  }

  /**
   * What reading and deciding need.
   * @throws Failure `session.expired` when nobody is signed in
   */
  work(): DecideOptions & { readonly view: ReturnType<typeof viewOf> } {
    const { standing, stores } = this.#signedIn();
    const { office } = standing;
    const { holds, now, newDecisionId } = this.#options;
    return { store: stores.review, ...office, holds, now, newId: newDecisionId, view: viewOf(office) };
  }

  /** After a commit that saved, withdrew or dismissed a decision. */
  decided(submissionId: SubmissionId): void {
    this.#options.announce(['decisions', 'submissions'], [submissionId]);
    this.#signedIn().schedule.decided();
  }

  /**
   * A picture for the page: the small rendition, or the whole one where there is none. One whose bytes cannot be read is
   * fetched again, a small rendition made again.
   */
  picture(rendition: 'full' | 'small', sha256: Sha256): Shown | null {
    return this.#desk?.gallery.show(rendition, sha256) ?? null;
  }

  #signedIn(): Desk {
    if (!this.#desk) throw new Failure('session.expired');
    return this.#desk;
  }

  /** For the next sign-in. A comfort: on a full disk work goes on without it. */
  #remember({ service, account }: Input<'signIn'>): void {
    try {
      this.#settings.change({ service, account });
    } catch (error) {
      this.#options.log('settings.unwritten', { code: problemOf(error, this.language()).code });
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #open(origin: string, credentials: Credentials): Promise<Desk> {
    const { userData, surroundings, now, newDevice, patience } = this.#options;
    const service = openService({
      origin,
      language: () => this.language(),
      ...(patience === undefined ? {} : { patience }),
    });
    this.#damaged = false;
    const onDamage = () => {
      this.#damaged = true;
      this.#options.onStatus();
    };
    try {
      const opened = await signIn(
        { userData, surroundings, service, now, newDevice, changed: this.#changed, log: this.#options.log, onDamage },
        credentials,
      );
      const { office, stores, profile, mode, clockSkew } = opened;
      const standing: Standing = { office, mode, clockSkew, credentials: mode === 'offline' ? credentials : null };
      const { random, announce, onStatus, log } = this.#options;
      const schedule = openSchedule({
        service,
        stores,
        intake: this.#options.openIntake(),
        attended: () => this.#attended,
        budget: () => this.#settings.read().picturesGigabytes * 1e9,
        view: () => viewOf(standing.office),
        now,
        random,
        newDevice,
        announce,
        onStatus,
        log,
        problem: opened.problem,
        reconnect: () => this.#reconnect(service, stores, standing),
      });
      const gallery = openGallery({ stores, announce, log, refetch: () => schedule.start() });
      return { service, stores, profile, schedule, standing, gallery };
    } catch (error) {
      await service.close();
      throw error;
    }
  }

  /** Signs in at the service for opened data, which stays open whatever happens. */
  async #renew(
    service: Service,
    stores: Opened['stores'],
    standing: Standing,
    credentials: Credentials,
  ): Promise<void> {
    const { office, clockSkew } = await signInOnline({ service, now: this.#options.now }, credentials);
    takeOffice(stores, office);
    Object.assign(standing, { office, clockSkew, mode: 'online', credentials: null } satisfies Standing);
    this.#options.announce(['session', 'submissions']);
  }

  async #reconnect(service: Service, stores: Opened['stores'], standing: Standing): Promise<boolean> {
    if (!standing.credentials) return false;
    try {
      await this.#renew(service, stores, standing, standing.credentials);
      return true;
    } catch (error) {
      // Asking again with what was refused would lock the account.
      if (error instanceof Failure && error.code.startsWith('session.')) standing.credentials = null;
      throw error;
    }
  }

  /** Leaves nothing of what is finished where the district wants it so. Failing must not hinder signing out. */
  async #purge({ stores, standing }: Desk): Promise<void> {
    const { policy, account } = standing.office;
    if (!policy.purgeOnSignOut) return;
    const { now, log } = this.#options;
    const { signal } = new AbortController();
    const { level } = viewOf({ account, policy });
    try {
      const options = { stores, now, signal, attended: () => [], onPurged: () => undefined };
      log('images.purged', { submissions: await purgeFinished(options, level) });
    } catch (error) {
      log('images.unpurged', { code: problemOf(error, this.language()).code });
    }
  }

  async #close(why?: 'signed out'): Promise<void> {
    const desk = this.#desk;
    this.#desk = null;
    if (!desk) return;
    await desk.schedule.close();
    if (why === 'signed out') await this.#purge(desk);
    await closeStores(desk.stores);
    await desk.service.close();
  }
}

import type { DecisionId, Sha256, SubmissionId } from '../shared/ids.ts';
import type { DeskStatus, Input, Output, Settings, SignedIn } from '../shared/ipc.ts';
import type { Language } from '../shared/problem.ts';
import type { DecisionHistory } from '../shared/wire.ts';
import { changePassword } from './account/data-key.ts';
import { profileExists, profileOf, setAside } from './account/profile.ts';
import { type Credentials, type Opened, signInOnline } from './account/sign-in.ts';
import { type DecideOptions, type Holds, viewOf } from './decide.ts';
import { closeDesk, type Desk, type DeskOptions, giveBack, openDesk, renew } from './desk.ts';
import { Failure, problemOf } from './failure.ts';
import type { Shown } from './images/gallery.ts';
import { openSettings } from './settings.ts';
import { NOBODY, statusOf } from './status.ts';
import { originOf } from './sync/address.ts';
import { openService } from './sync/client.ts';
import type { Patience } from './sync/line.ts';
import type { Service } from './sync/service.ts';
import { plainWay, type Way } from './sync/way.ts';

export type WorkstationOptions = Omit<
  DeskOptions,
  'attended' | 'budget' | 'changed' | 'onDamage' | 'onRecovering' | 'onOpened'
> & {
  readonly holds: Holds;
  readonly newDecisionId: () => DecisionId;
  readonly patience?: Patience;
  /** How this computer reaches the service; otherwise as the environment says. */
  readonly way?: Way;
};

/** Problems of data that can't be opened, after which it may be set aside. */
const UNOPENED: ReadonlySet<string> = new Set(['store.locked', 'store.sealed', 'store.key', 'recovery.key']);

/** The submission on screen and those that are read ahead. */
const ATTENDED = 5;

/** The desk without its window: settings, the signed-in account with its data, synchronisation and sending. */
export class Workstation {
  readonly #options: WorkstationOptions;
  readonly #settings: ReturnType<typeof openSettings>;
  readonly #changed: { current: (Credentials & { profile: Opened['profile'] }) | null } = { current: null };
  #desk: Desk | null = null;
  /** Submissions on or near the screen, the latest first. */
  #attended: readonly SubmissionId[] = [];
  /** The profile that the last sign-in could not open. */
  #stuck: string | null = null;
  /** The administrator's copy of a key is being asked for. */
  #recovering = false;
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
    const { language, theme, service, account, picturesGigabytes, zoom } = change;
    return this.#settings.change({
      ...(language === undefined ? {} : { language }),
      ...(theme === undefined ? {} : { theme }),
      ...(service === undefined ? {} : { service }),
      ...(account === undefined ? {} : { account }),
      ...(picturesGigabytes === undefined ? {} : { picturesGigabytes }),
      ...(zoom === undefined ? {} : { zoom }),
    });
  }

  session(): SignedIn | null {
    if (!this.#desk) return null;
    const { office, mode, clockSkew, news, protection } = this.#desk.standing;
    return { ...office, mode, clockSkew, news, protection };
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
        await renew(desk, credentials, this.#options);
        desk.schedule.start();
      } else {
        await this.#close();
        if (desk) this.#options.announce(['session']);
        this.#desk = await this.#open(origin, credentials);
      }
      return this.#begun(typed);
    });
  }

  /**
   * Sets data aside that can't be opened, and signs in on new data. Only after a sign-in that failed over exactly this.
   * @throws Failure `request.invalid`, `session.*`, `network.*`, `store.*`
   */
  startAnew({ confirm, ...typed }: Input<'startAnew'>): Promise<SignedIn> {
    return this.#inTurn(async () => {
      const { userData, surroundings, now, log } = this.#options;
      const origin = originOf(typed.service);
      const profile = profileOf(userData, origin, typed.account);
      if (confirm.trim() !== typed.account || this.#desk || this.#stuck !== profile.id || !profileExists(profile)) {
        throw new Failure('request.invalid', 'not confirmed');
      }
      const credentials = { account: typed.account, password: typed.password };
      const service = this.#openService(origin);
      // Whoever may not sign in may not set anything aside either.
      await signInOnline({ service, now }, credentials).finally(() => service.signOut().catch(() => undefined));
      await service.close();
      setAside(profile, surroundings.binding, now());
      log('profile.set_aside', { profile: profile.id });
      this.#changed.current = null;
      this.#desk = await this.#open(origin, credentials);
      this.#desk.standing.news = 'set_aside';
      return this.#begun(typed);
    });
  }

  /**
   * Changes the password of the account at work.
   * @throws Failure `password.*`, `network.*`, `session.expired`
   */
  changePassword({ current, next }: Input<'changePassword'>): Promise<void> {
    return this.#inTurn(async () => {
      const { service, profile, schedule, settled } = this.#signedIn();
      await settled;
      if (!service.signedIn()) throw schedule.connection().problem ?? new Failure('session.expired');
      const seal = this.#options.surroundings.seal?.() ?? null;
      await changePassword(service, profile, { current, next, seal });
      this.#options.log('password.changed');
    });
  }

  /** Closes the account's data and forgets its key. */
  signOut(): Promise<void> {
    return this.#inTurn(async () => {
      const desk = this.#desk;
      if (desk) await giveBack(desk);
      await desk?.service.signOut().catch(() => undefined);
      await this.#close(true);
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
    const now = this.#options.now();
    if (!desk) return { ...NOBODY, recovering: this.#recovering };
    return statusOf({ ...desk, ...desk.standing, damaged: this.#damaged }, now, this.language());
  }

  /** A submission has come on screen, or is read ahead for it. */
  attend(id: SubmissionId): void {
    this.#attended = [id, ...this.#attended.filter((other) => other !== id)].slice(0, ATTENDED);
    this.#desk?.schedule.attended();
  }

  /** A submission stays on screen: the reviewer works on it. */
  stay(id: SubmissionId): void {
    this.#signedIn().claims.stay(id);
  }

  /** It has left the screen. */
  leave(id: SubmissionId): void {
    this.#desk?.claims.leave(id);
  }

  /**
   * Who could review a submission now, by the service.
   * @throws Failure `account.not_allowed` for anybody but supervisors, `network.*`
   */
  async reviewers(id: SubmissionId): Promise<Output<'reviewers'>> {
    const { reviewers } = await this.#signedIn().service.reviewers(id);
    return reviewers;
  }

  /**
   * Gives a submission to a reviewer, or to nobody. Only the service can do that, and only for supervisors.
   * @throws Failure `account.not_allowed`, `claim.*`, `network.*`
   */
  async takeOver({ id, to, reason }: Input<'takeOver'>): Promise<void> {
    const { service, schedule } = this.#signedIn();
    await service.takeOver(id, { to, reason });
    schedule.refresh();
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

  /**
   * What the service has applied to a submission, in order.
   * @throws Failure `network.*`, `session.expired`, `request.not_found` when it is out of reach
   */
  history(id: SubmissionId): Promise<DecisionHistory> {
    return this.#signedIn().service.history(id);
  }

  /**
   * What only the service knows or records.
   * @throws Failure `session.expired` when nobody is signed in
   */
  service(): Service {
    return this.#signedIn().service;
  }

  /** After a commit that moved a submission's row and nothing that is sent. */
  moved(submissionId: SubmissionId): void {
    this.#options.announce(['decisions', 'submissions'], [submissionId]);
  }

  /** After a commit that saved, withdrew or resolved a decision. */
  decided(submissionId: SubmissionId): void {
    this.moved(submissionId);
    this.#signedIn().schedule.decided();
  }

  /**
   * A picture for the page: the small rendition, or the whole one where there is none. One whose bytes cannot be read is
   * fetched again, a small rendition made again.
   */
  picture(rendition: 'full' | 'small', sha256: Sha256): Shown | null {
    return this.#desk?.gallery.show(rendition, sha256) ?? null;
  }

  /**
   * What proves the records of the account at work.
   * @throws Failure `session.expired` when nobody is signed in
   */
  proofs(): Desk['proofs'] {
    return this.#signedIn().proofs;
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

  /** What there is to do and to tell once an account is at work. */
  #begun(typed: Input<'signIn'>): SignedIn {
    this.#remember(typed);
    const session = this.session();
    if (!session) throw new Failure('desk.failed');
    this.#options.log('session.opened', { mode: session.mode, role: session.account.role });
    this.#told();
    return session;
  }

  /** The page reads again who is at work, and all of theirs if that is somebody else. */
  #told(): void {
    this.#options.announce(['session']);
    this.#options.onStatus();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #open(origin: string, credentials: Credentials): Promise<Desk> {
    const service = this.#openService(origin);
    this.#damaged = false;
    this.#stuck = null;
    try {
      return await openDesk(service, credentials, {
        ...this.#options,
        changed: this.#changed,
        attended: () => this.#attended,
        budget: () => this.#settings.read().picturesGigabytes * 1e9,
        onDamage: () => {
          this.#damaged = true;
          this.#options.onStatus();
        },
        onRecovering: (active) => {
          this.#recovering = active;
          this.#options.onStatus();
        },
        onOpened: (desk) => {
          this.#desk = desk;
          this.#told();
        },
      });
    } catch (error) {
      if (this.#desk) {
        // The service refuses what the password has opened here. What was decided meanwhile stays and waits.
        this.#options.log('session.refused', { code: problemOf(error, 'en').code });
        await this.#close();
        this.#told();
        throw error;
      }
      if (error instanceof Failure && UNOPENED.has(error.code)) {
        this.#stuck = profileOf(this.#options.userData, origin, credentials.account).id;
      }
      await service.close();
      throw error;
    }
  }

  #openService(origin: string): Service {
    const { userData, now, patience, log } = this.#options;
    const way = this.#options.way ?? plainWay(userData, log);
    const limits = patience === undefined ? {} : { patience };
    return openService({ origin, language: () => this.language(), way, now, ...limits });
  }

  async #close(signedOut = false): Promise<void> {
    const desk = this.#desk;
    this.#desk = null;
    if (desk) await closeDesk(desk, signedOut, this.#options);
  }
}

import { z } from 'zod';
import { Aside } from './aside.ts';
import {
  AuditAsk,
  AuditCounts,
  AuditFilter,
  AuditPage,
  AuditPeople,
  AuditRow,
  SubmissionHistory,
} from './audit/wire.ts';
import { ImageFacts } from './checks/check.ts';
import { Holder } from './claim.ts';
import { DeadlineRisk } from './deadline-risk.ts';
import { Act, Decision, Receipt } from './decision.ts';
import { ExportSheet } from './export/sheet.ts';
import { DecisionId, Instant, MaterialCode, Sha256, Slot, SubmissionId } from './ids.ts';
import { DeskMemory, DeskMemoryChange } from './memory.ts';
import { Overview } from './overview.ts';
import { Policy } from './policy.ts';
import { Problem, ProblemCode } from './problem.ts';
import { LogBreak, ProofState } from './proofs.ts';
import { QUEUE_FILTERS, QueueQuery } from './queue-query.ts';
import { Choice } from './resolve.ts';
import { GIGABYTES, LANGUAGES, LONGEST, THEMES, ZOOMS } from './setting-values.ts';
import { Alignment } from './similarity.ts';
import {
  DrawPlan,
  ExportAsk,
  ExportFilter,
  ExportMade,
  SpotAgreement,
  SpotCheck,
  SpotCheckDetail,
  SpotChecks,
  SpotItem,
  SpotVerdict,
} from './spot-check/wire.ts';
import { Reason, STATUSES, Submission } from './submission.ts';
import { Viewed } from './viewing.ts';
import { Account, DecisionHistory, Takeover } from './wire.ts';

export { QUEUE_FILTERS, QUEUE_SORTS, QueueQuery } from './queue-query.ts';

const SETTING = {
  language: z.enum(LANGUAGES),
  theme: z.enum(THEMES),
  /** Address of the service, as last used. */
  service: z.string().max(LONGEST.service),
  /** Account name, as last used. */
  account: z.string().max(LONGEST.account),
  /** Most that the pictures of an account may take up on this computer, GB (10⁹ bytes). */
  picturesGigabytes: z.number().int().min(GIGABYTES.least).max(GIGABYTES.most),
  /** Size of texts and controls, percent. */
  zoom: z.literal(ZOOMS),
};

/** Settings of this workstation, kept in a file without personal data. */
export const Settings = z.strictObject({
  language: SETTING.language.default('zh-CN'),
  theme: SETTING.theme.default('system'),
  service: SETTING.service.default(''),
  account: SETTING.account.default(''),
  picturesGigabytes: SETTING.picturesGigabytes.default(8),
  zoom: SETTING.zoom.default(100),
});
/** Settings to change; made without the defaults, which would set back all that is not named. */
const SettingsChange = z.strictObject(SETTING).partial();
export type Settings = z.infer<typeof Settings>;

/** Who is signed in, and how. */
export const SignedIn = z.strictObject({
  account: Account,
  policy: Policy,
  /** Offline: opened with the data of this computer alone. */
  mode: z.enum(['online', 'offline']),
  /** Workstation clock minus service clock, ms; 0 when unknown. */
  clockSkew: z.number(),
  /** What protects the data on this computer: password and system, or the password alone. */
  protection: z.enum(['system', 'password']),
  /**
   * What this sign-in has to tell: the data was opened by the administrator's key; the system protects nothing here;
   * the former data was set aside.
   */
  news: z.enum(['recovered', 'password_only', 'set_aside']).nullable(),
});
export type SignedIn = z.infer<typeof SignedIn>;

/** Progress of a synchronisation; the same numbers feed the first-sync page and the status bar. */
export const SyncProgress = z.strictObject({
  phase: z.enum(['idle', 'submissions', 'images', 'done', 'cancelled', 'failed']),
  /** Nothing was ever synced through on this computer: show the page, not the bar. */
  first: z.boolean(),
  submissions: z.strictObject({ done: z.number(), total: z.number() }),
  images: z.strictObject({ done: z.number(), total: z.number() }),
  bytes: z.strictObject({ done: z.number(), total: z.number() }),
  /** Submissions with all their images here. */
  complete: z.number(),
  /** Estimate, ms; null while unknown. */
  remaining: z.number().nullable(),
  problem: Problem.nullable(),
});
export type SyncProgress = z.infer<typeof SyncProgress>;

/** What happened when damaged data on this computer was set right: news for a day. */
export const Recovery = z.strictObject({
  at: Instant,
  /** When the backup was made that the data goes on from; null when there was none. */
  backup: Instant.nullable(),
  /** Decisions that are here again. */
  decisions: z.number().int(),
  /** Of these, those whose way is unknown: parked, for the reviewer to look at. */
  uncertain: z.number().int(),
  /** Decisions that were made and could not be read any more. */
  missing: z.number().int(),
});
export type Recovery = z.infer<typeof Recovery>;

/** What waits to be sent, by kind. */
export const Waiting = z.strictObject({
  /** Decisions on pictures alone. */
  images: z.number().int(),
  returns: z.number().int(),
  approvals: z.number().int(),
  refusals: z.number().int(),
  /** When the oldest was made; null when nothing waits. */
  oldestAt: Instant.nullable(),
});
export type Waiting = z.infer<typeof Waiting>;

/** The status bar's numbers. */
export const DeskStatus = z.strictObject({
  online: z.boolean(),
  /** The desk was opened by the password alone; the service has not answered yet. */
  signingIn: z.boolean(),
  /** Since when the service has not answered. */
  offlineSince: Instant.nullable(),
  /** Why, when it doesn't. */
  problem: Problem.nullable(),
  lastSync: Instant.nullable(),
  waiting: z.number().int(),
  sent: z.number().int(),
  parked: z.number().int(),
  line: z.strictObject({
    /** Host of the proxy in use. */
    proxy: z.string().nullable(),
    /** How long answers take, ms, when that is long. */
    slow: z.number().nullable(),
    /** When the service is asked again; null while it answers or is being asked. */
    nextTryAt: Instant.nullable(),
  }),
  unsent: Waiting,
  /** Why decisions were not taken, the most frequent reason first. */
  parkedWhy: z.array(z.strictObject({ code: ProblemCode, count: z.number().int() })),
  /** Deadlines at risk; null while decisions go out. */
  risk: DeadlineRisk.nullable(),
  sync: SyncProgress,
  /** At sign-in: the key to the data is being asked for at the service. */
  recovering: z.boolean(),
  /** The data was damaged and has been recovered; null when there is nothing to tell. */
  recovery: Recovery.nullable(),
  /** Proofs of the records that don't hold, the first found first. */
  broken: z.array(LogBreak),
});
export type DeskStatus = z.infer<typeof DeskStatus>;

export const MaterialState = z.strictObject({
  material: MaterialCode,
  count: z.number().int(),
  min: z.number().int(),
  /** The worst of its images: missing before returned before open before locked. */
  state: z.enum(['missing', 'returned', 'open', 'locked', 'empty']),
});
export type MaterialState = z.infer<typeof MaterialState>;

export const QueueRow = z.strictObject({
  id: SubmissionId,
  registrationNumber: z.string(),
  name: z.string(),
  /** Last four characters of the ID number. */
  idTail: z.string(),
  level: z.string(),
  class: z.string(),
  paths: z.array(z.string()),
  status: z.enum(STATUSES),
  round: z.number().int(),
  materials: z.array(MaterialState),
  /** Images not judged plus required ones missing. */
  points: z.number().int(),
  /** Images that the level which reviews it has dealt with. */
  judged: z.number().int(),
  submittedAt: Instant,
  deadline: Instant.nullable(),
  /** All images are here and verified. */
  complete: z.boolean(),
  /** Decisions not yet sent. */
  waiting: z.number().int(),
  /** A decision of this submission was not taken. */
  parked: z.boolean(),
  /** Why it is set aside; null when it isn't. */
  aside: Aside.nullable(),
  /** Who reviews it; null for nobody. */
  claim: z.strictObject({ name: z.string(), since: Instant, mine: z.boolean() }).nullable(),
});
export type QueueRow = z.infer<typeof QueueRow>;

export const QueuePage = z.strictObject({
  rows: z.array(QueueRow),
  total: z.number().int(),
  /** There are more than `total`, which were not counted: a search that fits very many. */
  atLeast: z.boolean(),
  /** Give it back as `after` for the next page; null at the end. */
  cursor: z.string().nullable(),
});
export type QueuePage = z.infer<typeof QueuePage>;

/** Stations of a decision's way. `withdrawn`: undone before it was sent. `dismissed`: not taken, dealt with by the reviewer. */
export const DECISION_STATES = [
  'waiting',
  'sending',
  'applied',
  'conflict',
  'refused',
  'withdrawn',
  'dismissed',
] as const;
/** A decision and its way to the service. */
export const TrackedDecision = z.strictObject({
  decision: Decision,
  state: z.enum(DECISION_STATES),
  /** Until then it can be undone and isn't sent. */
  heldUntil: Instant.nullable(),
  attempts: z.number().int(),
  lastTriedAt: Instant.nullable(),
  answeredAt: Instant.nullable(),
  problem: Problem.nullable(),
  slots: z.array(Slot),
  receipt: Receipt.nullable(),
  /** For lists. */
  name: z.string(),
  registrationNumber: z.string(),
  /** What a person did about it when it was not taken, and the decision that stands in its place. */
  resolution: z.strictObject({ choice: Choice, by: DecisionId.nullable(), at: Instant }).nullable(),
});
export type TrackedDecision = z.infer<typeof TrackedDecision>;

/** All that the review screen needs for one submission. */
export const ReviewSubject = z.strictObject({
  /** With the decisions of this computer already applied. */
  submission: Submission,
  /** Facts of the images that are here, by hash. */
  facts: z.array(ImageFacts),
  /** Images not (or no longer) here. */
  absent: z.array(Sha256),
  /** It is finished, and its images were removed from this computer; they are fetched when it is looked at. */
  purged: z.boolean(),
  /** Hashes that other submissions use too, with their registration numbers. */
  shared: z.array(z.strictObject({ sha256: Sha256, registrationNumbers: z.array(z.string()) })),
  /** Decisions on this submission, newest first. */
  decisions: z.array(TrackedDecision),
  /** Whether undo would do something. */
  undoable: z.boolean(),
  /** Why it is set aside; null when it isn't. */
  aside: Aside.nullable(),
});
export type ReviewSubject = z.infer<typeof ReviewSubject>;

/** All that is shown of a decision that was not taken. */
export const ConflictSubject = z.strictObject({
  parked: TrackedDecision,
  /** The submission as it is now; null when it is not (or no longer) here. */
  subject: ReviewSubject.nullable(),
  /** Facts of the pictures that were judged and are here. */
  facts: z.array(ImageFacts),
  /** Pictures that were judged and are not here. */
  absent: z.array(Sha256),
});
export type ConflictSubject = z.infer<typeof ConflictSubject>;

/** The commands as the application menu shows them: groups with the names and keys of the language in use. */
export const MenuGroups = z
  .array(
    z.strictObject({
      label: z.string().max(60),
      items: z
        .array(z.strictObject({ id: z.string().max(40), label: z.string().max(80), key: z.string().max(40) }))
        .max(80),
    }),
  )
  .max(20);
export type MenuGroups = z.infer<typeof MenuGroups>;

const Nothing = z.undefined();

/** An answer over IPC: the value, or a problem to show. Bugs are exceptions; these are not. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** Every channel with what goes in and what comes out. Both are parsed on both sides. */
export const CHANNELS = {
  /** Versions, for the about line and reports. */
  info: {
    input: Nothing,
    output: z.strictObject({
      version: z.string(),
      electron: z.string(),
      chromium: z.string(),
      node: z.string(),
      platform: z.string(),
      /** Sign-in filled in by `npm start` for the sample district; null otherwise. */
      prefill: z
        .strictObject({ service: z.string(), account: z.string(), password: z.string(), atOnce: z.boolean() })
        .nullable(),
    }),
  },
  settings: { input: Nothing, output: Settings },
  changeSettings: { input: SettingsChange, output: Settings },
  /** What the application menu shows; empty while nobody is signed in. */
  setMenu: { input: MenuGroups, output: Nothing },
  /** Opens it at the window's corner, on systems where it stands nowhere. */
  showMenu: { input: Nothing, output: Nothing },
  /** Ends the page and opens it anew where it was: nothing is drawn any more. */
  reopen: { input: Nothing, output: Nothing },
  /** What the desk remembers of the account at work on this computer. */
  memory: { input: Nothing, output: DeskMemory },
  remember: { input: DeskMemoryChange, output: Nothing },
  /** When conclusions were made here since an instant, and how many submissions are left to this reviewer. */
  rhythm: {
    input: z.strictObject({ since: Instant }),
    output: z.strictObject({ made: z.array(Instant), left: z.number().int() }),
  },
  /** Saves a file of keys where the user says; false when nowhere. */
  saveKeys: { input: z.strictObject({ text: z.string().max(64_000) }), output: z.boolean() },
  /** Saves a file of phrases where the user says; false when nowhere. */
  savePhrases: { input: z.strictObject({ text: z.string().max(64_000) }), output: z.boolean() },
  /** Text of a file that the user chooses; null when none. Parsed by whoever uses it. */
  openKeys: { input: Nothing, output: z.strictObject({ text: z.string().max(64_000).nullable() }) },
  signIn: {
    input: z.strictObject({
      service: z.string().trim().min(1).max(300),
      account: z.string().trim().min(1).max(64),
      password: z.string().min(1).max(256),
    }),
    output: SignedIn,
  },
  /**
   * Sets the data of an account that can't be opened aside, whole and under another name, and begins anew. `confirm` is
   * the account's name, typed once more.
   */
  startAnew: {
    input: z.strictObject({
      service: z.string().trim().min(1).max(300),
      account: z.string().trim().min(1).max(64),
      password: z.string().min(1).max(256),
      confirm: z.string().max(64),
    }),
    output: SignedIn,
  },
  /** Changes the password of the account at work, at the service and on this computer. */
  changePassword: {
    input: z.strictObject({ current: z.string().min(1).max(256), next: z.string().min(1).max(256) }),
    output: Nothing,
  },
  signOut: { input: Nothing, output: Nothing },
  session: { input: Nothing, output: SignedIn.nullable() },
  startSync: { input: Nothing, output: Nothing },
  cancelSync: { input: Nothing, output: Nothing },
  status: { input: Nothing, output: DeskStatus },
  queuePage: {
    input: QueueQuery.extend({ after: z.string().max(400).nullable(), limit: z.number().int().min(1).max(500) }),
    output: QueuePage,
  },
  queueCounts: {
    input: Nothing,
    output: z.record(z.enum(QUEUE_FILTERS), z.number().int()),
  },
  /**
   * The submissions before and after one in the order of a query; works when it itself no longer matches. Those that a
   * colleague holds are passed over, those set aside come last.
   */
  queueNeighbours: {
    input: QueueQuery.extend({ id: SubmissionId }),
    output: z.strictObject({
      previous: SubmissionId.nullable(),
      next: SubmissionId.nullable(),
      /** Where it goes on after a decision: set-aside ones only when no other is left. */
      onward: SubmissionId.nullable(),
      /** 1-based place, 0 when it is not in the query, null when it is too far on to be counted. */
      position: z.number().int().nullable(),
      total: z.number().int(),
      atLeast: z.boolean(),
    }),
  },
  subject: { input: z.strictObject({ id: SubmissionId }), output: ReviewSubject },
  /** Pictures as they are kept here, several in one answer; null for one that is not here. */
  renditions: {
    input: z.strictObject({ rendition: z.enum(['full', 'small']), hashes: z.array(Sha256).min(1).max(64) }),
    output: z.array(z.instanceof(Uint8Array).nullable()),
  },
  /** Opens the window for a second screen, or closes it. */
  secondScreen: { input: Nothing, output: Nothing },
  /** How the picture that was replaced lies on the one that is there now; null when that can't be found out. */
  align: {
    input: z.strictObject({ before: Sha256, now: Sha256 }),
    output: Alignment.nullable(),
  },
  /** A submission has been on screen for a moment: it is claimed for the reviewer as soon as the service is there. */
  stay: { input: z.strictObject({ id: SubmissionId }), output: Nothing },
  /** It has left the screen: what was only looked at is given back. */
  leave: { input: z.strictObject({ id: SubmissionId }), output: Nothing },
  /** Who could review a submission now; asked of the service, for supervisors. */
  reviewers: { input: z.strictObject({ id: SubmissionId }), output: z.array(Holder) },
  /** Gives a submission to a reviewer or to nobody; for supervisors, with the service alone. */
  takeOver: { input: Takeover.extend({ id: SubmissionId }), output: Nothing },
  /** Saves a decision with its outbox row and audit entry in one transaction; answers only after the commit. */
  decide: {
    input: z.strictObject({
      submissionId: SubmissionId,
      revision: z.number().int().positive(),
      act: Act,
      /** How the pictures that it judges were on screen. */
      viewed: z.array(Viewed).max(99).optional(),
    }),
    output: z.strictObject({ decision: Decision, subject: ReviewSubject }),
  },
  /**
   * Takes back what was done last, of one submission or of all: withdraws the newest unsent decision; parks again what
   * was dealt with by it, or by a 放弃 after it.
   */
  undo: {
    input: z.strictObject({ submissionId: SubmissionId.nullable() }),
    output: z.strictObject({
      withdrawn: Decision.nullable(),
      reopened: Decision.optional(),
      /** The submission that isn't set aside any more, or is again. */
      aside: SubmissionId.optional(),
      /** The candidate it was about. */
      name: z.string(),
    }),
  },
  /** Sets a submission aside on this computer, to come back to it; null takes it up again. Nothing of it is sent. */
  setAside: { input: z.strictObject({ submissionId: SubmissionId, aside: Aside.nullable() }), output: Nothing },
  /** Does again what was undone last: the decision is made anew, or the parked one dropped again. */
  redo: {
    input: Nothing,
    output: z.strictObject({
      decision: Decision.nullable(),
      dropped: Decision.nullable(),
      aside: SubmissionId.optional(),
      name: z.string(),
    }),
  },
  /** Decisions, newest first, by state or submission. */
  decisions: {
    input: z.strictObject({
      states: z.array(z.enum(DECISION_STATES)).optional(),
      submissionId: SubmissionId.optional(),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.array(TrackedDecision),
  },
  /** How often this account gave each reason to a picture lately. */
  reasonUses: { input: Nothing, output: z.partialRecord(Reason, z.number().int()) },
  /** Decisions that were not taken and wait for a person, oldest first. */
  parked: {
    input: Nothing,
    output: z.array(z.strictObject({ id: DecisionId, submissionId: SubmissionId })),
  },
  /** One of them, with the submission as it is now. */
  conflict: { input: z.strictObject({ id: DecisionId }), output: ConflictSubject },
  /** What the service has applied to a submission, in order; needs the network. */
  history: { input: z.strictObject({ id: SubmissionId }), output: DecisionHistory },
  /** Decisions of everybody in the own place, for supervisors; asked of the service, like the next three. */
  auditPage: { input: AuditAsk, output: AuditPage },
  auditCounts: { input: AuditFilter, output: AuditCounts },
  auditPeople: { input: Nothing, output: AuditPeople.shape.people },
  /** Everything that happened to a submission, with the pictures as they were. */
  submissionHistory: { input: z.strictObject({ id: SubmissionId }), output: SubmissionHistory },
  /**
   * What a person does about a decision that was not taken, in one transaction: the same judgement on what is there now,
   * another decision, or none. The parked one stays in the outbox and in the log.
   */
  resolve: {
    input: z.discriminatedUnion('choice', [
      z.strictObject({ id: DecisionId, choice: z.literal('dropped') }),
      z.strictObject({
        id: DecisionId,
        choice: z.enum(['kept', 'changed']),
        revision: z.number().int().positive(),
        act: Act,
        viewed: z.array(Viewed).max(99).optional(),
      }),
    ]),
    output: z.strictObject({ decision: Decision.nullable(), subject: ReviewSubject.nullable() }),
  },
  /** What is known of the proofs, and how far a verification has come. */
  proofs: { input: Nothing, output: ProofState },
  startProofs: { input: Nothing, output: Nothing },
  cancelProofs: { input: Nothing, output: Nothing },
  /** Takes note of a finding that no check can take back. */
  noteBreak: { input: z.strictObject({ id: z.number().int() }), output: Nothing },
  /** Asks where to, and writes a report there; false when the person thought better of it. */
  saveReport: {
    input: z.strictObject({ name: z.string().min(1).max(120), text: z.string().max(500_000) }),
    output: z.boolean(),
  },
  /** 抽查: the spot checks of the own place, newest first. All five ask the service. */
  spotChecks: { input: Nothing, output: SpotChecks },
  /** Draws a sample; for supervisors. */
  drawSpotCheck: { input: DrawPlan, output: SpotCheck },
  spotCheck: {
    input: z.strictObject({ id: z.uuid() }),
    output: SpotCheckDetail.extend({ agreement: SpotAgreement }),
  },
  /** One item for the review screen, without anything that was decided. */
  spotSubject: {
    input: z.strictObject({ id: z.uuid(), n: z.number().int().positive() }),
    output: z.strictObject({ item: SpotItem, subject: ReviewSubject }),
  },
  /** A second or third judgement: never a decision on the submission. */
  judgeSpot: {
    input: z.strictObject({ id: z.uuid(), n: z.number().int().positive(), said: SpotVerdict }),
    output: SpotItem,
  },
  /** 总览: counts of the own place, from the service; for supervisors. */
  overview: { input: Nothing, output: Overview },
  /** The decisions that fit a filter, to be exported, and what the log is to keep of the filter. */
  decisionsToExport: {
    input: AuditFilter,
    output: z.strictObject({ rows: z.array(AuditRow), cut: z.boolean(), filter: ExportFilter }),
  },
  /**
   * Asks where to, and has the service record the export; null when the person thought better of it. The file is written
   * by one call of `writeExport` or `printExport` with the `id`, and by nothing else.
   */
  beginExport: {
    input: ExportAsk.extend({ name: z.string().min(1).max(120) }),
    output: ExportMade.extend({ id: z.uuid() }).nullable(),
  },
  /** Writes an export that was begun, as xlsx or CSV. */
  writeExport: {
    input: z.strictObject({ id: z.uuid(), sheets: z.array(ExportSheet).min(1).max(12) }),
    output: Nothing,
  },
  /** Writes an export that was begun, as PDF of what the page shows for print. */
  printExport: { input: z.strictObject({ id: z.uuid() }), output: Nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type Channel = keyof typeof CHANNELS;
export type Input<C extends Channel> = z.infer<(typeof CHANNELS)[C]['input']>;
export type Output<C extends Channel> = z.infer<(typeof CHANNELS)[C]['output']>;

/** Tables that a commit moved; the page reads again what depends on them. */
export const CHANGED = ['submissions', 'images', 'decisions', 'session'] as const;

/** Events from main to the page. */
export const EVENTS = {
  changed: z.strictObject({ tables: z.array(z.enum(CHANGED)), submissions: z.array(SubmissionId) }),
  status: DeskStatus,
  /** A command was chosen in the application menu. */
  command: z.strictObject({ id: z.string() }),
} as const;
export type EventName = keyof typeof EVENTS;
export type EventPayload<E extends EventName> = z.infer<(typeof EVENTS)[E]>;

/** What the preload puts on `window.desk`: a function a channel, and a subscription an event. */
export type Desk = {
  readonly [C in Channel]: (input: Input<C>) => Promise<Outcome<Output<C>>>;
} & {
  readonly onChanged: (listener: (event: EventPayload<'changed'>) => void) => () => void;
  readonly onStatus: (listener: (event: EventPayload<'status'>) => void) => () => void;
  readonly onCommand: (listener: (event: EventPayload<'command'>) => void) => () => void;
};

/** Long side of small renditions, px. */
export const SMALL_SIDE = 480;

/** Addresses of pictures inside the app: the picture as uploaded, or its small rendition. */
export function imageUrl(sha256: Sha256, rendition: 'full' | 'small' = 'full'): string {
  return `image://${rendition}/${sha256}`;
}

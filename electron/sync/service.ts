import type { z } from 'zod';
import type {
  AuditAsk,
  AuditCounts,
  AuditFilter,
  AuditPage,
  AuditPeople,
  SubmissionHistory,
} from '../../shared/audit/wire.ts';
import type { Head, SignedLink } from '../../shared/chain.ts';
import type { SubmissionId } from '../../shared/ids.ts';
import type { RecoveryAsk, Sealed } from '../../shared/keys.ts';
import type { InclusionProof, SignedTreeHead } from '../../shared/log.ts';
import type { Overview } from '../../shared/overview.ts';
import type { Policy } from '../../shared/policy.ts';
import type {
  DrawPlan,
  ExportAsk,
  ExportMade,
  SpotAgreement,
  SpotCheck,
  SpotCheckDetail,
  SpotChecks,
  SpotItem,
  SpotSubject,
  SpotVerdict,
} from '../../shared/spot-check/wire.ts';
import type {
  Answers,
  ClaimAnswers,
  DecisionHistory,
  Enrolment,
  FeedPage,
  Health,
  Keys,
  ReleaseBatch,
  Reviewers,
  Session,
  TakenOver,
  Takeover,
} from '../../shared/wire.ts';
import type { Access, LineOptions } from './line.ts';

/** The candidate service as the workstation sees it. All methods throw `ServiceFailure`. */
export type Service = {
  readonly origin: string;
  readonly health: (signal?: AbortSignal) => Promise<z.infer<typeof Health>>;
  readonly signIn: (account: string, password: string) => Promise<Session>;
  readonly signOut: () => Promise<void>;
  readonly policy: () => Promise<Policy>;
  readonly feed: (
    query: { readonly epoch: string | null; readonly after: number; readonly limit: number },
    signal?: AbortSignal,
  ) => Promise<FeedPage>;
  readonly keys: (signal?: AbortSignal) => Promise<z.infer<typeof Keys>>;
  /** Enrols a device for the session, whose nonce the proof is made of; gives where the device's chain stands. */
  readonly enrol: (prove: (nonce: string) => Enrolment, signal?: AbortSignal) => Promise<Head>;
  readonly changePassword: (current: string, next: string) => Promise<void>;
  /** Has the sealed data key of an own profile opened, for an ephemeral key. */
  readonly recover: (ask: RecoveryAsk) => Promise<Sealed>;
  readonly decide: (links: readonly SignedLink[], signal?: AbortSignal) => Promise<Answers>;
  readonly claim: (submissions: readonly SubmissionId[], signal?: AbortSignal) => Promise<ClaimAnswers>;
  readonly release: (claims: ReleaseBatch['claims'], signal?: AbortSignal) => Promise<void>;
  /** Who could review a submission now; for supervisors. */
  readonly reviewers: (id: SubmissionId) => Promise<z.infer<typeof Reviewers>>;
  /** Names another reviewer, or nobody; for supervisors. */
  readonly takeOver: (id: SubmissionId, takeover: Takeover) => Promise<z.infer<typeof TakenOver>>;
  /** What was applied to a submission, in order. */
  readonly history: (id: SubmissionId, signal?: AbortSignal) => Promise<DecisionHistory>;
  /** Spot checks of the own place (抽查), newest first. */
  readonly spotChecks: () => Promise<z.infer<typeof SpotChecks>>;
  /** Draws a sample; for supervisors. */
  readonly drawSpotCheck: (plan: DrawPlan) => Promise<SpotCheck>;
  readonly spotCheck: (id: string) => Promise<z.infer<typeof SpotCheckDetail>>;
  /** One item as it was to be judged. */
  readonly spotItem: (id: string, n: number) => Promise<z.infer<typeof SpotSubject>>;
  readonly spotAgreement: (id: string) => Promise<SpotAgreement>;
  /** Gives a second or third judgement. */
  readonly judgeSpot: (id: string, n: number, said: SpotVerdict) => Promise<SpotItem>;
  /** Counts of the own place; for supervisors. */
  readonly overview: () => Promise<Overview>;
  /** Records that an export is made, before it is. */
  readonly recordExport: (ask: ExportAsk) => Promise<z.infer<typeof ExportMade>>;
  /** Decisions of the own place that fit, newest first; for supervisors, as the next three. */
  readonly auditPage: (ask: AuditAsk) => Promise<AuditPage>;
  readonly auditCounts: (filter: AuditFilter) => Promise<AuditCounts>;
  readonly auditPeople: () => Promise<AuditPeople>;
  /** Everything that happened to a submission. */
  readonly submissionHistory: (id: SubmissionId) => Promise<SubmissionHistory>;
  /** How far the service's log has grown, signed. */
  readonly logHead: (signal?: AbortSignal) => Promise<SignedTreeHead>;
  /** Proof (hex) that the log of `to` entries begins with that of `from`. */
  readonly logConsistency: (from: number, to: number, signal?: AbortSignal) => Promise<readonly string[]>;
  /** The entry of an own decision that was answered, and the proof that it is among the first `size`. */
  readonly logInclusion: (decision: string, size: number, signal?: AbortSignal) => Promise<InclusionProof>;
  /**
   * What fetching pictures needs, which is done elsewhere; the service has said who it is.
   * @throws ServiceFailure `session.expired` without a session
   */
  readonly access: (signal?: AbortSignal) => Promise<Access>;
  /** Fetching pictures has failed: whoever answers is asked again who it is before anything is sent. */
  readonly suspect: () => void;
  /** Whether requests carry a session. */
  readonly signedIn: () => boolean;
  /** Whether a device was enrolled in this session, and nothing has raised a doubt since. */
  readonly enrolled: () => boolean;
  /** The service is not as it was: its key and its copy of the chain are looked at before anything else is sent. */
  readonly doubt: () => void;
  /** Forgets the session, as after its end. */
  readonly forget: () => void;
  /** How the line in use is made, for a thread of its own; opens it if need be. */
  readonly line: () => Promise<LineOptions>;
  /** What can be said of the line while it stands: host of the proxy, and how long answers take, ms, when that is long. */
  readonly condition: () => { readonly proxy: string | null; readonly slow: number | null };
  readonly close: () => Promise<void>;
};

import type { Kysely } from 'kysely';
import type { Level } from '../../shared/status.ts';
import type { Status } from '../../shared/submission.ts';
import type { Role } from '../access.ts';

/** The tables as the migrations make them. Instants are ISO 8601 texts in UTC, truth values 0 and 1. */
export type Tables = {
  policies: { district: string; document: string };
  accounts: {
    id: string;
    account: string;
    name: string;
    role: Role;
    level: Level | null;
    point: string | null;
    site: string | null;
    district: string;
    password_hash: string;
    /** The candidate's own submission. */
    submission_id: string | null;
  };
  sessions: { token_sha256: string; account_id: string; created_at: string; expires_at: string };
  sign_in_failures: { name_sha256: string; failures: number; last_at: string; locked_until: string | null };
  submissions: {
    id: string;
    registration_number: string;
    point: string | null;
    site: string;
    district: string;
    status: Status;
    revision: number;
    seq: number;
    deadline: string | null;
    /** Whether it was ever passed by the site, so that the district level sees it. */
    reached_district: number;
    image_count: number;
    image_bytes: number;
    /** What the last return asks the candidate for (`Asked`); null unless returned. */
    asked: string | null;
    document: string;
  };
  images: { sha256: string; bytes: number; mime: string };
  submission_images: { submission_id: string; slot: string; sha256: string; current: number };
  decisions: {
    id: string;
    submission_id: string;
    account_id: string;
    level: Level;
    canonical: string;
    sha256: string;
    outcome: 'applied' | 'conflict' | 'refused';
    problem: string | null;
    slots: string;
    receipt: string | null;
    received_at: string;
    /** Who had the submission when the decision was not taken (`Claim`); null otherwise. */
    claim: string | null;
  };
  claims: {
    submission_id: string;
    token: number;
    holder: string | null;
    since: string;
    until: string;
    shown: number;
  };
  devices: {
    id: string;
    account_id: string;
    public_key: string;
    start_seq: number;
    start_sha256: string | null;
    enrolled_at: string;
  };
  links: {
    device: string;
    seq: number;
    sha256: string;
    withdrawn: number;
    signature: string;
    problem: string | null;
    received_at: string;
  };
  spot_checks: {
    id: string;
    district: string;
    site: string | null;
    point: string | null;
    plan: string;
    drawn_by: string;
    drawn_at: string;
    frame_size: number;
    frame_sha256: string;
  };
  spot_items: { check_id: string; n: number; decision_id: string };
  spot_judgements: {
    check_id: string;
    n: number;
    place: 2 | 3;
    account_id: string;
    verdict: string;
    body: string;
    at: string;
  };
  conclusion_tally: {
    district: string;
    site: string;
    point: string;
    account_id: string;
    level: Level;
    kind: string;
    /** Of Beijing: `2026-03-02`. */
    day: string;
    n: number;
  };
  reason_tally: { district: string; site: string; point: string; reason: string; n: number };
  recovery_permits: { account_id: string; allowed_until: string };
  audit: {
    n: number;
    at: string;
    account_id: string | null;
    kind: string;
    subject: string | null;
    facts: string;
    previous: string;
    hash: string;
  };
  log_nodes: { level: number; place: number; hash: Buffer };
  decision_facts: {
    key: number;
    decision_id: string;
    submission_id: string;
    registration_number: string;
    name: string;
    account_id: string;
    level: Level;
    at: string;
    kind: string;
    slot: string | null;
    reasons: string;
    words: string;
    outcome: Tables['decisions']['outcome'];
    problem: string | null;
    viewed_ms: number | null;
    reopened: number;
    found_status: string | null;
    found_round: number | null;
  };
  audit_tags: { id: number; name: string; n: number };
  decision_tags: { tag: number; key: number };
  feed: { id: number; epoch: string; last_seq: number };
  notes: { key: string; value: string };
};

/** The database, or a transaction in it. */
export type Store = Kysely<Tables>;

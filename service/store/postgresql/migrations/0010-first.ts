import type { PostgresMigration } from './migration.ts';

/** Texts are ordered by their bytes, as SQLite orders them, whatever the database's own order is. */
const TEXT = 'text COLLATE "C"';

const CONCLUSIONS = `'submission.approve', 'submission.return', 'submission.refuse', 'submission.send_back'`;

/** Triggers that refuse every change of a table's rows, whoever asks. */
const lasting = (table: string, why: string): string => `
  CREATE TRIGGER ${table}_last BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('${why}');`;

/**
 * The functions that the queries for both databases name. `json_extract` knows paths of member names alone, and gives
 * every value as text; the escape of the zero character, which PostgreSQL has no text for, is left out.
 */
const functions = `
  CREATE FUNCTION json_extract(document text, path text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT replace(document, '\\u0000', '')::json #>> string_to_array(substr(path, 3), '.') $$;
  CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;`;

const submissions = `
  CREATE TABLE policies (district ${TEXT} PRIMARY KEY, document ${TEXT} NOT NULL);
  CREATE TABLE submissions (
    id ${TEXT} PRIMARY KEY,
    registration_number ${TEXT} NOT NULL UNIQUE,
    point ${TEXT},
    site ${TEXT} NOT NULL,
    district ${TEXT} NOT NULL,
    status ${TEXT} NOT NULL,
    revision bigint NOT NULL,
    seq bigint NOT NULL UNIQUE,
    deadline ${TEXT},
    reached_district integer NOT NULL,
    image_count bigint NOT NULL,
    image_bytes bigint NOT NULL,
    asked ${TEXT},
    document ${TEXT} NOT NULL
  );
  CREATE INDEX submissions_by_site ON submissions (site, seq) INCLUDE (status, image_count, image_bytes);
  CREATE INDEX submissions_by_district ON submissions (district, seq)
    INCLUDE (reached_district, status, image_count, image_bytes);
  CREATE INDEX submissions_by_point ON submissions (point, seq) INCLUDE (status, image_count, image_bytes)
    WHERE point IS NOT NULL;
  CREATE INDEX submissions_due ON submissions (deadline) WHERE status = 'returned';
  CREATE INDEX submissions_overview ON submissions (district, site, point, status,
    json_extract(document, '$.round'), json_extract(document, '$.submittedAt'));
  CREATE TABLE images (sha256 ${TEXT} PRIMARY KEY, bytes bigint NOT NULL, mime ${TEXT} NOT NULL);
  CREATE TABLE submission_images (
    submission_id ${TEXT} NOT NULL REFERENCES submissions (id),
    slot ${TEXT} NOT NULL,
    sha256 ${TEXT} NOT NULL REFERENCES images (sha256),
    current integer NOT NULL,
    PRIMARY KEY (submission_id, slot, sha256)
  );
  CREATE INDEX submission_images_by_hash ON submission_images (sha256);`;

const people = `
  CREATE TABLE accounts (
    id ${TEXT} PRIMARY KEY,
    account ${TEXT} NOT NULL UNIQUE,
    name ${TEXT} NOT NULL,
    role ${TEXT} NOT NULL CHECK (role IN ('reviewer', 'supervisor', 'candidate')),
    level ${TEXT} CHECK (level IN ('point', 'site', 'district')),
    point ${TEXT},
    site ${TEXT},
    district ${TEXT} NOT NULL,
    password_hash ${TEXT} NOT NULL,
    submission_id ${TEXT} REFERENCES submissions (id),
    CHECK ((role = 'candidate') = (submission_id IS NOT NULL)),
    CHECK ((role = 'candidate') = (level IS NULL)),
    CHECK (level IS NULL OR level = 'district' OR site IS NOT NULL),
    CHECK (level IS DISTINCT FROM 'point' OR point IS NOT NULL)
  );
  CREATE TABLE sessions (
    token_sha256 ${TEXT} PRIMARY KEY,
    account_id ${TEXT} NOT NULL REFERENCES accounts (id),
    created_at ${TEXT} NOT NULL,
    expires_at ${TEXT} NOT NULL
  );
  CREATE INDEX sessions_by_expiry ON sessions (expires_at);
  CREATE TABLE sign_in_failures (
    name_sha256 ${TEXT} PRIMARY KEY,
    failures bigint NOT NULL,
    last_at ${TEXT} NOT NULL,
    locked_until ${TEXT}
  );
  CREATE INDEX sign_in_failures_by_time ON sign_in_failures (last_at);
  CREATE TABLE recovery_permits (
    account_id ${TEXT} PRIMARY KEY REFERENCES accounts (id),
    allowed_until ${TEXT} NOT NULL
  );
  CREATE TABLE devices (
    id ${TEXT} PRIMARY KEY,
    account_id ${TEXT} NOT NULL REFERENCES accounts (id),
    public_key ${TEXT} NOT NULL,
    start_seq bigint NOT NULL,
    start_sha256 ${TEXT},
    enrolled_at ${TEXT} NOT NULL,
    CHECK ((start_seq = 0) = (start_sha256 IS NULL))
  );
  CREATE TABLE links (
    device ${TEXT} NOT NULL REFERENCES devices (id),
    seq bigint NOT NULL,
    sha256 ${TEXT} NOT NULL,
    withdrawn integer NOT NULL CHECK (withdrawn IN (0, 1)),
    signature ${TEXT} NOT NULL,
    problem ${TEXT},
    received_at ${TEXT} NOT NULL,
    PRIMARY KEY (device, seq)
  );
  CREATE TABLE claims (
    submission_id ${TEXT} PRIMARY KEY REFERENCES submissions (id),
    token bigint NOT NULL CHECK (token >= 1),
    holder ${TEXT} REFERENCES accounts (id),
    since ${TEXT} NOT NULL,
    until ${TEXT} NOT NULL,
    shown integer NOT NULL CHECK (shown IN (0, 1)),
    CHECK (shown = 0 OR holder IS NOT NULL)
  );
  CREATE INDEX claims_shown ON claims (until) WHERE shown = 1;
  CREATE INDEX claims_by_holder ON claims (holder, until) WHERE shown = 1;
  CREATE TRIGGER claims_grow BEFORE UPDATE ON claims FOR EACH ROW
    WHEN (NEW.token < OLD.token OR (NEW.token = OLD.token AND NEW.holder IS DISTINCT FROM OLD.holder))
    EXECUTE FUNCTION refuse_change('a token names one holder');
  CREATE TRIGGER claims_remain BEFORE DELETE OR TRUNCATE ON claims
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('tokens are never given anew');
  ${lasting('devices', 'an enrolled device does not change')}
  ${lasting('links', 'a link does not change')}`;

const records = `
  CREATE TABLE decisions (
    id ${TEXT} PRIMARY KEY,
    submission_id ${TEXT} NOT NULL REFERENCES submissions (id),
    account_id ${TEXT} NOT NULL REFERENCES accounts (id),
    level ${TEXT} NOT NULL,
    canonical ${TEXT} NOT NULL,
    sha256 ${TEXT} NOT NULL,
    outcome ${TEXT} NOT NULL CHECK (outcome IN ('applied', 'conflict', 'refused')),
    problem ${TEXT},
    slots ${TEXT} NOT NULL,
    receipt ${TEXT},
    received_at ${TEXT} NOT NULL,
    claim ${TEXT},
    CHECK ((outcome = 'applied') = (receipt IS NOT NULL)),
    CHECK ((outcome = 'applied') = (problem IS NULL))
  );
  CREATE INDEX decisions_by_submission ON decisions (submission_id, account_id);
  CREATE INDEX decisions_concluding ON decisions (received_at) WHERE outcome = 'applied'
    AND json_extract(canonical, '$.act.kind') IN ('submission.approve', 'submission.return', 'submission.refuse');
  CREATE TABLE audit (
    n bigint PRIMARY KEY,
    at ${TEXT} NOT NULL,
    account_id ${TEXT},
    kind ${TEXT} NOT NULL,
    subject ${TEXT},
    facts ${TEXT} NOT NULL,
    previous ${TEXT} NOT NULL,
    hash ${TEXT} NOT NULL
  );
  CREATE INDEX audit_decisions ON audit (json_extract(facts, '$.decision')) WHERE kind = 'decision.answered';
  CREATE INDEX audit_by_subject ON audit (subject, n) WHERE subject IS NOT NULL;
  CREATE TABLE log_nodes (
    level integer NOT NULL,
    place bigint NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, place)
  );
  CREATE TABLE feed (id integer PRIMARY KEY CHECK (id = 1), epoch ${TEXT} NOT NULL, last_seq bigint NOT NULL);
  CREATE TABLE notes (key ${TEXT} PRIMARY KEY, value ${TEXT} NOT NULL);
  ${lasting('decisions', 'a recorded decision does not change')}
  ${lasting('audit', 'the audit log only grows')}
  ${lasting('log_nodes', 'the tree only grows')}`;

const spotChecks = `
  CREATE TABLE spot_checks (
    id ${TEXT} PRIMARY KEY,
    district ${TEXT} NOT NULL,
    site ${TEXT},
    point ${TEXT},
    plan ${TEXT} NOT NULL,
    drawn_by ${TEXT} NOT NULL REFERENCES accounts (id),
    drawn_at ${TEXT} NOT NULL,
    frame_size bigint NOT NULL,
    frame_sha256 ${TEXT} NOT NULL
  );
  CREATE TABLE spot_items (
    check_id ${TEXT} NOT NULL REFERENCES spot_checks (id),
    n bigint NOT NULL,
    decision_id ${TEXT} NOT NULL REFERENCES decisions (id),
    PRIMARY KEY (check_id, n)
  );
  CREATE TABLE spot_judgements (
    check_id ${TEXT} NOT NULL,
    n bigint NOT NULL,
    place integer NOT NULL CHECK (place IN (2, 3)),
    account_id ${TEXT} NOT NULL REFERENCES accounts (id),
    verdict ${TEXT} NOT NULL,
    body ${TEXT} NOT NULL,
    at ${TEXT} NOT NULL,
    PRIMARY KEY (check_id, n, place),
    UNIQUE (check_id, n, account_id),
    FOREIGN KEY (check_id, n) REFERENCES spot_items (check_id, n)
  );
  ${lasting('spot_checks', 'a spot check does not change')}
  ${lasting('spot_items', 'a sample does not change')}
  ${lasting('spot_judgements', 'a judgement does not change')}`;

/** `decision_words`: the key has the name that SQLite's full-text index gives it. */
const search = `
  CREATE TABLE decision_facts (
    key bigint PRIMARY KEY,
    decision_id ${TEXT} NOT NULL UNIQUE REFERENCES decisions (id),
    submission_id ${TEXT} NOT NULL,
    registration_number ${TEXT} NOT NULL,
    name ${TEXT} NOT NULL,
    account_id ${TEXT} NOT NULL,
    level ${TEXT} NOT NULL,
    at ${TEXT} NOT NULL,
    kind ${TEXT} NOT NULL,
    slot ${TEXT},
    reasons ${TEXT} NOT NULL,
    words ${TEXT} NOT NULL,
    outcome ${TEXT} NOT NULL,
    problem ${TEXT},
    viewed_ms bigint,
    reopened integer NOT NULL,
    found_status ${TEXT},
    found_round bigint
  );
  CREATE INDEX decision_facts_by_submission ON decision_facts (submission_id, key);
  CREATE TABLE audit_tags (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    name ${TEXT} NOT NULL UNIQUE,
    n bigint NOT NULL
  );
  CREATE TABLE decision_tags (tag bigint NOT NULL, key bigint NOT NULL, PRIMARY KEY (tag, key));
  CREATE TABLE decision_words (rowid bigint PRIMARY KEY, words ${TEXT} NOT NULL, grams text[] NOT NULL);
  CREATE INDEX decision_words_by_gram ON decision_words USING gin (grams);`;

/** What one concluding decision adds to the tallies; days are those of Beijing. A return counts once for each reason. */
const tallies = `
  CREATE TABLE conclusion_tally (
    district ${TEXT} NOT NULL,
    site ${TEXT} NOT NULL,
    point ${TEXT} NOT NULL,
    account_id ${TEXT} NOT NULL REFERENCES accounts (id),
    level ${TEXT} NOT NULL,
    kind ${TEXT} NOT NULL,
    day ${TEXT} NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (district, site, point, account_id, level, kind, day)
  );
  CREATE TABLE reason_tally (
    district ${TEXT} NOT NULL,
    site ${TEXT} NOT NULL,
    point ${TEXT} NOT NULL,
    reason ${TEXT} NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (district, site, point, reason)
  );
  CREATE FUNCTION tally_decision() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      act json := replace(NEW.canonical, '\\u0000', '')::json -> 'act';
    BEGIN
      INSERT INTO conclusion_tally AS kept (district, site, point, account_id, level, kind, day, n)
        SELECT s.district, s.site, coalesce(s.point, ''), NEW.account_id, NEW.level, act ->> 'kind',
          to_char(NEW.received_at::timestamptz AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD'), 1
        FROM submissions s WHERE s.id = NEW.submission_id
        ON CONFLICT (district, site, point, account_id, level, kind, day) DO UPDATE SET n = kept.n + 1;
      IF act ->> 'kind' = 'submission.return' THEN
        INSERT INTO reason_tally AS kept (district, site, point, reason, n)
          SELECT s.district, s.site, coalesce(s.point, ''), said.reason, 1
          FROM submissions s, (
            SELECT json_array_elements_text(i -> 'reasons') FROM json_array_elements(act -> 'images') i
            UNION SELECT json_array_elements_text(m -> 'reasons') FROM json_array_elements(act -> 'materials') m
            UNION SELECT json_array_elements_text(act #> '{form,reasons}')
          ) AS said (reason)
          WHERE s.id = NEW.submission_id
          ON CONFLICT (district, site, point, reason) DO UPDATE SET n = kept.n + 1;
      END IF;
      RETURN NULL;
    END $$;
  CREATE TRIGGER decisions_tallied AFTER INSERT ON decisions FOR EACH ROW
    WHEN (NEW.outcome = 'applied' AND json_extract(NEW.canonical, '$.act.kind') IN (${CONCLUSIONS}))
    EXECUTE FUNCTION tally_decision();`;

/** All tables, in the shape that SQLite's tenth migration leaves: no PostgreSQL database is older. */
export const first: PostgresMigration = {
  version: 10,
  sql: [functions, submissions, people, records, spotChecks, search, tallies].join('\n'),
};

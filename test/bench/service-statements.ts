/**
 * The statements of the service as pgbench sends them, in the same order and number. What the service learns from an
 * answer and sends on, pgbench does too (`\\gset`).
 */

/** What the scripts take submissions and devices from, in the copy of the database that pgbench works on. */
export const PREPARE = `
  CREATE TABLE pick AS SELECT (row_number() OVER (ORDER BY id))::int AS k, id, site, district FROM submissions;
  CREATE UNIQUE INDEX ON pick (k);
  CREATE TABLE desk AS SELECT (row_number() OVER (ORDER BY id) - 1)::int AS k, id, account_id FROM devices;
  CREATE SEQUENCE made;
  ANALYZE`;

const SUBMISSION = '(SELECT id FROM pick WHERE k = :k)';
const DEVICE = '(SELECT id FROM desk WHERE k = :client_id)';

/** In one line: where the next one begins, a script's statement that ends in `\\gset` is over. */
const oneLine = (statement: string): string => statement.replace(/\s*\n\s*/g, ' ');

const WHO = `SELECT a.* FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.token_sha256 = (SELECT token_sha256 FROM sessions LIMIT 1) AND s.expires_at > '2026-01-01';`;

/** How things stand for a decision. */
const STANDING = `SELECT d.id AS device, d.account_id AS device_account, d.public_key, d.start_seq, d.start_sha256, l.seq AS head_seq, l.sha256 AS head_sha256,
  e.id AS known, e.canonical, e.sha256, e.account_id, e.outcome, e.problem, e.slots, e.receipt, e.claim AS held,
  s.document, s.asked, s.reached_district, p.document AS policy,
  EXISTS (SELECT 1 FROM decisions WHERE submission_id = ${SUBMISSION} AND account_id = 'a' AND level <> 'site' AND outcome = 'applied') AS elsewhere,
  c.token, c.since, c.until, h.id AS holder, h.name, feed.epoch, feed.last_seq,
  (SELECT max(key) FROM decision_facts WHERE key >= 1 AND key < 1024) AS last_key, a.n, a.hash,
  s.id AS submission, s.status, s.revision, s.image_count, s.image_bytes, nextval('made') AS made
  FROM feed
  LEFT JOIN devices d ON d.id = ${DEVICE}
  LEFT JOIN links l ON l.device = d.id AND l.seq = (SELECT max(seq) FROM links WHERE device = ${DEVICE})
  LEFT JOIN decisions e ON e.id = 'none'
  LEFT JOIN submissions s ON s.id = ${SUBMISSION}
  LEFT JOIN policies p ON p.district = s.district
  LEFT JOIN claims c ON c.submission_id = s.id
  LEFT JOIN accounts h ON h.id = c.holder
  LEFT JOIN audit a ON a.n = (SELECT max(n) FROM audit)`;

/** One locked picture: what `decide` asks and writes, from begin to commit. */
export const decisionScript = (submissions: number, lock: number): string => `
\\set k random(1, ${submissions})
BEGIN;
SELECT pg_advisory_xact_lock(${lock});
${oneLine(STANDING)} \\gset
${oneLine(`WITH
  a AS (INSERT INTO claims (submission_id, token, holder, since, until, shown) VALUES (:submission, 1, :device_account, '2026-03-02T01:00:00.000Z', '2026-03-02T01:00:00.000Z', 1) ON CONFLICT (submission_id) DO UPDATE SET token = claims.token, holder = claims.holder, since = excluded.since, until = excluded.until, shown = claims.shown),
  b AS (UPDATE feed SET last_seq = last_seq + 1),
  c AS (UPDATE submissions SET status = :status, revision = :revision, seq = :last_seq::bigint + 1, deadline = NULL, reached_district = 0, image_count = :image_count, image_bytes = :image_bytes, asked = NULL, document = :document WHERE id = :submission),
  d AS (INSERT INTO decisions (id, submission_id, account_id, level, canonical, sha256, outcome, problem, slots, receipt, received_at, claim) SELECT 'bench-' || :made::text, :submission, :device_account, 'site', canonical, sha256, outcome, problem, slots, receipt, received_at, claim FROM decisions LIMIT 1),
  e AS (INSERT INTO decision_facts (key, decision_id, submission_id, registration_number, name, account_id, level, at, kind, slot, reasons, words, outcome, reopened) VALUES (:made, 'bench-' || :made::text, :submission, 'r', 'n', :device_account, 'site', '2026-03-02T01:00:00.000Z', 'image.lock', 'M01-1', '[]', '', 'applied', 0)),
  counted AS (INSERT INTO audit_tags (name, n) SELECT name, 1 FROM audit_tags WHERE id <= 12 ON CONFLICT (name) DO UPDATE SET n = audit_tags.n + 1 RETURNING id),
  g AS (INSERT INTO decision_tags (tag, key) SELECT id, CAST(:made AS bigint) FROM counted),
  h AS (INSERT INTO links (device, seq, sha256, withdrawn, signature, problem, received_at) VALUES (:device, :made::bigint + 1000000, md5(:made::text), 0, md5(:made::text), NULL, '2026-03-02T01:00:00.000Z')),
  i AS (INSERT INTO audit (n, at, account_id, kind, subject, facts, previous, hash) SELECT :n::bigint + 1, at, account_id, kind, subject, facts, :hash, hash FROM audit WHERE n = :n),
  j AS (INSERT INTO log_nodes (level, place, hash) VALUES (0, :n, sha256(:hash::bytea)), (99, :n, sha256(:hash::bytea)))
  INSERT INTO notes (key, value) VALUES ('audit.head', :hash) ON CONFLICT (key) DO UPDATE SET value = excluded.value`)};
COMMIT;
`;

/**
 * One page of the feed for a reviewer of a site, from who asks to what remains. `documents`: with the documents of all
 * that is on the page, which the service reads once and has from then on.
 */
export const feedScript = (last: number, limit: number, { documents }: { documents: boolean }): string => `
\\set after random(0, ${last})
${WHO}
WITH page AS (SELECT seq FROM submissions WHERE site = '990101' AND status != 'draft' AND seq > :after ORDER BY seq LIMIT ${limit})
 SELECT feed.epoch, feed.last_seq, policies.document AS policy, EXISTS (SELECT 1 FROM submissions WHERE status = 'returned' AND deadline <= '2026-01-01') OR EXISTS (SELECT 1 FROM claims WHERE shown = 1 AND until <= '2026-01-01') AS over,
 (SELECT min(until) FROM claims WHERE shown = 1 AND holder = 'x' AND until > '2026') AS first_end, (SELECT string_agg(CAST(seq AS text), ',') FROM page) AS seqs, rest.submissions, rest.images, rest.bytes
 FROM feed, policies, (SELECT count(*) AS submissions, sum(image_count) AS images, sum(image_bytes) AS bytes FROM submissions WHERE site = '990101' AND status != 'draft' AND seq > (SELECT max(seq) FROM page)) AS rest WHERE policies.district = '99' \\gset
${documents ? `SELECT seq, document FROM submissions WHERE site = '990101' AND status != 'draft' AND seq IN (SELECT CAST(value AS bigint) FROM json_array_elements_text(('[' || :seqs || ']')::json) AS texts (value));\n` : ''}`;

/** How things stand for a picture. */
const GROUND = `SELECT s.id AS submission, s.document, s.asked, s.reached_district, p.document AS policy, feed.last_seq, a.n, a.hash, s.status, s.revision, s.image_count, s.image_bytes
 FROM submissions s JOIN policies p ON p.district = s.district CROSS JOIN feed LEFT JOIN audit a ON a.n = (SELECT max(n) FROM audit) WHERE s.id = ${SUBMISSION}`;

/** One picture of a candidate, without its file: who asks, whether it may be, then what is written. */
export const uploadScript = (submissions: number, lock: number): string => `
\\set k random(1, ${submissions})
${WHO}
${oneLine(GROUND)};
BEGIN;
SELECT pg_advisory_xact_lock(${lock});
${oneLine(GROUND.replace('SELECT ', "SELECT md5(nextval('made')::text) AS picture, "))} \\gset
${oneLine(`WITH
  a AS (INSERT INTO images (sha256, bytes, mime) VALUES (:picture, 150000, 'image/png') ON CONFLICT DO NOTHING),
  b AS (UPDATE feed SET last_seq = last_seq + 1),
  c AS (UPDATE submission_images SET current = 0 WHERE submission_id = :submission AND slot = 'M03-1' AND sha256 = (SELECT sha256 FROM submission_images WHERE submission_id = :submission AND slot = 'M03-1' AND current = 1)),
  d AS (INSERT INTO submission_images (submission_id, slot, sha256, current) VALUES (:submission, 'M03-1', :picture, 1) ON CONFLICT (submission_id, slot, sha256) DO UPDATE SET current = 1),
  e AS (UPDATE submissions SET status = :status, revision = :revision, seq = :last_seq::bigint + 1, deadline = NULL, reached_district = 0, image_count = :image_count, image_bytes = :image_bytes, asked = NULL, document = :document WHERE id = :submission),
  f AS (INSERT INTO audit (n, at, account_id, kind, subject, facts, previous, hash) SELECT :n::bigint + 1, at, account_id, kind, subject, facts, :hash, hash FROM audit WHERE n = :n),
  g AS (INSERT INTO log_nodes (level, place, hash) VALUES (0, :n, sha256(:hash::bytea)), (99, :n, sha256(:hash::bytea)))
  INSERT INTO notes (key, value) VALUES ('audit.head', :hash) ON CONFLICT (key) DO UPDATE SET value = excluded.value`)};
COMMIT;
`;

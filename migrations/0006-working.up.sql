-- What translators, revisers and press officers work with: accounts, assignments, comments, schedules, locale entries,
-- and the record of who did what. The application works with a login of its own that owns nothing.
DO $$
BEGIN
  IF to_regrole('gateway_writer') IS NULL THEN
    CREATE ROLE gateway_writer NOLOGIN;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

-- Who has worked here, as their last token named them. History rows name an account by its id; a name that is in no
-- row here ("import") is a program's.
CREATE TABLE authoring.account (
  id text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{22}$'),
  name text NOT NULL CHECK (name <> '' AND length(name) <= 200),
  -- [{role, locale}]; locale null: all four.
  grants jsonb NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now()
);

-- One row for each mutation, written in its transaction.
CREATE TABLE authoring.audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  by text NOT NULL,
  mutation text NOT NULL,
  -- What it was done to: {releaseId, locale, …}; never a text.
  subject jsonb NOT NULL,
  request_id text
);
CREATE INDEX audit_by_time ON authoring.audit (at);
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON authoring.audit
  EXECUTE FUNCTION authoring.refuse_change();

-- What a mutation with an idempotency key came to. field '' has the whole answer, once it was given.
CREATE TABLE authoring.first_answer (
  account text NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  field text NOT NULL,
  -- Of the operation and its variables: the same key for something else is a mistake.
  request_digest text NOT NULL,
  answer jsonb,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account, key, field)
);
CREATE INDEX first_answer_by_time ON authoring.first_answer (at);

CREATE TABLE authoring.assignment (
  release_id uuid NOT NULL REFERENCES authoring.release ON DELETE CASCADE,
  locale text NOT NULL CHECK (locale IN ('EN', 'ES', 'FR', 'PT')),
  assignee text REFERENCES authoring.account,
  due_at timestamptz,
  PRIMARY KEY (release_id, locale),
  CHECK (assignee IS NOT NULL OR due_at IS NOT NULL)
);
CREATE INDEX assignment_by_assignee ON authoring.assignment (assignee);

-- segment_key stays when the segment goes: what was said of it stays too.
CREATE TABLE authoring.comment (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  release_id uuid NOT NULL REFERENCES authoring.release ON DELETE CASCADE,
  locale text NOT NULL CHECK (locale IN ('EN', 'ES', 'FR', 'PT')),
  segment_key text,
  body text NOT NULL CHECK (body <> '' AND length(body) <= 10000),
  by text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  resolved_at timestamptz,
  resolved_by text,
  CHECK ((resolved_at IS NULL) = (resolved_by IS NULL))
);
CREATE INDEX comment_of_translation ON authoring.comment (release_id, locale, at, id);

-- How each text stands against the newest saved original: computed from the digests whenever one of them changes, and
-- kept here so that a work list need not read every text.
ALTER TABLE authoring.translation ADD COLUMN freshness text NOT NULL DEFAULT 'CURRENT'
  CHECK (freshness IN ('CURRENT', 'MINOR_DRIFT', 'STALE'));
-- Share of the original's segments that have a text or are left out on purpose.
ALTER TABLE authoring.translation ADD COLUMN completeness real NOT NULL DEFAULT 1
  CHECK (completeness BETWEEN 0 AND 1);

-- The words themselves, so that a translator sees what the source was; the whole original (key '') has none.
ALTER TABLE authoring.source_version ADD COLUMN text text;
UPDATE authoring.source_version v SET text = h.text
  FROM (SELECT DISTINCT r.release_id, s ->> 'key' AS key, s ->> 'text' AS text,
               left(translate(rtrim(encode(sha256(convert_to(normalize(s ->> 'text', NFC), 'UTF8')), 'base64'), '='),
                    '+/', '-_'), 22) AS digest
          FROM authoring.translation_revision r
          JOIN authoring.release o ON o.id = r.release_id AND o.original_locale = r.locale
         CROSS JOIN LATERAL jsonb_array_elements(r.segments) AS s
         WHERE r.segments IS NOT NULL) AS h
 WHERE v.release_id = h.release_id AND v.key = h.key AND v.digest = h.digest;

-- Called at the end of whatever changes a text: sets freshness and completeness of all locales of a release.
CREATE FUNCTION authoring.settle_translations(release uuid) RETURNS void LANGUAGE sql AS $$
  WITH newest AS (
    SELECT DISTINCT ON (key) key, version, digest FROM authoring.source_version
     WHERE release_id = release ORDER BY key, version DESC
  ), judged AS (
    SELECT t.locale,
           count(*) FILTER (WHERE s.locale IS NULL) AS there,
           max(CASE
             WHEN t.source_digest IS NULL OR t.text IS NULL OR t.source_digest = n.digest THEN 0
             WHEN made.version IS NULL THEN 2
             WHEN EXISTS (SELECT FROM authoring.source_version v
                           WHERE v.release_id = release AND v.key = n.key AND v.change = 'SUBSTANTIVE'
                             AND v.version > made.version AND v.version <= n.version) THEN 2
             ELSE 1 END) AS worst
      FROM authoring.segment_text t
      JOIN authoring.segment s USING (release_id, key)
      LEFT JOIN newest n ON n.key = CASE WHEN s.locale IS NULL THEN t.key ELSE '' END
      LEFT JOIN LATERAL (SELECT max(v.version) AS version FROM authoring.source_version v
                          WHERE v.release_id = release AND v.key = n.key AND v.digest = t.source_digest) AS made ON true
     WHERE t.release_id = release
     GROUP BY t.locale
  ), wanted AS (
    SELECT greatest(count(*), 1) AS segments FROM authoring.segment WHERE release_id = release AND locale IS NULL
  ), settled AS (
    SELECT l.locale, (ARRAY['CURRENT', 'MINOR_DRIFT', 'STALE'])[coalesce(j.worst, 0) + 1] AS freshness,
           (coalesce(j.there, 0)::real / w.segments)::real AS completeness
      FROM authoring.translation l CROSS JOIN wanted w LEFT JOIN judged j USING (locale)
     WHERE l.release_id = release
  )
  UPDATE authoring.translation t SET freshness = s.freshness, completeness = s.completeness
    FROM settled s
   WHERE t.release_id = release AND t.locale = s.locale
     AND (t.freshness, t.completeness) IS DISTINCT FROM (s.freshness, s.completeness)
$$;
SELECT authoring.settle_translations(id) FROM authoring.release;

-- The staff's list, newest first.
CREATE INDEX release_newest ON authoring.release (date, number);

-- At most one for a release. It pins what was approved: texts saved since then are not part of it.
CREATE TABLE authoring.schedule (
  release_id uuid PRIMARY KEY REFERENCES authoring.release ON DELETE CASCADE,
  at timestamptz NOT NULL,
  -- {locale: revision}
  revisions jsonb NOT NULL,
  -- [{audience, locale, reason}]
  waivers jsonb NOT NULL DEFAULT '[]',
  state text NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'HELD_BACK')),
  -- [{audience, locale, reason, blocking, segmentKey}], where it was held back.
  unmet jsonb NOT NULL DEFAULT '[]',
  by text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX schedule_due ON authoring.schedule (at) WHERE state = 'WAITING';

-- Which turns of dated rules have been written into the change log.
CREATE TABLE authoring.rule_turn (
  rule_id uuid NOT NULL,
  turn text NOT NULL CHECK (turn IN ('BEGINS', 'ENDS')),
  PRIMARY KEY (rule_id, turn)
);
-- What was in force before there were readers to tell.
INSERT INTO authoring.rule_turn (rule_id, turn)
  SELECT id, 'BEGINS' FROM reference.audience_rule WHERE valid_from <= (now() AT TIME ZONE 'UTC')::date
  UNION ALL
  SELECT id, 'ENDS' FROM reference.audience_rule WHERE valid_to <= (now() AT TIME ZONE 'UTC')::date;

ALTER TABLE published.change_log ADD COLUMN topic uuid;
ALTER TABLE published.change_log DROP CONSTRAINT change_log_kind_check;
ALTER TABLE published.change_log DROP CONSTRAINT change_log_check;
ALTER TABLE published.change_log
  ADD CONSTRAINT change_log_kind_check CHECK (kind IN ('PUBLISHED', 'RETRACTED', 'RULE', 'TOPIC')),
  ADD CONSTRAINT change_log_subject_check CHECK (
    (kind IN ('PUBLISHED', 'RETRACTED')) = (release_id IS NOT NULL)
    AND (kind = 'RULE') = (audience IS NOT NULL) AND (kind = 'TOPIC') = (topic IS NOT NULL));

-- Texts of the interface and of client apps. A key is a path in the namespace's JSON, joined by dots, plural suffix
-- included; the locale that it was first written in is the source of the others.
CREATE TABLE authoring.locale_namespace (
  name text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(name) <= 40),
  -- Whether client apps may load it; the server's own ones (cli, errors) are not for them.
  is_public boolean NOT NULL DEFAULT true
);

CREATE TABLE authoring.locale_entry (
  namespace text NOT NULL REFERENCES authoring.locale_namespace,
  key text NOT NULL CHECK (key <> '' AND length(key) <= 200),
  original_locale text NOT NULL CHECK (original_locale IN ('EN', 'ES', 'FR', 'PT')),
  PRIMARY KEY (namespace, key)
);

CREATE TABLE authoring.locale_text (
  namespace text NOT NULL,
  key text NOT NULL,
  locale text NOT NULL CHECK (locale IN ('EN', 'ES', 'FR', 'PT')),
  value text NOT NULL CHECK (length(value) <= 10000),
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  -- Digest of the source's value that this one was made from; null in the original locale.
  source_digest text,
  -- The value on which file and database last agreed; null where no file ever had one.
  file_value text,
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL,
  PRIMARY KEY (namespace, key, locale),
  FOREIGN KEY (namespace, key) REFERENCES authoring.locale_entry ON DELETE CASCADE
);

CREATE TABLE authoring.locale_text_revision (
  namespace text NOT NULL,
  key text NOT NULL,
  locale text NOT NULL,
  revision integer NOT NULL,
  value text NOT NULL,
  by text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (namespace, key, locale, revision)
);
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON authoring.locale_text_revision
  EXECUTE FUNCTION authoring.refuse_change();

-- Grows with every change of a locale entry, so that a node knows when its copy is old.
CREATE TABLE authoring.catalog_revision (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  number bigint NOT NULL,
  -- Of the files that the server which started last came with: the same ones need not be brought in again.
  shipped_digest text
);
INSERT INTO authoring.catalog_revision (number) VALUES (1);

GRANT USAGE ON SCHEMA authoring, reference, published TO gateway_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA authoring, reference, published TO gateway_writer;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA authoring, reference, published TO gateway_writer;
-- Records of what was.
REVOKE UPDATE, DELETE ON authoring.audit, authoring.edition, authoring.edition_text, authoring.translation_revision,
  authoring.locale_text_revision, authoring.source_version, authoring.slug, published.slug, published.change_log
  FROM gateway_writer;
-- What the records hang on: to delete one of these would take its history along.
REVOKE DELETE ON authoring.release, authoring.translation, authoring.account, authoring.comment,
  published.change_log_head, reference.revision, authoring.catalog_revision FROM gateway_writer;
-- Only migrations change these.
REVOKE INSERT, UPDATE, DELETE ON reference.member_state, reference.membership_period FROM gateway_writer;
ALTER DEFAULT PRIVILEGES IN SCHEMA authoring, reference, published
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO gateway_writer;

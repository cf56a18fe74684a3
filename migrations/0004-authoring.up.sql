-- What is written. No reader's role has a right on this schema.

-- Every topic. One that only a draft has must not show in the readers' list: it goes there with the first edition.
CREATE TABLE authoring.topic (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 80)
);

CREATE TABLE authoring.release (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- Without the language letter: 305/12, AVI-127/13, FNE-4622, 14-0029.
  number text NOT NULL UNIQUE CHECK (length(number) <= 40 AND number ~ '^[A-Z0-9]+([-/][A-Z0-9]+)*$'),
  type text NOT NULL CHECK (type IN ('PRESS_RELEASE', 'ADVISORY', 'STATEMENT', 'SPEECH', 'PHOTO_NEWS')),
  date date NOT NULL,
  original_locale text NOT NULL CHECK (original_locale IN ('EN', 'ES', 'FR', 'PT')),
  publish_policy text NOT NULL DEFAULT 'AS_READY' CHECK (publish_policy IN ('AS_READY', 'SIMULTANEOUS')),
  -- Counts the states of the facts in this row and of the states and topics below.
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  -- Segment keys are never used twice, so the counter outlives removed segments.
  next_key integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by text NOT NULL
);

CREATE TABLE authoring.release_state (
  release_id uuid NOT NULL REFERENCES authoring.release ON DELETE CASCADE,
  relation text NOT NULL CHECK (relation IN ('AUDIENCE', 'MENTION')),
  state_code text NOT NULL REFERENCES reference.member_state,
  position smallint NOT NULL,
  PRIMARY KEY (release_id, relation, state_code)
);

CREATE TABLE authoring.release_topic (
  release_id uuid NOT NULL REFERENCES authoring.release ON DELETE CASCADE,
  topic_id uuid NOT NULL REFERENCES authoring.topic,
  position smallint NOT NULL,
  PRIMARY KEY (release_id, topic_id)
);

-- An ordered list of units. locale null: a segment of the original, shared by all locales; else a segment
-- that only this locale has, standing after the segment named in after_key (null: at the end).
CREATE TABLE authoring.segment (
  release_id uuid NOT NULL REFERENCES authoring.release ON DELETE CASCADE,
  key text NOT NULL CHECK (key ~ '^[a-z][a-z0-9-]{0,39}$'),
  locale text CHECK (locale IN ('EN', 'ES', 'FR', 'PT')),
  kind text NOT NULL CHECK (kind IN ('TITLE', 'SUMMARY', 'PARAGRAPH', 'HEADING', 'QUOTE', 'LIST_ITEM')),
  position integer NOT NULL CHECK (position >= 0),
  after_key text,
  PRIMARY KEY (release_id, key),
  CHECK (locale IS NULL OR kind <> 'TITLE'),
  CHECK (locale IS NOT NULL OR after_key IS NULL)
);
CREATE UNIQUE INDEX segment_one_title ON authoring.segment (release_id) WHERE kind = 'TITLE';
CREATE UNIQUE INDEX segment_one_summary ON authoring.segment (release_id, (coalesce(locale, ''))) WHERE kind = 'SUMMARY';
CREATE UNIQUE INDEX segment_order ON authoring.segment (release_id, (coalesce(locale, '')), position);

-- The original is one of the four, with the same states and its own revisions. No row: not started.
CREATE TABLE authoring.translation (
  release_id uuid NOT NULL REFERENCES authoring.release ON DELETE CASCADE,
  locale text NOT NULL CHECK (locale IN ('EN', 'ES', 'FR', 'PT')),
  state text NOT NULL CHECK (state IN ('DRAFT', 'IN_REVIEW', 'CHANGES_REQUESTED', 'APPROVED')),
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  -- The revision that readers have now; null while they have none.
  published_revision integer CHECK (published_revision BETWEEN 1 AND revision),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL,
  PRIMARY KEY (release_id, locale)
);

-- Inline CommonMark of one segment in one locale; text null: left out on purpose.
CREATE TABLE authoring.segment_text (
  release_id uuid NOT NULL,
  locale text NOT NULL,
  key text NOT NULL,
  text text CHECK (text <> '' AND length(text) <= 20000),
  -- Digest of the source text that this one was made from: of the segment, or of the whole original for a
  -- segment of this locale alone. null in the original.
  source_digest text,
  origin text NOT NULL CHECK (origin IN ('ORIGINAL', 'HUMAN', 'MACHINE', 'MACHINE_REVIEWED', 'IMPORTED')),
  PRIMARY KEY (release_id, locale, key),
  FOREIGN KEY (release_id, key) REFERENCES authoring.segment ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (release_id, locale) REFERENCES authoring.translation ON DELETE CASCADE,
  CHECK ((origin = 'ORIGINAL') = (source_digest IS NULL)),
  CHECK (origin <> 'ORIGINAL' OR text IS NOT NULL)
);

-- The history of one locale: what was done to it, by whom, and for what touched the text the whole text as it then
-- was. A step that leaves the text alone (approval, publication) stands under the revision that it found.
CREATE TABLE authoring.translation_revision (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  release_id uuid NOT NULL,
  locale text NOT NULL,
  revision integer NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  by text NOT NULL,
  action text NOT NULL CHECK (action IN ('CREATED', 'SAVED', 'CONFIRMED', 'SUBMITTED', 'APPROVED',
    'CHANGES_REQUESTED', 'PUBLISHED', 'RETRACTED', 'RESTORED', 'IMPORTED')),
  comment text,
  segments jsonb,
  FOREIGN KEY (release_id, locale) REFERENCES authoring.translation ON DELETE CASCADE,
  CHECK (segments IS NOT NULL OR action NOT IN ('CREATED', 'SAVED', 'CONFIRMED', 'RESTORED', 'IMPORTED'))
);
CREATE INDEX translation_history ON authoring.translation_revision (release_id, locale, id);
CREATE UNIQUE INDEX translation_revision_text ON authoring.translation_revision (release_id, locale, revision)
  WHERE segments IS NOT NULL;

-- Every text that a source has had: of each segment of the original, and of the whole (key '').
-- Freshness is read from these rows: a text is current against the version whose digest it quotes.
CREATE TABLE authoring.source_version (
  release_id uuid NOT NULL REFERENCES authoring.release ON DELETE CASCADE,
  key text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  digest text NOT NULL,
  -- How this version differs from the one before it.
  change text NOT NULL CHECK (change IN ('SUBSTANTIVE', 'MINOR')),
  -- The revision of the original that brought it.
  revision integer NOT NULL,
  PRIMARY KEY (release_id, key, version)
);

-- Every edition as it was published, kept for the staff. Readers have only the present one, in `published`.
CREATE TABLE authoring.edition (
  release_id uuid NOT NULL REFERENCES authoring.release,
  number integer NOT NULL CHECK (number > 0),
  kind text NOT NULL CHECK (kind IN ('PUBLISHED', 'RETRACTED')),
  published_at timestamptz NOT NULL,
  published_by text NOT NULL,
  -- Newly published, replaced or taken back by this edition.
  changed_locales text[] NOT NULL CHECK (changed_locales <@ ARRAY['EN', 'ES', 'FR', 'PT']),
  reason text,
  facts jsonb NOT NULL,
  PRIMARY KEY (release_id, number)
);

CREATE TABLE authoring.edition_text (
  release_id uuid NOT NULL,
  edition integer NOT NULL,
  locale text NOT NULL CHECK (locale IN ('EN', 'ES', 'FR', 'PT')),
  revision integer NOT NULL,
  slug text NOT NULL,
  freshness text NOT NULL CHECK (freshness IN ('CURRENT', 'MINOR_DRIFT', 'STALE')),
  -- [{key, kind, text, origin, freshness, sourceDigest}] in the order of reading.
  segments jsonb NOT NULL,
  PRIMARY KEY (release_id, edition, locale),
  FOREIGN KEY (release_id, edition) REFERENCES authoring.edition
);

-- An address stays with the release that had it first, in whatever locale.
CREATE TABLE authoring.slug (
  slug text PRIMARY KEY CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 120),
  release_id uuid NOT NULL REFERENCES authoring.release ON DELETE CASCADE,
  locale text NOT NULL CHECK (locale IN ('EN', 'ES', 'FR', 'PT')),
  edition integer NOT NULL
);
CREATE INDEX slug_of_release ON authoring.slug (release_id);

CREATE FUNCTION authoring.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is a record of what was: it is never changed', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON authoring.edition
  EXECUTE FUNCTION authoring.refuse_change();
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON authoring.edition_text
  EXECUTE FUNCTION authoring.refuse_change();
CREATE TRIGGER never_changed BEFORE UPDATE OR TRUNCATE ON authoring.translation_revision
  EXECUTE FUNCTION authoring.refuse_change();

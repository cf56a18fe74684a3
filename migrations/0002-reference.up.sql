-- What releases refer to: member states, dated membership, dated rules, topics. No text of a release.

CREATE TABLE reference.member_state (
  code text PRIMARY KEY CHECK (code ~ '^[A-Z]{2}$'),
  since_year smallint NOT NULL,
  national_languages text[] NOT NULL,
  -- BCP 47 tags with the region, for names and dates.
  tags text[] NOT NULL CHECK (cardinality(tags) > 0),
  time_zone text NOT NULL,
  -- Forms that the OAS prints where they differ from CLDR: {"en": "…"}.
  oas_names jsonb NOT NULL DEFAULT '{}'
);

-- Days from valid_from up to and without valid_until.
CREATE TABLE reference.membership_period (
  state_code text NOT NULL REFERENCES reference.member_state,
  status text NOT NULL CHECK (status IN ('MEMBER', 'MEMBER_NOT_PARTICIPATING', 'DISPUTED')),
  valid_from date NOT NULL,
  valid_until date CHECK (valid_until > valid_from),
  PRIMARY KEY (state_code, valid_from),
  EXCLUDE USING gist (state_code WITH =, daterange(valid_from, valid_until) WITH &&)
);

-- The newest rule in force decides; type null: for every type of release.
CREATE TABLE reference.audience_rule (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  audience text NOT NULL REFERENCES reference.member_state,
  type text CHECK (type IN ('PRESS_RELEASE', 'ADVISORY', 'STATEMENT', 'SPEECH', 'PHOTO_NEWS')),
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to > valid_from),
  required_locales text[] NOT NULL CHECK (required_locales <@ ARRAY['EN', 'ES', 'FR', 'PT']),
  fallback_chain text[] NOT NULL
    CHECK (fallback_chain <@ ARRAY['EN', 'ES', 'FR', 'PT', 'ORIGINAL'] AND cardinality(fallback_chain) > 0),
  stale_policy text NOT NULL CHECK (stale_policy IN ('SERVE', 'WITHHOLD')),
  -- A locale that is required must also be in the chain, else it could be published and never served.
  CHECK (required_locales <@ fallback_chain),
  UNIQUE NULLS NOT DISTINCT (audience, type, valid_from)
);

-- Only topics that are public: those that an administrator named, and those of a published release.
CREATE TABLE reference.topic (
  id uuid PRIMARY KEY,
  slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 80)
);

CREATE TABLE reference.topic_name (
  topic_id uuid NOT NULL REFERENCES reference.topic ON DELETE CASCADE,
  locale text NOT NULL CHECK (locale IN ('EN', 'ES', 'FR', 'PT')),
  name text NOT NULL CHECK (name <> '' AND length(name) <= 200),
  PRIMARY KEY (topic_id, locale)
);

-- One number that grows with every change of this schema, so that a node knows when its copy is old.
CREATE TABLE reference.revision (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  number bigint NOT NULL
);
INSERT INTO reference.revision (number) VALUES (1);

CREATE FUNCTION reference.count_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE reference.revision SET number = number + 1;
  RETURN NULL;
END
$$;

CREATE TRIGGER count_revision AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON reference.member_state
  EXECUTE FUNCTION reference.count_revision();
CREATE TRIGGER count_revision AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON reference.membership_period
  EXECUTE FUNCTION reference.count_revision();
CREATE TRIGGER count_revision AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON reference.audience_rule
  EXECUTE FUNCTION reference.count_revision();
CREATE TRIGGER count_revision AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON reference.topic
  EXECUTE FUNCTION reference.count_revision();
CREATE TRIGGER count_revision AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON reference.topic_name
  EXECUTE FUNCTION reference.count_revision();

-- What is read: the present edition of each public release, and the change log. Rewritten by publishing, in the
-- transaction that writes the edition; nothing that is not public ever stands here.
--
-- Sets of locales are bits (EN 1, ES 2, FR 4, PT 8); one locale is a number (EN 1, ES 2, FR 3, PT 4), as is a type
-- (in the order of the contract). Masks stand in both tables so that the locale a reader is shown can be decided,
-- and joined on, without a second look.

CREATE TABLE published.release (
  id uuid PRIMARY KEY,
  number text NOT NULL UNIQUE,
  type smallint NOT NULL CHECK (type BETWEEN 1 AND 5),
  date date NOT NULL,
  original smallint NOT NULL CHECK (original BETWEEN 1 AND 4),
  edition integer NOT NULL CHECK (edition > 0),
  -- When the release first came out.
  published_at timestamptz NOT NULL,
  published_mask smallint NOT NULL CHECK (published_mask BETWEEN 1 AND 15),
  summary_mask smallint NOT NULL CHECK (summary_mask BETWEEN 0 AND 15),
  body_mask smallint NOT NULL CHECK (body_mask BETWEEN 0 AND 15),
  -- Locales in which every field of the original is there.
  whole_mask smallint NOT NULL CHECK (whole_mask BETWEEN 1 AND 15),
  stale_mask smallint NOT NULL CHECK (stale_mask BETWEEN 0 AND 15),
  retracted_mask smallint NOT NULL CHECK (retracted_mask BETWEEN 0 AND 15),
  audiences text[] NOT NULL,
  mentions text[] NOT NULL,
  topics uuid[] NOT NULL,
  -- What the public may know of each locale that is or was out: [{locale, freshness, slug, publishedAt}].
  locales jsonb NOT NULL,
  CHECK (published_mask >> (original - 1) & 1 = 1),
  CHECK (whole_mask >> (original - 1) & 1 = 1),
  CHECK (stale_mask >> (original - 1) & 1 = 0),
  CHECK ((summary_mask | body_mask | whole_mask | stale_mask) & ~published_mask = 0),
  CHECK (retracted_mask & published_mask = 0)
);
CREATE INDEX release_by_date ON published.release (date, number);
CREATE INDEX release_by_type ON published.release (type, date, number);
CREATE INDEX release_by_audience ON published.release USING gin (audiences);
CREATE INDEX release_by_mention ON published.release USING gin (mentions);
CREATE INDEX release_by_topic ON published.release USING gin (topics);

CREATE TABLE published.text (
  release_id uuid NOT NULL REFERENCES published.release ON DELETE CASCADE,
  locale smallint NOT NULL CHECK (locale BETWEEN 1 AND 4),
  number text NOT NULL,
  type smallint NOT NULL,
  date date NOT NULL,
  original smallint NOT NULL,
  published_mask smallint NOT NULL,
  summary_mask smallint NOT NULL,
  body_mask smallint NOT NULL,
  whole_mask smallint NOT NULL,
  stale_mask smallint NOT NULL,
  -- In which locales the whole release is there: with no policy to withhold, it decides who is shown this text.
  facet smallint NOT NULL GENERATED ALWAYS AS ((original - 1) * 16 + whole_mask) STORED,
  slug text NOT NULL,
  -- Plain text; an index entry takes a third of a page.
  title text NOT NULL CHECK (title <> '' AND octet_length(title) <= 2400),
  -- {title: {text, origin, freshness}, summary: … or null, blocks: [{key, kind, text, origin, freshness}]}
  content jsonb NOT NULL,
  search tsvector NOT NULL,
  PRIMARY KEY (release_id, locale)
);
CREATE INDEX text_by_date ON published.text (locale, date, number);
-- Titles are sorted in three different orders: English, French and Portuguese share the root order of UTS #10.
-- With the facet in front, a branch of a list that is sorted by title reads no row that it does not give.
CREATE INDEX text_by_title ON published.text (locale, title COLLATE "und-x-icu", number);
CREATE INDEX text_by_title_es ON published.text (locale, title COLLATE "es-x-icu", number);
CREATE INDEX text_by_title_fr_ca ON published.text (locale, title COLLATE "fr-CA-x-icu", number);
CREATE INDEX text_by_facet ON published.text (locale, facet, title COLLATE "und-x-icu", number) INCLUDE (release_id);
CREATE INDEX text_by_facet_es ON published.text (locale, facet, title COLLATE "es-x-icu", number) INCLUDE (release_id);
CREATE INDEX text_by_facet_fr_ca ON published.text (locale, facet, title COLLATE "fr-CA-x-icu", number) INCLUDE (release_id);
-- Stems of different languages never share an index.
CREATE INDEX text_search_en ON published.text USING gin (search) WHERE locale = 1;
CREATE INDEX text_search_es ON published.text USING gin (search) WHERE locale = 2;
CREATE INDEX text_search_fr ON published.text USING gin (search) WHERE locale = 3;
CREATE INDEX text_search_pt ON published.text USING gin (search) WHERE locale = 4;

-- Addresses, old ones too, by their digests: an address keeps the words of a title that may have been taken back.
CREATE TABLE published.slug (
  digest bytea PRIMARY KEY,
  release_id uuid NOT NULL REFERENCES published.release ON DELETE CASCADE
);
CREATE INDEX slug_of_release ON published.slug (release_id);

-- Every change that a reader's copy has to follow, under one gapless number in the order of commits. It names
-- releases and locales, never a text.
CREATE TABLE published.change_log (
  seq bigint PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('PUBLISHED', 'RETRACTED', 'RULE')),
  at timestamptz NOT NULL,
  release_id uuid,
  number text,
  edition integer,
  changed_mask smallint CHECK (changed_mask BETWEEN 0 AND 15),
  audience text,
  CHECK ((kind = 'RULE') = (release_id IS NULL)),
  UNIQUE (release_id, edition)
);

-- The last number given. Taking the next one is the last thing that a transaction does before it commits, so
-- numbers appear in the order of commits and without gaps.
CREATE TABLE published.change_log_head (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  seq bigint NOT NULL,
  -- Cursors made for another database are told apart by this.
  database_id uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO published.change_log_head (seq) VALUES (0);

-- The number of the locale that a reader is shown, 0 for none; see kernel/localization.ts, decisionTable.
-- decisions: 64 entries for each of the five types; withholds: per type, 15 where stale texts are passed over.
CREATE FUNCTION published.served(
  decisions smallint[], withholds smallint[],
  type smallint, original smallint, wanted_mask smallint, stale_mask smallint
) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT decisions[
    (type - 1) * 64 + (original - 1) * 16 + (wanted_mask & ~(stale_mask & withholds[type])) + 1
  ]
$$;

-- Whether it is one certain locale: the same table, with true where its number stands. A condition of its own,
-- because the planner takes "= 3" for one row in 200, and then would sort all texts instead of reading an index.
CREATE FUNCTION published.is_served(
  decisions boolean[], withholds smallint[],
  type smallint, original smallint, wanted_mask smallint, stale_mask smallint
) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT decisions[
    (type - 1) * 64 + (original - 1) * 16 + (wanted_mask & ~(stale_mask & withholds[type])) + 1
  ]
$$;

-- How a release stands for an audience, COMPLETE 1, PARTIAL 2, FALLBACK 3, UNAVAILABLE 4; see kernel/availability.ts.
-- served: the locale it gets, 0 for none; required: the mask of what it must get; languages: the mask of its own
-- languages, 0 for that of the original.
CREATE FUNCTION published.availability(
  served smallint, required smallint, languages smallint,
  original smallint, whole_mask smallint, stale_mask smallint
) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN served = 0 THEN 4
    WHEN required = 0 THEN
      CASE WHEN served = original AND languages = 0 OR languages >> (served - 1) & 1 = 1 THEN 1 ELSE 3 END
    WHEN whole_mask & ~stale_mask & required = required THEN 1
    WHEN required >> (served - 1) & 1 = 1 THEN 2
    ELSE 3
  END::smallint
$$;

-- Hyphens and apostrophes of all kinds are one; soft hyphens are none. Once its accents are folded, the Portuguese
-- stemmer no longer knows eleições for the plural of eleição.
CREATE FUNCTION published.fold(value text, language text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN language = 'pt' THEN regexp_replace(folded, '\Y[õo]es\y', 'ao', 'gi') ELSE folded END
    FROM translate(value, U&'\2010\2011\2018\2019\00B4\0060\02BC\00AD', '--''''''''''') AS folded
$$;

-- One configuration for each locale: accents are folded before the language's own stemming. Index and query use
-- the same one.
CREATE TEXT SEARCH CONFIGURATION published.en (COPY = pg_catalog.english);
CREATE TEXT SEARCH CONFIGURATION published.es (COPY = pg_catalog.spanish);
CREATE TEXT SEARCH CONFIGURATION published.fr (COPY = pg_catalog.french);
CREATE TEXT SEARCH CONFIGURATION published.pt (COPY = pg_catalog.portuguese);
ALTER TEXT SEARCH CONFIGURATION published.en
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION published.es
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, spanish_stem;
ALTER TEXT SEARCH CONFIGURATION published.fr
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, french_stem;
ALTER TEXT SEARCH CONFIGURATION published.pt
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, portuguese_stem;

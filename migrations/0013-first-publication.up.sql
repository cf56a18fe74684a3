-- When a text came out elsewhere, before the gateway had it: an import knows, and no edition does.
CREATE TABLE authoring.first_publication (
  release_id uuid NOT NULL REFERENCES authoring.release ON DELETE CASCADE,
  locale text NOT NULL CHECK (locale IN ('EN', 'ES', 'FR', 'PT')),
  at timestamptz NOT NULL,
  -- Where no more than the day is known; `at` is its start in Washington, D.C.
  day date,
  PRIMARY KEY (release_id, locale)
);

-- Per locale, by its number (EN 1, ES 2, FR 3, PT 4); null where no text came out elsewhere first. Feeds order such a
-- text by the time below, as long as the edition below is the last one to have changed it.
ALTER TABLE published.release
  ADD COLUMN import_edition integer[],
  ADD COLUMN import_published timestamptz[];
CREATE INDEX release_imported_en ON published.release ((import_published[1])) WHERE import_published[1] IS NOT NULL;
CREATE INDEX release_imported_es ON published.release ((import_published[2])) WHERE import_published[2] IS NOT NULL;
CREATE INDEX release_imported_fr ON published.release ((import_published[3])) WHERE import_published[3] IS NOT NULL;
CREATE INDEX release_imported_pt ON published.release ((import_published[4])) WHERE import_published[4] IS NOT NULL;

-- A copy has the dates of first publication of all locales. The digest of a release without such texts stays the same.
CREATE OR REPLACE FUNCTION published.trace(change_seq bigint, release uuid, release_number text)
RETURNS published.release_trace LANGUAGE sql STABLE AS $$
  SELECT change_seq, release, release_number, coalesce(r.published_mask, 0::smallint), r.type, r.date, r.original,
         r.summary_mask, r.body_mask, r.stale_mask, r.retracted_mask, r.audiences,
         md5(row(r.type, r.date, r.original, r.audiences, r.mentions, r.topics, r.published_at)::text
             || coalesce(r.import_published::text, '')),
         CASE WHEN r.id IS NOT NULL THEN ARRAY(
           SELECT (SELECT md5(t.slug || ' ' || t.content::text) FROM published.text t
                    WHERE t.release_id = r.id AND t.locale = n)
             FROM generate_series(1, 4) AS n ORDER BY n) END
    FROM (SELECT 1) AS one LEFT JOIN published.release r ON r.id = release
$$;

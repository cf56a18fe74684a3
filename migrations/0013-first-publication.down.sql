CREATE OR REPLACE FUNCTION published.trace(change_seq bigint, release uuid, release_number text)
RETURNS published.release_trace LANGUAGE sql STABLE AS $$
  SELECT change_seq, release, release_number, coalesce(r.published_mask, 0::smallint), r.type, r.date, r.original,
         r.summary_mask, r.body_mask, r.stale_mask, r.retracted_mask, r.audiences,
         md5(row(r.type, r.date, r.original, r.audiences, r.mentions, r.topics, r.published_at)::text),
         CASE WHEN r.id IS NOT NULL THEN ARRAY(
           SELECT (SELECT md5(t.slug || ' ' || t.content::text) FROM published.text t
                    WHERE t.release_id = r.id AND t.locale = n)
             FROM generate_series(1, 4) AS n ORDER BY n) END
    FROM (SELECT 1) AS one LEFT JOIN published.release r ON r.id = release
$$;

ALTER TABLE published.release DROP COLUMN import_edition, DROP COLUMN import_published;
DROP TABLE authoring.first_publication;

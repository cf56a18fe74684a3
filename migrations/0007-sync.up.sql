-- What was public of each release from each change on, without a word of it: enough to tell what a reader's copy holds
-- who last asked at some number of the change log, and so what has changed for that reader since.
CREATE TABLE published.release_trace (
  seq bigint PRIMARY KEY REFERENCES published.change_log,
  release_id uuid NOT NULL,
  number text NOT NULL,
  -- 0 where the whole release was taken back; the other columns are null then.
  published_mask smallint NOT NULL,
  type smallint,
  date date,
  original smallint,
  summary_mask smallint,
  body_mask smallint,
  stale_mask smallint,
  retracted_mask smallint,
  audiences text[],
  -- Another one as soon as a fact changes that readers see.
  facts_digest text,
  -- Of EN, ES, FR and PT: another one as soon as a reader of that text sees a difference; null where there is none.
  text_digests text[]
);
CREATE INDEX trace_of_release ON published.release_trace (release_id, seq);
CREATE INDEX change_of_release ON published.change_log (release_id, seq) WHERE release_id IS NOT NULL;

-- The row for a change, made of what readers have at this moment.
CREATE FUNCTION published.trace(change_seq bigint, release uuid, release_number text)
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

-- What is public now; what was public before is not known, and no copy that old exists.
INSERT INTO published.release_trace
SELECT t.* FROM (
    SELECT DISTINCT ON (release_id) seq, release_id, number FROM published.change_log
     WHERE release_id IS NOT NULL ORDER BY release_id, seq DESC) AS l
  CROSS JOIN LATERAL published.trace(l.seq, l.release_id, l.number) AS t;

GRANT SELECT ON published.release_trace TO gateway_reader;
REVOKE UPDATE, DELETE ON published.release_trace FROM gateway_writer;

-- A number of the change log is given twice where a database is restored to an earlier point, or fails over to a server
-- that had not received everything. An id tells the two changes apart. No default while the column is added: that
-- would rewrite the table.
ALTER TABLE published.change_log ADD COLUMN id uuid;
ALTER TABLE published.change_log ALTER COLUMN id SET DEFAULT gen_random_uuid();

-- The id of a change; of one from before this migration it is derived from its instant. Null where there is no such
-- change.
CREATE FUNCTION published.change_id(change_seq bigint) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(id, md5(seq || ' ' || extract(epoch FROM at))::uuid) FROM published.change_log WHERE seq = change_seq
$$;

-- Names the server, the database on it and the timeline of its write-ahead log. It is another one after a restore to a
-- point in time, a restore of a dump, or a failover; a restored snapshot of the disk has the same one. Null on a standby.
CREATE FUNCTION published.server_identity() RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  system text := '';
BEGIN
  IF pg_is_in_recovery() THEN RETURN NULL; END IF;
  BEGIN
    SELECT system_identifier INTO system FROM pg_control_system();
  EXCEPTION
    -- Some hosted servers keep it from all but their own administrators.
    WHEN insufficient_privilege THEN NULL;
  END;
  RETURN format('%s/%s/%s', system, (SELECT oid FROM pg_database WHERE datname = current_database()),
                left(pg_walfile_name(pg_current_wal_lsn()), 8));
END
$$;

-- On which servers this database has been, the present one last.
CREATE TABLE published.server_history (
  number integer PRIMARY KEY,
  identity text NOT NULL,
  -- The last change of the log when the database began on this server.
  seq bigint NOT NULL,
  -- FIRST: when this table was made. FOUND: a node noticed it. RESTORED: reported with `gateway restored`.
  kind text NOT NULL CHECK (kind IN ('FIRST', 'FOUND', 'RESTORED')),
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
REVOKE UPDATE, DELETE ON published.server_history FROM gateway_writer;
INSERT INTO published.server_history (number, identity, seq, kind)
SELECT 1, published.server_identity(), seq, 'FIRST' FROM published.change_log_head;

-- RULES_UNMET, also where it is null: the instant came and the rules were not met. RESTORED: the instant passed in the
-- time that a restore lost, and whether it was to be published is no longer known.
ALTER TABLE authoring.schedule ADD COLUMN held_back_reason text
  CHECK (held_back_reason IN ('RULES_UNMET', 'RESTORED'));

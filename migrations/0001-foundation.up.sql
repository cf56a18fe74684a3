-- Four schemas: readers have a path to two of them, `reference` and `published`, and to nothing else.
CREATE SCHEMA IF NOT EXISTS platform;
CREATE SCHEMA reference;
CREATE SCHEMA authoring;
CREATE SCHEMA published;

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

-- Roles belong to the whole cluster: another database, or another node, may make it at this very moment.
DO $$
BEGIN
  IF to_regrole('gateway_reader') IS NULL THEN
    CREATE ROLE gateway_reader NOLOGIN;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

GRANT USAGE ON SCHEMA reference, published TO gateway_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA reference, published GRANT SELECT ON TABLES TO gateway_reader;

-- What the nodes of one gateway share and no reader may see, such as the reader's own password.
CREATE TABLE platform.secret (
  name text PRIMARY KEY,
  value jsonb NOT NULL
);

DROP TABLE platform.secret;
DROP SCHEMA published, authoring, reference CASCADE;
DROP EXTENSION btree_gist;
DROP EXTENSION unaccent;
-- The role stays: other databases of the cluster may use it. Schema platform stays: it holds the list of migrations.

ALTER DEFAULT PRIVILEGES IN SCHEMA authoring, reference, published
  REVOKE SELECT, INSERT, UPDATE, DELETE ON TABLES FROM gateway_writer;
REVOKE ALL ON ALL TABLES IN SCHEMA authoring, reference, published FROM gateway_writer;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA authoring, reference, published FROM gateway_writer;
REVOKE USAGE ON SCHEMA authoring, reference, published FROM gateway_writer;

DROP TABLE authoring.catalog_revision, authoring.locale_text_revision, authoring.locale_text, authoring.locale_entry,
  authoring.locale_namespace, authoring.rule_turn, authoring.schedule, authoring.comment, authoring.assignment,
  authoring.first_answer, authoring.audit, authoring.account;
DROP INDEX authoring.release_newest;
DROP FUNCTION authoring.settle_translations;
ALTER TABLE authoring.source_version DROP COLUMN text;
ALTER TABLE authoring.translation DROP COLUMN freshness, DROP COLUMN completeness;

-- Numbers of the log are never given twice: what the older form has no word for becomes a turn of a rule for no one.
ALTER TABLE published.change_log DROP CONSTRAINT change_log_subject_check, DROP CONSTRAINT change_log_kind_check;
UPDATE published.change_log SET kind = 'RULE' WHERE kind = 'TOPIC';
ALTER TABLE published.change_log DROP COLUMN topic;
ALTER TABLE published.change_log
  ADD CONSTRAINT change_log_kind_check CHECK (kind IN ('PUBLISHED', 'RETRACTED', 'RULE')),
  ADD CONSTRAINT change_log_check CHECK ((kind = 'RULE') = (release_id IS NULL));

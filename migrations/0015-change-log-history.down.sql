ALTER TABLE authoring.schedule DROP COLUMN held_back_reason;
DROP TABLE published.server_history;
DROP FUNCTION published.server_identity(), published.change_id(bigint);
ALTER TABLE published.change_log DROP COLUMN id;

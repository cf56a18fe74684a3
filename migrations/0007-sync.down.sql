DROP FUNCTION published.trace(bigint, uuid, text);
DROP INDEX published.change_of_release;
DROP TABLE published.release_trace;

DROP TRIGGER write_record ON published.release;
DROP FUNCTION published.write_record();
ALTER TABLE published.release DROP COLUMN record;
ALTER TABLE published.text DROP COLUMN renderings;
ALTER TABLE published.text DROP COLUMN head;

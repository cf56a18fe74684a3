ALTER TABLE published.text DROP COLUMN renderings;
ALTER TABLE published.text DROP COLUMN head;

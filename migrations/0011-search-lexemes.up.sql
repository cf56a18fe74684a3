-- What a text is found by is made by the program (src/kernel/search) from now on, the same on every cluster, whatever
-- its lc_ctype and its version of PostgreSQL. The columns are null in texts of before until the program has filled
-- them in, in the background; readers use the old columns until then, and publishing fills in both.
--
-- A later release drops `search`, `title_words` and `lead_words` with their indexes, published.fold and the text search
-- configurations, once no node is left that reads them.

-- Readers wait behind a waiting ALTER TABLE: it gives up after a moment, and tries again when they have gone.
DO $$
BEGIN
  SET LOCAL lock_timeout = '100ms';
  LOOP
    BEGIN
      LOCK TABLE published.text IN ACCESS EXCLUSIVE MODE;
      EXIT;
    EXCEPTION WHEN lock_not_available THEN
      PERFORM pg_sleep(0.2);
    END;
  END LOOP;
  SET LOCAL lock_timeout = 0;
END
$$;

ALTER TABLE published.text
  ADD COLUMN lexemes tsvector,
  -- Those of the title, and of title and summary; as in migration 0009.
  ADD COLUMN title_lexemes tsvector,
  ADD COLUMN lead_lexemes tsvector;

-- Whether every text has its lexemes. Once true it stays true.
CREATE TABLE published.search_index (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  complete boolean NOT NULL
);
INSERT INTO published.search_index (complete) SELECT NOT EXISTS (SELECT FROM published.text);

-- Every node reads it with the reference data, and so again when the revision of these moves.
CREATE TRIGGER count_revision AFTER UPDATE ON published.search_index
  EXECUTE FUNCTION reference.count_revision();

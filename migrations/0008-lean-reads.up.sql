-- What hot reads need of a text without the whole of it, made by the publication that writes the text. Null in texts
-- of before: these are read from their content.

-- What lists show: {summary: {plainText, origin, freshness} or null,
--                   body: {opening: the beginning of its plain text or null, origin, freshness},
--                   title: {origin, freshness}}; the title itself is a column.
ALTER TABLE published.text ADD COLUMN head json;

-- Blocks whose HTML or plain text is not their text, as they were rendered: {key: {html, plainText, version}}.
ALTER TABLE published.text ADD COLUMN renderings json;

-- The whole row as readers get it: one value is sent and read where there were sixteen.
ALTER TABLE published.release ADD COLUMN record json;

CREATE FUNCTION published.write_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.record := json_build_object(
    'id', NEW.id, 'number', NEW.number, 'type', NEW.type, 'date', NEW.date, 'original', NEW.original,
    'edition', NEW.edition, 'publishedAt', NEW.published_at, 'published', NEW.published_mask,
    'withSummary', NEW.summary_mask, 'withBody', NEW.body_mask, 'stale', NEW.stale_mask,
    'retracted', NEW.retracted_mask, 'audiences', NEW.audiences, 'mentions', NEW.mentions,
    'topics', NEW.topics, 'locales', NEW.locales);
  RETURN NEW;
END
$$;
CREATE TRIGGER write_record BEFORE INSERT OR UPDATE ON published.release
  FOR EACH ROW EXECUTE FUNCTION published.write_record();

UPDATE published.release SET record = NULL;
ALTER TABLE published.release ALTER COLUMN record SET NOT NULL;

-- What is said of the locales of a release is asked for least, and takes half of its record: a text in it, which is
-- parsed where it is wanted.
CREATE OR REPLACE FUNCTION published.write_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.record := json_build_object(
    'id', NEW.id, 'number', NEW.number, 'type', NEW.type, 'date', NEW.date, 'original', NEW.original,
    'edition', NEW.edition, 'publishedAt', NEW.published_at, 'published', NEW.published_mask,
    'withSummary', NEW.summary_mask, 'withBody', NEW.body_mask, 'stale', NEW.stale_mask,
    'retracted', NEW.retracted_mask, 'audiences', NEW.audiences, 'mentions', NEW.mentions,
    'topics', NEW.topics, 'locales', NEW.locales::text);
  RETURN NEW;
END
$$;

UPDATE published.release SET record = '{}';

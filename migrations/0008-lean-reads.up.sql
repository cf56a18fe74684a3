-- What hot reads need of a text without the whole of it, made by the publication that writes the text. Null in texts
-- of before: these are read from their content.

-- What lists show: {summary: {plainText, origin, freshness} or null,
--                   body: {opening: the beginning of its plain text or null, origin, freshness},
--                   title: {origin, freshness}}; the title itself is a column.
ALTER TABLE published.text ADD COLUMN head jsonb;

-- Blocks whose HTML or plain text is not their text, as they were rendered: {key: {html, plainText, version}}.
ALTER TABLE published.text ADD COLUMN renderings jsonb;

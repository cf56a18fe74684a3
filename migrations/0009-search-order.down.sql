ALTER TABLE published.text DROP COLUMN lead_words, DROP COLUMN title_words;

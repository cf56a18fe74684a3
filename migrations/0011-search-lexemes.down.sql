DROP TABLE published.search_index;
ALTER TABLE published.text DROP COLUMN lead_lexemes, DROP COLUMN title_lexemes, DROP COLUMN lexemes;

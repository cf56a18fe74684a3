-- What a search finds is put in order by where its words stand: in the title, in title and summary, or further down.
-- A large `search` need not be unpacked for that, and each part of the list is read newest first, no further than the
-- page goes.
ALTER TABLE published.text
  ADD COLUMN title_words tsvector NOT NULL GENERATED ALWAYS AS (ts_filter(search, '{a}')) STORED,
  ADD COLUMN lead_words tsvector NOT NULL GENERATED ALWAYS AS (ts_filter(search, '{a,b}')) STORED;

CREATE INDEX text_title_words_en ON published.text USING gin (title_words) WHERE locale = 1;
CREATE INDEX text_title_words_es ON published.text USING gin (title_words) WHERE locale = 2;
CREATE INDEX text_title_words_fr ON published.text USING gin (title_words) WHERE locale = 3;
CREATE INDEX text_title_words_pt ON published.text USING gin (title_words) WHERE locale = 4;
CREATE INDEX text_lead_words_en ON published.text USING gin (lead_words) WHERE locale = 1;
CREATE INDEX text_lead_words_es ON published.text USING gin (lead_words) WHERE locale = 2;
CREATE INDEX text_lead_words_fr ON published.text USING gin (lead_words) WHERE locale = 3;
CREATE INDEX text_lead_words_pt ON published.text USING gin (lead_words) WHERE locale = 4;

-- In a transaction of their own: CREATE INDEX keeps no reader waiting, and the columns are still empty, so it is done
-- with them soon.
CREATE INDEX text_lexemes_en ON published.text USING gin (lexemes) WHERE locale = 1;
CREATE INDEX text_lexemes_es ON published.text USING gin (lexemes) WHERE locale = 2;
CREATE INDEX text_lexemes_fr ON published.text USING gin (lexemes) WHERE locale = 3;
CREATE INDEX text_lexemes_pt ON published.text USING gin (lexemes) WHERE locale = 4;
CREATE INDEX text_title_lexemes_en ON published.text USING gin (title_lexemes) WHERE locale = 1;
CREATE INDEX text_title_lexemes_es ON published.text USING gin (title_lexemes) WHERE locale = 2;
CREATE INDEX text_title_lexemes_fr ON published.text USING gin (title_lexemes) WHERE locale = 3;
CREATE INDEX text_title_lexemes_pt ON published.text USING gin (title_lexemes) WHERE locale = 4;
CREATE INDEX text_lead_lexemes_en ON published.text USING gin (lead_lexemes) WHERE locale = 1;
CREATE INDEX text_lead_lexemes_es ON published.text USING gin (lead_lexemes) WHERE locale = 2;
CREATE INDEX text_lead_lexemes_fr ON published.text USING gin (lead_lexemes) WHERE locale = 3;
CREATE INDEX text_lead_lexemes_pt ON published.text USING gin (lead_lexemes) WHERE locale = 4;

-- The texts that are still to be filled in.
CREATE INDEX text_without_lexemes ON published.text (release_id, locale) WHERE lexemes IS NULL;

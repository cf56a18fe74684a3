DROP INDEX published.text_without_lexemes,
  published.text_lead_lexemes_pt, published.text_lead_lexemes_fr,
  published.text_lead_lexemes_es, published.text_lead_lexemes_en,
  published.text_title_lexemes_pt, published.text_title_lexemes_fr,
  published.text_title_lexemes_es, published.text_title_lexemes_en,
  published.text_lexemes_pt, published.text_lexemes_fr, published.text_lexemes_es, published.text_lexemes_en;

-- What a correction changed, in words for readers: {locales: the locales whose words the edition replaced, notes:
-- {locale: text}}. Null in an edition without a note. The projection copies it into the texts that it concerns
-- (published.text.content), so readers have it exactly as long as the text.
ALTER TABLE authoring.edition ADD COLUMN correction jsonb CHECK (jsonb_typeof(correction) = 'object');

-- {locale: text}, for the edition to come; null for none.
ALTER TABLE authoring.schedule ADD COLUMN correction_notes jsonb CHECK (jsonb_typeof(correction_notes) = 'object');

-- Which presentation was last served from this database (src/kernel/presentation.ts), and since when: feeds changed
-- then, if nothing was logged since. No time where nothing was served before.
ALTER TABLE published.change_log_head
  ADD COLUMN presentation integer,
  ADD COLUMN presentation_at timestamptz;

-- As the OAS writes it today, with the hyphens and the apostrophe of running text.
UPDATE reference.member_state SET oas_names = oas_names || '{"fr":"Saint-Kitts-et-Nevis"}' WHERE code = 'KN';
UPDATE reference.member_state SET oas_names = oas_names || '{"fr":"États-Unis d’Amérique"}' WHERE code = 'US';

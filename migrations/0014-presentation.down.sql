UPDATE reference.member_state SET oas_names = oas_names || '{"fr":"St.-Kitts-et-Nevis"}' WHERE code = 'KN';
UPDATE reference.member_state SET oas_names = oas_names || '{"fr":"États-Unis d''Amérique"}' WHERE code = 'US';

ALTER TABLE published.change_log_head
  DROP COLUMN presentation_at,
  DROP COLUMN presentation;

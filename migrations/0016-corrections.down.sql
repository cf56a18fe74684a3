ALTER TABLE authoring.schedule DROP COLUMN correction_notes;
ALTER TABLE authoring.edition DROP COLUMN correction;

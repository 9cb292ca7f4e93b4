ALTER TABLE waves DROP COLUMN questionnaire;
ALTER TABLE waves DROP COLUMN instrument;

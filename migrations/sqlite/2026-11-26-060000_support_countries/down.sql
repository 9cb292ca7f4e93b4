DROP TABLE unit_countries;
ALTER TABLE support_contacts DROP COLUMN country;

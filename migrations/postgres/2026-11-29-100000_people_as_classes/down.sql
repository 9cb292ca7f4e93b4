ALTER TABLE atoms DROP COLUMN changed_since_spread;
ALTER TABLE atoms DROP COLUMN asked;

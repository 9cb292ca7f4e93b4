-- How many people were asked, which is public; NULL in releases of earlier versions, which told how many
-- answered exactly.
ALTER TABLE atoms ADD COLUMN asked INTEGER CHECK (asked >= 7);
-- How many people came or went since a spread of any of an atom's people was told; NULL if none ever was.
ALTER TABLE atoms ADD COLUMN changed_since_spread INTEGER CHECK (changed_since_spread >= 0);

-- How many people joined or left an atom's units since the wave before: 0, few (1 or 2) or more (3).
-- NULL if it is not known.
ALTER TABLE atoms ADD COLUMN roster INTEGER CHECK (roster IN (0, 1, 3));

-- Which kind of browser a token was issued to, so that its owner finds it again: a number, hidden by a byte
-- that only the wave's key gives, because sessions say who uses which kind. Never when.
ALTER TABLE pickups ADD COLUMN device BYTEA CHECK (length(device) = 1);

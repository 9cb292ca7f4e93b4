-- Pick-ups under a name that only the wave's key gives: who reads this cannot say who picked up a token.
-- `issuance` stays for waves that were running before; it gets no new rows. No time, no serial number,
-- no rowid. Emptied when the wave is released, and the key is destroyed then.
CREATE TABLE pickups (
    wave INTEGER NOT NULL,
    holder BLOB NOT NULL CHECK (length(holder) = 32),
    blinded BLOB NOT NULL CHECK (length(blinded) = 32),
    PRIMARY KEY (wave, holder)
) WITHOUT ROWID;

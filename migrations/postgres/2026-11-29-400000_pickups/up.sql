-- Pick-ups under a name that only the wave's key gives: who reads this, or the write-ahead log, cannot
-- say who picked up a token. `issuance` stays for waves that were running before; it gets no new rows.
-- No time, no serial number. Emptied when the wave is released, and the key is destroyed then.
CREATE TABLE pickups (
    wave INTEGER NOT NULL,
    holder BYTEA NOT NULL CHECK (length(holder) = 32),
    blinded BYTEA NOT NULL CHECK (length(blinded) = 32),
    PRIMARY KEY (wave, holder)
);

-- The write-ahead log has the time of each commit, to the microsecond, and archives keep it: what is not
-- logged does not tell when somebody signed in. If PostgreSQL crashes the two are empty afterwards, and
-- everybody signs in again.
-- Without foreign keys, which would lock, and so log, the row of the person; who leaves is signed out by the
-- program in the same transaction.
ALTER TABLE sessions DROP CONSTRAINT sessions_person_fkey;
ALTER TABLE sign_in_codes DROP CONSTRAINT sign_in_codes_person_fkey;
ALTER TABLE sessions SET UNLOGGED;
ALTER TABLE sign_in_codes SET UNLOGGED;

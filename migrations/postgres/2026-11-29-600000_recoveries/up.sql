-- What finds somebody's check-in again on another device: copies of one secret, sealed in the browser under a
-- code or a passkey that this program never sees. Under a name that only the program's own key gives, so
-- that who reads this cannot say whose they are. `root` is a public name of the secret. One to four copies of
-- 61 bytes each, one after another. No time, no serial number.
CREATE TABLE recoveries (
    holder BYTEA PRIMARY KEY CHECK (length(holder) = 32),
    root BYTEA NOT NULL CHECK (length(root) = 16),
    copies BYTEA NOT NULL CHECK (length(copies) BETWEEN 61 AND 244 AND length(copies) % 61 = 0)
);

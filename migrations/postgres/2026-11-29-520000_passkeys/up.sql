-- Passkeys (WebAuthn): a public key by which somebody signs in. `id` is the hash of what the device calls it.
-- Written when it is added, deleted when it is removed or its owner leaves; never when it is used.
CREATE TABLE passkeys (
    id BYTEA PRIMARY KEY NOT NULL CHECK (length(id) = 32),
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    credential TEXT NOT NULL CHECK (length(credential) <= 8000)
);
CREATE INDEX passkeys_person ON passkeys (person);

-- How often a security key says that it was used, for those that count: a copy of it is noticed by that.
-- Unlogged, as sessions are, and without a foreign key, which would lock, and so log, the passkey: the
-- write-ahead log does not say who signed in when. The program deletes it with the passkey.
CREATE UNLOGGED TABLE passkey_counters (
    passkey BYTEA PRIMARY KEY NOT NULL CHECK (length(passkey) = 32),
    count BIGINT NOT NULL CHECK (count BETWEEN 0 AND 4294967295)
);

-- Challenges that were answered, until they would have ended: none is answered twice. Nobody's name.
CREATE UNLOGGED TABLE spent_challenges (
    hash BYTEA PRIMARY KEY NOT NULL CHECK (length(hash) = 32),
    expires TIMESTAMP NOT NULL
);

-- By which names identity providers knew people who have left, or whose address somebody else has now:
-- hashes, so that such a name never opens the account of whoever comes after.
CREATE TABLE ended_identities (
    hash BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32),
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX ended_identities_person ON ended_identities (person);

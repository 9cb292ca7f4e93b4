-- The mail server that an administrator named on the pages. Its URL holds a password and is sealed under the key
-- file, so that neither a backup nor whoever reads the database has it.
CREATE TABLE mail_server (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    sealed_url BLOB NOT NULL,
    sender TEXT NOT NULL,
    reply_to TEXT
);

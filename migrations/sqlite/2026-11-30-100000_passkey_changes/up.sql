-- Passkeys that came or went in the hour that is under way. They go into the audit log when it is over, in the
-- order of `key`, which is random: in the log at once, their number would say between what they came. No serial
-- number, no rowid.
CREATE TABLE passkey_changes (
    key BLOB PRIMARY KEY NOT NULL CHECK (length(key) = 16),
    person TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('passkey.add', 'passkey.remove')),
    hour TIMESTAMP NOT NULL
) WITHOUT ROWID;

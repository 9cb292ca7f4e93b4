-- What kind of browser a session was begun with, so that people know their own sessions apart.
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '' CHECK (length(device) <= 60);

-- Who an identity provider says somebody is; the first sign-in is matched by address.
CREATE TABLE identities (
    issuer TEXT NOT NULL CHECK (length(issuer) <= 300),
    subject TEXT NOT NULL CHECK (length(subject) <= 255),
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (issuer, subject)
);
CREATE UNIQUE INDEX identities_one_each ON identities (issuer, person);

-- Every change of the smallest group, for good: the public log is made from it.
CREATE TABLE smallest_group_changes (
    seq INTEGER PRIMARY KEY NOT NULL CHECK (seq >= 1),
    at TIMESTAMP NOT NULL,
    before INTEGER NOT NULL CHECK (before >= 5),
    k INTEGER NOT NULL CHECK (k >= 5),
    effective TIMESTAMP NOT NULL,
    reason TEXT NOT NULL CHECK (length(reason) <= 200)
);

-- What other programs are told about a wave, once each: sent or still to be sent.
CREATE TABLE notices (
    event TEXT NOT NULL CHECK (event IN ('wave.opened', 'results.published', 'report.sent')),
    wave INTEGER NOT NULL REFERENCES waves (seq),
    hook TEXT NOT NULL CHECK (length(hook) <= 60),
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    retry TIMESTAMP,
    PRIMARY KEY (event, wave, hook)
);

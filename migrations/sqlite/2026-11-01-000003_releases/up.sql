-- One release per wave, ever: the key makes a second run fail instead of releasing twice.
-- The numbers 5 below are the floor of the smallest group; no setting reaches under it.
CREATE TABLE releases (
    wave INTEGER PRIMARY KEY NOT NULL REFERENCES waves (seq),
    k INTEGER NOT NULL CHECK (k >= 5),
    sd_burnout DOUBLE NOT NULL CHECK (sd_burnout >= 0),
    sd_sts DOUBLE NOT NULL CHECK (sd_sts >= 0),
    sd_cs DOUBLE NOT NULL CHECK (sd_cs >= 0),
    eligible INTEGER NOT NULL CHECK (eligible >= 0),
    ballots INTEGER NOT NULL CHECK (ballots >= 0),
    spoilt INTEGER NOT NULL CHECK (spoilt >= 0),
    issued INTEGER NOT NULL CHECK (issued >= 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32)
);

CREATE TABLE atoms (
    wave INTEGER NOT NULL REFERENCES releases (wave),
    atom INTEGER NOT NULL CHECK (atom >= 0),
    n_burnout INTEGER NOT NULL CHECK (n_burnout >= 5),
    lo_burnout INTEGER NOT NULL CHECK (lo_burnout >= 0),
    hi_burnout INTEGER NOT NULL,
    n_sts INTEGER NOT NULL CHECK (n_sts >= 5),
    lo_sts INTEGER NOT NULL CHECK (lo_sts >= 0),
    hi_sts INTEGER NOT NULL,
    n_cs INTEGER NOT NULL CHECK (n_cs >= 5),
    lo_cs INTEGER NOT NULL CHECK (lo_cs >= 0),
    hi_cs INTEGER NOT NULL,
    took_part INTEGER NOT NULL CHECK (took_part BETWEEN 4 AND 9),
    PRIMARY KEY (wave, atom),
    CHECK (lo_burnout <= hi_burnout AND lo_sts <= hi_sts AND lo_cs <= hi_cs)
) WITHOUT ROWID;

-- The key says it: atoms are disjoint.
CREATE TABLE atom_units (
    wave INTEGER NOT NULL,
    unit TEXT NOT NULL,
    atom INTEGER NOT NULL,
    PRIMARY KEY (wave, unit),
    FOREIGN KEY (wave, unit) REFERENCES wave_units (wave, unit),
    FOREIGN KEY (wave, atom) REFERENCES atoms (wave, atom)
) WITHOUT ROWID;

CREATE TABLE deliveries (
    id TEXT PRIMARY KEY NOT NULL,
    wave INTEGER NOT NULL REFERENCES releases (wave),
    recipient TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('monthly_report')),
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    claimed_until TIMESTAMP,
    retry_at TIMESTAMP,
    sent_at TIMESTAMP,
    reason TEXT CHECK (length(reason) <= 200),
    UNIQUE (wave, recipient, kind)
) WITHOUT ROWID;
CREATE INDEX deliveries_queued ON deliveries (wave) WHERE state = 'queued';

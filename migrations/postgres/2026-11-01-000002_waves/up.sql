CREATE TABLE waves (
    seq INTEGER PRIMARY KEY CHECK (seq >= 1),
    label TEXT NOT NULL UNIQUE,
    pickup_from TIMESTAMP NOT NULL,
    opens TIMESTAMP NOT NULL,
    closes TIMESTAMP NOT NULL,
    manifest BYTEA NOT NULL,
    CHECK (pickup_from <= opens AND opens < closes)
);

-- The tree as it stood when the wave was announced.
CREATE TABLE wave_units (
    wave INTEGER NOT NULL REFERENCES waves (seq),
    unit TEXT NOT NULL REFERENCES units (id),
    parent TEXT,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (wave, unit),
    FOREIGN KEY (wave, parent) REFERENCES wave_units (wave, unit)
);

CREATE TABLE cohorts (
    wave INTEGER NOT NULL REFERENCES waves (seq),
    cohort TEXT NOT NULL,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    eligible INTEGER NOT NULL CHECK (eligible >= 1),
    PRIMARY KEY (wave, cohort)
);

-- The key says it: a unit's direct staff belong to one cohort.
CREATE TABLE cohort_units (
    wave INTEGER NOT NULL,
    unit TEXT NOT NULL,
    cohort TEXT NOT NULL,
    PRIMARY KEY (wave, unit),
    FOREIGN KEY (wave, unit) REFERENCES wave_units (wave, unit),
    FOREIGN KEY (wave, cohort) REFERENCES cohorts (wave, cohort)
);

-- Who may pick up a token, and for which cohort.
CREATE TABLE wave_placements (
    wave INTEGER NOT NULL,
    person TEXT NOT NULL REFERENCES people (id),
    unit TEXT NOT NULL,
    cohort TEXT NOT NULL,
    PRIMARY KEY (wave, person),
    FOREIGN KEY (wave, unit) REFERENCES cohort_units (wave, unit),
    FOREIGN KEY (wave, cohort) REFERENCES cohorts (wave, cohort)
);

-- Who picked up a token. No time, no serial number. Row order and the hidden `xmin` still tell the
-- order of pick-up, which is why ballots never live in this database. Emptied at release.
CREATE TABLE issuance (
    wave INTEGER NOT NULL,
    person TEXT NOT NULL,
    blinded BYTEA NOT NULL CHECK (length(blinded) = 32),
    PRIMARY KEY (wave, person),
    FOREIGN KEY (wave, person) REFERENCES wave_placements (wave, person)
);

CREATE TABLE organisation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL
);

CREATE TABLE support_contacts (
    position INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    phone TEXT,
    link TEXT,
    note TEXT NOT NULL CHECK (length(note) <= 300),
    checked DATE NOT NULL
);

CREATE TABLE units (
    id TEXT PRIMARY KEY,
    created DATE NOT NULL
);

-- Where a unit hung and what it was called, from one day up to but not including another.
CREATE TABLE unit_placements (
    unit TEXT NOT NULL REFERENCES units (id),
    parent TEXT REFERENCES units (id),
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE CHECK (valid_to > valid_from),
    PRIMARY KEY (unit, valid_from)
);
CREATE UNIQUE INDEX unit_placements_one_place ON unit_placements (unit) WHERE valid_to IS NULL;
CREATE UNIQUE INDEX unit_placements_one_name ON unit_placements (name) WHERE valid_to IS NULL;

CREATE TABLE people (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE
);

CREATE TABLE memberships (
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    unit TEXT NOT NULL REFERENCES units (id),
    valid_from DATE NOT NULL,
    valid_to DATE CHECK (valid_to > valid_from),
    PRIMARY KEY (person, valid_from)
);
CREATE UNIQUE INDEX memberships_one_unit ON memberships (person) WHERE valid_to IS NULL;

CREATE TABLE roles (
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('manager', 'hr', 'admin', 'privacy')),
    unit TEXT REFERENCES units (id),
    CHECK ((role = 'manager') = (unit IS NOT NULL))
);
CREATE UNIQUE INDEX roles_once ON roles (person, role) WHERE unit IS NULL;
CREATE UNIQUE INDEX roles_once_per_unit ON roles (person, role, unit) WHERE unit IS NOT NULL;

CREATE TABLE password_hashes (
    person TEXT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    hash TEXT NOT NULL
);

-- Only hashes are kept: whoever reads these tables can sign in as nobody.
CREATE TABLE sign_in_codes (
    hash BYTEA PRIMARY KEY CHECK (length(hash) = 32),
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    expires TIMESTAMP NOT NULL
);
CREATE INDEX sign_in_codes_person ON sign_in_codes (person);

CREATE TABLE sessions (
    hash BYTEA PRIMARY KEY CHECK (length(hash) = 32),
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    expires TIMESTAMP NOT NULL
);
CREATE INDEX sessions_person ON sessions (person);

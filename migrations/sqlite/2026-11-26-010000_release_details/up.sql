-- How the people of an atom spread over thirds of a scale: steps of a count of people.
CREATE TABLE spreads (
    wave INTEGER NOT NULL,
    atom INTEGER NOT NULL,
    scale TEXT NOT NULL CHECK (scale IN ('burnout', 'sts', 'cs')),
    low_lo INTEGER NOT NULL CHECK (low_lo >= 0),
    low_hi INTEGER NOT NULL,
    middle_lo INTEGER NOT NULL CHECK (middle_lo >= 0),
    middle_hi INTEGER NOT NULL,
    high_lo INTEGER NOT NULL CHECK (high_lo >= 0),
    high_hi INTEGER NOT NULL,
    PRIMARY KEY (wave, atom, scale),
    FOREIGN KEY (wave, atom) REFERENCES atoms (wave, atom),
    CHECK (low_lo < low_hi AND middle_lo < middle_hi AND high_lo < high_hi)
) WITHOUT ROWID;

-- Unions of atoms, of thirty people and more. The key says it: blocks are disjoint.
CREATE TABLE block_atoms (
    wave INTEGER NOT NULL,
    atom INTEGER NOT NULL,
    block INTEGER NOT NULL CHECK (block >= 0),
    PRIMARY KEY (wave, atom),
    FOREIGN KEY (wave, atom) REFERENCES atoms (wave, atom)
) WITHOUT ROWID;

-- Coarsened totals of a block's answers to one item.
CREATE TABLE block_items (
    wave INTEGER NOT NULL REFERENCES releases (wave),
    block INTEGER NOT NULL CHECK (block >= 0),
    position INTEGER NOT NULL CHECK (position >= 0),
    item TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 5),
    lo INTEGER NOT NULL CHECK (lo >= 0),
    hi INTEGER NOT NULL,
    PRIMARY KEY (wave, block, position),
    UNIQUE (wave, block, item),
    CHECK (lo < hi)
) WITHOUT ROWID;

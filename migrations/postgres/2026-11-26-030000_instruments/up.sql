-- The organisation's licensed texts of published questionnaires, as they were added.
CREATE TABLE instrument_texts (
    instrument TEXT NOT NULL CHECK (length(instrument) <= 60),
    language TEXT NOT NULL CHECK (length(language) = 2),
    licence TEXT NOT NULL CHECK (length(licence) BETWEEN 1 AND 2000),
    texts TEXT NOT NULL,
    added DATE NOT NULL,
    PRIMARY KEY (instrument, language)
);

-- Scale scores of teams that were asked elsewhere, coarsened like everything else.
CREATE TABLE imported_scores (
    instrument TEXT NOT NULL CHECK (length(instrument) <= 60),
    label TEXT NOT NULL CHECK (length(label) <= 20),
    unit TEXT NOT NULL REFERENCES units (id),
    scale TEXT NOT NULL CHECK (length(scale) <= 60),
    n INTEGER NOT NULL CHECK (n >= 5),
    lo INTEGER NOT NULL CHECK (lo >= 0),
    hi INTEGER NOT NULL,
    PRIMARY KEY (instrument, label, unit, scale),
    CHECK (lo < hi)
);

-- What somebody said that headings of roster files mean, for the next file.
CREATE TABLE roster_headings (
    heading TEXT PRIMARY KEY NOT NULL,
    meaning TEXT NOT NULL
) WITHOUT ROWID;

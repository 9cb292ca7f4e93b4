-- Which installation this database belongs to. The data folder says the same in a file, so that neither is used with
-- another's.
CREATE TABLE installation (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    name TEXT NOT NULL CHECK (length(name) = 36)
);

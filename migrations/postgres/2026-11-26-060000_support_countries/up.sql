-- For whom a contact is; nothing is for everybody.
ALTER TABLE support_contacts ADD COLUMN country TEXT CHECK (length(country) = 2);

-- In which country a unit works, and all below it that say nothing else.
CREATE TABLE unit_countries (
    unit TEXT PRIMARY KEY NOT NULL REFERENCES units (id),
    country TEXT NOT NULL CHECK (length(country) = 2)
);

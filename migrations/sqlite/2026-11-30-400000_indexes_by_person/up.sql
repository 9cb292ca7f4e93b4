-- Whoever leaves for good is looked for in every table that names people.
CREATE INDEX wave_placements_person ON wave_placements (person);
CREATE INDEX lever_history_changed_by ON lever_history (changed_by);
CREATE INDEX identities_person ON identities (person);
CREATE INDEX roles_person ON roles (person);

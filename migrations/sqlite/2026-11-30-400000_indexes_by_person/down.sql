DROP INDEX roles_person;
DROP INDEX identities_person;
DROP INDEX lever_history_changed_by;
DROP INDEX wave_placements_person;

DROP TABLE notices;
DROP TABLE smallest_group_changes;
DROP TABLE identities;
ALTER TABLE sessions DROP COLUMN device;

-- The role that something was done with; nothing for the program itself, and in entries from before.
ALTER TABLE audit_log ADD COLUMN role TEXT
    CHECK (role IN ('staff', 'manager', 'hr', 'admin', 'privacy'));

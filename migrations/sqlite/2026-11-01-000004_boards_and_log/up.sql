CREATE TABLE lever_plans (
    id TEXT PRIMARY KEY NOT NULL,
    unit TEXT NOT NULL REFERENCES units (id),
    lever TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('considered', 'trying', 'kept', 'stopped')),
    reach TEXT NOT NULL CHECK (reach IN ('mine', 'escalate')),
    owner TEXT NOT NULL CHECK (length(owner) <= 80),
    started DATE NOT NULL,
    review DATE NOT NULL,
    note TEXT NOT NULL CHECK (length(note) <= 500)
) WITHOUT ROWID;
CREATE INDEX lever_plans_unit ON lever_plans (unit);

CREATE TABLE lever_history (
    plan TEXT NOT NULL REFERENCES lever_plans (id),
    version INTEGER NOT NULL CHECK (version >= 1),
    status TEXT NOT NULL,
    reach TEXT NOT NULL,
    owner TEXT NOT NULL,
    started DATE NOT NULL,
    review DATE NOT NULL,
    note TEXT NOT NULL,
    changed_by TEXT REFERENCES people (id) ON DELETE SET NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (plan, version)
) WITHOUT ROWID;

CREATE TABLE audit_log (
    seq INTEGER PRIMARY KEY NOT NULL CHECK (seq >= 1),
    at TIMESTAMP NOT NULL,
    actor TEXT,
    action TEXT NOT NULL CHECK (length(action) <= 60),
    subject TEXT NOT NULL CHECK (length(subject) <= 200),
    prev BLOB NOT NULL CHECK (length(prev) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
);

CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- A page of the log is found by when it was, and by the role that was used.
CREATE INDEX audit_log_at ON audit_log (at, seq);
CREATE INDEX audit_log_role ON audit_log (role, at, seq);

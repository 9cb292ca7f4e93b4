-- How often results were looked at is counted from this alone.
CREATE INDEX audit_log_looks ON audit_log (action, at, role, actor);

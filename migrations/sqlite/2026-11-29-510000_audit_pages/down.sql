DROP INDEX audit_log_role;
DROP INDEX audit_log_at;

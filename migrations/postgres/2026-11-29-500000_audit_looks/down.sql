DROP INDEX audit_log_looks;

DROP TABLE audit_log;
DROP TABLE lever_history;
DROP TABLE lever_plans;

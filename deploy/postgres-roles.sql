-- Run once as a superuser. `tideline_owner` migrates; `tideline` is what the program runs as.
CREATE ROLE tideline_owner LOGIN;
-- Reads no write-ahead log: that has the times of commits, and no program of Tideline needs it.
CREATE ROLE tideline LOGIN NOREPLICATION;
CREATE DATABASE tideline OWNER tideline_owner;
\connect tideline
GRANT USAGE ON SCHEMA public TO tideline;
ALTER DEFAULT PRIVILEGES FOR ROLE tideline_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tideline;
-- With this role set `data.migrate_on_start = false` and run `tideline migrate` as the owner.

DROP TABLE jobs;
DROP TABLE mail_choices;
CREATE TABLE mails (
    id TEXT PRIMARY KEY,
    wave INTEGER NOT NULL REFERENCES releases (wave),
    recipient TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('monthly_report')),
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    claimed_until TIMESTAMP,
    retry_at TIMESTAMP,
    sent_at TIMESTAMP,
    reason TEXT CHECK (length(reason) <= 200),
    UNIQUE (wave, recipient, kind)
);
INSERT INTO mails
    SELECT id, wave, recipient, kind, CASE state WHEN 'dropped' THEN 'failed' ELSE state END,
           attempts, claimed_until, retry_at, sent_at, reason
    FROM deliveries WHERE kind = 'monthly_report';
DROP TABLE deliveries;
ALTER TABLE mails RENAME TO deliveries;
CREATE INDEX deliveries_queued ON deliveries (wave) WHERE state = 'queued';

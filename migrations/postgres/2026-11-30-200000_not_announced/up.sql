-- Administrators are told when a wave of the calendar could not be announced.
CREATE TABLE mails (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN (
        'monthly_report', 'unit_report', 'invitation', 'wave_opens', 'reminder', 'results_out',
        'lever_review', 'not_announced')),
    topic TEXT NOT NULL CHECK (length(topic) <= 100),
    wave INTEGER REFERENCES waves (seq),
    recipient TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    due TIMESTAMP NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'dropped')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    claimed_until TIMESTAMP,
    retry_at TIMESTAMP,
    sent_at TIMESTAMP,
    reason TEXT CHECK (length(reason) <= 200),
    UNIQUE (recipient, kind, topic)
);
INSERT INTO mails
    SELECT id, kind, topic, wave, recipient, due, state, attempts, claimed_until, retry_at, sent_at, reason
    FROM deliveries;
DROP TABLE deliveries;
ALTER TABLE mails RENAME TO deliveries;
CREATE INDEX deliveries_queued ON deliveries (due) WHERE state = 'queued';
CREATE INDEX deliveries_wave ON deliveries (wave, kind);

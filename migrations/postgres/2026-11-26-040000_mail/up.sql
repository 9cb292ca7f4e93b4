-- Mails are about more than released waves. `topic` says about what: the same mail is queued once.
CREATE TABLE mails (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN (
        'monthly_report', 'unit_report', 'invitation', 'wave_opens', 'reminder', 'results_out',
        'lever_review')),
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
    SELECT d.id, d.kind, CAST(d.wave AS TEXT), d.wave, d.recipient, w.closes, d.state, d.attempts,
           d.claimed_until, d.retry_at, d.sent_at, d.reason
    FROM deliveries d JOIN waves w ON w.seq = d.wave;
DROP TABLE deliveries;
ALTER TABLE mails RENAME TO deliveries;
CREATE INDEX deliveries_queued ON deliveries (due) WHERE state = 'queued';
CREATE INDEX deliveries_wave ON deliveries (wave, kind);

-- What people do not want, or want without the attachment.
CREATE TABLE mail_choices (
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    choice TEXT NOT NULL CHECK (choice IN ('off', 'link')),
    PRIMARY KEY (person, kind)
);

-- What calendars ask for, each time once: the key makes a second process find it taken.
CREATE TABLE jobs (
    kind TEXT NOT NULL CHECK (kind IN ('announce_wave')),
    due TIMESTAMP NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'done', 'failed')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    claimed_until TIMESTAMP,
    retry_at TIMESTAMP,
    done_at TIMESTAMP,
    reason TEXT CHECK (length(reason) <= 200),
    PRIMARY KEY (kind, due)
);

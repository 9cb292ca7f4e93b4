ALTER TABLE notices DROP COLUMN claimed_until;
ALTER TABLE notices RENAME COLUMN retry_at TO retry;

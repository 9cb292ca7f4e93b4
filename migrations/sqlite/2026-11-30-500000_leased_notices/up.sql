-- Notices are taken under a lease of their own, as mails and announcements are.
ALTER TABLE notices RENAME COLUMN retry TO retry_at;
ALTER TABLE notices ADD COLUMN claimed_until TIMESTAMP;

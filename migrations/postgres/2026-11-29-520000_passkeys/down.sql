DROP TABLE spent_challenges;
DROP TABLE passkey_counters;
DROP TABLE passkeys;

DROP TABLE passkey_changes;

DROP TABLE ended_identities;

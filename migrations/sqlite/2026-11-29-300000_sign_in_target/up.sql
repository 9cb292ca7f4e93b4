-- Where whoever follows a sign-in link wanted to go: a path of our own.
ALTER TABLE sign_in_codes ADD COLUMN target TEXT NOT NULL DEFAULT '/' CHECK (length(target) <= 500);

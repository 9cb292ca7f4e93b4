-- Which questionnaire a wave asks and, unless it is the pulse, the key's name with the texts that
-- were joined to it, frozen when the wave was announced.
ALTER TABLE waves ADD COLUMN instrument TEXT NOT NULL DEFAULT 'tideline-pulse-1';
ALTER TABLE waves ADD COLUMN questionnaire TEXT;

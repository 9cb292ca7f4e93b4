ALTER TABLE pickups DROP COLUMN device;

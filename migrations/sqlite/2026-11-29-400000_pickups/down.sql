DROP TABLE pickups;

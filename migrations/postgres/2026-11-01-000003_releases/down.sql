DROP TABLE deliveries;
DROP TABLE atom_units;
DROP TABLE atoms;
DROP TABLE releases;

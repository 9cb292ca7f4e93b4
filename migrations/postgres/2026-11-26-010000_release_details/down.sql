DROP TABLE block_items;
DROP TABLE block_atoms;
DROP TABLE spreads;

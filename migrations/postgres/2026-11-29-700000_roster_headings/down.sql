DROP TABLE roster_headings;

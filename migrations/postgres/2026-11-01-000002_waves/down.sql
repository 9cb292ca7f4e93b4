DROP TABLE issuance;
DROP TABLE wave_placements;
DROP TABLE cohort_units;
DROP TABLE cohorts;
DROP TABLE wave_units;
DROP TABLE waves;

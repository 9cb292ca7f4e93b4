DROP TABLE imported_scores;
DROP TABLE instrument_texts;

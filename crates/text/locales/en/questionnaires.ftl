### Questionnaires: items, scales, credit lines, and what is for the person alone.

### Die Abstimmungsseite: Check-in, Prüfen, Gemeinschaftsgerät, Papier.

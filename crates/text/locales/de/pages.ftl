### Seiten der App: Navigation, Formulare, Fehler.

### Sätze über veröffentlichte Zahlen; dieselben auf Seite, Papier und in der Post.

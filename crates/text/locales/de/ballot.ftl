# Die Seite, auf der geantwortet wird, und was über sie gesagt wird.

operator-heading = Was die Person, die den Server betreibt, trotzdem kann
operator-lead = Ein Versprechen ist so viel wert wie das, was es über seine Grenzen sagt. Wer den Server ganz in der Hand hat, kann während einer Befragung immer noch:
operator-pickup = sehen, wer ein Ticket geholt hat – also alle, die sich angemeldet haben;
operator-drop = Antworten verwerfen oder verzögern: Wer abgewiesen wird, merkt es, und was gezählt wurde, wird veröffentlicht;
operator-stuff = selbst Tickets machen und Antworten für Menschen hinzufügen, die nicht geantwortet haben: Die veröffentlichten Zahlen von Menschen, Tickets und Antworten müssen zusammenpassen;
operator-key = eine Kopie des Schlüssels behalten, der Antworten öffnet, und Antworten ohne Namen lesen;
operator-link = Verbindungen aufzeichnen und so die erkennen, die ihr Ticket holen und gleich danach antworten. Darum werden Tickets Tage vorher geholt; später zu antworten oder am gemeinsamen Tablet ist noch besser;
operator-single = nur ein einziges Ticket ausgeben, sodass eine Antwort unter lauter bekannten liegt. Zu wenige Antworten werden nie geöffnet, und das Ende steht vorher fest; verhindern würde es aber nur ein Schlüssel in anderen Händen;
operator-script = einer einzelnen Person eine andere Seite schicken. Was alle bekommen, ist als Prüfzahl veröffentlicht, die jede und jeder vergleichen kann;
operator-delete = behaupten, etwas sei gelöscht, obwohl es das nicht ist;
operator-roster = erfundene Namen auf die Liste setzen. Die Größen der Gruppen sind öffentlich: Bitte zählen Sie nach.
operator-cannot = Was selbst dann nicht geht: aus der Liste der geholten Tickets herauszufinden, welche Antworten von wem sind – mit keinem Rechner und auch später nicht. Und niemand kann einer einzelnen Person unbemerkt einen anderen Schlüssel, ein anderes Datum oder eine andere Gruppe geben, solange die fünf Wörter verglichen werden.
operator-check = Das meiste davon lässt sich von außen prüfen, mit dem Befehl „tideline self-test“.

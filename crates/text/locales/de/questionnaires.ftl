### Fragebögen: Aussagen, Skalen, Quellenangaben, und was nur für die Person selbst ist.

# Was eine Befragung gefragt hat: Name, Urheber, und die Werte eines veröffentlichten Fragebogens in seiner Zählung.
asked-own-credit = Tideline-Puls, Version 1. Eigene Worte, nicht validiert.
asked-line = { $name }: { $credit }
asked-heading = In der Zählung des Fragebogens
asked-text = Dieselben Werte der Gruppe, wie { $name } sie zählt. Sie gelten der Gruppe und niemandem darin: Einen Wert einer einzelnen Person gibt es nirgends.
asked-scale = Skala
asked-unit = Sie reicht von
asked-score = Mittelwert
asked-range = Wahrscheinliche Spanne
asked-band = Stufe laut Handbuch
asked-t-score = T-Wert
asked-bands = { $from } bis { $to }
asked-band-low = niedrig
asked-band-moderate = mittel
asked-band-high = hoch
asked-band-note = Die Stufen sind die des Handbuchs, gemacht für einzelne Menschen. Von einer Gruppe heißt es nur dann, sie liege auf einer, wenn ihre ganze wahrscheinliche Spanne auf dieser Stufe liegt.
asked-t = { $t } ({ $from } bis { $to })
asked-reference = T-Werte gegen { $reference }, { $n } Personen: 50 ist deren Mittelwert, 10 deren Standardabweichung.
asked-whose = Gefragt mit
asked-others = Zu anderen Zeiten gefragt
asked-other = { $name }, { $month }

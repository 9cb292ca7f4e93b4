### Sätze über veröffentlichte Zahlen; dieselben auf Seite, Papier und in der Post.

withheld-words = zum Schutz der Menschen nicht gezeigt
withheld-heading = Die Ergebnisse dieses Teams werden nicht allein gezeigt
withheld-message = Wir zeigen Ergebnisse nur, wenn niemand herausgelesen werden kann. Das kann an diesem Team liegen oder an Teams in seiner Nähe. Deshalb sagen wir nicht, woran es liegt, und auch nicht, wie viele geantwortet haben.
withheld-message-whole = Wir zeigen Ergebnisse nur, wenn niemand herausgelesen werden kann. Darum sagen wir auch nicht, woran es liegt oder wie viele geantwortet haben.
motto = Eine Momentaufnahme, kein Urteil.
no-proof = Eine Veränderung in der Nähe eines Hebels beweist nicht, dass der Hebel sie bewirkt hat.
pool-note = Kleine Teams werden zum Schutz der Menschen mit einem Nachbarteam zusammen gezeigt.

scale-burnout = Burnout-Belastung
scale-sts = Sekundäre Traumabelastung
scale-cs = Zufriedenheit im Helfen
scale-burnout-meaning = Erschöpfung, innere Distanz zur Arbeit, Zweifel an ihrer Wirkung
scale-sts-meaning = Belastung durch das, was andere erlebt haben
scale-cs-meaning = das Gute an der Arbeit

usual-range = übliche Spanne
usual-level = { $whose ->
    [team] für dieses Team üblich
    [teams] für diese Teams üblich
    [unit] für diesen Bereich üblich
   *[organisation] für die Organisation üblich
}
usual-beside = { $whose ->
    [team] für dieses Team neben den anderen üblich
    [teams] für diese Teams neben den anderen üblich
    [unit] für diesen Bereich neben den anderen üblich
   *[organisation] für die Organisation üblich
}

tag-learning = Noch unklar
tag-usual = Keine klare Veränderung
tag-inside = In der üblichen Spanne
tag-higher = Höher als üblich
tag-lower = Niedriger als üblich

state-learning = Was üblich ist, zeigt sich erst noch ({ $usable } von { $needed } Befragungen). Veränderungen markieren wir noch nicht.
state-usual = Keine klare Veränderung.
state-outside = Die letzte Befragung liegt außerhalb der üblichen Spanne. Eine einzelne Befragung gilt noch nicht als Veränderung.
state-inside = Die letzte Befragung liegt in der üblichen Spanne, die für eine einzelne Befragung gilt. Die letzten zusammen sagen mehr.
state-watch-higher = Die letzten Befragungen liegen höher als { $usual }. Behalten Sie es im Blick.
state-watch-lower = Die letzten Befragungen liegen niedriger als { $usual }. Behalten Sie es im Blick.
state-lasting-higher = Höher als { $usual }, { $waves } Befragungen in Folge. Kaum allein durch Zufall.
state-lasting-lower = Niedriger als { $usual }, { $waves } Befragungen in Folge. Kaum allein durch Zufall.
state-next-heavier = Ein Gespräch lohnt sich.
state-next-lighter = Fragen Sie, was geholfen hat.
buffer-thinner = Der Puffer ist dünner.
buffer-stronger = Der Puffer ist stärker.

lead-lasting-higher = { $measure }: seit { $waves } Befragungen höher als { $usual }. Kaum allein durch Zufall.
lead-lasting-lower = { $measure }: seit { $waves } Befragungen niedriger als { $usual }. Kaum allein durch Zufall.
lead-watch-higher = { $measure }: in den letzten Befragungen höher als { $usual }. Behalten Sie es im Blick.
lead-watch-lower = { $measure }: in den letzten Befragungen niedriger als { $usual }. Behalten Sie es im Blick.
lead-learning = Was hier üblich ist, zeigt sich erst noch. Die Punkte sind zu sehen; Veränderungen markieren wir noch nicht.
lead-all-usual = Bei keiner der drei Messgrößen eine klare Veränderung.
lead-all-usual-apart = Davon abgesehen bei keiner der drei Messgrößen eine klare Veränderung.
lead-one-usual = { $measure }: keine klare Veränderung.
lead-rest-usual = Bei den anderen Messgrößen keine klare Veränderung.

judged-rest = Beurteilt: Die letzten Befragungen liegen zusammen bei { $recent }. So wie die übrige Organisation jetzt steht, wäre hier { $usual } üblich. Unterschied: { $difference }.
judged-own = Nur nach der eigenen Vergangenheit beurteilt, denn weniger als fünf andere Gruppen sind schon lange genug zu sehen. Die letzten Befragungen liegen zusammen bei { $recent }, üblich ist { $usual }. Unterschied: { $difference }.
judged-whole = Beurteilt: Die letzten Befragungen liegen zusammen bei { $recent }, üblich ist { $usual }. Unterschied: { $difference }.

everywhere-higher = In der ganzen Organisation: { $measure } liegt höher als üblich ({ $recent } statt { $usual }).
everywhere-lower = In der ganzen Organisation: { $measure } liegt niedriger als üblich ({ $recent } statt { $usual }).
everywhere-alike = Hier hat sich, soweit erkennbar, nicht mehr verändert als anderswo.
everywhere-alike-all = Hier hat sich davon, soweit erkennbar, nichts mehr verändert als anderswo.
everywhere-more = Hier hat sich mehr verändert als anderswo.
everywhere-more-all = Hier hat sich all das mehr verändert als anderswo.
everywhere-less = Hier hat sich weniger verändert als anderswo, oder in die andere Richtung.
everywhere-less-all = Hier hat sich all das weniger verändert als anderswo, oder in die andere Richtung.
everywhere-own = Zu wenige Gruppen sind schon lange genug zu sehen, um zu sagen, was davon diese Gruppe allein betrifft.

score-at-most = { $score } oder weniger
score-at-least = { $score } oder mehr
end-wider = Für eine Gruppe dieser Größe wird an diesem Ende der Skala nur eine Grenze genannt. { $unit } insgesamt: { $score }.
people-band = { $from } bis { $to } Personen
people-exactly = { $n } Personen
took-part-lowest = 4 von 10 oder weniger haben teilgenommen
took-part-at-least = { $tenths } von 10 oder mehr haben teilgenommen
took-part = Etwa { $tenths } von 10 haben teilgenommen
took-part-lowest-short = 4 von 10 oder weniger
took-part-at-least-short = { $tenths } von 10 oder mehr
took-part-short = { $tenths } von 10
took-part-title = Wie viele teilgenommen haben
took-part-alt = Anteil der Eingeladenen, die teilgenommen haben, je Befragung. { $waves }.

coverage-75 = Diese Zahlen umfassen mindestens drei Viertel der Antworten; die übrigen werden mit Nachbarn gezeigt.
coverage-50 = Diese Zahlen umfassen mindestens die Hälfte der Antworten; die übrigen werden mit Nachbarn gezeigt.
coverage-less = Diese Zahlen umfassen weniger als die Hälfte der Antworten; die übrigen werden mit Nachbarn gezeigt.

day-and-hour = { $date }, { $time } Uhr
wave-of-month = { $month }, Nr. { $n }
wave-by-label = Befragung { $label }

trend-tip = { $month }: { $score }, alle Beschäftigten am wahrscheinlichsten { $from } bis { $to }. Niveau: { $level }. { $people }
trend-alt = Liniendiagramm: { $measure }, 0 bis 100, { $first } bis { $last }.
trend-alt-first = Zuerst gezeigt: { $score } im { $month }.
trend-alt-last = Zuletzt gezeigt: { $score } im { $month }.
trend-alt-level = Die Linie, das Niveau hinter einzelnen Befragungen, endet bei { $level }, am wahrscheinlichsten { $from } bis { $to }.
trend-alt-earlier = { $n ->
    [one] Eine frühere Befragung ist nicht gezeichnet; sie steht in der Tabelle.
   *[other] { $n } frühere Befragungen sind nicht gezeichnet; sie stehen in der Tabelle.
}
trend-earlier = { $n } frühere: in der Tabelle
trend-alt-gaps = Keine Befragung: { $months }.
trend-alt-hidden = Zum Schutz der Menschen nicht gezeigt: { $months }.
months-count = { $n } Monate
spread-words = Unten: { $low }. Mitte: { $middle }. Oben: { $high }.
spread-75 = Das sind mindestens drei Viertel der Teilnehmenden: Gruppen, die dafür zu klein sind, fehlen hier.
spread-50 = Das ist mindestens die Hälfte der Teilnehmenden: Gruppen, die dafür zu klein sind, fehlen hier.
spread-less = Das ist weniger als die Hälfte der Teilnehmenden: Gruppen, die dafür zu klein sind, fehlen hier.
spread-older = Stand ab { $month }: Die Verteilung wird erst neu gezeigt, wenn die Hälfte einer Gruppe andere Menschen sind.
spread-alt = { $measure }, verteilt auf Drittel der Skala: { $words }
band-lower = unteres Drittel
band-middle = mittleres
band-higher = oberes Drittel
drivers-title = Teile der Arbeit
drivers-alt = Wert jedes Teils der Arbeit, 0 bis 100, höher ist besser: { $drivers }.
drivers-end-low = schwerer
drivers-end-high = besser

state-span = { $weeks ->
    [one] Die letzten Befragungen umfassen etwa eine Woche.
   *[other] Die letzten Befragungen umfassen etwa { $weeks } Wochen.
}
state-answering = Vielleicht antworten jetzt andere Menschen als zuvor.
trend-alt-limits = Gepunktete Linien bei { $low } und { $high } zeigen, wie weit einzelne Befragungen gewöhnlich streuen.

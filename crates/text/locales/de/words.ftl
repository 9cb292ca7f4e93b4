### Sätze über veröffentlichte Zahlen; dieselben auf Seite, Papier und in der Post.

withheld-words = zum Schutz der Menschen nicht gezeigt
withheld-heading = Die Ergebnisse dieses Teams werden nicht allein gezeigt
withheld-message = Wir zeigen Ergebnisse nur, wenn niemand herausgelesen werden kann. Das kann an diesem Team liegen oder an Teams in seiner Nähe. Deshalb sagen wir nicht, woran es liegt, und auch nicht, wie viele geantwortet haben.
withheld-message-whole = Wir zeigen Ergebnisse nur, wenn niemand herausgelesen werden kann. Darum sagen wir auch nicht, woran es liegt oder wie viele geantwortet haben.
motto = Eine Momentaufnahme, kein Urteil.
no-proof = Eine Veränderung in der Nähe eines Hebels beweist nicht, dass der Hebel sie bewirkt hat.
next-label = Ihr nächster Schritt
next-talk = Das 15-Minuten-Gespräch führen
next-talk-text = Fragen Sie, was die Menschen bemerken und was sich an der Arbeit ändern ließe.
next-talk-overdue = Entscheiden Sie dabei über „{ $lever }“: Der Rückblick war für den { $day } geplant.
next-talk-without = Es geht genauso gut ohne Zahlen. Eine Frage genügt: Was an der Arbeit ließe sich ändern?
next-review = Auf einen Hebel zurückblicken
next-review-text = „{ $lever }“: Der Rückblick war für den { $day } geplant. Behalten, ändern oder beenden Sie ihn.
next-wait = Noch nichts: Eine weitere Befragung wird es zeigen
next-wait-text = Wenn Sie vorher darüber sprechen: Fragen Sie, erklären Sie nicht.
next-helped = Das Team fragen, was es bemerkt hat
next-helped-text = Etwas ist vielleicht besser geworden. Was hilft, soll bleiben.
next-choose = Eine Änderung an der Arbeit wählen
next-choose-text = Zahlen brauchen Sie dafür nicht. Ein Hebel, um den sich jemand kümmert, mit einem Datum, ist ein guter Anfang.
next-later = Jetzt ist nichts zu tun
next-later-text = Als Nächstes: am { $day } auf „{ $lever }“ zurückblicken.
next-decide = Über „{ $lever }“ entscheiden
next-decide-text = { $team } kann das nicht allein entscheiden. Der Rückblick war für den { $day } geplant.
next-leads = { $n ->
    [one] Eine Teamleitung fragen, was das Team braucht
   *[other] { $n } Teamleitungen fragen, was sie brauchen
}
next-leads-text = Zeit, Vertretung oder eine Entscheidung; kein Ziel.
next-reviews = { $n ->
    [one] Fragen, wie es mit einem Hebel steht
   *[other] Fragen, wie es mit { $n } Hebeln steht
}
next-reviews-text = Der Tag für den Rückblick ist vorbei. Fragen Sie, was das Team behalten, ändern oder beenden würde.
next-helped-team = { $team } fragen, was dort aufgefallen ist
next-nothing = In diesem Monat ist nichts zu tun
next-nothing-text = Hier ist kein Team genannt, und kein Rückblick ist überfällig.
next-all = Was sich überall verändert hat, braucht eine Antwort für alle
next-all-text = Fragen Sie mehrere Teamleitungen, was sich für alle verändert hat.
next-undecided = Aus Zahlen ist noch nichts zu entscheiden
next-undecided-text = Was üblich ist, zeigt sich erst noch. Kein Rückblick ist überfällig.
headline = { $teams ->
    [0] Nach den Zahlen allein drängt sich mit keinem Team ein Gespräch auf
    [one] Mit einem Team oder einer Gruppe von Teams lohnt sich ein Gespräch
   *[other] Mit { $teams } Teams oder Gruppen von Teams lohnt sich ein Gespräch
}{ $overdue ->
    [0] .
    [one] , und ein Rückblick auf einen Hebel ist überfällig.
   *[other] , und { $overdue } Rückblicke auf Hebel sind überfällig.
}
headline-learning = Was für Teams üblich ist, zeigt sich erst noch{ $overdue ->
    [0] .
    [one] ; ein Rückblick auf einen Hebel ist überfällig.
   *[other] ; { $overdue } Rückblicke auf Hebel sind überfällig.
}
strip-teams = { $n ->
    [0] in keinem davon
    [one] in einem davon
   *[other] in { $n } davon
}
signs-in-a-row = { $word }, { $waves } in Folge
harder-none = Kein Teil der Arbeit tritt als schwerer hervor.
harder = Schwerer als die Teile der Arbeit zusammen: { $parts }.
pool-note = Kleine Teams werden zum Schutz der Menschen mit einem Nachbarteam zusammen gezeigt.

scale-burnout = Burnout-Belastung
scale-sts = Sekundäre Traumabelastung
scale-cs = Zufriedenheit im Helfen
scale-burnout-meaning = Erschöpfung, Distanz, Zweifel an der Wirkung
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
tag-perhaps-higher = Vielleicht höher
tag-perhaps-lower = Vielleicht niedriger

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

lead-lasting-higher = { $measure }: höher als { $usual }, { $waves } Befragungen in Folge.
lead-lasting-lower = { $measure }: niedriger als { $usual }, { $waves } Befragungen in Folge.
lead-watch-higher = { $measure }: in den letzten Befragungen vielleicht höher als { $usual }.
lead-watch-lower = { $measure }: in den letzten Befragungen vielleicht niedriger als { $usual }.
lead-usual-beside = hier im Vergleich mit den anderen üblich
lead-usual-own = hier üblich
lead-next-lasting-higher = { $measure }: höher, { $waves } Befragungen in Folge.
lead-next-lasting-lower = { $measure }: niedriger, { $waves } Befragungen in Folge.
lead-next-watch-higher = { $measure }: in den letzten Befragungen vielleicht höher.
lead-next-watch-lower = { $measure }: in den letzten Befragungen vielleicht niedriger.
lead-chance = Kaum allein durch Zufall.
lead-chance-both = Beides ist kaum allein Zufall.
lead-chance-all = Alle drei sind kaum allein Zufall.
lead-chance-some = Was angehalten hat, ist kaum allein Zufall.
lead-watch-only = Eine weitere Befragung wird es zeigen.
lead-first = Die ersten Zahlen sind da.
lead-first-below = Sie sagen, wo die Werte stehen, nicht, ob das viel oder wenig ist. Es gibt keine Bestehensgrenze.
lead-learning = Noch lässt sich nichts eine Veränderung nennen.
lead-learning-below = Die Werte sind zu sehen; markiert wird, sobald { $needed } Befragungen miteinander vergleichbar sind. Kleine Bewegungen bedeuten nichts.
lead-all-usual = Bei keiner der drei Messgrößen eine klare Veränderung.
lead-all-usual-apart = Davon abgesehen bei keiner der drei Messgrößen eine klare Veränderung.
lead-one-usual = { $measure }: keine klare Veränderung.
lead-rest-usual = Bei den anderen Messgrößen keine klare Veränderung.
card-learning = { $usable } von { $needed } Befragungen. Noch ist nichts markiert.
card-usual = Auf und ab, wie es üblich ist.
card-own = Keine klare eigene Veränderung.
card-outside = Die letzte liegt außerhalb der üblichen Spanne. Eine allein ist keine Veränderung.
card-watch-above = Zuletzt etwa { $points } über dem Üblichen.
card-watch-below = Zuletzt etwa { $points } unter dem Üblichen.
card-lasting-above = Zuletzt etwa { $points } über dem Üblichen, { $waves } in Folge.
card-lasting-below = Zuletzt etwa { $points } unter dem Üblichen, { $waves } in Folge.

judged-rest = Beurteilt: Die letzten Befragungen liegen zusammen bei { $recent }. So wie die übrige Organisation jetzt steht, wäre hier { $usual } üblich. Unterschied: { $difference }.
judged-own = Nur nach der eigenen Vergangenheit beurteilt, denn weniger als fünf andere Gruppen sind schon lange genug zu sehen. Die letzten Befragungen liegen zusammen bei { $recent }, üblich ist { $usual }. Unterschied: { $difference }.
judged-whole = Beurteilt: Die letzten Befragungen liegen zusammen bei { $recent }, üblich ist { $usual }. Unterschied: { $difference }.

everywhere-higher = In der ganzen Organisation: { $measure } liegt höher als üblich ({ $recent } statt { $usual }).
everywhere-lower = In der ganzen Organisation: { $measure } liegt niedriger als üblich ({ $recent } statt { $usual }).
everywhere-next-higher = { $measure }: auch höher ({ $recent } statt { $usual }).
everywhere-next-lower = { $measure }: niedriger ({ $recent } statt { $usual }).
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

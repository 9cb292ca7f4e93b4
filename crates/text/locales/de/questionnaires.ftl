### Fragebögen: Aussagen, Skalen, Quellenangaben, und was nur für die Person selbst ist.

reflect-title = Nur für Sie
reflect-lead = Nichts auf dieser Seite wird gesendet oder aufbewahrt. Was Sie wählen, bleibt in Ihrem Browser und ist weg, wenn Sie gehen. Nehmen Sie sich zwei Minuten, oder keine.
reflect-sort-heading = Was zehrt mehr an Ihnen?
reflect-sort-lead = Drei Fragen. Es gibt keine richtige Antwort und keine Punkte: Sie bestimmen nur, welchen Teil Sie zuerst lesen.
reflect-q1 = Stellen Sie sich eine Woche ohne Arbeit vor. Was brächte die größte Erleichterung?
reflect-q1-W = Weniger zu tun, mehr mitreden
reflect-q1-E = Ruhe vor dem Schmerz anderer Menschen
reflect-q2 = Welcher Satz passt zurzeit eher?
reflect-q2-W = Ich will weg von dieser Arbeit
reflect-q2-E = Ich kann keine traurige Geschichte mehr hören
reflect-q3 = Wie kommt die Belastung?
reflect-q3-W = Langsam, sie hat sich lange aufgebaut
reflect-q3-E = In Wellen, nach bestimmten Menschen oder Fällen
reflect-B = Beides gleich
reflect-N = Nichts davon
reflect-waiting = Beantworten Sie alle drei, dann steht hier der Teil, der passt.
reflect-forget = Meine Antworten vergessen
reflect-no-script = Ohne Skripte: War meist die erste Antwort Ihre, lesen Sie den ersten Teil; war es meist die zweite, den zweiten; war es gemischt, den dritten.

reflect-burnout-heading = Eher die Arbeit selbst
reflect-burnout-means = Zu viel, zu wenig Mitsprache, zu wenig, das zurückkommt: So entsteht Burnout. Das sagt etwas über die Arbeit, nicht über Ihre Kraft.
reflect-burnout-ask-1 = Welche Aufgabe würde niemand vermissen, wenn Sie sie ließen? Wen könnten Sie fragen?
reflect-burnout-ask-2 = Wann sind Sie zuletzt pünktlich gegangen? Was hat es an dem Tag möglich gemacht?
reflect-burnout-ask-3 = Was würden Sie gern selbst entscheiden? Welcher kleine Teil davon ließe sich diesen Monat vereinbaren?
reflect-burnout-first = Ein erster Schritt: Nennen Sie der Person, die es ändern kann, eine Sache, die zu viel ist, als Satz über die Arbeit.

reflect-fatigue-heading = Eher der Schmerz anderer Menschen
reflect-fatigue-means = Nähe zu Leid hinterlässt Spuren: Bilder, Alarm, Taubheit. Das ist eine bekannte Wirkung dieser Arbeit, kein Mangel an Professionalität.
reflect-fatigue-ask-1 = Welcher Mensch, welche Geschichte kommt wieder? Was bräuchte es, sie bei jemandem abzulegen?
reflect-fatigue-ask-2 = Nach welcher Art von Fällen brauchen Sie eine Pause, und wie lang?
reflect-fatigue-ask-3 = Was erinnert Sie daran, dass Sie hier sind, sicher und jetzt: ein Geruch, kaltes Wasser, ein Name, einmal um den Block?
reflect-fatigue-first = Ein erster Schritt: Sagen Sie einer Kollegin, einem Kollegen oder in der Supervision, welche Fälle gerade am schwersten wiegen, und bitten Sie darum, nicht mehrere hintereinander zu bekommen.

reflect-both-heading = Es ist beides
reflect-both-means = Die meisten Menschen in dieser Arbeit spüren beides, und das eine macht das andere schwerer. Sie müssen das nicht allein entwirren.
reflect-both-ask-1 = Was von beidem könnte diese Woche ein wenig leichter werden?
reflect-both-ask-2 = Wer sieht, wie es Ihnen geht, und sagt es Ihnen?
reflect-both-first = Ein erster Schritt: Wählen Sie aus jedem der beiden Teile das Kleinste, das Ihnen einfällt.

reflect-none-heading = Nichts zehrt deutlich
reflect-none-means = Heute sticht nichts heraus. Auch das ist der Rede wert.
reflect-none-ask-1 = Was an der Arbeit hält Sie gesund? Wer sollte das noch wissen?
reflect-none-first = Ein erster Schritt: Schreiben Sie auf, was hilft, für den Tag, an dem es schwerer ist.

reflect-bounds-heading = Grenzen, die halten
reflect-bounds-1 = Sagen Sie, was geht, bevor Sie sagen, was nicht geht: „Heute schaffe ich zwei, die dritte am Donnerstag.“
reflect-bounds-2 = Legen Sie vorher fest, wann Sie Nachrichten beantworten, und sagen Sie es den anderen.
reflect-bounds-3 = Eine Pause mit Ort und Vertretung findet statt. Eine, die nur gemeint ist, nicht.
reflect-bounds-4 = Sie müssen nicht jede Einzelheit hören, um zu helfen.

reflect-close-heading = Ein Abschluss in drei Minuten
reflect-close-1 = Abschließen: Schreiben Sie auf, was morgen wartet, und legen Sie es weg.
reflect-close-2 = Halten Sie einen Moment fest, der gut war, und sei er klein.
reflect-close-3 = Übergeben: an eine Kollegin, an die Notizen, an den Raum.
reflect-close-4 = Etwas wechseln: Hände waschen, Schuhe wechseln, einen anderen Weg nach Hause.
reflect-close-5 = Sagen Sie, gern laut: Für heute ist es getan.

reflect-help-heading = Wer für Sie da ist
reflect-help-1 = Jemand bei der Arbeit, dem Sie vertrauen, und jemand, der nichts damit zu tun hat.
reflect-help-2 = Supervision, und darum bitten, wenn es mehr braucht.
reflect-help-3 = Betriebsärztlicher Dienst, Betriebsrat oder Gewerkschaft, Ihre Hausarztpraxis.
reflect-help-4 = Wer jetzt gerade erreichbar ist, steht auf der Seite „Hilfe jetzt“. Auch sie hält nichts fest.

reflect-flags-heading = Bitte warten Sie nicht, wenn
reflect-flags-1 = Sie daran denken, nicht mehr leben zu wollen oder sich zu verletzen
reflect-flags-2 = Sie Alkohol, Medikamente oder anderes brauchen, um durch den Tag oder die Nacht zu kommen
reflect-flags-3 = der Schlaf seit mehr als zwei Wochen schwer gestört ist
reflect-flags-4 = Bilder oder Panik immer wiederkommen oder Sie nichts mehr erreicht
reflect-flags-5 = Sie merken, dass Sie jemandem schaden könnten, bei der Arbeit oder zu Hause
reflect-flags-then = Dann sprechen Sie noch heute mit jemandem. Dafür ist Hilfe da.

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

### Nur für die Person selbst: Nichts auf dieser Seite wird gesendet oder aufbewahrt.

reflect-title = Nur für Sie
reflect-lead = Was Sie hier wählen, wird nicht gesendet und nicht aufbewahrt. Auf dieser Seite läuft gar kein Programm. Probieren Sie es im Flugmodus, wenn Sie mögen.
reflect-gone = Wenn Sie den Tab schließen, ist es weg. Nehmen Sie sich zwei Minuten, oder keine. An einem Gerät, das auch andere benutzen, drücken Sie vorher „Meine Antworten vergessen“.

## Zwei Wurzeln, die sich ähnlich sehen.

reflect-roots-heading = Zwei Wurzeln, die sich ähnlich sehen
reflect-work-heading = Eher Burnout
reflect-work-lead = Die Art, wie die Arbeit eingerichtet ist, reibt Sie auf.
reflect-work-1 = Menge, Tempo und Besprechungen zehren an Ihnen, auch an Tagen ohne schwere Geschichten.
reflect-work-2 = „Wozu das Ganze?“ kommt öfter.
reflect-work-3 = Was Ihnen früher gut gelang, scheint weit weg.
reflect-work-4 = Ein freier Tag hilft, bis die Arbeit wieder anfängt.
reflect-work-5 = Sie stellen sich vor, etwas anderes zu arbeiten.
reflect-pain-heading = Eher Mitgefühlserschöpfung
reflect-pain-lead = Der Schmerz anderer Menschen dringt immer wieder ein.
reflect-pain-1 = Sie sind voll: keine traurige Geschichte mehr.
reflect-pain-2 = Es ist Ihnen nicht gleich, aber Sie kommen nicht mehr so an das Gefühl heran wie früher.
reflect-pain-3 = Worte oder Bilder kommen wieder. Sie sind auf der Hut oder wie taub.
reflect-pain-4 = Nach einer schweren Geschichte sind Sie kurz angebunden.
reflect-pain-5 = Ihr Körper reagiert auf bestimmte Menschen oder Themen, nicht auf die Menge der Arbeit.
reflect-roots-both = Viele in dieser Arbeit kennen beides zugleich. Das ist kein Fehler an Ihnen. Es ist das, was die Arbeit kostet, und die beiden brauchen verschiedene Antworten.

reflect-words-heading = Wörter, die Ihnen begegnen
reflect-word-1 = Burnout
reflect-word-1-means = Erschöpft, innerlich auf Abstand, mit dem Gefühl, weniger zu können. Es kommt von Belastung bei der Arbeit, die zu lange dauert (Weltgesundheitsorganisation).
reflect-word-2 = Sekundäre traumatische Belastung
reflect-word-2-means = Was der nahe Kontakt mit dem Trauma eines anderen auslösen kann: Bilder, die wiederkommen, auf der Hut sein, meiden. Es kann schnell beginnen.
reflect-word-3 = Stellvertretende Traumatisierung
reflect-word-3-means = Eine langsame Veränderung des Blicks auf die Welt, die Menschen und sich selbst, nach vielen solchen Geschichten.
reflect-word-4 = Mitgefühlserschöpfung
reflect-word-4-means = Der alltägliche Name dafür, vom Mitfühlen aufgerieben zu sein. Manche meinen damit nur die sekundäre traumatische Belastung, manche diese und Burnout zusammen.
reflect-word-5 = Zufriedenheit durch Mitgefühl
reflect-word-5-means = Das Gute am Helfen: von Nutzen sein und sehen, dass es zählt. Es ist ein Puffer.

## Die Fragen an sich selbst.

reflect-sort-heading = Was zehrt mehr an Ihnen?
reflect-sort-lead = Drei Fragen, schnelle Antworten. Keine Punkte und keine Diagnose: Sie bestimmen nur, was Sie zuerst lesen.
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
reflect-waiting = Beantworten Sie alle drei, dann steht hier, was passt.
reflect-all = Stehen alle vier Teile da, kann Ihr Browser nicht auswählen. War meist die erste Antwort Ihre? Dann lesen Sie den ersten Teil. War es meist die zweite? Dann den zweiten. War es gemischt, lesen Sie den dritten.
reflect-forget = Meine Antworten vergessen
reflect-first = Ein erster kleiner Schritt
reflect-request = Bei der Arbeit eine Bitte wert
reflect-ask = Fragen an Sie selbst

reflect-burnout-heading = Heute eher die Arbeit selbst
reflect-burnout-means = Zu viel, zu wenig Mitsprache, zu wenig Zeit zum Erholen: So entsteht Burnout. Das sagt etwas über die Arbeit, nicht über Ihre Kraft.
reflect-burnout-first = Wählen Sie diese Woche einen Zeitpunkt, an dem Sie aufhören, und halten Sie ihn. Dann ist auf die Erholung Verlass.
reflect-burnout-request = „Können wir ansehen, was ich ablegen kann?“
reflect-burnout-ask-1 = Welche Aufgabe würde niemand vermissen, wenn Sie sie ließen? Wen könnten Sie fragen?
reflect-burnout-ask-2 = Wann sind Sie zuletzt pünktlich gegangen? Was hat es an dem Tag möglich gemacht?
reflect-burnout-ask-3 = Was würden Sie gern selbst entscheiden? Welcher kleine Teil davon ließe sich diesen Monat vereinbaren?

reflect-fatigue-heading = Heute eher der Schmerz anderer Menschen
reflect-fatigue-means = Nähe zu Leid hinterlässt Spuren: Bilder, Alarm, Taubheit. Das ist eine bekannte Wirkung dieser Arbeit, kein Mangel an Professionalität.
reflect-fatigue-first = Beenden Sie jede Schicht mit drei Zeilen: was ich getan habe, was als Nächstes kommt, was heute Abend nicht meines ist.
reflect-fatigue-request = „Lassen sich die schweren Gespräche verteilen? Kann ich eine Stunde Supervision haben?“
reflect-fatigue-ask-1 = Welcher Mensch, welche Geschichte kommt wieder? Was bräuchte es, sie bei jemandem abzulegen?
reflect-fatigue-ask-2 = Nach welcher Art von Fällen brauchen Sie eine Pause, und wie lang?
reflect-fatigue-ask-3 = Was erinnert Sie daran, dass Sie hier sind, sicher und jetzt: ein Geruch, kaltes Wasser, ein Name, einmal um den Block?

reflect-both-heading = Heute sieht es nach beidem aus
reflect-both-means = Das ist häufig, und das eine macht das andere schwerer. Sie müssen das nicht allein entwirren.
reflect-both-first = Benennen Sie, was zuerst da war, und beginnen Sie mit dessen Schritt.
reflect-both-request = Eine der beiden Bitten: die, die Sie sich trauen.
reflect-both-ask-1 = Was von beidem könnte diese Woche ein wenig leichter werden?
reflect-both-ask-2 = Wer sieht, wie es Ihnen geht, und sagt es Ihnen?

reflect-none-heading = Heute sticht nichts heraus
reflect-none-means = Auch das ist der Rede wert.
reflect-none-first = Schreiben Sie auf, was Sie in dieser Arbeit gesund hält, für einen Tag, an dem es schwerer ist.
reflect-none-request = „Das hilft uns. Können wir es schützen?“
reflect-none-ask-1 = Was an der Arbeit hält Sie gesund? Wer sollte das noch wissen?

## Was trägt.

reflect-carry-heading = Kleine Dinge, die tragen
reflect-close-heading = Den Tag abschließen, drei Minuten
reflect-close-1 = <strong>Festhalten.</strong> Schreiben Sie auf, was Sie getan haben und was als Nächstes kommt.
reflect-close-2 = <strong>Ablegen.</strong> Eine Zeile: was ich heute Abend nicht lösen muss. Geben Sie es ab: an eine Kollegin, an die Notizen, an den Raum.
reflect-close-3 = <strong>Behalten.</strong> Ein Moment, der gut war, und sei er klein.
reflect-close-4 = <strong>Wechseln.</strong> Bildschirm aus, Raum verlassen, andere Schuhe. Sagen Sie: Für heute ist es getan.
reflect-time-heading = Grenzen, die Ihre Zeit schützen
reflect-time-1 = Legen Sie vorher fest, wann Sie anfangen, aufhören und Nachrichten beantworten. Sagen Sie es den anderen.
reflect-time-2 = Sagen Sie, was geht, bevor Sie sagen, was nicht geht: „Heute schaffe ich zwei, die dritte am Donnerstag.“
reflect-time-3 = Eine Pause mit Ort und Vertretung findet statt. Eine, die nur gemeint ist, nicht.
reflect-dose-heading = Grenzen, die Ihr Mitgefühl schützen
reflect-dose-1 = Sie müssen nicht jede Einzelheit hören, um zu helfen.
reflect-dose-2 = Verteilen Sie schwere Gespräche: nicht mehrere hintereinander, und wenn es geht, keines als letztes am Tag.
reflect-dose-3 = Machen Sie nach jedem eine echte Pause: aufstehen, in die Ferne sehen, etwas trinken, dann weiter.
reflect-dose-4 = Mitfühlen, ohne es mit nach Hause zu nehmen: „Das ist deren Geschichte, und ich bin darin bei ihnen.“
reflect-skills-heading = Können und Unterstützung, die Forschung stützt
reflect-skills-1 = Bei schweren Geschichten: regelmäßige Supervision, eine Gruppe von Kolleginnen und Kollegen, jemand, der die Arbeit kennt. Begleitet, freiwillig, und nicht nur einmal.
reflect-skills-2 = Bei Überlastung: Zuerst weniger an der Quelle. Daneben helfen Kurse: Achtsamkeit, Entspannung und Fertigkeiten aus der kognitiven Verhaltenstherapie.
reflect-skills-3 = Ertappen Sie den Satz „Das müsste ich schaffen“. Versuchen Sie einen freundlicheren und wahreren: „Das ist viel, und ich darf fragen.“
reflect-skills-4 = Was man nur einmal, sofort und weil man muss erzählt, schützt nicht. Sie dürfen Nein dazu sagen.
reflect-good-heading = Das Gute an der Arbeit
reflect-good-lead = Es macht keine Last leichter, aber es hält Sie. Es ist nicht das Gegenteil von Belastung. Es ist der Puffer.
reflect-good-1 = Was hat heute gezählt? Eine Zeile genügt.
reflect-good-2 = Fragen Sie, wie es weiterging. Selten erfahren die, die geholfen haben, dass es gut ausging.
reflect-good-3 = Verbringen Sie Zeit mit denen, die verstehen, und sprechen Sie über die Arbeit statt um sie herum.
reflect-help-heading = Wer für Sie da ist
reflect-help-1 = Jemand bei der Arbeit, dem Sie vertrauen, und jemand, der nichts damit zu tun hat.
reflect-help-2 = Supervision, und darum bitten, wenn es mehr braucht.
reflect-help-3 = Betriebsärztlicher Dienst, Betriebsrat oder Gewerkschaft, Ihre Hausarztpraxis.
reflect-help-4 = Wer jetzt gerade erreichbar ist, steht auf der Seite „Hilfe jetzt“. Auch sie hält nichts fest.

reflect-flags-heading = Bitte warten Sie nicht, und bleiben Sie nicht allein damit, wenn
reflect-flags-1 = Sie daran denken, nicht mehr leben zu wollen oder sich zu verletzen, auch ganz leise
reflect-flags-2 = Sie Alkohol, Medikamente oder anderes brauchen, um durch den Tag oder die Nacht zu kommen
reflect-flags-3 = der Schlaf seit mehr als zwei Wochen schwer gestört ist
reflect-flags-4 = Panik wiederkommt oder stärker wird, oder Bilder, Alarm oder Taubheit nicht nachlassen
reflect-flags-5 = Sie merken, dass Sie jemandem schaden könnten, bei der Arbeit oder zu Hause
reflect-flags-then = Das sind Gründe für Hilfe, und Hilfe wirkt. Mehr Sorge für sich selbst ist darauf nicht die Antwort. Sprechen Sie noch heute mit jemandem.

reflect-sources = Worauf das beruht
reflect-source-1 = Burnout ist in der Internationalen Klassifikation der Krankheiten beschrieben (Weltgesundheitsorganisation, ICD-11, QD85).
reflect-source-2 = Die langsame Veränderung durch viele Geschichten haben McCann und Pearlman 1990 zuerst beschrieben.
reflect-source-3 = Kurse in Bewältigung, Entspannung und Achtsamkeit senken Stress bis zu einem Jahr lang (Übersicht über 117 Studien). Wie sicher das ist: wenig. Sie ersetzen keine Änderung der Arbeit.
reflect-source-4 = Gute Supervision geht mit weniger Burnout einher, schlechte mit mehr Stress (Übersicht über 32 Studien).
reflect-source-5 = Kleine Gruppen von Kolleginnen und Kollegen mit Leitung und bezahlter Zeit: Ärztinnen und Ärzte fühlten sich der Arbeit näher, auch ein Jahr später (ein Versuch mit 74).
reflect-source-6 = Ein einziges Gespräch nach einem schlimmen Ereignis verhindert keinen Schaden und richtet vielleicht welchen an (Übersicht über 15 Versuche).
reflect-source-7 = Wer mehr Gutes an der Arbeit fand, hatte weniger Burnout und weniger Mitgefühlserschöpfung (363 Menschen im Kinderschutz, zu einem Zeitpunkt).

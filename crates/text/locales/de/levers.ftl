### Der Katalog der Hebel und ihre Tafeln.

category-staffing = Besetzung
category-workload = Arbeitsmenge
category-scheduling = Arbeitszeiten
category-autonomy = Mitsprache
category-role-clarity = Klarheit der Rolle
category-leadership = Führung
category-recovery = Pausen und Erholung
category-trauma-exposure = Belastende Inhalte und Supervision
category-recognition = Anerkennung und Sinn

construct-EX = Erschöpfung
construct-DI = Abstand zur Arbeit
construct-EF = Zweifel, was die Arbeit bewirkt
construct-STS = sekundäre traumatische Belastung
construct-CS = Zufriedenheit durch Mitgefühl

lever-ST1 = Eine Mindestbesetzung je Schicht oder Warteschlange festlegen; darunter greift ein vereinbarter Plan (was ruht, wer aushilft, was später kommt)
lever-ST2 = Offene Stellen und lange Ausfälle innerhalb einer festen Frist besetzen; einen Springer- oder Aushilfspool halten
lever-ST3 = Büro- und Hilfsarbeiten an Assistenzkräfte geben, damit Fachkräfte Facharbeit tun
lever-ST4 = Neuen und jungen Kolleginnen und Kollegen einen leichteren Einstieg und eine feste Ansprechperson geben
lever-WL1 = Laufende Fälle begrenzen, nach Schwere gewichtet, und die Gewichte jedes Quartal prüfen
lever-WL2 = Jedes Quartal eine Streichrunde: Berichte, Freigaben und Schritte beenden, die niemand braucht
lever-WL3 = Einen schlechten Ablauf nach dem anderen neu gestalten; welchen, bestimmen die, die damit arbeiten
lever-WL4 = Dokumentation verkürzen: weniger Pflichtfelder, Vorlagen, Hilfe bei der Eingabe
lever-WL5 = Arbeitsmenge bei jeder Planung ansprechen und Fristen verschieben, wenn Kräfte fehlen
lever-WL6 = Mengenziele an den wirklichen Bearbeitungszeiten prüfen, bevor sie gesetzt werden
lever-SC1 = Schichten ab 12 Stunden und Folgen langer Tage begrenzen
lever-SC2 = Das Team den Dienstplan nach gemeinsamen Regeln selbst entwerfen lassen
lever-SC3 = Dienstpläne früh bekannt geben und späte Änderungen bezahlen oder ausgleichen
lever-SC4 = Mindestens 11 Stunden zwischen zwei Schichten und einen Erholungstag nach Nachtdiensten sichern
lever-SC5 = Kürzere Arbeitszeit bei gleichem Lohn erproben, nachdem die Arbeit neu geordnet wurde
lever-SC6 = Überstunden je Team erfassen, begrenzen und in Zeit zurückgeben
lever-SC7 = Schwere und leichte Begegnungen abwechseln und nach den schwersten eine Pause lassen
lever-AU1 = Aufschreiben, was Mitarbeitende über Vorgehen, Reihenfolge und Tempo allein entscheiden
lever-AU2 = Eine Gruppe aus dem Team löst Probleme, mit eigenem Budget und dem Recht auf Antwort binnen eines Monats
lever-AU3 = Ort und Zeit der Arbeit wählen lassen, wo die Aufgabe es erlaubt
lever-RO1 = Die drei wichtigsten Prioritäten nennen und eine Person, die bei Widersprüchen entscheidet
lever-RO2 = Menschen nur für Ergebnisse verantwortlich machen, die sie beeinflussen können
lever-RO3 = Vor einer Änderung fragen, erklären, wie sie gehen soll, und sie nach sechs Wochen prüfen
lever-LE1 = Führungskräfte in unterstützender Führung schulen und ihnen Rückmeldung aus dem Team geben
lever-LE2 = Regelmäßige Einzelgespräche führen, in denen Arbeitsmenge und seelische Last feste Themen sind
lever-LE3 = Ergebnisse mit dem Team teilen und binnen zwei Wochen ein bis zwei Schritte nennen
lever-LE4 = Führungskräfte fragen nach schlechten Nachrichten, danken dafür und berichten, was geschah
lever-LE5 = Unbeliebte oder schwere Arbeit nach einer sichtbaren, fairen Regel verteilen
lever-LE6 = Mobbing und Konflikte früh angehen; wo Unhöflichkeit häufig ist, ein Programm für Respekt durchführen
lever-NO1 = Pausen durch benannte Vertretung schützen und prüfen, dass sie stattfinden
lever-NO2 = Antwortzeiten und Ruhezeiten für Nachrichten außerhalb der Schicht vereinbaren
lever-NO3 = Darauf achten, dass Urlaub genommen und dabei niemand angerufen wird
lever-NO4 = Ein kurzer Abschluss am Schichtende in bezahlter Zeit: übergeben, ablegen, gehen
lever-TR1 = Traumalastige Fälle im Team verteilen und Stunden direkter Belastung begrenzen
lever-TR2 = Regelmäßige, gute, reflektierende Supervision in bezahlter Zeit, getrennt von Leistungsbeurteilung
lever-TR3 = Ein Programm zu sekundärer Traumatisierung: Regeln, Führung, Schulung, Praxis, jährliche Prüfung
lever-TR4 = Freiwillige, begleitete Runden über die seelische Seite der Arbeit anbieten
lever-TR5 = Nach einem schweren Ereignis praktische Hilfe, Nachfrage durch Kolleginnen und Kollegen und Begleitung anbieten; nie ein einmaliges Pflichtgespräch
lever-TR6 = In wirksamen Methoden für die Probleme schulen, denen das Team begegnet
lever-TR7 = Unnötige Belastung vermeiden: schwärzen, unkenntlich machen, vorher warnen, Ausweichen erlauben
lever-TR8 = Einen vertraulichen Weg zu traumakundiger Hilfe anbieten und oft daran erinnern, wie er geht
lever-TR9 = Kleine Gruppen unter Kolleginnen und Kollegen mit Begleitung in geschützter Zeit bezahlen
lever-CS1 = Rückmeldung holen, was aus den Menschen wurde, denen das Team geholfen hat
lever-CS2 = Gute Arbeit genau und zeitnah würdigen und Einsatz und Gegenleistung im Gleichgewicht halten
lever-CS3 = Zeit für Fertigkeiten, Fallbesprechung und Lehre schützen
lever-CS4 = Kurze freiwillige Übungen dazu, was gut lief: zusätzlich und nie statt weniger Last
lever-CS5 = Jeder Person einen festen Anteil (etwa ein Fünftel) der Zeit für die Arbeit geben, die ihr am meisten bedeutet

evidence-A = Versuche in Organisationen oder Übersichten darüber
evidence-B = Studien mit Vergleich oder über längere Zeit
evidence-C = nur Zusammenhänge
evidence-D = Leitlinie, Norm oder Urteil von Fachleuten

not-first-debriefing = Verpflichtende einmalige Nachbesprechung nach einem Ereignis
not-first-debriefing-why = ohne Nutzen, möglicher Schaden
not-first-feedback = Ergebnisse zeigen und nichts daraus machen
not-first-feedback-why = ohne Wirkung auf Burnout
not-first-individual = Nur Angebote für Einzelne, etwa Apps oder Resilienzkurse
not-first-individual-why = kein besseres Ergebnis als bei denen, die nicht mitmachten
not-first-screening = Einzelne über den Check-in auf Krankheiten prüfen
not-first-screening-why = Die WHO empfiehlt es weder noch rät sie ab; es bräuchte Einwilligung und einen Weg in die Behandlung

lever-status-considered = Wird überlegt
lever-status-trying = Wird erprobt
lever-status-kept = Erprobt und beibehalten
lever-status-stopped = Erprobt und beendet
lever-reach-mine = Das kann dieses Team allein
lever-reach-escalate = Dazu braucht es jemanden weiter oben
lever-ended = Beendet.
lever-overdue = Überfällig: geplant war der { $day }.
lever-look-again = Nächster Blick am { $day }.
lever-counts = { $trying } in Erprobung (ein bis zwei sind genug), { $considered } überlegt, { $kept } beibehalten, { $stopped } beendet.
lever-counts-all = { $trying } in Erprobung, { $considered } überlegt, { $kept } beibehalten, { $stopped } beendet. Überfällig für einen neuen Blick: { $overdue }.
lever-nobody = Noch niemand
lever-changed = { $day }: { $status }. { $reach }. Nächster Blick am { $review }.

reason-signal = „{ $measure }“ liegt hier auf der schwereren Seite des Üblichen, und davon ist hier Entlastung zu erwarten.
reason-driver = Die Arbeitsbedingung „{ $condition }“ ist hier deutlich schwächer als in der ganzen Organisation.
reason-lowest = Die Arbeitsbedingung „{ $condition }“ ist deutlich schwächer als die anderen in der Organisation.

suggest-heading = Zuerst einen Blick wert
suggest-lead = Ausgewählt nach dem, was über diesen Bereich veröffentlicht ist: Hinweise, und Arbeitsbedingungen, wo genug Menschen geantwortet haben. Das Team entscheidet; nichts davon ist Pflicht.
suggest-none = Nichts Veröffentlichtes spricht für einen Hebel mehr als für einen anderen. Fragen Sie das Team, und wählen Sie aus dem Katalog.
suggest-add = Auf die Tafel setzen
suggest-grade = Beleg { $grade }: { $means }

changed-title = Was wir geändert haben
changed-lead = Änderungen daran, wie die Arbeit organisiert ist, und wo sie stehen. Nichts hier handelt von den Antworten einer Person.
changed-none = Noch ist nichts geändert. Sobald etwas erprobt wird, steht es hier, ob es geholfen hat oder nicht.
changed-since = Seit { $day }
changed-own = In { $unit }
changed-others = Anderswo in der Organisation
changed-link = Sehen, was wir geändert haben

overdue-heading = Zeit für einen neuen Blick
overdue-lead = { $n ->
    [one] Eine Änderung sollte wieder angesehen werden und wurde es noch nicht.
   *[other] { $n } Änderungen sollten wieder angesehen werden und wurden es noch nicht.
}
overdue-line = { $lever } (geplant für { $day }; { $owner })

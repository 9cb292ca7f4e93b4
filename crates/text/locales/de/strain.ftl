### Welche Art der Belastung hervortritt. Nie eine Diagnose, nie eine Ursache.

strain-title = Welche Art der Belastung
strain-column = Art der Belastung
strain-says = Was das heißt
strain-against = Gegenüber dem Üblichen
strain-work = Die Arbeit selbst
strain-pain = Das Leid anderer
strain-buffer-name = Der Puffer
strain-work-measure = Burnout-Belastung
strain-pain-measure = sekundäre Traumabelastung
strain-buffer-measure = Zufriedenheit im Helfen, das Gute an der Arbeit
strain-end-lighter = leichter
strain-end-heavier = schwerer
strain-note-beside = Graues Feld: was hier neben der übrigen Organisation üblich ist. Balken: wo der Wert am ehesten liegt; weiter rechts ist schwerer. Ein hohles Zeichen hat noch nicht angehalten. Das ist ein Anfang für Fragen, keine Aussage über eine einzelne Person.
strain-note-own = Graues Feld: was hier nach der eigenen Vergangenheit üblich ist. Balken: wo der Wert am ehesten liegt; weiter rechts ist schwerer. Ein hohles Zeichen hat noch nicht angehalten. Das ist ein Anfang für Fragen, keine Aussage über eine einzelne Person.
strain-note-learning = Das wird ein Anfang für Fragen sein, keine Aussage über eine einzelne Person.

strain-learning = Noch wird keine Art der Belastung genannt. Was hier üblich ist, zeigt sich erst noch ({ $usable } von { $needed } Befragungen).
strain-none = Keine Art der Belastung tritt gegenüber dem hervor, was hier üblich ist.
strain-none-beside = Neben der übrigen Organisation tritt hier keine Art der Belastung hervor.
strain-first = Nur ein erstes Zeichen: { $signs }. Eine Art der Belastung wird erst genannt, wenn eine Veränderung angehalten hat.
strain-first-work = Belastung durch die Arbeit selbst
strain-first-pain = Belastung durch das Leid anderer
strain-first-buffer = ein dünnerer Puffer
strain-buffer = Der Puffer, das Gute an der Arbeit, ist dünner als üblich. Keine der beiden Arten der Belastung tritt hervor.
strain-more-like-work = Es sieht eher nach Belastung durch die Arbeit selbst aus als durch das Leid anderer.
strain-more-like-pain = Es sieht eher nach Belastung durch das Leid anderer aus als durch die Arbeit selbst.
strain-work-untold = Belastung durch die Arbeit selbst tritt hervor. Ob auch das Leid anderer eine Rolle spielt, zeigen die Zahlen nicht.
strain-pain-untold = Belastung durch das Leid anderer tritt hervor. Ob auch die Arbeit selbst eine Rolle spielt, zeigen die Zahlen nicht.
strain-work-first = Belastung durch die Arbeit selbst tritt hervor. Es gibt auch ein erstes Zeichen von Belastung durch das Leid anderer.
strain-pain-first = Belastung durch das Leid anderer tritt hervor. Es gibt auch ein erstes Zeichen von Belastung durch die Arbeit selbst.
strain-both = Beide treten hervor: Belastung durch die Arbeit selbst und Belastung durch das Leid anderer. Jede braucht ihre eigene Antwort.
strain-buffer-thinner = Der Puffer ist dünner als üblich.
strain-buffer-perhaps-thinner = Der Puffer ist vielleicht dünner.
strain-buffer-stronger = Der Puffer ist stärker als üblich.
strain-buffer-perhaps-stronger = Der Puffer ist vielleicht stärker.
strain-work-lighter = Die Belastung durch die Arbeit selbst ist leichter als üblich.
strain-work-perhaps-lighter = Die Belastung durch die Arbeit selbst ist vielleicht leichter.
strain-pain-lighter = Die Belastung durch das Leid anderer ist leichter als üblich.
strain-pain-perhaps-lighter = Die Belastung durch das Leid anderer ist vielleicht leichter.

strain-is-learning = noch unklar
strain-is-usual = wie üblich
strain-is-first = erstes Zeichen
strain-is-heavier = schwerer
strain-is-lighter = leichter
strain-is-thinner = dünner
strain-is-stronger = stärker
strain-is-perhaps-lighter = vielleicht leichter
strain-is-perhaps-stronger = vielleicht stärker

strain-short-learning = unklar
strain-short-none = keine
strain-short-first = Zeichen
strain-short-work = Arbeit
strain-short-pain = Leid
strain-short-both = beide
strain-short-buffer = Puffer
strain-key = Art der Belastung: Arbeit heißt Belastung durch die Arbeit selbst, Leid heißt Belastung durch das Leid anderer, Puffer heißt weniger Gutes an der Arbeit. Zeichen: ein erstes Zeichen, das noch anhalten muss. Keine: keine Art der Belastung tritt hervor.

strain-reading = Burnout-Belastung nährt sich vor allem aus der Arbeit selbst: Menge, Tempo, Mitsprache, Erholung. Sekundäre Traumabelastung nährt sich aus der Nähe zum Leid anderer. Jede braucht ihre eigene Antwort. Eine Art wird erst genannt, wenn eine Veränderung angehalten hat. „Eher das eine“ heißt es nur, wo sich die beiden Veränderungen klar unterscheiden. Im kleinen Bild ist das graue Feld die übliche Spanne, der Balken die wahrscheinliche Lage des Werts, und rechts ist schwerer. Ein hohles Zeichen ist ein erstes Zeichen.
strain-reading-not = Belastung wird benannt, niemand bekommt eine Diagnose. Es sagt nichts über einzelne Menschen und nichts über das Warum. Oft kommt beides zusammen.
strain-report = Die Art der Belastung folgt daraus, welche Messgrößen sich verändert haben, nie daraus, wie hoch sie sind. Sie wird erst genannt, wenn eine Veränderung angehalten hat. Sie ist keine Diagnose, weder einer Gruppe noch eines Menschen in ihr.

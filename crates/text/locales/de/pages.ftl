### Seiten der App: Navigation, Formulare, Fehler.

## Rund um jede Seite

skip-to-content = Zum Inhalt springen
nav-label = Seiten
nav-start = Startseite
nav-support-now = Hilfe jetzt
nav-results = Ergebnisse
nav-team = Team
nav-organisation = Organisation
nav-administration = Verwaltung
nav-overview = Überblick
nav-units = Bereiche
nav-levers = Hebel
nav-reports = Berichte
nav-waves = Befragungen
nav-people = Personen
nav-privacy = Datenschutz
nav-support = Hilfe
nav-mail = E-Mail
nav-audit = Protokoll
nav-health = Zustand
foot-privacy = So sind Ihre Antworten geschützt
foot-reading = So lesen Sie die Diagramme
foot-accessibility = Barrierefreiheit
foot-about = Über Tideline
foot-languages = Sprache
save = Speichern
saved = Gespeichert.

## Rollen

role-staff = Mitarbeitende
role-manager = Teamleitung
role-manager-of = Teamleitung, { $unit }
role-hr = Personalabteilung
role-admin = Verwaltung
role-privacy = Datenschutz
role-program = Das Programm

## Wenn etwas nicht klappt

problem-heading = Da stimmt etwas nicht
problem-not-found-title = Seite nicht gefunden
problem-not-found = Diese Seite gibt es nicht, oder Sie können sie nicht öffnen.
problem-internal-title = Etwas ist schiefgegangen
problem-internal = Bei uns ist etwas schiefgegangen. Was Sie eingegeben haben, wurde nicht behalten.
problem-nothing-changed = Es wurde nichts geändert
problem-not-our-page = Diese Seite war zu lange offen. Gehen Sie zurück, laden Sie sie neu und wiederholen Sie, was Sie getan haben.
problem-form-unreadable = Dieses Formular konnten wir nicht lesen.
problem-body-unreadable = Der Inhalt ist nicht das JSON, das für diesen Aufruf beschrieben ist.
problem-password-length = Ein Passwort braucht 12 bis 128 Zeichen. Es wurde nichts geändert.
problem-name = Ein Name braucht 1 bis 120 Zeichen.
problem-email = Das ist keine E-Mail-Adresse. Sie sollte aussehen wie name@example.org.
problem-series = Von diesem Fragebogen sind keine Ergebnisse veröffentlicht.
problem-file-size = Die Datei ist größer als 8 MB. Es wurde nichts geändert.
problem-date = Wählen Sie einen Tag, zum Beispiel 2026-11-30.

## Anmelden

sign-in-heading = Anmelden
sign-in-text = Mit der Anmeldung zeigen Sie, dass Sie hierher gehören. Sie wird nie zusammen mit einer Antwort gespeichert.
sign-in-sent-heading = Schauen Sie in Ihr Postfach
sign-in-sent = Wenn wir diese Adresse kennen, ist ein Link unterwegs. Er gilt einmal und 15 Minuten lang. Nichts da? Schauen Sie in den Ordner für unerwünschte E-Mails, oder fragen Sie: { $contact }.
sign-in-failed-heading = Sie sind nicht angemeldet
sign-in-failed = Der Link ist verbraucht oder zu alt, oder Adresse und Passwort passen nicht zusammen, oder es wurde zu oft versucht. Zum Schutz aller sagen wir nicht, was davon. Unten können Sie einen neuen Link anfordern, oder Sie versuchen es in einer Viertelstunde noch einmal.
sign-in-with = Anmelden mit { $provider }
sign-in-or = Oder mit einem Link per E-Mail:
sign-in-email = Dienstliche E-Mail-Adresse
sign-in-password = Passwort
sign-in-send-link = Link zusenden
sign-in-by-password = Mit Passwort anmelden
sign-in-button = Anmelden
in-heading = Sie werden angemeldet
in-text = Das dauert einen Moment. Wenn nichts geschieht, drücken Sie den Knopf.
in-no-script = Ohne JavaScript: Kopieren Sie das, was im Link der E-Mail hinter dem # steht, in das Feld. Drücken Sie dann den Knopf.
in-code = Code aus dem Link
in-new-link = Neuen Link anfordern

## Konto

account-heading = Ihr Konto
account-name = Name
account-email = E-Mail-Adresse
account-roles = Rollen
account-wrong = Stimmt hier etwas nicht? Fragen Sie: { $contact }.
account-sessions-heading = Wo Sie angemeldet sind
account-sessions-text = Sie bleiben einen Arbeitstag lang angemeldet. Wir merken uns die Art des Browsers und wann die Anmeldung endet, sonst nichts.
account-this-device = Dieses Gerät
account-until = Bis { $date }, { $time } UTC
account-end-session = Beenden
account-session-ended = Diese Anmeldung ist beendet.
account-sign-out-here = Auf diesem Gerät abmelden
account-sign-out-everywhere = Überall abmelden
account-sign-out-text = Wenn Sie sich abmelden, bleibt eine Befragung erhalten, die dieser Browser schon abgeholt hat. Sie hängt nicht an Ihrer Anmeldung.
account-password-heading = Passwort setzen
account-password-text = Sie brauchen keines: Ein Link per E-Mail geht immer. Wenn Sie eines setzen, werden Sie überall sonst abgemeldet.
account-new-password = Passwort
account-password-hint = 12 bis 128 Zeichen. Drei oder vier Wörter hintereinander kann man sich gut merken. Einfügen ist erlaubt.
account-set-password = Dieses Passwort setzen
device-phone = { $browser } auf Telefon oder Tablet
device-computer = { $browser } am Computer
device-other = Ein Browser

## Startseite

home-hello = Guten Tag, { $name }
home-password-set = Ihr neues Passwort gilt. Überall sonst sind Sie abgemeldet.
home-steps-heading = Die ersten Schritte
home-steps-text = Vier Schritte, bis alle zum ersten Mal antworten können.
home-step-done = erledigt
home-step-organisation = Die Organisation benennen
home-step-support = Jemanden nennen, an den man sich wenden kann
home-step-roster = Bereiche und Personen einlesen
home-step-wave = Die erste Befragung ankündigen
home-check-in-heading = Ihre Befragung
home-check-in-text = Neun kurze Aussagen, einmal im Monat. Ihr Name wird nie zu einer Antwort gespeichert, und niemand kann nachsehen, wer mitgemacht hat. Sie können jede Aussage auslassen.
home-check-in-looking = Wir suchen Ihre Befragung …
home-check-in-no-script = Zu Ihrem Schutz versiegelt Ihr Browser die Antworten, bevor sie ihn verlassen. Bitte erlauben Sie JavaScript für diese Seite, oder nehmen Sie einen anderen Browser.
home-pickup-title = Bewahrt Ihre Befragung auf diesem Gerät auf
home-your-team = Ihr Team
home-your-teams = Ihre Teams
home-team-results = Ergebnisse
home-team-talk = Gesprächsleitfaden
home-org-results = Ergebnisse der Organisation
home-org-units = Alle Bereiche in einer Tabelle
home-org-reports = Monatsberichte
home-org-waves = Befragungen planen und ankündigen
home-everybody-heading = Für alle
home-results = Ergebnisse und was sich dadurch geändert hat
home-reflect = Zwei Minuten für Sie: ein stiller Blick auf sich selbst
home-account = Konto und Passwort
home-sign-out = Abmelden

## Hilfe

support-title = Hilfe jetzt
support-heading = Hier finden Sie jetzt Hilfe
support-leave = Seite verlassen
support-danger-heading = Wenn Sie daran denken, sich das Leben zu nehmen, oder gerade nicht sicher sind
support-danger = Rufen Sie die Notrufnummer des Landes, in dem Sie sind, oder gehen Sie in die nächste Notaufnahme. Sie müssen es nicht gut erklären.
support-call = { $number } anrufen
support-soon-heading = Bitte sprechen Sie bald mit jemandem und bleiben Sie nicht allein, wenn
support-soon-panic = Panik immer wiederkommt oder stärker wird
support-soon-thoughts = Sie manchmal nicht mehr da sein wollen, auch wenn der Gedanke leise ist
support-soon-sleep = Sie seit Wochen sehr schlecht schlafen
support-soon-pictures = Bilder, Albträume, ständige Anspannung oder ein Gefühl der Taubheit nicht nachlassen
support-common = So reagieren viele Menschen auf schwere Arbeit. Das ist ein Grund, sich Hilfe zu holen. Es ist kein Zeichen von Schwäche und nichts, was man allein durchstehen muss.
support-further-heading = Weitere Hilfe
support-further-work = Bei der Arbeit: die Stellen oben, Supervision, der betriebsärztliche Dienst, Betriebsrat oder Gewerkschaft.
support-further-outside = Außerhalb: Ihre Ärztin oder Ihr Arzt, eine Beratungsstelle, ein Mensch, dem Sie vertrauen.
support-who-heading = Wer erfährt davon?
support-who = Hier niemand. Diese Seite ist für alle gleich. Sie fragt nichts, und wir halten nicht fest, dass Sie sie geöffnet haben.

## So sind Antworten geschützt

privacy-heading = So sind Ihre Antworten geschützt
privacy-lead = Niemand kann nachsehen, was Sie geantwortet haben oder ob Sie geantwortet haben. Hier steht, wie das geht und wo die Grenzen liegen.
privacy-values-heading = Diese Regeln gelten heute
privacy-value-group = Kleinste gezeigte Gruppe
privacy-value-answers = { $n ->
    [one] { $n } Antwort
   *[other] { $n } Antworten
}
privacy-value-cohort = Kleinste gemeinsam befragte Gruppe
privacy-value-people = { $n ->
    [one] { $n } Person
   *[other] { $n } Personen
}
privacy-value-guard = Ein Team, in dem ein oder zwei Personen kamen oder gingen
privacy-value-guard-on = Bei weniger als 20 Antworten erscheint es dieses Mal mit einem Nachbarn zusammen oder gar nicht.
privacy-value-guard-off = Es wird wie immer gezeigt, aus vergröberten Summen.
privacy-value-keep = Wie lange Antworten bleiben
privacy-value-keep-text = Versiegelt, bis die Befragung schließt. Dann werden sie einmal zusammengezählt und vernichtet.
privacy-value-viewers = Wer Ergebnisse sieht
privacy-value-viewers-text = Alle: die Organisation und das eigene Team. Teamleitungen: ihre Teams. Personalabteilung: alle Bereiche. Immer nur Zahlen von Gruppen.
privacy-log-link = Was geändert wurde und wer Ergebnisse angesehen hat
privacy-kept-heading = Was wir behalten und was nicht
privacy-kept-term = Behalten, bis die Befragung schließt:
privacy-kept = Ihre versiegelten Antworten, Ihr Team oder Ihre Gruppe von Teams, und welche Befragung es war. Sonst nichts.
privacy-not-kept-term = Nicht behalten:
privacy-not-kept = Ihr Name, Ihre Adresse, Ihr Telefon, Ihr Ort oder die Zeit Ihrer Antwort. Die Netzadresse Ihres Geräts erreicht den Server, wie bei jeder Website. Wir schreiben sie nicht auf.
privacy-not-asked-term = Gar nicht erst gefragt:
privacy-not-asked = Sie bekommen neun von { $items } Aussagen. Ihr Browser lost aus, welche; der Server weiß es nicht. Ein vollständiges Ergebnis einer Person gibt es nirgends.
privacy-ticket-heading = Wie doppelte Antworten verhindert werden, ohne zu wissen, wer Sie sind
privacy-ticket = Ihr Browser stellt ein versiegeltes Ticket her. Der Server stempelt es, ohne hineinzusehen, wie durch Durchschlagpapier. Er merkt sich, dass Sie eines geholt haben, damit er ein zweites ablehnen kann. Kommen später Antworten an, sieht er einen gültigen Stempel, aber nicht, wessen. Er weiß also nicht, ob und was Sie geantwortet haben.
privacy-ticket-silent = Ihr Browser holt das Ticket von selbst, wenn Sie sich anmelden, auch wenn Sie nie antworten. Ein Ticket zu haben sagt nichts über Sie.
privacy-results-heading = Wann es Ergebnisse gibt
privacy-results = Erst wenn die Befragung geschlossen ist. Vorher sieht niemand eine Zahl, einen Namen oder ein erstes Ergebnis.
privacy-results-cohort = Eine Gruppe, die gemeinsam befragt wird, hat mindestens { $n } Personen. Kleinere Teams werden mit einem Nachbarn zusammengelegt.
privacy-results-group = Eine Zahl wird nur gezeigt, wenn mindestens { $n } Personen der Gruppe geantwortet haben und man niemanden durch Abziehen herausrechnen kann. Sonst wird die Gruppe in einer größeren gezeigt, oder gar nicht.
privacy-results-coarse = Summen werden vergröbert, bevor etwas gezeigt wird, und die genauen werden weggeworfen. Jede Seite, Datei, E-Mail und jeder Bericht entsteht aus den groben.
privacy-results-destroyed = Am Ende werden die Antworten einmal geöffnet, zusammengezählt und nicht aufgeschrieben. Dann werden die Wahlurne und die Schlüssel vernichtet, die sie öffnen könnten.
privacy-example-heading = Ein Beispiel
privacy-example = Ulme hat 9 Personen, Eiche hat 5. Alle antworten. Ulme ließe sich zeigen, denn 9 ist mindestens { $k }. Eiche nicht. Würde aber Nord, wozu beide gehören, neben Ulme gezeigt, könnte man Ulme von Nord abziehen und hätte Eiche. Darum erscheinen Ulme und Eiche zusammen als eine Gruppe von 14, und keine von beiden allein.
privacy-manager-heading = Was Ihre Teamleitung sieht
privacy-manager = Gemeinsame Werte des Teams, die Spanne, in der sie vermutlich liegen, und ungefähr, wie viele mitgemacht haben. Nie eine Antwort, nie eine Liste, nie, wer mitgemacht hat. Niemand wird mit Namen erinnert.
privacy-cannot-heading = Was wir nicht können
privacy-cannot = Ihre Antworten nach dem Absenden finden, ändern oder löschen: Wir wissen nicht, welche Ihre sind. Und wenn Sie das Gerät mit Ihrem Ticket verlieren, kann niemand ein zweites für diese Befragung ausstellen.
privacy-limits-heading = Wo es trotzdem schiefgehen könnte
privacy-limits-operator = Wer den Server betreibt, könnte diese Seiten ändern oder festhalten, wer sich wann verbindet. Darum sind die fünf Wörter unten für alle gleich, und darum können Sie sie vergleichen.
privacy-limits-same = Wenn in einem Team alle dasselbe antworten, sagt das auch die Gruppe. Wir vergröbern die Zahlen, um das abzumildern.
privacy-limits-device = Wenn Ihr Arbeitgeber Ihr Gerät verwaltet, sieht er vielleicht, dass Sie die Befragung geöffnet haben, und manche Programme sehen den Bildschirm. Nehmen Sie wenn möglich Ihr eigenes Telefon, und antworten Sie zu einer anderen Zeit, als Sie sich anmelden.
privacy-words-heading = Fünf Wörter zum Vergleichen
privacy-words = Zu jeder Befragung gibt es eine veröffentlichte Beschreibung: ihr Schlüssel, ihre Tage, ihre Gruppen. Fünf Wörter stehen dafür. Sie sind für alle gleich. Zeigt Ihr Bildschirm andere Wörter als bei einer Kollegin, dann senden Sie nicht, und melden Sie es: { $contact }.
privacy-no-wave = Zurzeit ist keine Befragung angekündigt.
privacy-description = Beschreibung lesen
privacy-questions = Fragen? Ansprechstelle: { $contact }. Wer fragt, verrät nicht, was er geantwortet hat.

## Das öffentliche Protokoll

log-heading = Was geändert wurde und wer nachgesehen hat
log-lead = Das darf jeder lesen. Änderungen der Regeln und jede Befragung mit ihren fünf Wörtern stehen hier auf Dauer.
log-none = Keine Änderungen seit der Einrichtung.
log-wave = Befragung { $month }, fünf Wörter: { $words }
log-wave-dates = Offen vom { $opens } bis zum { $closes }. Kleinste gezeigte Gruppe: { $k }.
log-raised = Die kleinste gezeigte Gruppe wurde von { $from } auf { $to } erhöht
log-lowered = Die kleinste gezeigte Gruppe sinkt von { $from } auf { $to }
log-lowered-from = Das gilt für Befragungen, die ab dem { $date } angekündigt werden. Was veröffentlicht ist, bleibt, wie es ist.
log-reason = Grund: { $reason }
log-looked-heading = Wie oft Ergebnisse angesehen wurden
log-looked-table = Tabelle: wie oft Ergebnisse angesehen wurden
log-looked-text = Anzahl nach Monat und Rolle, nie nach Namen. Mehr steht im Protokoll, das die Datenschutzstelle führt.
log-looked-none = Noch hat niemand Ergebnisse angesehen.
log-role = Rolle
log-views = Geöffnete Seiten
log-exports = Dateien und Programme

## Über

about-heading = Über Tideline
about-lead = Tideline zeigt, wie es Teams mit ihrer Arbeit geht, die das Leid anderer mittragen, und was sich an der Arbeit ändern ließe. Eine Wetterlage, kein Urteil.
about-asked-heading = Was gefragt wird
about-asked = Es gibt { $items } Aussagen in unseren eigenen Worten. Jede Person bekommt neun davon, ausgelost. Sie folgen drei Gedanken aus der Forschung über helfende Berufe:
about-burnout-term = Erschöpfung im Beruf
about-burnout = Erschöpfung, Abstand zur Arbeit und Zweifel daran, was sie bewirkt, so wie die Weltgesundheitsorganisation Burn-out beschreibt (ICD-11, QD85).
about-sts-term = Sekundäre Traumabelastung
about-sts = Belastung durch das Trauma anderer: Bilder, die wiederkehren, ständige Anspannung, Ausweichen, Taubheit.
about-cs-term = Erfüllung durch das Helfen
about-cs = Das Gute an der Arbeit: nützlich sein, Begegnungen, die wärmen, wissen, wofür.
about-own-items = Keine Aussage stammt aus einem veröffentlichten Fragebogen, und unsere sind nicht als Test geprüft. Darum gibt es keine Normen und keine Grenzwerte: Eine Gruppe wird mit ihrer eigenen Vergangenheit verglichen und mit nichts sonst.
about-score-heading = Wie ein Wert entsteht
about-score-points = Antworten werden zu Punkten von 0 bis 100. Weil alle andere Aussagen bekommen, wird der Mittelwert einer Person dafür berichtigt, dass manchen Aussagen alle leichter oder schwerer zustimmen.
about-score-groups = Mittelwerte werden für Gruppen von mindestens { $k } Antworten zusammengezählt. Die Summen werden vergröbert, die genauen weggeworfen.
about-score-range = Die Schattierung um eine Linie ist eine 95-%-Spanne. Sie rechnet mit einer Streuung für die ganze Organisation und sagt darum nichts darüber, wie ähnlich sich die Menschen in einem Team sind.
about-score-change = Eine Änderung wird markiert, wenn die letzten drei Befragungen um fünf Punkte oder mehr von bis zu zwölf davor abweichen und Zufall allein das selten täte.
about-levers-heading = Woher die Hebel kommen
about-levers = Der Katalog ist in unseren eigenen Worten. Bei jedem Hebel steht, welche Forschung dahintersteht und wie stark sie ist, von A (Studien mit Vergleichsgruppe und Übersichten dazu) bis D (Leitlinien und Erfahrung). Die Quellen finden Sie beim Hebel auf der Tafel eines Teams.
about-licence-heading = Lizenz
about-licence = Tideline ist freie Software unter der Apache-Lizenz, Version 2.0. Fragen dazu, wie es hier eingesetzt wird? Ansprechstelle: { $contact }.

## Barrierefreiheit

access-heading = Barrierefreiheit
access-lead = Alle sollen antworten und Ergebnisse lesen können. Wir folgen den WCAG 2.2, Stufe AA.
access-works-heading = Was geht
access-works-keyboard = Alles geht allein mit der Tastatur. Sie sehen immer, wo Sie sind.
access-works-small = Die Seiten passen auf ein kleines Telefon und zu großer Schrift. Knöpfe sind mindestens 44 Pixel hoch.
access-works-colour = Nichts wird nur durch Farbe gesagt. Es gibt eine dunkle Ansicht, und hoher Kontrast geht.
access-works-charts = Zu jedem Diagramm gibt es einen Satz und eine Tabelle, die dasselbe sagen.
access-works-script = Ergebnisse lassen sich ohne JavaScript lesen.
access-works-time = Für eine Aussage gibt es keine Zeitgrenze. An einem gemeinsamen Tablet können Sie mehr Zeit verlangen.
access-limits-heading = Was noch nicht geht
access-limit-script = Zum Antworten braucht es JavaScript, weil Ihr Browser die Antworten versiegelt. Fragen Sie nach der Papierfassung, wenn Sie es nicht nutzen können.
access-limit-people = Programme haben die Seiten in jeder Ansicht und Größe geprüft. Menschen mit Vorleseprogrammen haben noch nicht alle ausprobiert.
access-checked-heading = Wie geprüft wird
access-checked = Vor jeder neuen Fassung öffnet ein echter Browser jede Seite in fünf Ansichten, und axe-core prüft jede davon. Außerdem wird die Befragung allein mit der Tastatur ausgefüllt.
access-contact = Geht etwas für Sie nicht? Melden Sie es: { $contact }.

## So lesen Sie die Diagramme

reading-heading = So lesen Sie die Diagramme
reading-lead = Zwei Minuten. Die Diagramme zeigen, wie es einer Gruppe über die Zeit mit der Arbeit geht. Sie sagen nichts über einzelne Menschen und nichts über das Warum.
reading-measures-heading = Die drei Maße
reading-measures = Jedes reicht von 0 bis 100. Bei den ersten beiden heißt ein höherer Wert: schwerere Last. Beim dritten heißt er: stärkerer Puffer. Es gibt keine Bestehensgrenze, und Werte verschiedener Maße lassen sich nicht miteinander vergleichen.
reading-example-heading = Ein Diagramm, ausgedacht
reading-example-text = Dieses Team gibt es nicht. Ein Monat wird nicht gezeigt, und die letzten Monate sind markiert.
reading-example-tag = Höher als üblich
reading-example-sentence = Drei Befragungen hintereinander liegen über dem Üblichen. Zufall allein ist unwahrscheinlich. Ein Gespräch lohnt sich.
reading-example-description = Liniendiagramm mit ausgedachten Zahlen. Acht Monate liegen zwischen 42 und 50, ein Monat wird nicht gezeigt, drei spätere Monate liegen bei 61 bis 63 und sind als höher als üblich markiert.
reading-usual = übliche Spanne
reading-marks-heading = Die Zeichen
reading-dot-term = Punkt
reading-dot = Der Wert einer Befragung.
reading-shading-term = Schattierung
reading-shading = Wo der Wert vermutlich liegt. Je weniger Menschen, desto breiter. Zwei Punkte, deren Schattierungen sich überlappen, können gut gleich sein.
reading-lines-term = Durchgezogene und gestrichelte Linien
reading-lines = Was für die Gruppe selbst üblich ist, aus ihren früheren Befragungen.
reading-heavier-term = ocker
reading-heavier = Zufall allein ist unwahrscheinlich: schwerere Last oder dünnerer Puffer.
reading-lighter-term = blaugrün
reading-lighter = Zufall allein ist unwahrscheinlich: leichtere Last oder stärkerer Puffer.
reading-withheld = Nicht gezeigt, zum Schutz der Menschen. Es sagt nicht, wie viele geantwortet haben, und nicht, warum.
reading-change-heading = Wann eine Änderung markiert wird
reading-change = Nur wenn die letzten drei Befragungen zusammen deutlich außerhalb des Üblichen liegen: um fünf Punkte oder mehr, und um mehr, als der Zufall oft bringt. Vor sieben Befragungen wird nichts markiert. Alles andere ist das gewöhnliche Auf und Ab.
reading-talk-heading = Darüber sprechen
reading-talk-start = Beginnen Sie bei der Gruppe: „Wie passt das zu dem, was ihr bemerkt?“
reading-talk-ask = Fragen Sie, was sich an der Arbeit ändern ließe. Wählen Sie dann ein oder zwei Hebel.
reading-talk-not = Fragen Sie nicht, wer es war, und raten Sie nicht. Fragen Sie nicht, warum ein Punkt sich bewegt hat. Setzen Sie kein Ziel.
reading-not-heading = Was diese Zahlen nicht sind
reading-not = Sie sind keine Diagnose und keine Note. Die Aussagen sind unsere eigenen und nicht als Test geprüft. Sie sind dazu da, eine Gruppe über die Zeit zu begleiten, nicht um Gruppen zu vergleichen. Eine Änderung in der Nähe eines Hebels beweist nicht, dass der Hebel sie bewirkt hat.

## Ergebnisse eines Bereichs

withheld-nothing-wrong = Es ist nichts schiefgegangen, und es muss niemand angesprochen werden.
withheld-instead = Was Sie stattdessen nutzen können
withheld-wider = { $unit }, wozu dieses Team gehört
withheld-levers = Hebel: Änderungen an der Arbeit, die bei jedem Wert helfen
not-yet-no-wave = Es ist noch keine Befragung geplant. Bis dahin hilft am meisten die Liste der Hebel.
not-yet-first = Die erste Befragung schließt am { $date }. Innerhalb eines Tages erscheinen Ergebnisse. Bis dahin hilft am meisten die Liste der Hebel.
panel-key-dots = Punkte: Wert einer Befragung, 0 bis 100. Schattierung: wo der Wert vermutlich liegt.
panel-key-lines = Linien: das Übliche und, gestrichelt, die übliche Spanne.
panel-key-withheld = [c]: nicht gezeigt, zum Schutz der Menschen.
panel-show-table = Zahlen als Tabelle zeigen
panel-table-label = { $measure }, Zahlen
table-month = Monat
table-score = Wert
table-from = Vermutlich von
table-to = bis
table-people = Grundlage
table-measure = Maß
table-part = Tabelle
table-row = Zeile
table-figure = Zahl
table-own-past = { $measure }: gegenüber früher
table-against-organisation = { $measure }: gegenüber der Organisation
team-based-on = Grundlage: { $people }. { $part }.
team-more = Mehr
team-reading = So lesen Sie diese Diagramme
team-csv = Dieselben Zahlen als CSV
team-xlsx = Dieselben Zahlen als Tabelle (XLSX)
team-json = Dieselben Zahlen für Programme (JSON)
plans-heading = Hebel, die laufen
plans-none = Noch nichts gewählt. Einer oder zwei sind ein guter Anfang.
plans-started = begonnen am { $date }.
plans-no-proof = Eine Änderung in der Nähe eines Hebels beweist nicht, dass der Hebel sie bewirkt hat.
plans-open = Hebel dieses Teams öffnen

## Der Gesprächsleitfaden

talk-heading = Ein Gespräch von 15 Minuten
talk-link = Leitfaden für ein Gespräch von 15 Minuten
talk-lead = Für eine Teambesprechung. Sie brauchen diese Seite und eine ruhige Viertelstunde. Es geht mit Zahlen und ohne.
talk-open-heading = Anfangen (2 Minuten)
talk-open = „Einmal im Monat können wir ohne Namen sagen, wie es uns mit der Arbeit geht. Ich sehe Zahlen der Gruppe, nie eine Antwort. Ich möchte hören, was ihr bemerkt, und eine Sache ändern.“
talk-figures = Lesen Sie vor, was die Zahlen sagen, Wort für Wort:
talk-no-figures = Diesmal gibt es keine Zahlen zum Vorlesen. Das macht nichts: Auf die Fragen unten kommt es an.
talk-ask-heading = Fragen (10 Minuten)
talk-ask-notice = „Wie passt das zu dem, was ihr bei der Arbeit bemerkt?“
talk-ask-notice-why = Lassen Sie Stille zu. Danken Sie für das, was gesagt wird, und reden Sie es nicht klein.
talk-ask-change = „Was an der Arbeit, nicht an uns, macht es schwerer oder leichter?“
talk-ask-change-why = Menge, Tempo, Dienstplan, Mitsprache, schwere Geschichten, Erholung. Schreiben Sie die Worte der anderen auf.
talk-ask-who = „Welche eine Sache könnten wir bis zur übernächsten Befragung versuchen?“
talk-ask-who-why = Eine Sache genügt. Halten Sie fest, wer sich kümmert und wann Sie wieder hinschauen.
talk-not-heading = Was Sie lassen sollten
talk-not-who = Fragen Sie nicht, wer was geantwortet hat, wer mitgemacht hat oder wie es einzelnen geht. Raten Sie nicht.
talk-not-why = Fragen Sie nicht, warum ein Punkt sich bewegt hat. Ein Monat ist Wetter.
talk-not-target = Setzen Sie kein Ziel, und vergleichen Sie keine Teams.
talk-not-tips = Verteilen Sie keine Ratschläge zum Durchhalten. Ändern Sie zuerst die Arbeit.
talk-close-heading = Abschließen (3 Minuten)
talk-close = Sagen Sie, was Sie bis wann tun und was Sie weiter oben ansprechen. Setzen Sie es dann auf die Tafel, damit alle es sehen.
talk-in-play = Zurzeit auf der Tafel:
talk-support = Enden Sie mit: „Wenn euch die Arbeit nach Hause folgt: Die Hilfeseite ist einen Fingertipp entfernt, und niemand sieht, dass ihr sie geöffnet habt.“
talk-back = Ergebnisse von { $unit }

## Die Organisation

org-title = Die Organisation
org-withheld-heading = Die Ergebnisse des Ganzen werden nicht gezeigt
org-levers-link = Alle Hebel
org-xlsx = Alle Zahlen als Tabelle (XLSX)
org-csv = Alle Bereiche als CSV
org-whole-csv = Die Organisation im Verlauf, als CSV
org-levers-heading = Hebel in allen Bereichen
org-levers-lead = Was Bereiche ausprobieren, nach Bereich. Gezählt werden Hebel, nie Werte.
org-levers-none = Noch hat kein Bereich einen Hebel gewählt.
org-levers-nobody = noch kümmert sich niemand.
org-levers-owner = es kümmert sich: { $owner }.
units-title = Bereiche, { $month }
units-lead = In der Ordnung der Organisation, nie nach Werten. Unterschiede zwischen Bereichen sind oft Zufall.
units-order = Öffnen Sie einen Bereich, um seinen Verlauf zu sehen.
units-pools-note = Ein Team, das mit einem Nachbarn von anderswo zusammen gezeigt wird, steckt nicht in den Zahlen des Bereichs darüber.
units-table-label = Tabelle der Bereiche
units-unit = Bereich
units-took-part = Mitgemacht
units-together = gezeigt als { $units }
units-pools = Zusammen gezeigt
units-short-burnout = Ersch.
units-short-sts = Sek. Trauma
units-short-cs = Erfüllung
reports-heading = Monatsberichte
reports-lead = Jeder Bericht enthält die Zahlen, wie sie mit dieser Befragung veröffentlicht wurden; die ändern sich nie. Die Hebel sind auf dem Stand von heute.
reports-next = Der nächste Bericht geht innerhalb eines Tages nach dem { $date } hinaus.
reports-next-none = Es ist keine Befragung geplant, also steht kein Bericht an.
reports-none = Es gibt noch keinen Bericht. Der erste erscheint, wenn die erste Befragung geschlossen ist.
reports-open = Öffnen
reports-closed = Geschlossen am { $date }.
reports-mails-sent = { $n ->
    [0] An niemanden verschickt.
    [one] An { $n } Person verschickt.
   *[other] An { $n } Personen verschickt.
}
reports-mails-waiting = { $n ->
    [one] { $n } E-Mail ist noch unterwegs.
   *[other] { $n } E-Mails sind noch unterwegs.
}
reports-mails-failed = { $n ->
    [one] { $n } E-Mail konnte nicht verschickt werden. Sie können den Bericht hier öffnen.
   *[other] { $n } E-Mails konnten nicht verschickt werden. Sie können den Bericht hier öffnen.
}
reports-recipients = Wer ihn bekommt
reports-recipients-text = Alle mit der Rolle Personalabteilung. Rollen stehen in der Personalliste.
cells-heading = Veröffentlichte Zahlen zum Nachprüfen
cells-text = Alles, was von einer Befragung veröffentlicht ist, als Datei für Programme, die daraus einzelne Antworten zu errechnen versuchen. Anstelle der Antworten stehen darin Platzhalter: Die Antworten hat niemand. Wie Sie damit nachprüfen, steht im englischen Datenschutz-Handbuch unter „Attack it yourself“.
report-title = Bericht, { $month }
report-closed = Diese Befragung schloss am { $date }.
report-pdf = Der Bericht als PDF

## Was alle sehen dürfen

results-heading = Ergebnisse
results-lead = Was hier alle sehen dürfen: die ganze Organisation, das eigene Team und was geändert wurde.
results-organisation = { $name }, { $month }
results-changed-heading = Was geändert wurde
results-changed-none = Noch steht nichts auf einer Tafel. Ihre Teamleitung kann jederzeit einen Hebel wählen.

## Befragungen

waves-lead = Alle dürfen antworten, und alle bekommen dieselbe Einladung. Niemand sieht, wie viele schon geantwortet haben.
waves-none = Es ist noch keine Befragung angekündigt.
waves-announced = Die Befragung ist angekündigt. Innerhalb einer Minute ist sie bereit.
waves-dates = Offen vom { $opens } bis zum { $closes }
waves-state-announced = Angekündigt
waves-state-pickup = Wird von Browsern abgeholt
waves-state-open = Offen bis { $date }
waves-state-closed = Wird zusammengezählt
waves-state-released = Ergebnisse sind da
waves-plan-heading = Eine Befragung ankündigen
waves-plan-text = In diesem Moment wird die Personalliste eingefroren und es werden Schlüssel erzeugt. Was angekündigt ist, lässt sich nicht mehr ändern.
waves-opens = Erster Tag
waves-closes = Letzter Tag
waves-closes-hint = Sie schließt am Ende dieses Tages (UTC). Ein bis zwei Wochen sind gut.
waves-announce = Ankündigen
waves-blocked = Bevor eine Befragung angekündigt werden kann:
waves-blocked-support = eine Stelle für Krisen oder Hilfe nennen
waves-blocked-roster = Bereiche und Personen einlesen
waves-problem-order = Der letzte Tag darf nicht vor dem ersten liegen, und er muss in der Zukunft liegen.
waves-problem-later = Sie muss nach allen Befragungen schließen, die vorher angekündigt wurden.
waves-problem-asked = Das kann nicht gefragt werden. Texte eines veröffentlichten Fragebogens werden zuerst mit `tideline instrument add` hinzugefügt.
waves-asks = Was gefragt wird
waves-asks-hint = Der Puls, oder ein veröffentlichter Fragebogen, dessen Texte Ihre Organisation hinzugefügt hat. Er wird eingefroren, wenn die Befragung angekündigt wird.
waves-problem-label = Für diesen Monat gibt es schon eine Befragung.
waves-problem-elsewhere = Befragungen werden auf einer anderen Maschine dieser Installation angekündigt. Nehmen Sie dort `tideline wave open`.
waves-problem-support = Eine Befragung braucht zuerst eine Stelle für Krisen oder Hilfe.
waves-problem-roster = Lesen Sie zuerst Bereiche und Personen ein.
waves-problem-failed = Die Befragung konnte nicht angekündigt werden. Es wurde nichts geändert. Warum, steht im Protokoll des Servers.
waves-invite-heading = Einladung, für alle gleich
waves-invite-text = Schicken Sie das an alle, und nach der Hälfte noch einmal. Nie nur an die, die noch nicht geantwortet haben: Niemand weiß, wer das ist.
waves-invite = Bis zum { $date } läuft eine Befragung. Sie dauert etwa anderthalb Minuten. Niemand sieht Ihre Antworten, nur die einer ganzen Gruppe zusammen: { $link }. Wenn Sie schon geantwortet haben, danke: Dann ist nichts zu tun.

## Verwaltung

admin-units-lead = Der Baum der Bereiche, wie er heute ist, und wie viele Personen zu jedem gehören.
admin-units-none = Es gibt noch keine Bereiche. Sie kommen mit der Personalliste.
admin-units-people = Personen
admin-units-managers = Teamleitung
admin-units-shown = In den letzten Ergebnissen
admin-units-shown-alone = gezeigt
admin-units-shown-together = mit einem Nachbarn zusammen gezeigt
admin-units-shown-not = [c]
admin-units-shown-none = nicht darin
admin-units-key = [c]: nicht gezeigt, zum Schutz der Menschen. Personen zählt, wer zum Bereich selbst gehört, nicht, wer geantwortet hat.
admin-units-change-heading = Den Baum ändern
admin-units-change = Bereiche werden mit der Personalliste angelegt, verschoben, zusammengelegt und umbenannt. Vorher sehen Sie, was sich ändern würde und wie viele Bereiche noch für sich gezeigt würden. Ein Bereich, der sich stark ändert, beginnt einen neuen Verlauf.
admin-people-lead = Wer antworten darf und wer was sieht. Diese Liste zeigt nie, wer mitgemacht hat.
admin-people-import-heading = Personalliste einlesen
admin-people-import-text = Eine CSV-Datei mit diesen Spalten. Rollen: staff, manager, hr, admin, privacy; mehrere mit Strichpunkt.
admin-people-example = Beispiel einer Personalliste
admin-people-import-whole = Die Datei ist die ganze Wahrheit: Wer nicht darin steht, ist ausgeschieden und kann sich nicht mehr anmelden. Sie sehen jede Änderung, bevor sie geschieht.
admin-people-file = Datei mit der Personalliste
admin-people-file-hint = CSV in UTF-8, bis 8 MB.
admin-people-preview = Zeigen, was sich ändern würde
admin-people-download = Heutige Personalliste herunterladen
admin-people-imported = Die Personalliste ist eingelesen.
admin-people-not-imported = Es wurde nichts geändert.
admin-people-list = { $n ->
    [one] { $n } Person
   *[other] { $n } Personen
}
admin-people-search = Name, Adresse oder Bereich
admin-people-search-button = Suchen
admin-people-none = Niemand gefunden.
admin-people-more = { $shown } von { $found } werden gezeigt. Suchen Sie nach den anderen.
admin-people-never = Tideline weiß nicht, wer geantwortet hat, und Erinnerungen gehen an alle.
import-heading = Was sich ändern würde
import-lead = Noch ist nichts geändert. Lesen Sie die Liste, und bestätigen Sie dann.
import-nothing = Die Datei sagt, was schon da ist. Es würde sich nichts ändern.
import-leaving = { $n ->
    [one] { $n } Person steht nicht in der Datei und könnte sich nicht mehr anmelden.
   *[other] { $n } Personen stehen nicht in der Datei und könnten sich nicht mehr anmelden.
}
import-button = So machen
import-cancel = Nichts tun
import-units = Bereiche
import-people = Personen
import-roles = Rollen
import-added = { $name }: neu
import-removed = { $name }: fällt weg
import-left = { $name }: ausgeschieden
import-renamed = { $from } heißt jetzt { $to }
import-moved = { $name } wechselt von { $from } zu { $to }
import-gained = { $name } wird: { $role }
import-lost = { $name } ist nicht mehr: { $role }
import-top = ganz oben
import-problem-no-admin = Die Datei nennt niemanden für die Verwaltung. Dann könnte sich niemand mehr anmelden, um es zu berichtigen. Geben Sie jemandem die Rolle admin.
import-problem-changed = Inzwischen hat sich etwas geändert. Das würde die Datei jetzt bewirken.
import-problem-line = Zeile { $line }: { $why }
import-problem-cell = Zeile { $line }, Spalte { $column }: { $why }
effect-heading = Wirkung beim heutigen Aufbau
effect-text = Geschätzt aus der Zahl der Personen in jedem Bereich und daraus, wie viele zuletzt mitgemacht haben. Dafür wird keine Antwort benutzt.
effect-what = Bereiche
effect-shown = für sich gezeigt
effect-together = mit einem Nachbarn zusammen gezeigt
effect-hidden = nur in einem größeren Bereich gezeigt
effect-now = heute, { $n }
effect-then = mit { $n }
effect-now-then = jetzt { $now }, dann { $then }
admin-privacy-heading = Einstellungen zum Datenschutz
admin-privacy-lead = Wie groß eine Gruppe sein muss, bevor sie gezeigt wird. Jede Änderung steht mit ihrem Grund im öffentlichen Protokoll.
admin-privacy-later = Ändert sich
admin-privacy-later-text = auf { $n } Antworten, für Befragungen, die ab dem { $date } angekündigt werden
admin-privacy-saved = Die Änderung steht im öffentlichen Protokoll.
admin-privacy-change-heading = Die kleinste Gruppe ändern
admin-privacy-change-text = Erhöhen geht jederzeit und gilt ab den nächsten Ergebnissen. Gesenkt wird sie nur für Befragungen, die eine Woche nach der Bekanntgabe angekündigt werden. Was veröffentlicht ist, ändert sich nie.
admin-privacy-try = Eine Zahl ausprobieren
admin-privacy-try-hint = Weniger als { $floor } geht nicht.
admin-privacy-preview = Wirkung zeigen
admin-privacy-smallest = Kleinste Gruppe, in Antworten
admin-privacy-reason = Grund
admin-privacy-reason-hint = Alle können ihn lesen. Nennen Sie niemanden.
admin-privacy-save = Ändern
admin-privacy-officer-only = Ändern kann das die Datenschutzstelle.
admin-privacy-problem-floor = Die kleinste Gruppe braucht mindestens { $floor } und höchstens 100 Antworten.
admin-privacy-problem-reason = Sagen Sie, warum, in 1 bis 200 Zeichen.
admin-privacy-problem-same = Diese Zahl gilt schon.
admin-support-heading = Stellen für Krisen und Hilfe
admin-support-lead = Unter „Hilfe jetzt“ für alle zu sehen, das Dringendste zuerst. Eine Befragung braucht mindestens eine Stelle.
admin-support-stale = Seit 90 Tagen hat niemand geprüft, ob diese Stellen erreichbar sind. Bitte rufen Sie jede Nummer an, und speichern Sie dann.
admin-support-contact = Stelle { $n }
admin-support-checked = Zuletzt geprüft am { $date }
admin-support-title = Was es ist
admin-support-phone = Telefonnummer
admin-support-link = Web- oder E-Mail-Adresse
admin-support-note = Wann jemand antwortet, was zu erwarten ist
admin-support-empty = Um eine Stelle zu entfernen, lassen Sie alle ihre Felder leer.
admin-support-dialled = Ich habe jede Nummer angerufen, und jede stimmt.
admin-support-preview = Seite ansehen
admin-support-problem-way = Eine Stelle braucht eine Telefonnummer oder eine Adresse.
admin-support-problem-title = Sagen Sie in bis zu 120 Zeichen, was für eine Stelle es ist.
admin-support-problem-link = Eine Adresse beginnt mit https: oder mailto:.
admin-support-problem-note = Eine Anmerkung hat bis zu 300 Zeichen.
admin-support-problem-phone = Eine Telefonnummer besteht nur aus Ziffern, Leerzeichen und + ( ) - /.
admin-support-problem-many = Acht Stellen für ein Land sind das Höchste; mehr würden die erste verdecken.
admin-mail-heading = E-Mail
admin-mail-lead = Links zum Anmelden und Monatsberichte. Der Mailserver wird in der Einstellungsdatei festgelegt.
admin-mail-from = Absender
admin-mail-route = Versand
admin-mail-route-server = über den Mailserver aus den Einstellungen
admin-mail-route-folder = in einen Ordner auf dem Server; keine E-Mail verlässt das Haus
admin-mail-recipients = Der Monatsbericht geht an
admin-mail-nobody = niemanden: Niemand hat die Rolle Personalabteilung
admin-mail-test = Test-E-Mail senden
admin-mail-test-text = Der Test geht an { $email }. Er enthält keine Zahlen und sagt das auch.
admin-mail-test-sent = Die Test-E-Mail ist unterwegs an { $email }.
admin-mail-test-failed = Die Test-E-Mail wurde nicht gesendet
admin-mail-test-subject = Tideline: Test-E-Mail
admin-mail-test-body = Das ist eine Test-E-Mail von Tideline. Sie enthält keine Zahlen. Wenn Sie sie lesen können, funktioniert der Versand.
admin-mail-sent-heading = Monatsberichte per E-Mail
admin-mail-sent-table = Tabelle: E-Mails mit Berichten
admin-mail-none = Noch wurde kein Bericht verschickt.
admin-mail-to = An
admin-mail-state = Stand
mail-state-queued = wartet
mail-state-queued-again = wartet; Versuch { $n } ist fehlgeschlagen
mail-state-sent = gesendet am { $date }
mail-state-failed = aufgegeben nach { $n } Versuchen
admin-audit-heading = Protokoll
admin-audit-lead = Wer Ergebnisse angesehen oder mitgenommen hat, und wer Einstellungen geändert hat. Es nennt Seiten, nie Werte, und lässt sich nicht ändern.
admin-audit-whole = { $n ->
    [one] Das Protokoll ist vollständig: { $n } Eintrag, an den vorigen gebunden.
   *[other] Das Protokoll ist vollständig: { $n } Einträge, jeder an den vorigen gebunden.
}
admin-audit-newest = Neueste Prüfsumme:
admin-audit-broken = Eintrag { $n } wurde geändert, entfernt oder eingeschoben. Heben Sie eine Kopie der Datenbank auf, und rufen Sie jemanden an, dem Sie vertrauen.
admin-audit-everybody = Alle
admin-audit-from = Von
admin-audit-to = Bis
admin-audit-filter = Zeigen
admin-audit-export = Herunterladen, signiert
admin-audit-none = Keine Einträge.
admin-audit-number = Nr.
admin-audit-when = Wann (UTC)
admin-audit-who = Wer
admin-audit-what = Was
admin-audit-gone = jemand, der ausgeschieden ist
admin-audit-older = Ältere Einträge
audit-results-view = hat Ergebnisse angesehen: { $subject }
audit-results-export = hat Ergebnisse als Datei mitgenommen: { $subject }
audit-results-read = hat Ergebnisse mit einem Programm gelesen: { $subject }
audit-settings-privacy = hat die kleinste Gruppe geändert: { $subject }
audit-settings-support = hat die Hilfestellen geändert
audit-roster-import = hat eine Personalliste eingelesen: { $subject }
audit-wave-announce = hat eine Befragung angekündigt: { $subject }
audit-log-export = hat das Protokoll heruntergeladen
audit-setup = hat die Installation eingerichtet
audit-other = { $action }: { $subject }
audit-subject-organisation = die Organisation
audit-subject-everybody = was alle sehen dürfen
audit-subject-unit-gone = ein Bereich, den es nicht mehr gibt
audit-subject-wave = Befragung { $n }
audit-subject-report = Bericht { $n }
admin-health-heading = Zustand
health-all-good = Alles läuft.
health-some = { $n ->
    [one] { $n } Sache sollte sich jemand ansehen.
   *[other] { $n } Sachen sollte sich jemand ansehen.
}
health-working = Läuft
health-look = Bitte ansehen
health-database = Datenbank
health-database-good = antwortet, und ihre Einstellungen behalten nichts, was sie nicht sollen
health-database-bad = { $setting } ist { $value }: Die Datenbank behält mehr, als sie soll. Siehe Handbuch für den Betrieb.
health-audit = Protokoll
health-audit-good = vollständig
health-waves = Befragungen
health-waves-good = rechtzeitig geschlossen und zusammengezählt
health-waves-late = { $label } ist vorbei, hat aber noch keine Ergebnisse
health-live = Versiegelte Urne
health-live-good = nimmt Stimmen an
health-live-none = keine Befragung ist offen
health-live-missing = { $label } ist offen, aber dieses Programm kann keine Stimmen annehmen: Schlüssel oder Urne fehlen
health-mail = E-Mail
health-mail-good = nichts wartet
health-mail-waiting = { $n ->
    [one] { $n } E-Mail ließ sich noch nicht senden und wird wieder versucht
   *[other] { $n } E-Mails ließen sich noch nicht senden und werden wieder versucht
}
health-mail-failed = { $n ->
    [one] { $n } E-Mail wurde aufgegeben
   *[other] { $n } E-Mails wurden aufgegeben
}
health-mail-last = Die letzte E-Mail ging am { $date } hinaus.
health-mail-never = Es ging noch keine hinaus.
mail-tried-again = Nächster Versuch am { $date } um { $time }.
health-mail-folder = E-Mails werden in einen Ordner geschrieben; keine verlässt diese Maschine
health-support = Hilfestellen
health-support-good = genannt und in den letzten 90 Tagen geprüft
health-support-none = niemand ist genannt, an den man sich wenden kann
health-support-stale = seit 90 Tagen nicht geprüft
health-tls = Verschlüsselung
health-tls-good = Seiten kommen über https
health-tls-bad = Seiten kommen unverschlüsselt. Das ist nur zum Ausprobieren auf einer Maschine gedacht.
health-clock = Uhr
health-clock-text = { $date }, { $time } UTC. Vergleichen Sie mit Ihrer Uhr.
health-version = Version { $version }.
health-backups = Tideline macht selbst keine Sicherungen. Im Handbuch für den Betrieb steht, was gesichert werden soll und was nie.

## Einrichtung

setup-heading = Tideline einrichten
setup-lead = In fünf Minuten können alle antworten. Alles lässt sich später ändern.
setup-code-heading = Sind Sie es?
setup-code = Einrichtungscode
setup-code-hint = Das Programm hat ihn beim Start ausgegeben. Er gilt, bis sich jemand angemeldet hat.
setup-organisation-heading = Ihre Organisation
setup-organisation = Name der Organisation
setup-admin-heading = Die erste Person in der Verwaltung
setup-admin-text = Das sind Sie. Sie lesen Personen ein und kündigen Befragungen an. Ergebnisse sehen Sie nie mehr als alle anderen.
setup-name = Ihr Name
setup-support-heading = An wen man sich wenden kann
setup-support-text = Von jeder Seite führt ein Weg zur Hilfe. Ohne eine Stelle lässt sich keine Befragung ankündigen. Weitere können Sie später nennen.
setup-button = Einrichten
setup-problem-code = Das ist nicht der Code, den das Programm ausgegeben hat.

## Was Chaträume erfahren

hook-wave-opened = Bis zum { $date } läuft eine Befragung. Sie dauert etwa anderthalb Minuten, und niemand sieht Ihre Antworten. Wenn Sie schon geantwortet haben: danke.
hook-results-published = Die Ergebnisse der letzten Befragung sind da, und was sich dadurch geändert hat.
hook-report-sent = Der Monatsbericht ist an die Personalabteilung verschickt.

## Zeichnungen neben den Verläufen

part-sentence = Wie viele der Gefragten mitgemacht haben, in jeder der letzten Befragungen. Es gibt kein Ziel.
spread-heading = Wie sich die Antworten verteilen
spread-text = Drittel jeder Skala: unteres, mittleres, oberes. Es sind keine Noten.
spread-title = { $measure }: Verteilung
spread-band = Teil der Skala
spread-share = Anteil
in-ten = { $n ->
    [0] weniger als 1 von 10
   *[other] etwa { $n } von 10
}
around-heading = Rund um die Zahlen
units-heat-none = In diesem Monat unterscheidet sich kein Bereich von der Organisation um mehr, als der Zufall brächte.
drivers-sentence = Werte von 0 bis 100; weiter rechts ist besser für die Arbeit. In fester Reihenfolge, keine Rangliste. Nur für Gruppen ab dreißig gezeigt.
drivers-part = Teil der Arbeit
units-heat-key = Eine getönte Zelle unterscheidet sich von der Organisation um mehr, als der Zufall bei vielen Bereichen oft bringt. Ohne Ton: etwa wie die Organisation.
units-heavier = schwerer als die Organisation
units-lighter = leichter als die Organisation
units-mark-key = ▲ und ▼ kennzeichnen einen Wert, der höher oder tiefer liegt als für diesen Bereich üblich.
moved-changes = Änderungen
moved-change = Änderung
moved-says = Was das heißt

## Was das Skript der Startseite sagt

check-in-lookup-failed = Ihre Befragung ließ sich gerade nicht nachschlagen. Laden Sie diese Seite gleich noch einmal.
check-in-none = Zurzeit ist keine Befragung offen. Es ist nichts zu tun.
check-in-getting = Ihre Befragung wird bereitgemacht …
check-in-go = Zur Befragung
check-in-fresh = Sie wurde gerade erst abgeholt. Wenn Sie können, antworten Sie später heute oder morgen: Dann verrät nicht einmal die Uhrzeit, wer geantwortet hat. Jetzt zu antworten ist auch in Ordnung.
check-in-sent = Wenn Sie schon abgeschickt haben: danke, dann ist nichts zu tun.
check-in-ready = Ihre Befragung ist bereit.
check-in-elsewhere = Das Ticket für diese Befragung wurde auf einem anderen Gerät oder in einem anderen Browser abgeholt. Bitte antworten Sie dort.
check-in-lost = Wenn dieses Gerät weg ist oder seine Browserdaten gelöscht wurden, lässt sich diese Befragung nicht mehr beantworten. Zu Ihrem Schutz kann niemand ein zweites Ticket ausstellen. Bei der nächsten Befragung sind Sie wieder dabei.
check-in-closed = Diese Befragung ist geschlossen. Es ist nichts zu tun.
check-in-signed-out = Ihre Anmeldung ist abgelaufen. Laden Sie diese Seite neu.
check-in-not-ready = Ihre Befragung ließ sich gerade nicht bereitmachen. Laden Sie diese Seite gleich noch einmal.
check-in-unsafe = Ihre Befragung wurde zu Ihrem Schutz nicht bereitgemacht: Was der Server diesem Browser gezeigt hat, passt nicht zu dem, was für alle veröffentlicht ist.
check-in-show-this = Es wurde nichts gesendet. Bitte zeigen Sie diese Meldung der Stelle, die auf der Seite zum Schutz der Antworten genannt ist.
check-in-other-person = In diesem Browser liegt schon eine Befragung, die jemand anderes abgeholt hat. Bitte nehmen Sie Ihr eigenes Telefon oder Ihren eigenen Computer, damit jede Person ihre eigene behält.
check-in-storage = Dieser Browser lässt die Befragung nichts aufbewahren, darum kann sie nicht bereitgemacht werden. Der Grund kann ein privates Fenster oder eine strenge Einstellung sein. Bitte nehmen Sie ein gewöhnliches Fenster oder einen anderen Browser.

look-heading = Wo zuerst hinzusehen ist
look-text = Teams, die schwerer tragen als in ihrer eigenen Vergangenheit, und zwar mehr, als der Zufall bei vielen Teams oft bringt (Benjamini und Hochberg: etwa ein Eintrag von zehn kann Zufall sein). In der Reihenfolge der Organisation, keine Rangliste.
look-none = Kein Team hebt sich von seiner eigenen Vergangenheit mehr ab, als der Zufall oft bringt.
nav-compare = Nebeneinander
compare-title = Teams nebeneinander, { $month }
compare-lead = Nur für eine Frage: Liegt ein Team ungewöhnlich unter allen Teams? Ob es sich verändert hat, steht auf seiner eigenen Seite.
compare-drawn = Jeder Wert ist zum Mittel aller Teams hingezogen, umso mehr, je weniger Menschen er umfasst (empirischer Bayes-Schätzer). So fällt ein kleines Team mit einem Zufallsmonat nicht auf. In der Reihenfolge der Organisation; es gibt keine Rangliste, und es sollte keine daraus gemacht werden.
compare-own = Bei weniger als acht Teams steht jedes mit seinem eigenen Wert. In der Reihenfolge der Organisation; es gibt keine Rangliste, und es sollte keine daraus gemacht werden.
compare-none = Diesen Monat wird kein Team gezeigt, zum Schutz der Menschen.
compare-table = Wert und wahrscheinliche Spanne, 0 bis 100
compare-team = Team
compare-alt = { $measure }: Wert und wahrscheinliche Spanne jedes Teams, in der Reihenfolge der Organisation. Die Zahlen stehen in der Tabelle darunter.
compare-many = Bei so vielen Teams gibt es eine Tabelle und keine Zeichnung.
panel-key-limits = Gepunktete Linien, ab der zwölften Befragung: wie weit einzelne Befragungen gewöhnlich streuen (XmR-Grenzen der ersten zwölf). Sie sind für den langen Blick da und lösen keinen Alarm aus.

support-everywhere = Überall
admin-support-country = Land, zwei Buchstaben
admin-support-country-hint = Zwei Buchstaben wie AT, oder nichts für alle. Menschen sehen die Kontakte ihres eigenen Landes zuerst. Eine Befragung braucht einen Kontakt für alle oder einen für jedes Land unten.
admin-support-lacking = Es gibt keinen Kontakt für alle, und Bereiche ohne Land haben niemanden, an den sie sich wenden können. Bis dahin kann keine Befragung angekündigt werden.
admin-support-lacking-in = Für { $countries } ist niemand genannt. Bis dahin kann keine Befragung angekündigt werden.
admin-support-problem-country = Ein Land sind zwei Buchstaben, etwa AT.
admin-support-problem-unit = Diesen Bereich gibt es nicht.
admin-countries-heading = Wo Bereiche arbeiten
admin-countries-text = Ein Bereich ohne Land ist dort, wo der Bereich über ihm ist.

# Countries, by their code.
country-AD = Andorra
country-AL = Albanien
country-AT = Österreich
country-AU = Australien
country-BA = Bosnien und Herzegowina
country-BE = Belgien
country-BG = Bulgarien
country-BR = Brasilien
country-CA = Kanada
country-CH = Schweiz
country-CY = Zypern
country-CZ = Tschechien
country-DE = Deutschland
country-DK = Dänemark
country-EE = Estland
country-ES = Spanien
country-FI = Finnland
country-FR = Frankreich
country-GB = Vereinigtes Königreich
country-GR = Griechenland
country-HR = Kroatien
country-HU = Ungarn
country-IE = Irland
country-IL = Israel
country-IN = Indien
country-IS = Island
country-IT = Italien
country-JP = Japan
country-LI = Liechtenstein
country-LT = Litauen
country-LU = Luxemburg
country-LV = Lettland
country-MC = Monaco
country-MD = Moldau
country-ME = Montenegro
country-MK = Nordmazedonien
country-MT = Malta
country-MX = Mexiko
country-NL = Niederlande
country-NO = Norwegen
country-NZ = Neuseeland
country-PL = Polen
country-PT = Portugal
country-RO = Rumänien
country-RS = Serbien
country-SE = Schweden
country-SI = Slowenien
country-SK = Slowakei
country-TR = Türkei
country-UA = Ukraine
country-US = Vereinigte Staaten
country-ZA = Südafrika
imported-heading = { $name }, eingelesen
imported-text = Diese Werte ganzer Teams wurden anderswo erhoben und eingelesen; { $range }. Sie sind vergröbert wie alles hier, kein Team hat weniger Menschen als die kleinste Gruppe, und sie werden mit nichts verglichen, was hier gefragt wurde.

## Was an einer Datei falsch sein kann

table-not-utf8 = Die Datei ist nicht in UTF-8; speichern Sie sie als CSV in UTF-8
table-unreadable = Diese Zeile lässt sich nicht lesen
table-column-unknown = Diese Spalte ist nicht bekannt; bekannt sind { $known }
table-column-twice = Diese Spalte kommt zweimal vor
table-column-missing = Diese Spalte fehlt
table-width = { $cells } Zellen unter { $columns } Spalten
table-empty = Es gibt keine Zeilen
roster-name = Ein Name braucht 1 bis 120 Zeichen und keine Steuerzeichen
roster-address = Das ist keine E-Mail-Adresse; sie sollte aussehen wie name@example.org
roster-elsewhere = Zeile { $line } stellt „{ $unit }“ unter „{ $above }“
roster-elsewhere-top = Zeile { $line } stellt „{ $unit }“ ganz nach oben
roster-role = „{ $code }“ ist keine Rolle; möglich sind staff, manager, hr, admin oder privacy, mehrere mit ;
roster-same-address = Zeile { $line } hat dieselbe Adresse
roster-two-tops = „{ $unit }“ steht oben wie „{ $first }“; das darf nur ein Bereich
roster-no-parent = Keine Zeile hat „{ $unit }“ in der Spalte unit
roster-below-itself = „{ $unit }“ liegt unter sich selbst
roster-no-top = Ein Bereich muss ohne übergeordneten sein: die Organisation
import-two-parents = Der Bereich „{ $unit }“ steht in einer Zeile unter „{ $first }“ und in einer anderen unter „{ $second }“.
import-two-units = Jemand aus dem Bereich „{ $first }“ ist auch im Bereich „{ $second }“ (Zeilen { $one } und { $other }). Ein Mensch gehört zu einem Bereich.
import-too-early = Die Liste wurde am { $day } geändert. Eine Liste von einem früheren Tag lässt sich nicht mehr einlesen.
import-no-parent = Den Bereich über „{ $unit }“ gibt es nicht.
import-twice = Der Bereich „{ $unit }“ kommt zweimal vor.

## Die Einstellungen der Organisation selbst

organisation-heading = Organisation
organisation-name-hint = Ihr Name auf Berichten und E-Mails. Der oberste Bereich behält den Namen, den er in der Personalliste hat.
organisation-zone = Zeitzone
organisation-zone-hint = Nach welcher Uhr Befragungen des Kalenders öffnen und schließen, zum Beispiel Europe/Berlin.
organisation-problem-zone = Wählen Sie eine Zeitzone wie Europe/Berlin.
audit-settings-organisation = hat Name oder Zeitzone der Organisation geändert
above-label = Sie sind hier

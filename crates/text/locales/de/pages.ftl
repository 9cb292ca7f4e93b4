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
role-program = Das Programm auf diesem Rechner

## Wenn etwas nicht klappt

problem-heading = Da stimmt etwas nicht
problem-not-found-title = Seite nicht gefunden
problem-not-found = Diese Seite gibt es nicht, oder Sie können sie nicht öffnen. Prüfen Sie die Adresse noch einmal, oder gehen Sie von der Startseite aus weiter.
problem-internal-title = Etwas ist schiefgegangen
problem-internal = Bei uns ist etwas schiefgegangen. Was Sie eingegeben haben, wurde vielleicht nicht gespeichert. Versuchen Sie es gleich noch einmal; wenn es wieder geschieht, sagen Sie bitte Bescheid: { $contact }.
problem-nothing-changed = Es wurde nichts geändert
problem-not-our-page = Die Seite war zu lange offen, Sie haben sich seitdem neu angemeldet, oder dieser Browser verbirgt, woher das Formular kam. Öffnen Sie sie noch einmal, und wiederholen Sie dann, was Sie getan haben. Wenn es wieder geschieht, nehmen Sie einen anderen Browser.
problem-open-again = Diese Seite noch einmal öffnen
problem-form-unreadable = Dieses Formular war nicht zu lesen. Öffnen Sie die Seite noch einmal, und füllen Sie es neu aus.
problem-too-often = Das haben Sie in kurzer Zeit sehr oft getan. Warten Sie eine Viertelstunde und versuchen Sie es dann noch einmal.
problem-recovery-full = Es gibt schon vier. Entfernen Sie erst einen, dann können Sie einen anderen machen.
problem-recovery-other = Inzwischen haben Sie einen anderen persönlichen Code gemacht. Laden Sie die Seite neu und beginnen Sie noch einmal.
problem-body-unreadable = Der Inhalt ist nicht das JSON, das für diesen Aufruf beschrieben ist.
problem-password-length = Ein Passwort braucht 12 bis 128 Zeichen. Es wurde nichts geändert. Öffnen Sie die Seite noch einmal, und wählen Sie ein anderes.
problem-name = Ein Name braucht 1 bis 120 Zeichen, darunter keine unsichtbaren und keine, die die Schreibrichtung umkehren.
problem-email = Das ist keine E-Mail-Adresse. Sie sollte aussehen wie name@example.org.
problem-busy-title = Gerade melden sich zu viele an
problem-busy = Nichts wurde geändert. Warten Sie einige Sekunden und versuchen Sie es noch einmal. Ein Anmeldelink per E-Mail geht auch.
problem-series = Von diesem Fragebogen sind keine Ergebnisse veröffentlicht.
problem-file-size = Die Datei ist größer als 8 MB. Es wurde nichts geändert.
problem-date = Wählen Sie einen Tag, zum Beispiel 2026-11-30.

## Anmelden

sign-in-heading = Anmelden
sign-in-text = Mit der Anmeldung zeigen Sie, dass Sie hierher gehören. Sie wird nie zusammen mit einer Antwort gespeichert.
sign-in-sent-heading = Schauen Sie in Ihr Postfach
sign-in-sent = Wenn wir diese Adresse kennen, ist ein Link unterwegs. Er gilt einmal und 15 Minuten lang. Nichts da? Schauen Sie in den Ordner für unerwünschte E-Mails. Wir verschicken nur wenige hintereinander: Warten Sie eine Viertelstunde, und fordern Sie dann noch einen an. Wenn keiner kommt, fragen Sie: { $contact }.
sign-in-ended-heading = Sie wurden inzwischen abgemeldet
sign-in-ended = Es wurde nichts geändert. Melden Sie sich an, dann sind Sie wieder auf der Seite, und machen Sie es dort noch einmal.
sign-in-failed-heading = Sie sind nicht angemeldet
sign-in-failed = Der Link ist verbraucht oder zu alt, die Anmeldung hat zu lange gedauert, Adresse und Passwort passen nicht zusammen, oder es wurde zu oft versucht. Zum Schutz aller sagen wir nicht, was davon. Unten können Sie einen neuen Link anfordern oder sich noch einmal anmelden. Nach vielen Versuchen warten Sie erst eine Viertelstunde.
sign-in-no-cookies = Dieser Browser hat sich die Anmeldung nicht gemerkt: Er blockiert alle Cookies. Erlauben Sie Cookies für diese Adresse, oder öffnen Sie sie in einem anderen Browser, und melden Sie sich dann noch einmal an. Cookies dienen nur der Anmeldung und der Sprache.
sign-in-with = Anmelden mit { $provider }
sign-in-or = Oder mit einem Link per E-Mail:
sign-in-email = Dienstliche E-Mail-Adresse
sign-in-password = Passwort
sign-in-send-link = Link zusenden
sign-in-by-password = Mit Passwort anmelden
sign-in-button = Anmelden
sign-in-by-passkey = Mit Passkey anmelden
sign-in-passkey-text = Mit einem Passkey melden Sie sich mit Finger, Gesicht oder PIN an, ohne E-Mail. Hinzufügen können Sie einen auf der Seite „Ihr Konto“.
sign-in-passkey-no-script = Passkeys brauchen JavaScript. Ein Link per E-Mail geht auch ohne.
sign-in-passkey-not-here = Dieser Browser kann keine Passkeys benutzen. Nehmen Sie einen anderen Browser, oder lassen Sie sich einen Link schicken.
sign-in-passkey-stopped = Es wurde kein Passkey benutzt. Versuchen Sie es noch einmal, oder lassen Sie sich einen Link schicken.
sign-in-passkey-late = Das hat zu lange gedauert, geschah doppelt, oder dieser Browser blockiert Cookies, mit denen er sich die Anmeldung merkt. Erlauben Sie sie für diese Adresse, falls sie blockiert sind. Benutzen Sie dann den Passkey noch einmal, oder lassen Sie sich einen Link schicken.
sign-in-passkey-no = Dieser Passkey öffnet hier nichts. Falls er entfernt wurde, löschen Sie ihn auch auf Ihrem Gerät. Lassen Sie sich stattdessen einen Link schicken.
in-heading = Anmelden
in-text = Drücken Sie den Knopf, um zu sehen, wem dieser Link gehört. Bevor Sie zustimmen, wird nichts verbraucht. Wenn das Feld leer ist, öffnen Sie den Link in der E-Mail noch einmal, oder fordern Sie unten einen neuen an.
in-no-script = Ohne JavaScript: Kopieren Sie das, was im Link der E-Mail hinter dem # steht, in das Feld. Drücken Sie dann den Knopf.
in-code = Code aus dem Link
in-new-link = Neuen Link anfordern
in-go-on = Weiter
in-ask-heading = Als { $name } anmelden?
in-ask-text = Dieser Link ging an { $email }.
in-ask-other = Hier ist { $name } angemeldet. Wenn Sie weitermachen, wird { $name } in diesem Browser abgemeldet.
in-ask-instead = Abmelden und neu anmelden
in-ask-stay = Als { $name } angemeldet bleiben
in-ask-not-you = Das sind nicht Sie? Schließen Sie diese Seite; es ist nichts geschehen.
arrived-heading = Einen Moment
arrived-go-on = Weiter
oidc-declined = Sie haben bei { $provider } abgelehnt oder wurden dort nicht eingelassen. Hier ist nichts geschehen. Sie können es noch einmal versuchen oder sich einen Link per E-Mail schicken lassen.
oidc-late = Die Anmeldung bei { $provider } hat länger als zehn Minuten gedauert, in einem anderen Browser begonnen, oder dieser Browser blockiert Cookies, mit denen er sich die Anmeldung merkt. Erlauben Sie sie für diese Adresse, falls sie blockiert sind. Beginnen Sie dann hier noch einmal, oder lassen Sie sich einen Link per E-Mail schicken.
oidc-unreachable = { $provider } ist im Moment nicht erreichbar. Versuchen Sie es später noch einmal, oder lassen Sie sich einen Link per E-Mail schicken.
oidc-certificate = Dem Zertifikat von { $provider } wird hier nicht vertraut. Das kann nur in Ordnung bringen, wer Tideline betreibt; bitte sagen Sie Bescheid: { $contact }. Lassen Sie sich bis dahin einen Link per E-Mail schicken.
oidc-issuer = { $provider } nennt sich anders, als hier eingestellt ist. Das kann nur in Ordnung bringen, wer Tideline betreibt; bitte sagen Sie Bescheid: { $contact }. Lassen Sie sich bis dahin einen Link per E-Mail schicken.
oidc-answer = Die Antwort von { $provider } ist hier nicht zu verstehen. Versuchen Sie es noch einmal; wenn es wieder geschieht, sagen Sie bitte Bescheid: { $contact }. Lassen Sie sich bis dahin einen Link per E-Mail schicken.
oidc-client = { $provider } lässt diese Installation nicht zu. Das kann nur in Ordnung bringen, wer Tideline betreibt; bitte sagen Sie Bescheid: { $contact }. Lassen Sie sich bis dahin einen Link per E-Mail schicken.
oidc-token = Bei dem, was { $provider } geschickt hat, war nicht sicher, dass es hierher gehört. Bitte beginnen Sie noch einmal. Wenn es wieder geschieht, lassen Sie sich einen Link per E-Mail schicken, und sagen Sie Bescheid: { $contact }.
oidc-not-anew = { $provider } hat nicht gesagt, dass eben nachgefragt wurde, wer Sie sind. Die Seite Ihres Kontos braucht das. Lassen Sie sich einen Link per E-Mail schicken und gehen Sie damit dorthin.
oidc-no-address = { $provider } hat Ihre E-Mail-Adresse nicht mitgeteilt. Darum wissen wir nicht, wer Sie hier sind. Lassen Sie sich einen Link per E-Mail schicken, und sagen Sie bitte Bescheid: { $contact }.
oidc-unverified = { $provider } hat nicht mitgeteilt, dass Ihre E-Mail-Adresse geprüft ist. Darum können wir uns nicht auf sie verlassen. Lassen Sie sich einen Link per E-Mail schicken, und sagen Sie bitte Bescheid: { $contact }.
oidc-unknown = { $provider } kennt Sie mit einer E-Mail-Adresse, die hier niemand hat. Lassen Sie sich einen Link an Ihre dienstliche Adresse schicken. Wenn keiner kommt, fragen Sie bitte: { $contact }.
oidc-subject = { $provider } bezeichnet Sie mit einem Namen, der zu lang ist, um ihn hier zu speichern. Das kann nur in Ordnung bringen, wer Tideline betreibt; bitte sagen Sie Bescheid: { $contact }. Lassen Sie sich bis dahin einen Link per E-Mail schicken.
oidc-another = Sie haben sich hier schon mit einem anderen Konto von { $provider } angemeldet. Nehmen Sie dieses, oder lassen Sie sich einen Link per E-Mail schicken.

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
account-passkeys-stay = Abmelden entfernt keine Passkeys. Ist ein Gerät verloren, entfernen Sie auch seinen Passkey:
account-passkeys-go = Passkeys
account-shown = Danke. Eine Viertelstunde lang können Sie Passkeys und Passwort ändern.
account-stale = Es wurde nichts geändert. Zeigen Sie zuerst, dass Sie es sind: Wenn es nötig ist, fragt diese Seite unten danach. Versuchen Sie es dann innerhalb einer Viertelstunde noch einmal.
account-wrong-password = Das war nicht Ihr Passwort, oder es wurde zu oft versucht. Melden Sie sich stattdessen noch einmal an, oder warten Sie eine Viertelstunde.
account-confirm-heading = Sind Sie es?
account-confirm-text = Bevor Sie einen Passkey oder das Passwort ändern, zeigen Sie noch einmal, dass Sie es sind. Das gilt eine Viertelstunde lang.
account-confirm = Das bin ich
account-confirm-again = Noch einmal anmelden
account-confirm-again-text = Sie werden hier abgemeldet und kommen nach der Anmeldung auf diese Seite zurück. Link, Passkey und Passwort gehen alle.
passkeys-heading = Passkeys
passkeys-text = Mit einem Passkey melden Sie sich mit Finger, Gesicht oder PIN an. Sie warten auf keine E-Mail, und eine gefälschte Seite kann ihn nicht stehlen.
passkeys-kept = Wir behalten einen öffentlichen Schlüssel und den Namen, den Sie ihm geben, nicht wann Sie ihn benutzen. Ihr Gerät behält Ihren Namen und Ihre Adresse. Finger und Gesicht verlassen es nie.
passkeys-shared = Legen Sie keinen auf einem Gerät an, das andere mit derselben PIN, ihrem Finger oder Gesicht öffnen: Sie könnten sich als Sie anmelden.
passkeys-none = Sie haben keine Passkeys.
passkeys-remove = Entfernen
passkeys-name = Name, an dem Sie ihn wiedererkennen
passkeys-add = Passkey hinzufügen
passkeys-room = Sie haben { $most } Passkeys, und mehr werden nicht behalten. Entfernen Sie einen, um einen anderen hinzuzufügen.
passkeys-no-script = Um einen Passkey hinzuzufügen, wird JavaScript gebraucht. Ohne melden Sie sich mit einem Link an: Das geht immer.
passkeys-not-here = Dieser Browser kann keine Passkeys anlegen. Nehmen Sie einen anderen Browser oder ein anderes Gerät, oder melden Sie sich weiter mit einem Link an.
passkeys-stopped = Es wurde kein Passkey angelegt. Drücken Sie den Knopf, um es noch einmal zu versuchen, oder melden Sie sich weiter mit einem Link an.
passkeys-known = Dieses Gerät hat schon einen Passkey für Ihr Konto. Sie können sich damit anmelden.
passkey-added = Der Passkey ist da. Beim nächsten Mal können Sie sich damit anmelden.
passkey-removed = Der Passkey ist entfernt: Niemand kann sich mehr damit anmelden. Löschen Sie ihn auch auf Ihrem Gerät, damit es ihn nicht mehr anbietet.
passkey-late = Das hat zu lange gedauert oder geschah doppelt. Wenn der neue Passkey unten nicht in der Liste steht, löschen Sie ihn auf Ihrem Gerät, und versuchen Sie es noch einmal.
passkey-not-made = Was Ihr Gerät geantwortet hat, lässt sich hier nicht verwenden. Es wurde kein Passkey hinzugefügt; löschen Sie den, den Ihr Gerät eben angelegt hat. Versuchen Sie es dann noch einmal, oder melden Sie sich weiter mit einem Link an.
passkey-taken = Diesen Passkey gibt es hier schon. Sie können sich damit anmelden.
passkey-many = Sie haben { $most } Passkeys, und mehr werden nicht behalten. Entfernen Sie einen, löschen Sie den, den Ihr Gerät eben angelegt hat, und versuchen Sie es noch einmal.
account-sign-out-text = Wenn Sie sich abmelden, bleibt eine Befragung erhalten, die dieser Browser schon abgeholt hat. Sie hängt nicht an Ihrer Anmeldung.
account-recovery-heading = Ihre Befragung wiederfinden
account-recovery-text = Eine Befragung liegt in dem Browser, der sie geholt hat. Wenn Sie dieses Telefon verlieren oder der Browser vergisst, ist sie für diesen Monat verloren. Mit einem persönlichen Code oder einem Passkey bekommen Sie sie auf einem anderen Gerät zurück. Sie brauchen keines von beiden, um teilzunehmen.
account-recovery-nobody = Der Code entsteht und wirkt nur in Ihrem Browser. Niemand hier kann ihn lesen, noch einmal machen oder damit Ihre Antworten sehen. Wenn Sie ihn verlieren, machen Sie einen neuen. Er gilt ab der nächsten Befragung, die Sie holen.
account-recovery-code = Persönlicher Code
account-recovery-passkey = Passkey für Ihre Befragung
account-recovery-remove = Entfernen
account-recovery-remove-text = Was Sie entfernen, öffnet nichts mehr. Beim Abmelden, hier oder überall, bleibt alles, wie es ist: Ohne den Code oder den Passkey kann niemand etwas damit anfangen.
account-recovery-own-device = Machen Sie nur einen auf einem Gerät, das niemand sonst mit derselben PIN, dem Finger oder Gesicht öffnet. Was Ihre Befragung findet, bleibt in diesem Browser.
account-recovery-make-code = Persönlichen Code machen
account-recovery-add-passkey = Passkey für die Befragung machen
account-recovery-new-code = Ein neuer Code tritt an die Stelle des alten. Ein Passkey braucht ein Telefon oder einen Computer, der ihn aufbewahren kann; der Code geht überall.
account-recovery-not-now = Das ließ sich gerade nicht öffnen. Nichts wurde geändert. Versuchen Sie es gleich noch einmal, nach vielen Versuchen in einer Viertelstunde. Wenn das nicht hilft, laden Sie diese Seite neu: Vielleicht müssen Sie sich noch einmal anmelden.
account-recovery-shared = Sie haben gesagt, dass auch andere diesen Browser benutzen. Bitte machen Sie einen Code auf einem eigenen Gerät.
account-recovery-no-script = Um einen Code zu machen, erlauben Sie JavaScript für diese Seite, oder nehmen Sie einen anderen Browser. Entfernen geht auch ohne.
account-recovery-kept = Gespeichert. Damit finden Sie jede Befragung wieder, die Sie von jetzt an holen.
account-recovery-removed = Entfernt. Damit lässt sich nichts mehr öffnen.
account-recovery-failed = Es wurde nicht gespeichert. Ein Code, der eben gezeigt wurde, gilt nicht: Bitte werfen Sie diesen Zettel weg. Ein Passkey, der eben gemacht wurde, bewirkt nichts: Sie dürfen ihn löschen. Melden Sie sich nötigenfalls neu an, und versuchen Sie es noch einmal.
account-password-heading = Passwort setzen
account-password-text = Sie brauchen keines: Ein Link per E-Mail geht immer. Wenn Sie eines setzen, werden Sie überall sonst abgemeldet; Passkeys bleiben.
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
home-steps-text = Fünf Schritte, bis alle zum ersten Mal antworten können.
home-step-done = erledigt
home-step-organisation = Die Organisation benennen
home-step-support = Jemanden nennen, an den man sich wenden kann
home-step-mail = Den Mailserver angeben und ausprobieren
home-step-roster = Bereiche und Personen einlesen
home-step-wave = Die erste Befragung ankündigen
home-check-in-heading = Ihre Befragung
home-check-in-text = Neun kurze Aussagen, einmal im Monat. Ihr Name wird nie zu einer Antwort gespeichert, und niemand kann nachsehen, wer mitgemacht hat. Sie können jede Aussage auslassen.
home-check-in-looking = Wir suchen Ihre Befragung …
home-check-in-no-script = Zu Ihrem Schutz versiegelt Ihr Browser die Antworten, bevor sie ihn verlassen. Bitte erlauben Sie JavaScript für diese Seite, oder nehmen Sie einen anderen Browser.
home-your-team = Ihr Team
home-your-teams = Ihre Teams
home-team-results = Ergebnisse
home-team-talk = Gesprächsleitfaden
home-org-results = Ergebnisse der Organisation
home-org-units = Alle Bereiche in einer Tabelle
home-org-reports = Monatsberichte
home-org-waves = Befragungen planen und ankündigen
home-for-you = Für Sie
home-reflect = Zwei Minuten für Sie
home-reflect-text = Sehen Sie nach, was mehr an Ihnen zehrt. Nichts wird gesendet oder aufbewahrt.
home-support-text = Wer jetzt erreichbar ist. Niemand hält fest, dass Sie nachgesehen haben.
home-all-results = Alle Ergebnisse
home-account = Konto, Passkeys und Passwort
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
privacy-ticket-code = Wenn Sie möchten, machen Sie einen persönlichen Code und bekommen damit Ihr Ticket auf einem anderen Gerät zurück. Was es dafür braucht, versiegelt Ihr Browser. Der Server bewahrt es auf, ohne hineinzusehen, und nicht unter Ihrem Namen. Ist die Befragung ausgezählt, führt der Code zu nichts mehr. Nicht einmal Sie könnten dann zeigen, welche Antwort von Ihnen war.
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
privacy-limits-operator = Wer den Server betreibt, könnte diese Seiten ändern oder festhalten, wer sich wann verbindet. Darum sind die Wörter unten für alle gleich, und darum können Sie sie vergleichen.
privacy-limits-same = Wenn in einem Team alle dasselbe antworten, sagt das auch die Gruppe. Wir vergröbern die Zahlen, um das abzumildern.
privacy-limits-device = Wenn Ihr Arbeitgeber Ihr Gerät verwaltet, sieht er vielleicht, dass Sie die Befragung geöffnet haben, und manche Programme sehen den Bildschirm. Nehmen Sie wenn möglich Ihr eigenes Telefon, und antworten Sie zu einer anderen Zeit, als Sie sich anmelden.
privacy-words-heading = Wörter zum Vergleichen
privacy-words = Zu jeder Befragung gibt es eine veröffentlichte Beschreibung: ihr Schlüssel, ihre Tage, ihre Gruppen. Sieben Wörter stehen dafür. Sie sind für alle gleich. Zeigt Ihr Bildschirm andere Wörter als bei einer Kollegin, dann senden Sie nicht, und melden Sie es: { $contact }.
privacy-no-wave = Zurzeit ist keine Befragung angekündigt.
privacy-description = Beschreibung lesen
privacy-questions = Fragen? Ansprechstelle: { $contact }. Wer fragt, verrät nicht, was er geantwortet hat.

## Das öffentliche Protokoll

log-heading = Was geändert wurde und wer nachgesehen hat
log-lead = Das darf jeder lesen. Änderungen der Regeln und jede Befragung mit ihren Wörtern stehen hier auf Dauer, Änderungen von Rollen und des Mailservers ein Jahr lang.
log-none = Keine Änderungen seit der Einrichtung.
log-wave = Befragung { $month }, Wörter: { $words }
log-wave-dates = Offen vom { $opens } bis zum { $closes }. Kleinste gezeigte Gruppe: { $k }.
log-raised = Die kleinste gezeigte Gruppe wurde von { $from } auf { $to } erhöht
log-lowered = Die kleinste gezeigte Gruppe sinkt von { $from } auf { $to }
log-lowered-from = Das gilt für Befragungen, die ab dem { $date } angekündigt werden. Was veröffentlicht ist, bleibt, wie es ist.
log-reason = Grund: { $reason }
log-role-gained = { $n ->
    [one] { $n } Person hat eine Rolle erhalten: { $role }
   *[other] { $n } Personen haben eine Rolle erhalten: { $role }
}
log-role-lost = { $n ->
    [one] { $n } Person hat eine Rolle nicht mehr: { $role }
   *[other] { $n } Personen haben eine Rolle nicht mehr: { $role }
}
log-role-by-administrator = Geändert von der Verwaltung.
log-role-by-themselves = Von der betroffenen Person selbst geändert, für das eigene Konto.
log-role-by-program = Geändert auf dem Rechner, auf dem Tideline läuft.
log-mail-server-named = Auf der Seite E-Mail wurde ein Mailserver angegeben
log-mail-server-forgotten = Der Mailserver, der auf der Seite E-Mail angegeben war, wird nicht mehr benutzt
log-mail-server-why = Von der Administration. E-Mails enthalten Links, mit denen man sich anmeldet.
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
about-score-range = Der senkrechte Strich durch einen Wert ist eine 95-%-Spanne. Sie rechnet für jedes Team und jeden Monat mit derselben Streuung, 22 Punkten, und sagt darum nichts darüber, wie ähnlich sich die Menschen in einem Team sind.
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
reading-example-text = Dieses Team gibt es nicht. Ein Monat wird nicht gezeigt, und die letzten Monate sind markiert, der erste davon als erstes Zeichen.
reading-example-tag = Höher als üblich
reading-example-sentence = Drei Befragungen hintereinander liegen über dem Üblichen. Zufall allein ist unwahrscheinlich. Ein Gespräch lohnt sich.
reading-example-description = Liniendiagramm mit ausgedachten Zahlen. Acht Monate liegen zwischen 42 und 50, ein Monat wird nicht gezeigt, drei spätere Monate liegen bei 61 bis 63 und sind als höher als üblich markiert.
reading-usual = übliche Spanne
reading-marks-heading = Die Zeichen
reading-dot-term = Punkt
reading-dot = Der Wert einer Befragung, wie veröffentlicht.
reading-likely-term = Senkrechter Strich
reading-likely = Durch einen Punkt: wo der Wert aller Beschäftigten in dieser Befragung am ehesten liegt. Je weniger Menschen, desto länger.
reading-area-term = Graue Fläche
reading-area = Was für diese Gruppe üblich ist: Dort liegen 19 von 20 Befragungen, solange sich nichts ändert. Die Mitte ist gepunktet. Sind mindestens fünf andere Gruppen zu sehen, geht sie mit der übrigen Organisation mit.
reading-line-term = Dicke Linie
reading-line = Das Niveau hinter einzelnen Befragungen.
reading-heavier-term = ocker
reading-heavier = Zufall allein ist unwahrscheinlich: schwerere Last oder dünnerer Puffer. Hohl: ein erstes Zeichen, das noch nicht angehalten hat.
reading-lighter-term = blaugrün
reading-lighter = Zufall allein ist unwahrscheinlich: leichtere Last oder stärkerer Puffer. Hohl: ein erstes Zeichen, das noch nicht angehalten hat.
reading-withheld = Nicht gezeigt, zum Schutz der Menschen. Es sagt nicht, wie viele geantwortet haben, und nicht, warum.
reading-change-heading = Wann eine Änderung markiert wird
reading-change = Nur wenn die letzten drei Befragungen zusammen deutlich vom Üblichen abweichen: um fünf Punkte oder mehr (die Organisation: um drei), und um mehr, als der Zufall oft bringt. Das Übliche geht mit der übrigen Organisation mit, damit ein Winter aller einmal gesagt wird, als der Winter aller. Vor sieben Befragungen wird nichts markiert. Eine einzelne Befragung außerhalb der üblichen Spanne gilt nicht als Veränderung.
reading-talk-heading = Darüber sprechen
reading-talk-start = Beginnen Sie bei der Gruppe: „Wie passt das zu dem, was ihr bemerkt?“
reading-talk-ask = Fragen Sie, was sich an der Arbeit ändern ließe. Wählen Sie dann ein oder zwei Hebel.
reading-talk-not = Fragen Sie nicht, wer es war, und raten Sie nicht. Fragen Sie nicht, warum ein Punkt sich bewegt hat. Setzen Sie kein Ziel.
reading-not-heading = Was diese Zahlen nicht sind
reading-not = Sie sind keine Diagnose und keine Note. Die Aussagen sind unsere eigenen und nicht als Test geprüft. Sie sind dazu da, eine Gruppe über die Zeit zu begleiten, nicht um Gruppen zu vergleichen. Eine Änderung in der Nähe eines Hebels beweist nicht, dass der Hebel sie bewirkt hat.

## Ergebnisse eines Bereichs

withheld-nothing-wrong = Es ist nichts schiefgegangen, und es muss niemand angesprochen werden.
withheld-instead = Was Sie stattdessen nutzen können
withheld-wider = der größere Bereich, zu dem dieses Team gehört
withheld-levers = Änderungen an der Arbeit, die bei jedem Wert helfen
not-yet-no-wave = Es ist noch keine Befragung geplant. Bis dahin hilft am meisten die Liste der Hebel.
not-yet-first = Die erste Befragung schließt am { $date }. Innerhalb eines Tages erscheinen Ergebnisse.
not-yet-then = Dann sagt diese Seite auf einen Blick, was sich verändert hat, welche Art der Belastung es ist und was als Nächstes kommen könnte. Ab der siebten Befragung werden Veränderungen markiert.
panel-key-withheld = [c]: nicht gezeigt, zum Schutz der Menschen.
legend-label = Zeichenerklärung
legend-dot = Wert einer Befragung, 0 bis 100
legend-likely = wo der Wert aller Beschäftigten am ehesten liegt
legend-level = Niveau hinter einzelnen Befragungen
legend-usual = übliche Spanne
legend-heavier = markierte Veränderung: schwerere Last, dünnerer Puffer
legend-lighter = markierte Veränderung: leichtere Last, stärkerer Puffer
legend-first = hohl: ein erstes Zeichen
legend-lever = Beginn eines Hebels
panel-show-table = Zahlen als Tabelle zeigen
panel-table-label = { $measure }, Zahlen
table-month = Monat
table-score = Wert
table-from = Vermutlich von
table-to = bis
table-level = Niveau
table-level-from = Niveau vermutlich von
table-level-to = Niveau bis
table-people = Grundlage
table-measure = Maß
table-part = Tabelle
table-row = Zeile
table-figure = Zahl
table-own-past = { $measure }: gegenüber früher
table-against-organisation = { $measure }: gegenüber der Organisation
team-based-on = Grundlage: { $people }. { $part }.
team-more = Einzelheiten
team-reading = So lesen Sie diese Diagramme
team-csv = CSV
team-xlsx = Tabelle (XLSX)
team-json = JSON
plans-heading = Hebel, die laufen
plans-none = Noch nichts gewählt. Einer oder zwei sind ein guter Anfang.
plans-no-proof = Eine Änderung in der Nähe eines Hebels beweist nicht, dass der Hebel sie bewirkt hat.
plans-open = Hebel dieses Teams
plans-more = und { $n } weitere
team-tabs = Dieses Team
lead-label = Was sich verändert hat
measure-of-100 = von 100
measure-likely = am ehesten
measure-usually = üblich
part-heading = Wer mitmacht
part-people = { $people }.
part-before = Davor, von zehn: { $shares }.
part-untold = nicht gezeigt
trends-heading = Die drei Verläufe in voller Größe
trends-what = mit wahrscheinlichen Spannen und Hebeln
figures-heading = Alle Zahlen in einer Tabelle
figures-what = { $n ->
    [one] eine Befragung
   *[other] { $n } Befragungen
}
figures-caption = Wert und Niveau von 0 bis 100, in Klammern die wahrscheinliche Lage. Wie viele mitgemacht haben, steht bei den letzten Befragungen.
figure-ranged = { $value } ({ $from } bis { $to })
spread-what = Drittel jeder Skala
how-heading = Wie das zu lesen ist, und was es nicht zeigen kann
how-what = eine Minute
next-open-guide = Leitfaden öffnen
next-open-board = Hebel öffnen
next-choose-lever = Einen Hebel wählen

## Der Gesprächsleitfaden

talk-heading = Ein Gespräch von 15 Minuten
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
units-title-in = { $name }, { $month }
units-headline = { $moved ->
    [0] Kein Team hat sich gegenüber der eigenen Vergangenheit bewegt
    [1] Eines von { $teams } Teams hat sich gegenüber der eigenen Vergangenheit bewegt
   *[other] { $moved } von { $teams } Teams haben sich gegenüber der eigenen Vergangenheit bewegt
  }, und { $apart ->
    [0] keines hebt sich von der Organisation ab.
    [1] eines hebt sich von der Organisation ab.
   *[other] { $apart } heben sich von der Organisation ab.
  }
units-headline-own = { $moved ->
    [0] Kein Team hat sich gegenüber der eigenen Vergangenheit bewegt.
    [1] Eines von { $teams } Teams hat sich gegenüber der eigenen Vergangenheit bewegt.
   *[other] { $moved } von { $teams } Teams haben sich gegenüber der eigenen Vergangenheit bewegt.
  }
units-service = { $units } Bereiche, { $moved ->
    [0] kein Team hat sich bewegt
    [1] ein Team hat sich bewegt
   *[other] { $moved } Teams haben sich bewegt
  }{ $apart ->
    [0] {""}
    [1] , eines hebt sich ab
   *[other] , { $apart } heben sich ab
  }
units-course-key = Kleine Linien: die letzten neun Befragungen; grau ist, was für den Bereich selbst üblich ist. Linien lassen sich nebeneinander ansehen, ihre Höhe lässt sich nicht vergleichen.
units-lead = In der Ordnung der Organisation, nie nach Werten. Unterschiede zwischen Bereichen sind oft Zufall.
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
reports-closed = Letzter Tag: { $date }.
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
report-closed = Der letzte Tag dieser Befragung war der { $date }.
report-pdf = Der Bericht als PDF

## Was alle sehen dürfen

results-heading = Ergebnisse
results-lead = Was hier alle sehen dürfen: das eigene Team, die ganze Organisation und was wegen der Antworten geändert wurde.
results-own = Ihr Team: { $name }, { $month }
results-everybody = Alle: { $name }, { $month }
results-figures = Werte, Verläufe und wie viele mitgemacht haben
results-changed-heading = Was sich dadurch geändert hat
results-changed-none = Zurzeit wird nichts versucht. Ihre Teamleitung kann jederzeit eine Änderung der Arbeit wählen. Fragen Sie danach: Dafür sind die Antworten da.
changed-since = Seit { $day }
changed-hoped = Soll wirken auf: { $what }

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
waves-closes-hint = Sie schließt am Ende dieses Tages, nach der Uhr Ihrer Organisation. Ein bis zwei Wochen sind gut.
waves-announce = Ankündigen
waves-blocked = Bevor eine Befragung angekündigt werden kann:
waves-blocked-support = eine Stelle für Krisen oder Hilfe nennen
waves-blocked-roster = Bereiche und Personen einlesen
waves-problem-order = Der letzte Tag darf nicht vor dem ersten liegen, und er muss in der Zukunft liegen.
waves-problem-later = Sie muss nach allen Befragungen schließen, die vorher angekündigt wurden.
waves-problem-asked = Das kann nicht gefragt werden. Texte eines veröffentlichten Fragebogens werden zuerst mit `tideline instrument add` hinzugefügt.
waves-asks = Was gefragt wird
waves-asks-hint = Der Puls, oder ein veröffentlichter Fragebogen, dessen Texte Ihre Organisation hinzugefügt hat. Er wird eingefroren, wenn die Befragung angekündigt wird.
waves-problem-full = Für diesen Monat gibt es schon neun Befragungen.
waves-problem-elsewhere = Befragungen werden auf einer anderen Maschine dieser Installation angekündigt. Nehmen Sie dort `tideline wave open`.
waves-problem-support = Eine Befragung braucht zuerst eine Stelle für Krisen oder Hilfe.
waves-problem-roster = Lesen Sie zuerst Bereiche und Personen ein.
waves-problem-failed = Die Befragung konnte nicht angekündigt werden. Es wurde nichts geändert. Warum, steht im Protokoll des Servers.
waves-invite-heading = Einladung, für alle gleich
waves-invite-text = Schicken Sie das an alle, und nach der Hälfte noch einmal. Nie nur an die, die noch nicht geantwortet haben: Niemand weiß, wer das ist.
waves-invite = Bis zum { $date } läuft eine Befragung. Sie dauert etwa anderthalb Minuten. Niemand sieht Ihre Antworten, nur die einer ganzen Gruppe zusammen: { $link }. Wenn Sie schon geantwortet haben, danke: Dann ist nichts zu tun.
waves-invite-before = Vom { $first } bis zum { $date } läuft eine Befragung. Sie dauert etwa anderthalb Minuten. Niemand sieht Ihre Antworten, nur die einer ganzen Gruppe zusammen: { $link }
waves-planned-heading = Nach dem Kalender
waves-planned-text = Diese Befragungen kündigen sich selbst an.
waves-planned-report = Bericht: { $date }

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
admin-people-import-text = Eine Arbeitsmappe (XLSX, ODS) oder CSV-Datei aus einem Tabellenprogramm mit Spalten wie diesen. Rollen: staff, manager, hr, admin, privacy; mehrere mit Strichpunkt.
admin-people-example = Beispiel einer Personalliste
admin-people-import-whole = Die Datei ist die ganze Wahrheit: Wer nicht darin steht, ist ausgeschieden und kann sich nicht mehr anmelden. Sie sehen jede Änderung, bevor sie geschieht.
admin-people-file = Datei mit der Personalliste
admin-people-file-hint = XLSX, ODS oder CSV, bis 8 MB. Bevor sich etwas ändert, steht da, was darin gefunden wurde.
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
import-problem-changed = Inzwischen hat sich etwas geändert. Das würde die Datei jetzt bewirken.
import-problem-line = Zeile { $line }: { $why }
import-problem-cell = Zeile { $line }, Spalte { $column }: { $why }
import-detected = Die Datei: { $what }, { $rows ->
    [one] { $rows } Zeile
   *[other] { $rows } Zeilen
} unter den Überschriften.
detected-comma = Kommas
detected-semicolon = Strichpunkte
detected-tab = Tabulatoren
detected-bar = senkrechte Striche
detected-text = { $separator }, { $encoding }
detected-xlsx = XLSX-Arbeitsmappe, Blatt „{ $sheet }“
detected-ods = ODS-Arbeitsmappe, Blatt „{ $sheet }“
detected-one-of = { $what } von { $sheets } Blättern
import-notes = Bitte ansehen
import-notes-text = Das hält die Datei nicht auf. Zu jedem stehen Zeile und Spalte.
import-more = { $n ->
    [one] … und eine weitere Stelle
   *[other] … und { $n } weitere Stellen
}
import-headings-heading = Was die Spalten bedeuten
import-headings-text = Einige Überschriften der Datei sind noch nicht bekannt. Sagen Sie, was jede Spalte ist. Es wurde nichts geändert. Ihre Wahl wird für die nächste Datei behalten.
import-headings-example = Erster Eintrag: { $text }
import-headings-choose = Bitte wählen
import-headings-button = Die Datei mit diesen Spalten lesen
column-unit = Bereich oder Team
column-parent = Der Bereich darüber
column-name = Ganzer Name
column-given_name = Vorname
column-family_name = Nachname
column-email = E-Mail-Adresse
column-role = Rolle
column-ignore = Diese Spalte weglassen
import-risk-share = { $n } von { $all } Personen stehen nicht in der Datei. Das ist mehr als ein Zehntel. Ist die Datei vollständig?
import-risk-admin = Danach hat niemand mehr die Verwaltung. Dann könnte es auf diesen Seiten niemand mehr zurücknehmen.
import-risk-confirm = Ich habe gelesen, wer ausscheiden würde. Die Datei stimmt.
import-risk-unconfirmed = Kreuzen Sie unten an, dass die Datei stimmt. Sonst ändert sich nichts.
import-risk-command = Geben Sie --force an, wenn die Datei stimmt.
import-risk-api = Fragen Sie noch einmal mit force=true, wenn die Datei stimmt.
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
admin-privacy-problem-reason = Sagen Sie, warum, in 1 bis 200 Zeichen, keines davon unsichtbar.
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
admin-support-problem-title = Sagen Sie in bis zu 120 sichtbaren Zeichen, was für eine Stelle es ist.
admin-support-problem-link = Eine Adresse beginnt mit https: oder mailto:.
admin-support-problem-note = Eine Anmerkung hat bis zu 300 Zeichen, keines davon unsichtbar.
admin-support-problem-phone = Eine Telefonnummer besteht nur aus Ziffern, Leerzeichen und + ( ) - /.
admin-support-problem-many = Acht Stellen für ein Land sind das Höchste; mehr würden die erste verdecken.
admin-mail-heading = E-Mail
admin-mail-lead = Links zum Anmelden, Einladungen und Monatsberichte: wie sie hinausgehen, und ob sie es tun.
admin-mail-from = Absender
admin-mail-route = Versand
admin-mail-route-server = über den Mailserver { $server }
admin-mail-route-folder = in einen Ordner auf dem Server; keine E-Mail verlässt das Haus
admin-mail-recipients = Der Monatsbericht geht an
admin-mail-nobody = niemanden: Niemand hat die Rolle Personalabteilung
admin-mail-test = Test-E-Mail senden
admin-mail-test-text = Der Test geht an { $email }. Er enthält keine Zahlen und sagt das auch.
admin-mail-test-sent = Die Test-E-Mail ist unterwegs an { $email }.
admin-mail-test-failed = Die Test-E-Mail wurde nicht gesendet
admin-mail-server-heading = Mailserver
admin-mail-server-text = Zuerst geht eine Test-E-Mail an { $email }. Der Server wird nur übernommen, wenn er sie annimmt; bis dahin ändert sich nichts.
admin-mail-server-saved = Der Mailserver hat eine Test-E-Mail an { $email } angenommen. Ab jetzt gehen alle E-Mails über ihn.
admin-mail-server-refused = Der Mailserver wurde nicht übernommen
admin-mail-server-host = Name des Servers
admin-mail-server-security = Schutz der Verbindung
mail-server-tls = TLS von Anfang an (meist Port 465)
mail-server-starttls = STARTTLS (meist Port 587)
mail-server-none = Kein Schutz: Wer mithört, liest E-Mails und Links zum Anmelden mit. Nur im eigenen Haus (Port 25)
admin-mail-server-port = Port, wenn es nicht der übliche ist
admin-mail-server-user = Benutzername, wenn der Server einen verlangt
admin-mail-server-password = Passwort
admin-mail-server-from = Absender
admin-mail-server-reply = Antworten gehen an, wenn nicht an den Absender
admin-mail-server-hint = Ein Absender sieht aus wie Befinden <befinden@example.org>. Das Passwort wird versiegelt aufbewahrt: Eine Sicherung der Datenbank allein verrät es nicht, und keine Seite zeigt es wieder. Für ein Zertifikat einer eigenen Zertifizierungsstelle dient die Einstellungsdatei; was sie sagt, geht vor.
admin-mail-server-try = Test-E-Mail senden und übernehmen
admin-mail-server-forget = Diesen Server nicht mehr benutzen
admin-mail-server-forget-text = Ohne Server werden E-Mails in den Ordner auf diesem Rechner geschrieben. Wartende gelten dann als gesendet.
admin-mail-server-forgotten = Der Server wird nicht mehr benutzt. E-Mails werden in den Ordner auf diesem Rechner geschrieben.
admin-mail-server-lost = Der angegebene Mailserver ist nicht zu benutzen: Sein Passwort wurde mit einer anderen Schlüsseldatei versiegelt. Geben Sie ihn neu an; bis dahin warten die E-Mails.
mail-server-problem-host = Der Name eines Mailservers sieht aus wie mail.example.org.
mail-server-problem-port = Ein Port ist eine Zahl von 1 bis 65535.
mail-server-problem-user = Benutzername und Passwort gehören zusammen: Geben Sie beides an oder keines.
mail-server-problem-clear = Ein Passwort geht nur über eine geschützte Verbindung: Wählen Sie TLS oder STARTTLS.
mail-server-problem-address = Eine Adresse sieht aus wie Befinden <befinden@example.org>; ein Name mit Komma oder Klammern steht in Anführungszeichen.
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
admin-audit-lead = Wer Ergebnisse angesehen oder mitgenommen hat und mit welcher Rolle, wer von wem eine Rolle erhalten hat und wer Einstellungen geändert hat. Es nennt Seiten, nie Werte, und lässt sich nicht ändern.
admin-audit-whole = { $n ->
    [one] Das Protokoll ist vollständig: { $n } Eintrag, an den vorigen gebunden.
   *[other] Das Protokoll ist vollständig: { $n } Einträge, jeder an den vorigen gebunden.
}
admin-audit-checked = { $n ->
    [one] Am { $date } um { $time } UTC wurde der eine Eintrag geprüft.
   *[other] Am { $date } um { $time } UTC wurden alle { $n } Einträge geprüft, einer nach dem anderen.
} Was später kam, wurde eben geprüft. Alle werden einmal am Tag und bei jedem Start geprüft.
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
audit-mail-server-named = hat einen Mailserver angegeben
audit-mail-server-tried = hat einen Mailserver ausprobiert, der die Test-E-Mail nicht annahm
audit-mail-server-forgotten = benutzt den Mailserver nicht mehr
audit-settings-support = hat die Hilfestellen geändert
audit-roster-import = hat eine Personalliste eingelesen: { $subject }
audit-wave-announce = hat eine Befragung angekündigt: { $subject }
audit-log-export = hat das Protokoll heruntergeladen
audit-setup = hat die Installation eingerichtet
audit-passkey-add = fügte dem eigenen Konto einen Passkey hinzu
audit-passkey-remove = entfernte einen Passkey vom eigenen Konto
audit-other = { $action }: { $subject }
audit-subject-organisation = die Organisation
audit-subject-everybody = was alle sehen dürfen
audit-subject-unit-gone = ein Bereich, den es nicht mehr gibt
audit-subject-wave = Befragung { $n }
audit-subject-report = Bericht { $n }
audit-subject-cells = die veröffentlichten Zellen der Befragung { $n }
audit-role-gained = hat { $person } eine Rolle gegeben: { $role }
audit-role-gained-own = hat sich selbst eine Rolle gegeben: { $role } ({ $person })
audit-role-lost = hat { $person } eine Rolle entzogen: { $role }
audit-role-lost-own = hat eine eigene Rolle abgegeben: { $role } ({ $person })
audit-wave-close = hat eine Befragung geschlossen: { $subject }
audit-wave-abandon = hat eine Befragung ohne Veröffentlichung beendet: { $subject }
audit-wave-leftovers = hat Schlüssel und Urnen vernichtet, die beiseitegelegt worden waren
audit-installation-adopt = hat den Datenordner dieser Datenbank zugeordnet
audit-backup-make = hat eine Sicherung angelegt
audit-backup-restore = hat eine Sicherung zurückgespielt
audit-database-move = hat alles in eine andere Datenbank übertragen
audit-wave-addresses = hat die Adressen aller Eingeladenen ausgegeben: { $subject }
audit-paper-print = hat Papierkarten gedruckt: { $subject }
audit-instrument-texts = hat die Texte eines Fragebogens hinzugefügt: { $subject }
audit-instrument-scores = hat anderswo erhobene Werte eingelesen: { $subject }
audit-mail-retry = hat wartende E-Mails erneut versuchen lassen
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
health-waves-lost = { $label } ist vorbei, und Schlüssel oder Urne sind beschädigt oder weg. Wer das Programm betreibt, kann sie ohne Ergebnisse beenden; wie, steht im Handbuch für den Betrieb. Spätere Befragungen laufen weiter
health-calendar = Kalender der Befragungen
health-calendar-good = keine Befragung wurde ausgelassen
health-calendar-bad = die Befragung, die am { $day } öffnet, ließ sich nicht ankündigen: { $reason }
health-live = Versiegelte Urne
health-live-good = nimmt Stimmen an
health-live-none = keine Befragung ist offen
health-live-missing = { $label } ist offen, aber dieses Programm kann keine Stimmen annehmen: Schlüssel oder Urne fehlen
health-mail = E-Mail
health-mail-lost = Der Mailserver muss neu angegeben werden: Sein Passwort wurde mit einer anderen Schlüsseldatei versiegelt
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
health-backups = Sicherungen macht ein Befehl auf dem Rechner. Im Handbuch für den Betrieb steht, wie, und was nie darin ist.

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
units-heat-none = In diesem Monat unterscheidet sich kein Bereich von der Organisation um mehr, als der Zufall brächte.
units-heat-untested = Sind weniger als acht Teams zu sehen, wird nicht geprüft, ob sich eines von der Organisation abhebt.
drivers-sentence = Werte von 0 bis 100; weiter rechts ist besser für die Arbeit. In fester Reihenfolge, keine Rangliste. Nur für Gruppen ab dreißig gezeigt.
drivers-part = Teil der Arbeit
units-heat-key = Eine getönte Zelle unterscheidet sich von der Organisation um mehr, als der Zufall bei vielen Bereichen oft bringt. Ohne Ton: etwa wie die Organisation.
units-heavier = schwerer als die Organisation
units-lighter = leichter als die Organisation
units-mark-key = ▲ und ▼ zeigen einen Wert, der höher oder niedriger ist, als es für diesen Bereich üblich ist; hohle, △ und ▽, ein erstes Anzeichen, das noch nicht angehalten hat.
moved-changes = Änderungen
moved-change = Änderung
moved-says = Was das heißt

## Was das Skript der Startseite sagt

check-in-lookup-failed = Ihre Befragung war gerade nicht zu finden. Nichts ist verloren. Drücken Sie gleich noch einmal den Knopf. Wenn das nicht hilft, laden Sie diese Seite neu: Vielleicht müssen Sie sich noch einmal anmelden.
check-in-none = Zurzeit gibt es keine Befragung für Sie. Wenn Sie erst nach der Ankündigung dazugekommen sind, sind Sie bei der nächsten dabei. Es ist nichts zu tun.
pick-up-text = Ihre Befragung wird geholt. Das dauert einen Moment.
pick-up-no-script = Dieser Schritt braucht JavaScript. Bitte erlauben Sie es für diese Seite, oder nehmen Sie einen anderen Browser.
check-in-getting = Ihre Befragung wird bereitgemacht …
check-in-where = Werden Sie auf diesem Gerät antworten?
check-in-where-text = Ihre Befragung lässt sich an einer Stelle beantworten: in dem Browser, der sie holt. Nehmen Sie möglichst Ihr eigenes Telefon oder Ihren eigenen Computer und ein gewöhnliches Fenster: Ein privates Fenster vergisst alles, wenn es geschlossen wird.
check-in-where-here = Ja, auf diesem Gerät
check-in-where-elsewhere = Nein, auf einem anderen Gerät
check-in-where-others = Dieses benutzen auch andere
check-in-change = Woanders antworten
check-in-here-after-all = Doch auf diesem Gerät antworten
check-in-other-device = Sie haben gewählt, auf einem anderen Gerät zu antworten. Öffnen Sie dort dieselbe Adresse, und melden Sie sich an; dann wird Ihre Befragung dort geholt. Hier wurde nichts geholt.
check-in-app = Diese Seite ist in einer anderen App geöffnet, nicht in Ihrem Browser.
check-in-app-text = Was hier geholt wird, geht verloren, wenn die App ihr Fenster schließt. Kopieren Sie die Adresse, öffnen Sie sie in Ihrem eigenen Browser (Safari, Chrome, Firefox oder Edge), und melden Sie sich dort an.
check-in-app-address = Adresse für Ihren Browser
check-in-app-copy = Adresse kopieren
check-in-app-copied = Kopiert
check-in-app-anyway = Trotzdem hier und jetzt antworten
check-in-now = Bitte antworten Sie jetzt, bei diesem Besuch: Beim nächsten hat dieser Browser sie vielleicht vergessen. Wenn Sie schon abgeschickt haben: danke, dann ist nichts zu tun.
check-in-keeps-long = Dieser Browser bewahrt sie auf, bis Sie antworten. Wer die Browserdaten löscht, löscht auch sie.
check-in-keeps-days = Dieser Browser bewahrt sie eine Woche lang auf. Bitte antworten Sie in den nächsten Tagen, und löschen Sie die Browserdaten nicht vorher. In einem privaten Fenster antworten Sie jetzt.
check-in-keeps-unknown = Dieser Browser bewahrt sie auf. Bitte löschen Sie die Browserdaten nicht, bevor Sie geantwortet haben. In einem privaten Fenster antworten Sie jetzt.
check-in-keeps-visit = Dieses Fenster vergisst alles, wenn es geschlossen wird: Es ist ein privates oder gehört zu einer anderen App.
check-in-keeps-shared = Diesen Browser benutzen auch andere. Beim Abmelden bleibt Ihre Befragung darin, sie öffnet sich aber nur für Sie, nachdem Sie sich angemeldet haben, und verschwindet, wenn die Befragung vorbei ist. Nichts darin sagt, wer Sie sind.
check-in-opens = Die Befragung öffnet am { $moment }.
check-in-later = Kommen Sie dann wieder: Sie wird beim selben Besuch geholt. Von diesem Browser ist noch nicht bekannt, dass er etwas so lange aufbewahrt. Darum wird vorher nichts geholt, und nichts kann verloren gehen.
check-in-later-days = Kommen Sie dann wieder: Sie wird beim selben Besuch geholt. Dieser Browser löscht nach einer Woche, was er aufbewahrt. Darum wird vorher nichts geholt, und nichts kann verloren gehen.
check-in-later-shared = Kommen Sie dann wieder: Diesen Browser benutzen auch andere, darum wird Ihre Befragung erst bei dem Besuch geholt, bei dem Sie antworten.
check-in-elsewhere-device = Ihre Befragung wurde geholt von: { $device }. Dort wird sie aufbewahrt. Bitte antworten Sie dort.
check-in-elsewhere-move = Wenn Sie auf einem gemeinsamen Tablet antworten möchten: Öffnen Sie die Befragung auf dem Gerät, das sie hat, wählen Sie „Auf einem anderen Gerät antworten“, und zeigen Sie dem Tablet den Code.
check-in-paper = Für diese Befragung haben Sie eine Papierkarte bekommen. Bitte antworten Sie mit dem Code darauf. Wenn sie verloren ist, fragen Sie, wer sie ausgegeben hat.
check-in-paper-go = Mit der Karte antworten
check-in-code = Ich habe einen Code oder Passkey
check-in-code-text = Mit Ihrem persönlichen Code oder Ihrem Passkey bekommen Sie sie hier zurück. Wenn Sie beides nicht mehr haben, machen Sie auf der Seite Ihres Kontos einen neuen Code: Er findet die nächste.
check-in-code-first = Wenn dieses Gerät verloren gehen oder vergessen könnte, machen Sie zuerst einen persönlichen Code. Dann bekommen Sie Ihre Befragung auf einem anderen zurück. Sie müssen das nicht.
check-in-code-first-go = Was ein persönlicher Code ist
check-in-unmatched = Dieser Browser hat, womit Ihre Befragungen wiedergefunden werden, aber diese wurde ohne das geholt. Die nächste findet er.
check-in-locked = Sie haben einen persönlichen Code oder einen Passkey gemacht, und dieser Browser hat ihn noch nicht.
check-in-locked-text = Geben Sie ihn einmal ein, dann lässt sich Ihre Befragung wiederfinden, falls dieses Gerät verloren geht. Oder machen Sie ohne ihn weiter: Dann bleibt diese auf diesem Gerät.
check-in-locked-without = Ohne ihn weitermachen
check-in-sign-in = Anmelden
check-in-go = Zur Befragung
check-in-fresh = Sie wurde gerade erst abgeholt. Jetzt zu antworten ist in Ordnung. Später heute, morgen oder am gemeinsamen Tablet könnte nicht einmal die Uhrzeit verraten, wer geantwortet hat.
check-in-sent = Wenn Sie schon abgeschickt haben: danke, dann ist nichts zu tun.
check-in-ready = Ihre Befragung ist bereit.
check-in-elsewhere = Ihre Befragung wurde auf einem anderen Gerät oder in einem anderen Browser geholt und wird dort aufbewahrt. Bitte antworten Sie dort.
check-in-lost = Wenn sie dort verloren ist, bringt nur ein persönlicher Code oder Passkey sie auf Ihrem eigenen Gerät zurück, und nur, wenn sie damit geholt wurde. Sonst lässt sich diese Befragung nicht mehr beantworten: Zu Ihrem Schutz kann niemand eine zweite ausstellen. Bei der nächsten Befragung sind Sie wieder dabei, und Unterstützung steht Ihnen jederzeit offen.
check-in-closed = Diese Befragung ist geschlossen. Es ist nichts zu tun.
check-in-signed-out = Ihre Anmeldung ist abgelaufen. Melden Sie sich noch einmal an.
check-in-not-ready = Ihre Befragung ließ sich gerade nicht bereitmachen. Nichts ist verloren. Versuchen Sie es gleich noch einmal. Wenn es so bleibt, versuchen Sie es in einem anderen Netz, oder sagen Sie es der Stelle, die auf der Seite „So sind Ihre Antworten geschützt“ genannt ist.
check-in-unsafe = Ihre Befragung wurde zu Ihrem Schutz nicht bereitgemacht: Was der Server diesem Browser gezeigt hat, passt nicht zu dem, was für alle veröffentlicht ist.
check-in-show-this = Es wurde nichts gesendet. Bitte zeigen Sie diese Meldung der Stelle, die auf der Seite zum Schutz der Antworten genannt ist.
check-in-again = Noch einmal versuchen
check-in-storage = Dieser Browser lässt die Befragung nichts aufbewahren, darum kann sie nicht bereitgemacht werden. Der Grund kann ein privates Fenster oder eine strenge Einstellung sein. Bitte nehmen Sie ein gewöhnliches Fenster oder einen anderen Browser.

look-heading = Ein Gespräch lohnt sich
look-text = Schwerer als für sie üblich, seit mindestens zwei Befragungen und mehr, als der Zufall oft bringt. Keine Rangliste; etwa ein Eintrag von zehn kann Zufall sein.
look-none = Kein Team fällt seit mindestens zwei Befragungen als schwerer auf, und mehr, als der Zufall oft bringt.
look-untested = Noch nicht geprüft: Bei keinem Team liegen genug Befragungen vor, um das Übliche zu kennen.
look-team = Team
look-watching = Im Blick behalten:
look-lighter = Vielleicht leichter, oder ein stärkerer Puffer:
strip-buffer = Ein dünnerer Puffer
reviews-heading = Überfällige Rückblicke
reviews-none = Kein Rückblick auf einen Hebel ist überfällig.
review-due = war für den { $day } geplant
whole-heading = Die Organisation als Ganzes
next-open-lever = Diesen Hebel öffnen
next-see-teams = Die Teams ansehen
nav-compare = Nebeneinander
compare-title = Teams nebeneinander, { $month }
compare-lead = Nur für eine Frage: Liegt ein Team ungewöhnlich unter allen Teams? Ob es sich verändert hat, steht auf seiner eigenen Seite.
compare-drawn = Jeder Wert ist zum Mittel aller Teams hingezogen, umso mehr, je weniger Menschen er umfasst (empirischer Bayes-Schätzer). So fällt ein kleines Team mit einem Zufallsmonat nicht auf. In der Reihenfolge der Organisation; es gibt keine Rangliste, und es sollte keine daraus gemacht werden.
compare-own = Ein Vergleich braucht acht Teams oder mehr, und hier gibt es { $teams }. Darum steht jedes mit seinem eigenen Wert da. In der Reihenfolge der Organisation; eine Rangfolge gibt es nicht, und daraus sollte keine gemacht werden.
compare-none = Diesen Monat wird kein Team gezeigt, zum Schutz der Menschen.
compare-table = Wert und wahrscheinliche Spanne, 0 bis 100
compare-team = Team
compare-alt = { $measure }: Wert und wahrscheinliche Spanne jedes Teams, in der Reihenfolge der Organisation. Die Zahlen stehen in der Tabelle darunter.
compare-many = Bei so vielen Teams gibt es eine Tabelle und keine Zeichnung.

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
roster-said = „{ $text }“ sagt nichts über eine Überschrift; schreiben Sie ÜBERSCHRIFT=BEDEUTUNG; Bedeutungen sind unit, parent, name, given_name, family_name, email, role und ignore
roster-file-empty = In der Datei steht nichts
roster-file-too-much = Die Datei ist zu groß oder hat mehr Zellen, als eine Liste von 400.000 Personen braucht
roster-file-old-workbook = Das ist eine Arbeitsmappe von vor 2007 oder eine mit Kennwort; speichern Sie sie als XLSX ohne Kennwort
roster-file-web-page = Das ist eine Webseite oder XML, wie immer die Datei heißt; speichern Sie sie als XLSX oder CSV
roster-file-no-table = Das ist weder CSV noch eine Arbeitsmappe (XLSX, ODS)
roster-file-broken-workbook = Diese Arbeitsmappe lässt sich nicht lesen; öffnen Sie sie, speichern Sie sie neu, und versuchen Sie es noch einmal
roster-file-utf-32 = Die Datei ist in UTF-32; speichern Sie sie als CSV in UTF-8
roster-file-broken-utf-16 = Die Datei ist in UTF-16 und wurde abgeschnitten oder vermischt; speichern Sie sie als CSV in UTF-8
roster-two-encodings = Diese Zeile ist in Windows-1252 und Zeile { $row } in UTF-8: Speichern Sie beide Dateien neu in UTF-8, bevor Sie sie zusammenfügen
roster-other-encoding = Die Datei ist weder in UTF-8 noch in UTF-16 oder Windows-1252: Ein Wort hieße „{ $word }“; speichern Sie sie in UTF-8
roster-lost = Hier gingen früher Buchstaben verloren: � steht an ihrer Stelle; speichern Sie die Datei dort neu, wo sie heil ist
roster-wrongly-read = „{ $text }“ sieht nach Buchstaben aus, die einmal falsch gelesen wurden; heißt es wirklich so?
roster-open-quote = Hier beginnt ein Anführungszeichen, das nie endet
roster-quote-inside = Anführungszeichen müssen das erste und das letzte Zeichen einer Zelle sein; innerhalb von Anführungszeichen schreiben Sie sie doppelt
roster-headings-unknown = { $n ->
    [one] Diese Überschrift ist nicht bekannt: { $headings }; sagen Sie, was sie bedeutet; es gibt { $known }
   *[other] Diese Überschriften sind nicht bekannt: { $headings }; sagen Sie, was sie bedeuten; es gibt { $known }
}
roster-heading-twice = Diese Überschrift bedeutet { $column } wie „{ $first }“; sagen Sie, welche gilt
roster-heading-missing = Keine Überschrift bedeutet { $column }
roster-without-parent = Keine Spalte sagt, welcher Bereich über einem anderen steht; in so einer Datei hat nur ein Bereich Platz
roster-without-role = Keine Spalte hat Rollen; niemand in der Datei wird eine haben
roster-heading-said = wie jemand jetzt oder bei einer früheren Datei gesagt hat, heißt diese Überschrift { $column }
roster-heading-left-out = wie jemand jetzt oder bei einer früheren Datei gesagt hat, wird diese Spalte weggelassen
roster-headings-again = Hier stehen die Überschriften noch einmal; die Zeile wird übergangen
roster-other-headings = Hier stehen andere Überschriften als oben; fügen Sie nur Dateien mit denselben Spalten zusammen
roster-rows-above = { $n ->
    [one] Eine Zeile über den Überschriften wird übergangen
   *[other] { $n } Zeilen über den Überschriften werden übergangen
}
roster-short = { $cells } Zellen unter { $columns } Spalten; die anderen gelten als leer; wurde die Datei abgeschnitten?
roster-date = Hier steht ein Datum; Tabellenprogramme machen Daten aus Namen wie 3-4; stellen Sie die Zelle auf Text
roster-failed = Hier ist eine Formel gescheitert; schreiben Sie den Text selbst
roster-break-in-cell = Eine Zelle dieser Zeile hat einen Zeilenumbruch oder Tabulator; nehmen Sie ihn heraus
roster-truth = Hier steht wahr oder falsch; stellen Sie die Zelle auf Text
roster-odd-number = Diese Zahl ist zu lang, um so zu bleiben, wie sie getippt wurde; stellen Sie die Zelle auf Text
roster-number = Hier steht eine Zahl, gelesen als { $text }; Nullen davor werden gezeigt, aber nicht gespeichert; stellen Sie die Zelle auf Text, wenn es welche gibt
roster-look-alike = „{ $name }“ sieht aus wie „{ $other }“ in Zeile { $row }; ist es ein Team, schreiben Sie einen Namen
roster-address-local = Vor dem @ dürfen nur a bis z, Ziffern und einige Zeichen stehen; mit anderen Buchstaben kommen wenige Mailserver zurecht
roster-address-domain = Was hinter dem @ steht, ist kein Name eines Mailservers
roster-name = Ein Name braucht 1 bis 120 Zeichen, und davon muss etwas zu sehen sein
roster-name-unseen = Im Namen steht { $code }, ein Zeichen, das niemand sieht oder das die Schreibrichtung umkehrt; geben Sie den Namen neu ein
roster-address = Das ist keine E-Mail-Adresse; sie sollte aussehen wie name@example.org
roster-elsewhere = Zeile { $line } stellt „{ $unit }“ unter „{ $above }“; sind es zwei Teams, geben Sie einem einen anderen Namen, etwa „{ $proposal }“
roster-elsewhere-top = Zeile { $line } stellt „{ $unit }“ ganz nach oben; sind es zwei Teams, geben Sie einem einen anderen Namen, etwa „{ $proposal }“
roster-role = „{ $code }“ ist keine Rolle; möglich sind staff, manager, hr, admin oder privacy, mehrere mit ;
roster-same-address = Zeile { $line } hat dieselbe Adresse; ein Mensch gehört zu einem Bereich
roster-two-tops = „{ $unit }“ steht oben wie „{ $first }“; das darf nur ein Bereich
roster-no-parent = In keiner Zeile steht „{ $unit }“ als Bereich
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
organisation-zone-hint = Nach wessen Uhr die Tage von Befragungen beginnen und enden.
organisation-zone-choose = Bitte wählen
organisation-problem-zone = Wählen Sie eine Zeitzone wie Europe/Berlin.
audit-settings-organisation = hat Name oder Zeitzone der Organisation geändert
above-label = Sie sind hier

## Was über jemanden bekannt ist, für diese Person.

known-title = Was über mich bekannt ist
known-lead = Das hält das Programm unter Ihrem Namen fest. Ihre Antworten sind nicht dabei und stehen nirgends unter Ihrem Namen: Niemand kann sie nachsehen.
known-download = Dasselbe als Datei (JSON)
known-name = Name
known-units = Team, und frühere
known-from = seit { $from }
known-from-to = { $from } bis { $to }
known-password = Passwort
known-password-yes = als Prüfwert, aus dem es sich nicht lesen lässt
known-no = nichts festgehalten
known-passkeys = Passkeys
known-providers = Anmeldung bei
known-sessions = Angemeldet
known-links = Anmeldelinks, die noch gelten
known-choices = Was Sie zu E-Mails gewählt haben
known-mails = E-Mails an Sie
known-mails-none = Keine E-Mail an Sie ist festgehalten.
known-mail-failed = konnte nicht gesendet werden
known-mail-sent = gesendet am { $date }
known-asked = Befragungen, für die Ihre Gruppe notiert ist
known-asked-text = { $waves }. In welcher Gruppe Sie gefragt wurden, bleibt bis zur zweiten Veröffentlichung danach.
known-boards = Änderungen, die Sie an Tafeln gemacht haben
known-audit = Einträge im Protokoll, die Sie nennen
known-audit-text = { $n }. Sie bleiben, damit niemand das Protokoll nachträglich ändern kann. Einige Befragungen nachdem Sie gegangen sind, verschwindet Ihr Name, und es bleibt nur eine Nummer.
known-under-key = Unter einem Namen, den nur ein Schlüssel des Programms ergibt: was Ihr Browser für die offene Befragung abgeholt hat, und versiegelte Kopien, mit denen Sie sie wiederfinden. Unter Ihrem Namen kann die Administration sie nicht nachsehen. Zu jedem Passkey gehört ein Zähler, der eine Kopie verrät. Wenn Sie sich über einen Anbieter anmelden und gehen, bleibt bei jener Nummer ein Prüfwert Ihres Namens dort, damit niemand an Ihre Stelle tritt.
known-wrong = Stimmt etwas nicht? Schreiben Sie an die Administration, die es berichtigen kann:
known-correct-subject = Bitte berichtigen, was Tideline über mich festhält
known-nobody = Niemand ist als Administration benannt. Fragen Sie { $contact }.

### E-Mails.

mail-choices = Auswählen, welche E-Mails Sie bekommen
mail-support = An wen Sie sich wenden können: { $contacts }.
mail-support-none = An wen Sie sich wenden können:
mail-why-hr = Sie bekommen diese E-Mail, weil Sie die Rolle Personalwesen haben. Ob Sie sie öffnen, wird nicht erfasst.
mail-why-manager = Sie bekommen diese E-Mail, weil Sie diesen Bereich leiten. Ob Sie sie öffnen, wird nicht erfasst.
mail-why-administrator = Sie bekommen diese E-Mail, weil Sie Tideline verwalten. Ob Sie sie öffnen, wird nicht erfasst.
mail-why-staff = Diese E-Mail geht an alle Eingeladenen, ob sie geantwortet haben oder nicht: Das kann niemand sehen. Ob Sie sie öffnen, wird nicht erfasst.
mail-free = Die Teilnahme ist freiwillig, und Sie können jede Frage auslassen. Unterstützung bekommen Sie immer, was auch immer Sie antworten, und auch ohne Antwort.

mail-report-subject = Befinden im Überblick, { $month }
mail-report-subject-unit = Befinden im Überblick, { $month }: { $unit }
mail-report-preheader = Der Monatsüberblick liegt vor.
mail-report-aside = { $whose }. { $based }
mail-report-based-on = Grundlage: { $people }. { $part }.
mail-report-measures = Die drei Messgrößen, 0 bis 100
mail-report-head-score = Wert
mail-report-head-reading = Einordnung
mail-report-strip = üblich { $from } bis { $to }
mail-report-strip-learning = noch keine übliche Spanne
mail-report-strip-key = Jeder Streifen reicht von 0 bis 100: Die schmale Marke ist der Wert dieses Monats, der breitere Teil die übliche Spanne.
mail-report-open = Bericht öffnen
mail-report-attached = Der ganze Bericht hängt als PDF an.
mail-report-link-only = Der ganze Bericht steht nach der Anmeldung im Netz.
mail-report-promise = Eine Momentaufnahme, kein Urteil. Sie enthält nie die Antworten einer einzelnen Person.

mail-invitation-subject = Wie geht es Ihnen mit der Arbeit? Eine Einladung
mail-invitation-preheader = Neun kurze Aussagen, etwa anderthalb Minuten, nie mit Ihrem Namen.
mail-invitation-what = { $organisation } möchte wissen, wie es den Teams mit der Arbeit geht, um die Arbeit ändern zu können. Sie sind eingeladen, das zu sagen: neun kurze Aussagen, etwa anderthalb Minuten, von Zeit zu Zeit.
mail-invitation-protected = Ihre Antworten werden in Ihrem Browser versiegelt und nie mit Ihrem Namen gespeichert. Gezeigt werden nur Gruppen, die groß genug sind. Niemand kann nachsehen, was eine einzelne Person geantwortet hat: nicht die Leitung, nicht das Personalwesen, nicht die Administration.
mail-invitation-begin = Die Befragung beginnt am { $day }. Sie können sich vorher einmal auf dem Gerät anmelden, mit dem Sie antworten möchten: Die Seite sagt, was dort nötig ist.
mail-invitation-action = Einmal anmelden

mail-opens-subject = Die Befragung ist offen
mail-opens-preheader = Etwa anderthalb Minuten. Niemand sieht Ihre Antworten.
mail-opens-what = Die Befragung ist bis zum { $day } offen. Sie dauert etwa anderthalb Minuten.
mail-opens-protected = Niemand sieht Ihre Antworten, nur die Ihrer Gruppe zusammen.
mail-opens-action = Zur Befragung

mail-reminder-subject = Die Befragung ist noch offen
mail-reminder-preheader = Diese Erinnerung geht an alle.
mail-reminder-what = Die Befragung ist bis zum { $day } offen. Sie dauert etwa anderthalb Minuten.
mail-reminder-all = Wenn Sie schon geantwortet haben: danke, dann ist nichts zu tun. Diese E-Mail geht an alle, denn niemand kann sehen, wer geantwortet hat.
mail-reminder-action = Zur Befragung

mail-results-subject = Die Ergebnisse der Befragung sind da
mail-results-preheader = Zu sehen nach der Anmeldung.
mail-results-what = Die Ergebnisse für { $month } sind da. Danke an alle, die teilgenommen haben.
mail-results-next = Sie sind ein Anfang, kein Ende: Sehen Sie sie gemeinsam an, und auch, was sich durch die letzten geändert hat.
mail-results-action = Ergebnisse ansehen

mail-review-subject = Zeit, eine Änderung wieder anzusehen
mail-review-preheader = Ein kurzer Blick genügt.
mail-review-what = { $unit } wollte sich diese Änderung der Arbeit bis zum { $day } wieder ansehen: „{ $lever }“
mail-review-owner = Auf der Tafel steht dafür: { $owner }.
mail-review-next = Beibehalten, länger ausprobieren oder beenden: Jedes davon ist ein gutes Ergebnis.
mail-review-action = Tafel öffnen

mail-not-announced-subject = Eine Befragung des Kalenders ließ sich nicht ankündigen
mail-not-announced-preheader = Bis das behoben ist, kann niemand antworten.
mail-not-announced-what = Nach dem Kalender öffnet am { $day } eine Befragung. Sie ließ sich nicht ankündigen.
mail-not-announced-why = Der Grund: { $reason }.
mail-not-announced-next = Es wird wieder versucht, solange die Hälfte ihrer Zeit bleibt. Die Seite der Befragungen zeigt, was geplant und was angekündigt ist.
mail-not-announced-action = Befragungen öffnen

## Warum eine Befragung nicht angekündigt wurde: nach einem Doppelpunkt

not-announced-nobody-to-turn-to = Die Hilfe-Seite nennt niemanden, der für alle da ist, und nach einer Befragung könnte jemand Hilfe brauchen
not-announced-nobody-to-turn-to-in = Die Hilfe-Seite nennt niemanden für { $countries }, und nach einer Befragung könnte jemand Hilfe brauchen
not-announced-no-units = Es gibt noch keine Bereiche; zuerst kommen Personen und Bereiche hinein
not-announced-nobody-in-a-unit = In den Bereichen ist noch niemand; zuerst kommen Personen und Bereiche hinein
not-announced-label-taken = Es gibt schon eine Befragung mit dem Namen { $label }
not-announced-closes-too-early = Eine Befragung, die vorher angekündigt wurde, endet später
not-announced-over = Der letzte Tag ist vorbei
not-announced-full-month = Ein Monat fasst neun Befragungen, die dasselbe fragen
not-announced-other = Das Programm meldet „{ $reason }“

mail-sign-in-subject = Ihr Link zur Anmeldung
mail-sign-in-preheader = Er gilt einmal, 15 Minuten lang.
mail-sign-in-hello = Guten Tag { $name }, mit diesem Link melden Sie sich bei Tideline an.
mail-sign-in-action = Anmelden
mail-sign-in-once = Der Link gilt einmal, 15 Minuten lang. Wenn Sie ihn nicht angefordert haben, ist nichts zu tun: Ohne ihn kann sich niemand anmelden.
mail-sign-in-why = Die Anmeldung verrät niemandem, ob oder was Sie geantwortet haben.

mail-test-subject = Ein Test von Tideline
mail-test-preheader = Er ist angekommen.
mail-test-what = Das ist ein Test. Wenn Sie ihn lesen können, funktioniert der Versand.
mail-test-action = Tideline öffnen
mail-test-why = Wer Tideline betreibt, hat diese E-Mail geschickt, um den Versand zu prüfen.

choices-title = Welche E-Mails Sie bekommen
choices-lead = Das sagt nichts darüber, ob oder was Sie antworten. Ein Link zur Anmeldung kommt immer, wenn Sie einen anfordern.
choices-saved = Gespeichert.
choices-save = Speichern
choices-on = Ja
choices-attached = Mit dem Bericht im Anhang
choices-link = Nur mit einem Link
choices-off = Nein
choices-monthly-report = Der Monatsbericht
choices-unit-report = Der Monatsbericht eines Bereichs, den Sie leiten
choices-invitation = Die Einladung
choices-wave-opens = Eine Befragung beginnt
choices-reminder = Eine Erinnerung in der Mitte einer Befragung
choices-results-out = Die Ergebnisse sind da
choices-lever-review = Es ist Zeit, einen Hebel wieder anzusehen
choices-not-announced = Eine Befragung des Kalenders ließ sich nicht ankündigen
stop-title = Keine weiteren E-Mails dieser Art
stop-ask = Möchten Sie keine E-Mails dieser Art mehr: „{ $mail }“?
stop-button = Keine weiteren E-Mails dieser Art
stop-done = Erledigt. Sie bekommen keine E-Mails dieser Art mehr: „{ $mail }“. Nach der Anmeldung können Sie sie wieder bestellen.
mail-state-dropped = nicht mehr nötig

## Warum eine E-Mail nicht hinausging

mail-cause-url = Die URL des Mailservers ist nicht zu gebrauchen; sie sollte aussehen wie smtps://user:password@mail.example.org.
mail-cause-certificate = mail.ca_file ist kein Zertifikat in PEM.
mail-cause-too-long = Der Mailserver hat die E-Mail nicht angenommen: Es hat zu lange gedauert.
mail-cause-later = Der Mailserver hat die E-Mail nicht angenommen: Er bittet, es später noch einmal zu versuchen.
mail-cause-not-understood = Der Mailserver hat die E-Mail nicht angenommen: Seine Antwort war nicht zu verstehen.
mail-cause-does-not-fit = Der Mailserver hat die E-Mail nicht angenommen: Die E-Mail oder die Anmeldung passt nicht zu dem, was er anbietet.
mail-cause-not-safe = Der Mailserver hat die E-Mail nicht angenommen: Es kam keine sichere Verbindung zustande.
mail-cause-not-reached = Der Mailserver war nicht zu erreichen.
mail-cause-refused = Der Mailserver hat die E-Mail nicht angenommen: Er lehnt sie ab und sagt, dass ein neuer Versuch zwecklos ist.
mail-cause-folder = In den Mailordner lässt sich nicht schreiben.
mail-cause-other = Die E-Mail ließ sich nicht schreiben: { $reason }
mail-cause-not-accepted = Der Mailserver hat die E-Mail nicht angenommen: Benutzername oder Passwort gelten bei ihm nicht.
mail-cause-none-now = Der Mailserver hat die E-Mail nicht angenommen: Zurzeit nimmt er keine an.
mail-cause-hung-up = Der Mailserver war nicht zu erreichen, oder er hat aufgelegt.

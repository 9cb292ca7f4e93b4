# Die Seite, auf der geantwortet wird, und was über sie gesagt wird.

operator-heading = Was die Person, die den Server betreibt, trotzdem kann
operator-lead = Ein Versprechen ist so viel wert wie das, was es über seine Grenzen sagt. Wer den Server ganz in der Hand hat, kann während einer Befragung immer noch:
operator-pickup = sehen, wer ein Ticket geholt hat – meist, wer antworten will, nie, was;
operator-drop = Antworten verwerfen oder verzögern: Wer abgewiesen wird, merkt es, und was gezählt wurde, wird veröffentlicht;
operator-stuff = selbst Tickets machen und Antworten für Menschen hinzufügen, die nicht geantwortet haben: Die veröffentlichten Zahlen von Menschen, Tickets und Antworten müssen zusammenpassen;
operator-key = eine Kopie des Schlüssels behalten, der Antworten öffnet, und Antworten ohne Namen lesen;
operator-link = Verbindungen aufzeichnen und so die erkennen, die ihr Ticket holen und gleich danach antworten. Darum holen Browser, die etwas aufbewahren, es Tage vorher; später zu antworten oder am gemeinsamen Tablet ist noch besser;
operator-single = nur ein einziges Ticket ausgeben, sodass eine Antwort unter lauter bekannten liegt. Zu wenige Antworten werden nie geöffnet, und das Ende steht vorher fest; verhindern würde es aber nur ein Schlüssel in anderen Händen;
operator-script = einer einzelnen Person eine andere Seite schicken. Was alle bekommen, ist als Prüfzahl veröffentlicht, die jede und jeder vergleichen kann;
operator-delete = behaupten, etwas sei gelöscht, obwohl es das nicht ist;
operator-roster = erfundene Namen auf die Liste setzen. Die Größen der Gruppen sind öffentlich: Bitte zählen Sie nach.
operator-cannot = Was selbst dann nicht geht: aus der Liste der geholten Tickets herauszufinden, welche Antworten von wem sind – mit keinem Rechner und auch später nicht. Und niemand kann einer einzelnen Person unbemerkt einen anderen Schlüssel, ein anderes Datum oder eine andere Gruppe geben, solange die sieben Wörter verglichen werden.
operator-check = Das meiste davon lässt sich von außen prüfen, mit dem Befehl „tideline self-test“.

## Jede Seite der Abgabe.

booth-title-check-in = Befragung
booth-skip = Zur Befragung springen
booth-support = Hilfe jetzt
booth-new-tab = (öffnet einen neuen Tab)
booth-foot-privacy = So sind Ihre Antworten geschützt
booth-thanks = Danke
booth-done = Fertig
booth-back = Zurück
booth-load-again = Diese Seite neu laden
booth-contact = Bitte zeigen Sie diesen Bildschirm dieser Stelle: { $contact }.
booth-sign-in = Anmelden
booth-storage-reason = Der Grund kann ein privates Fenster oder eine strenge Einstellung sein. Bitte nehmen Sie ein gewöhnliches Fenster oder einen anderen Browser.

## Das Versprechen.

booth-promise-heading = Wie geht es Ihnen mit der Arbeit?
booth-promise = { $items ->
    [6] Sechs
    [7] Sieben
    [8] Acht
    [9] Neun
    [10] Zehn
   *[other] { $items }
  } kurze Aussagen. { $minutes ->
    [1] Das dauert etwa anderthalb Minuten.
   *[other] Das dauert etwa { $minutes } Minuten.
  }
booth-promise-name = Nach Ihrem Namen wird nie gefragt, und er wird nie gespeichert.
booth-promise-pool = Die Antworten kommen mit denen Ihres Teams in einen Topf. Gezeigt wird erst etwas, wenn der Topf so groß ist, dass sich niemand herausfinden lässt.
booth-promise-press = Jeder Druck auf eine Antwort führt zur nächsten Aussage. Sie können zurückgehen, jede auslassen, und vor dem Absenden sehen Sie alles. Bis dahin verlässt keine Antwort dieses Gerät.
booth-promise-no-script = Zu Ihrem Schutz braucht diese Befragung JavaScript: Ihr Browser versiegelt die Antworten, bevor sie ihn verlassen. Bitte erlauben Sie JavaScript für diese Seite, oder nehmen Sie einen anderen Browser. Wenn Sie eine Papierkarte bekommen haben:
booth-promise-paper = mit dem Code darauf antworten
booth-getting-ready = Ihre Befragung wird bereitgemacht …
booth-start = Los
booth-elsewhere = Auf einem anderen Gerät antworten
booth-how-summary = Wie wir das Versprechen halten
booth-how-keep = <strong>Was wir aufbewahren:</strong> Ihre Antworten, Ihr Team oder Ihre Gruppe von Teams, und welche Befragung es war. Sonst nichts.
booth-how-not = <strong>Was wir nicht aufbewahren:</strong> Namen, Adresse, Telefon, Ort oder die Zeit Ihrer Antwort. Die Netzadresse Ihres Geräts erreicht den Server, wie auf jeder Website. Wir schreiben sie nicht auf.
booth-how-double = <strong>Wie wir doppelte Antworten verhindern, ohne zu wissen, wer Sie sind:</strong> Ihr Browser hat vorher ein verschlossenes Ticket gemacht. Der Server hat es abgestempelt, ohne hineinzusehen, wie eine Unterschrift durch Kohlepapier. Er weiß, dass Sie ein Ticket geholt haben. Er kann nicht sagen, welches Ihres ist und ob Sie dann geantwortet haben.
booth-how-results = <strong>Wann es Ergebnisse gibt:</strong> erst wenn die Befragung zu Ende ist, und nur für Gruppen, in denen mindestens { $people } Menschen geantwortet haben und sich niemand herausrechnen lässt.
booth-how-results-any = <strong>Wann es Ergebnisse gibt:</strong> erst wenn die Befragung zu Ende ist, und nur für Gruppen, in denen genug Menschen geantwortet haben und sich niemand herausrechnen lässt.
booth-how-manager = <strong>Was Ihre Leitung sieht:</strong> die gemeinsamen Werte Ihres Teams, als Spannen. Nie eine einzelne Antwort, nie wer mitgemacht hat.
booth-how-cannot = <strong>Was wir nicht können:</strong> Ihre Antworten nach dem Absenden finden, ändern oder löschen, denn wir können nicht sagen, welche Ihre sind.
booth-how-wrong = <strong>Wo es trotzdem schiefgehen kann:</strong> Wer den Server betreibt, könnte diese Seite ändern oder festhalten, wer sich wann verbindet. Wenn alle in einem Team dasselbe antworten, verrät das der Topf; wir runden die Zahlen, um das zu dämpfen. Wenn Ihr Arbeitgeber Ihr Gerät verwaltet, sieht er vielleicht, dass Sie diese Seite geöffnet haben, und manche Programme sehen den Bildschirm. Nehmen Sie Ihr eigenes Telefon, wenn Sie können.
booth-how-all = Alles dazu lesen

## Die Fragen und die Prüfung.

booth-or = oder
booth-skip-item = Diese auslassen
booth-skipped = Ausgelassen
booth-back-to = Zurück: „{ $answer }“
booth-step = Aussage { $position } von { $count }
booth-problem = Das hat noch nicht geklappt
booth-error = Fehler:
booth-last-step = Befragung: letzter Schritt
booth-check-heading = Prüfen Sie, was gesendet wird
booth-check-lead = Das ist alles, was aufbewahrt wird. Kein Name, kein Gerät, keine Uhrzeit.
booth-change = Ändern
booth-team = Team
booth-words = Ihr Ticket wurde mit dem Schlüssel gestempelt, der für alle veröffentlicht ist. Seine Wörter:
booth-words-what = Was ist das?
booth-words-explained = Die Wörter stehen für die veröffentlichte Beschreibung dieser Befragung: ihren Schlüssel, ihre Termine und ihre Gruppen. Sie sind für alle gleich. Vergleichen Sie sie mit der Einladung, mit der Seite zum Schutz der Antworten oder mit dem Bildschirm einer Kollegin. Wenn Ihre anders sind, senden Sie nichts ab und sagen Sie es dieser Stelle: { $contact }.
booth-send = Meine Antworten absenden
booth-sending = Wird gesendet …
booth-again = Noch einmal versuchen
booth-unclear = Ihre Antworten sind vielleicht nicht angekommen
booth-unclear-text = Sie sind noch auf dieser Seite. Drücken Sie gleich „Noch einmal versuchen“, oder dann, wenn Sie Netz haben. Wenn es so bleibt, kommen Sie später wieder, und antworten Sie noch einmal. Doppelt zählen können sie nicht.
booth-offline = Sie sind offline
booth-offline-send = Es wurde gerade nichts gesendet. Ihre Antworten sind noch auf dieser Seite. Drücken Sie „Noch einmal versuchen“, wenn Sie Netz haben. Doppelt zählen können sie nicht.

## Wie es endet.

booth-in-the-pool = Ihre Antworten sind im Topf. Niemand kann sie mehr herausfinden, ändern oder entfernen, auch wir nicht.
booth-kiosk-forgets = Dieses Tablet vergisst gleich alles. Bitte lassen Sie es für die nächste Person stehen.
booth-results-when = Ergebnisse gibt es nach dem Ende der Befragung am { $moment }. Daneben steht, was sich dadurch geändert hat.
booth-door-reflect = Zwei Minuten für Sie
booth-door-reflect-text = Sehen Sie nach, was mehr an Ihnen zehrt. Nichts wird gesendet oder aufbewahrt.
booth-door-support-text = Für alle gleich, was auch immer sie geantwortet haben.
booth-close-page = Sie können diese Seite schließen.
booth-sent = Sie haben diese Befragung schon abgeschickt
booth-nothing-more = Es ist nichts mehr zu tun. Wenn Sie das nicht selbst waren, sagen Sie es bitte der Stelle, die auf der Seite „So sind Ihre Antworten geschützt“ genannt ist.
booth-closed = Diese Befragung ist zu Ende
booth-closed-at = Sie endete am { $moment }. Antworten, die bis dahin nicht angekommen waren, zählen nicht. Nichts von Ihren Eingaben wurde aufbewahrt.
booth-closed-nothing = Es wurde nichts gezählt, und nichts von Ihren Eingaben wurde aufbewahrt.
booth-closed-next = Es ist nichts mehr zu tun. An der nächsten Befragung können Sie wieder teilnehmen, und Unterstützung gibt es jederzeit.
booth-early = Noch ist keine Befragung offen
booth-early-at = Die nächste beginnt am { $moment }. Dann ist diese Seite bereit.
booth-idle = Zurzeit ist keine Befragung offen
booth-idle-text = Es ist nichts zu tun. Sie erfahren, wenn die nächste geplant ist.
booth-none = Ihre Befragung ist noch nicht in diesem Browser
booth-none-text = Melden Sie sich hier an. Wenn Ihre Befragung noch nicht geholt ist, wird sie in diesen Browser geholt. Wenn ein anderes Gerät sie hat, sagt die Seite, welches.
booth-several = Wessen Befragung ist das?
booth-several-text = Diesen Browser benutzt mehr als eine Person. Melden Sie sich an, dann öffnet sich Ihre eigene Befragung. Die der anderen bleibt unberührt.
booth-storage = Dieser Browser kann Ihre Befragung nicht aufbewahren
booth-storage-text = Dieser Browser lässt die Seite nichts aufbewahren. Wenn auf dem Gerät kein Platz mehr ist, schaffen Sie welchen, und laden Sie die Seite dann neu.
booth-unreachable = Die Befragung ließ sich nicht laden
booth-unreachable-text = Ein Teil des Servers hat nicht geantwortet. Es wurde nichts gesendet. Warten Sie einen Moment, und drücken Sie dann den Knopf. Wenn es so bleibt, versuchen Sie es in einem anderen Netz oder später.
booth-offline-text = Ohne Verbindung lässt sich die Befragung nicht laden. Es wurde nichts gesendet, und was dieser Browser für Sie aufbewahrt, ist noch da. Diese Seite lädt von selbst neu, wenn Sie Netz haben; wenn nicht, drücken Sie den Knopf.
booth-rejected = Ihre Antworten wurden nicht angenommen
booth-rejected-text = Der Server konnte nicht annehmen, was dieser Browser gesendet hat. Vielleicht ist im Netz etwas dazwischengekommen. Es wurde nichts gezählt, und nichts von Ihren Eingaben wurde aufbewahrt. Sie können die Befragung neu laden und noch einmal antworten, möglichst in einem anderen Netz.
booth-unsafe = Bitte senden Sie noch nichts ab
booth-unsafe-text = Was diesem Browser gezeigt wurde, passt nicht zu dem, was für alle veröffentlicht ist. Vielleicht ist das eine alte Seite, vielleicht stimmt etwas nicht. Es wurde nichts gesendet. Laden Sie die Seite neu; wenn sie dasselbe sagt, machen Sie nicht weiter.

## Das gemeinsame Tablet.

booth-kiosk-heading = Befragung an diesem Tablet
booth-kiosk-lead = Öffnen Sie die Befragung auf Ihrem Telefon, wählen Sie „Auf einem anderen Gerät antworten“, und zeigen Sie diesem Tablet den Code. Sie melden sich nur auf Ihrem Telefon an; dieses Tablet erfährt nie, wer Sie sind, und vergisst alles, wenn Sie fertig sind.
booth-kiosk-scan = Meinen Code scannen
booth-kiosk-camera = Was die Kamera sieht
booth-kiosk-scanner = Oder hier einen Handscanner benutzen
booth-kiosk-use = Diesen Code nehmen
booth-kiosk-paper = Ich habe eine Papierkarte
booth-kiosk-closed = Es wurde nichts gesendet, und niemand kann sie mehr beantworten. Überlassen Sie das Tablet der nächsten Person.
booth-kiosk-early = Diese Befragung ist noch nicht offen
booth-kiosk-early-text = Sie hat noch nicht begonnen. Ihr Code bleibt gültig: Kommen Sie wieder, wenn sie begonnen hat.
booth-kiosk-idle = Sind Sie noch da?
booth-kiosk-idle-text = In 20 Sekunden vergisst dieses Tablet Ihre Antworten, damit niemand sie sieht.
booth-kiosk-more-time = Ich brauche mehr Zeit
booth-kiosk-bad-code = Dieser Code passt hier nicht
booth-kiosk-bad-code-text = Zeigen Sie den Code von „Auf einem anderen Gerät antworten“ auf Ihrem Telefon. Wenn Sie eine Papierkarte haben, wählen Sie „Ich habe eine Papierkarte“.
booth-kiosk-no-camera = Die Kamera lässt sich nicht benutzen
booth-kiosk-no-camera-text = Erlauben Sie die Kamera für diese Seite, oder nehmen Sie einen Handscanner. Wenn beides nicht geht, antworten Sie auf Ihrem Telefon oder mit einer Papierkarte.
booth-kiosk-forgotten = Dieses Tablet hat alles vergessen: Antworten, Code, den Verlauf dieser Seite und was der Browser aufbewahrt hat.
booth-kiosk-kept = Es wurde nichts gelöscht
booth-kiosk-kept-text = Nur die Seite des gemeinsamen Tablets kann diesen Browser vergessen lassen. Wenn Sie vor diesem Tablet stehen, schließen Sie das Browserfenster: Dann bleibt nichts von Ihnen auf dem Bildschirm.
booth-kiosk-next = Nächste Person

## Ein anderes Gerät.

booth-device-tablet = Am gemeinsamen Tablet
booth-device-tablet-text = Ihr Telefon zeigt einen Code, das Tablet liest ihn, und Sie antworten dort. Dann haben weder Ihr Telefon noch sein Netz etwas mit Ihrer Antwort zu tun. Zeigen Sie den Code nur dem Tablet: Wer ihn liest, kann einmal an Ihrer Stelle antworten.
booth-device-show = Meinen Code zeigen
booth-device-tablet-code = Code für das gemeinsame Tablet
booth-device-no-token = In diesem Browser liegt gerade keine Befragung, die am Tablet beantwortet werden könnte. Wenn Sie sie schon abgeschickt haben, ist nichts zu tun. Wenn nicht, gehen Sie zurück zur Befragung und melden Sie sich an, oder warten Sie, bis sie beginnt.
booth-device-second = Auf einem zweiten eigenen Gerät
booth-device-seed-off = Wenn Sie nie wissen, welches Ihrer Geräte zur Hand sein wird, können zwei davon ein Geheimnis teilen. Ab der nächsten Befragung kann dann jedes der beiden antworten, zusammen einmal. Sonst bleibt eine Befragung auf dem Gerät, das sie geholt hat. Der Preis: Dass sich nichts zuordnen lässt, hängt dann auch an einer Hash-Funktion; niemand kennt einen Weg, sie zu brechen, aber ohne Teilen gibt es nichts zu brechen.
booth-device-seed-on = Dieses Gerät teilt sein Geheimnis mit einem anderen. Scannen Sie den Code mit dem anderen Gerät, bevor Sie sich dort anmelden.
booth-device-share = Code für mein anderes Gerät zeigen
booth-device-unshare = Nicht mehr teilen
booth-device-seed-code = Code für ein zweites eigenes Gerät
booth-device-back = Zurück zur Befragung
booth-device-accept = Dieses Gerät auch benutzen?
booth-device-accept-text = Ein anderes Gerät hat Ihnen diesen Code gezeigt, damit beide Ihre Befragungen beantworten können, zusammen jede einmal. Sagen Sie nur Ja, wenn jenes Gerät Ihnen gehört: Wem es gehört, der könnte an Ihrer Stelle antworten.
booth-device-yes = Ja, beide gehören mir
booth-device-no = Nein
booth-device-accepted = Dieses Gerät ist bereit
booth-device-accepted-text = Melden Sie sich hier einmal an, bevor die nächste Befragung beginnt, so wie auf dem anderen Gerät.
booth-device-storage = Dieser Browser kann nichts aufbewahren
booth-device-unreachable = Das ließ sich nicht laden
booth-device-unreachable-text = Der Server hat nicht so geantwortet, wie er sollte. Es wurde nichts gesendet oder geändert. Warten Sie einen Moment, und drücken Sie dann den Knopf.
booth-device-bad-code = Dieser Code passt nicht
booth-device-bad-code-text = Hier wurde nichts geändert. Wählen Sie auf Ihrem anderen Gerät „Auf einem anderen Gerät antworten“, zeigen Sie den Code noch einmal, und scannen Sie ihn ganz.
booth-device-no-script = Diese Seite braucht JavaScript. Eine Papierkarte geht ohne:
booth-device-paper = mit einer Papierkarte antworten

## Abholen.

booth-hand-over = Sie kommen gleich zurück.
booth-hand-over-no-script = Dieser Schritt braucht JavaScript. Erlauben Sie es für diese Seite, und laden Sie sie neu, oder nehmen Sie einen anderen Browser.

## Eine Befragung wiederfinden.

booth-recovery = Ihre Befragung wiederfinden
booth-recovery-wait = Einen Moment…
booth-recovery-open = Ihre Befragung zurückholen
booth-recovery-open-text = Geben Sie Ihren persönlichen Code ein, oder nehmen Sie Ihren Passkey. Er bleibt in diesem Browser: Niemand in Ihrer Organisation bekommt ihn zu sehen. Geben Sie Ihren Code nur auf dieser Seite ein, deren Adresse mit { $host } beginnt.
booth-recovery-code = Persönlicher Code
booth-recovery-code-hint = 21 Buchstaben und Ziffern. Leerzeichen, Striche und Kleinschreibung stören nicht.
booth-recovery-use-code = Diesen Code nehmen
booth-recovery-passkey-or = Oder bestätigen Sie mit dem Passkey, den Sie für Ihre Befragung gemacht haben.
booth-recovery-use-passkey = Meinen Passkey nehmen
booth-recovery-passkey-not-here = Ein Passkey, den Sie gemacht haben, lässt sich in diesem Browser nicht benutzen. Nehmen Sie einen anderen Browser, ein anderes Gerät oder den Code, wenn Sie einen haben.
booth-recovery-anew = Sie haben beides nicht mehr?
booth-recovery-anew-text = Dann fangen Sie neu an. Der alte Code und alle Passkeys gelten nicht mehr. Eine Befragung, die schon geholt ist, bleibt auf dem Gerät, das sie geholt hat; der neue gilt ab der nächsten Befragung.
booth-recovery-anew-yes = Neu anfangen
booth-recovery-back = Zurück zur Startseite
booth-recovery-to-account = Zu Ihrem Konto
booth-recovery-not-now = Nicht jetzt
booth-recovery-make = Ihr persönlicher Code
booth-recovery-make-text = Schreiben Sie ihn jetzt auf. Er wird einmal gezeigt, und niemand kann ihn für Sie nachsehen.
booth-recovery-make-keep = Bewahren Sie ihn dort auf, wo Sie andere wichtige Notizen haben, nicht nur auf diesem Gerät. Ein Name gehört nicht darauf.
booth-recovery-make-lost = Wenn Sie ihn verlieren, geschieht nichts Schlimmes: Machen Sie auf der Seite Ihres Kontos einen neuen.
booth-recovery-make-nobody = Niemand in Ihrer Organisation kann ihn lesen oder noch einmal machen. Er zeigt nie eine Antwort. Wer ihn hat und sich außerdem als Sie anmelden kann, könnte einmal an Ihrer Stelle antworten.
booth-recovery-make-from = Er findet Befragungen, die Sie von jetzt an holen. Ist eine Befragung ausgezählt, führt er zu nichts mehr.
booth-recovery-end = Geben Sie die letzten drei Zeichen Ihres Codes ein
booth-recovery-end-hint = Damit Sie nicht weitergehen, bevor er auf Papier steht.
booth-recovery-written = Ich habe ihn aufgeschrieben
booth-recovery-end-wrong = Das sind nicht die letzten drei Zeichen. Bitte sehen Sie noch einmal auf Ihren Zettel.
booth-recovery-length = Ein Code hat 21 Buchstaben und Ziffern. Dieser hat { $count }. Bitte vergleichen Sie ihn mit Ihrem Zettel.
booth-recovery-character = Hier steht ein Zeichen, das in keinem Code vorkommt. Codes bestehen aus Ziffern und Buchstaben, ohne U. Bitte vergleichen Sie ihn mit Ihrem Zettel.
booth-recovery-mistyped = Ein Zeichen ist falsch, oder zwei sind vertauscht. Bitte vergleichen Sie ihn mit Ihrem Zettel.
booth-recovery-not-this = Das ist ein Code, aber nicht Ihr neuester. Bitte suchen Sie Ihren neuesten Zettel: Ein neuer Code tritt an die Stelle des alten, und die anderer Menschen öffnen Ihren nicht. Ohne ihn nehmen Sie Ihren Passkey, oder machen Sie auf der Seite Ihres Kontos einen neuen Code.
booth-recovery-passkey = Ein Passkey für Ihre Befragung
booth-recovery-passkey-text = Ihr Telefon oder Computer macht einen Passkey und bewahrt ihn auf. Später bestätigen Sie mit dem Finger, dem Gesicht oder einer PIN und bekommen Ihre Befragung zurück.
booth-recovery-passkey-keep = Er ist auch auf Ihren anderen Geräten da, wenn Ihre Passkeys dort abgeglichen werden.
booth-recovery-passkey-make = Passkey machen
booth-recovery-passkey-name = Meine Befragung
booth-recovery-passkey-cannot-heading = Hier geht kein Passkey
booth-recovery-passkey-cannot = Dieser Browser oder dieser Passkey kann nicht, was nötig ist. Bitte nehmen Sie Ihren persönlichen Code, oder machen Sie auf der Seite Ihres Kontos einen: Der geht überall. Wenn gerade ein Passkey entstanden ist, dürfen Sie ihn löschen.
booth-recovery-passkey-failed = Mit dem Passkey hat es nicht geklappt: Es wurde abgebrochen, keiner gefunden oder nicht bestätigt. Bitte versuchen Sie es noch einmal, oder nehmen Sie stattdessen einen persönlichen Code.
booth-recovery-passkey-other = Dieser Passkey öffnet Ihre Befragung nicht. Bitte wählen Sie einen anderen, oder nehmen Sie den Code, wenn Sie einen haben.
booth-recovery-none = Hier lässt sich nichts öffnen
booth-recovery-none-text = Für Sie ist kein Code und kein Passkey aufbewahrt. Vielleicht wurde er entfernt. Auf der Seite Ihres Kontos können Sie einen neuen machen.
booth-recovery-nothing = Bitte beginnen Sie auf der Startseite oder auf der Seite Ihres Kontos. Nichts wurde geändert.
booth-recovery-shared = Nicht in diesem Browser
booth-recovery-shared-text = Auch andere benutzen diesen Browser. Ein Code oder Passkey könnte für sie hier liegen bleiben. Bitte nehmen Sie ein eigenes Gerät.
booth-recovery-no-script = Diese Seite braucht JavaScript: Ihr Code wird in Ihrem Browser benutzt und nie gesendet. Erlauben Sie JavaScript für diese Seite, oder nehmen Sie einen anderen Browser.

## Was eine Seite sagt, wenn ihr Skript nicht läuft: Es zeigt sich nach einer Weile von selbst.

slow-heading = Passiert hier nichts?
slow-why = Dann kann dieser Browser die Seite nicht ausführen. Meist ist er zu alt, oder er lässt JavaScript, Cookies oder Speicher nicht zu. Es wurde nichts gesendet.
slow-reload = Laden Sie die Seite neu.
slow-window = Nehmen Sie ein gewöhnliches Fenster statt eines privaten, und lassen Sie für diese Seite JavaScript und Cookies zu.
slow-other = Oder öffnen Sie sie in einem anderen Browser oder auf einem anderen Gerät, zum Beispiel auf Ihrem eigenen Telefon.

## Papierkarten.

booth-paper-heading = Mit einer Papierkarte antworten
booth-paper-lead = { $items ->
    [6] Sechs
    [7] Sieben
    [8] Acht
    [9] Neun
    [10] Zehn
   *[other] { $items }
  } kurze Aussagen. Sie können jede davon auslassen. Tippen Sie den Code auf Ihrer Karte ein, und werfen Sie die Karte danach weg: Sie gilt einmal.
booth-paper-weaker = <strong>Das ist der schwächere Weg.</strong> Ein Telefon versiegelt Ihre Antworten, bevor sie es verlassen, und niemand kann sagen, wessen Ticket welches ist. Mit einer Karte sieht der Server Ihre Antworten für einen Augenblick, bevor er sie versiegelt, und wer die Karten gedruckt und Ihnen beim Ziehen zugesehen hat, könnte sagen, welche Ihre ist. Ziehen Sie Ihre Karte selbst, aus einem gemischten Stapel.
booth-paper-code = Code auf Ihrer Karte
booth-paper-code-hint = 20 Buchstaben und Ziffern; Leerzeichen und Striche spielen keine Rolle.
booth-paper-nothing-open = Zurzeit gibt es nichts zu beantworten. Behalten Sie Ihre Karte, bis die Befragung beginnt, oder fragen Sie, wer sie ausgegeben hat.
booth-paper-thrown = Bitte werfen Sie die Karte weg.
booth-paper-used = Diese Karte ist schon benutzt
booth-paper-used-text = Jede Karte gilt einmal. Wenn Sie das waren, ist nichts mehr zu tun. Wenn nicht, bitten Sie um eine andere Karte.
booth-paper-wrong-code = Dieser Code gehört nicht zu dieser Befragung
booth-paper-wrong-code-text = Bitte gehen Sie zurück, und vergleichen Sie ihn mit Ihrer Karte. Es wurde nichts gezählt.
booth-paper-busy = Ihre Antworten ließen sich gerade nicht annehmen
booth-paper-busy-text = Es wurde nichts gezählt. Behalten Sie Ihre Karte, gehen Sie in einer Minute zurück, und senden Sie noch einmal. Doppelt zählen können sie nicht.
booth-paper-form = Zurück zum Formular
booth-paper-rejected-text = Etwas zwischen diesem Gerät und dem Server hat gesagt, wer Sie sind. Darum wurden die Antworten nicht angesehen. Es wurde nichts gezählt. Behalten Sie Ihre Karte, und versuchen Sie es in einem anderen Netz oder an einem anderen Gerät.
booth-paper-unreadable-text = Das Formular kam nicht ganz an. Es wurde nichts gezählt. Behalten Sie Ihre Karte, und füllen Sie es noch einmal aus.
booth-not-here = Hier ist keine Seite
booth-not-here-text = Vielleicht ist die Adresse unvollständig. Melden Sie sich an, um Ihre Befragung zu finden.
cards-title = Karten zur Befragung, { $month }
cards-heading = Befragung, { $month }
cards-pile = { $team }: { $cards } Karten
cards-answer = Antworten bis { $day } unter
cards-draw = Ziehen Sie diese Karte selbst aus einem gemischten Stapel. Sie gilt einmal und trägt keinen Namen. Der schwächere Weg: Ein Telefon versiegelt Antworten, bevor sie es verlassen.
cards-words = Wörter dieser Befragung: { $words }

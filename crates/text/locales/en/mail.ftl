### E-mails.

mail-choices = Choose which mails you get
mail-support = Whom you can turn to: { $contacts }.
mail-support-none = Whom you can turn to:
mail-why-hr = You get this because you hold the HR role. Opening this message is not tracked.
mail-why-manager = You get this because you manage this unit. Opening this message is not tracked.
mail-why-administrator = You get this because you are an administrator. Opening this message is not tracked.
mail-why-staff = This goes to everybody who is invited, whoever has answered: nobody can see who has. Opening this message is not tracked.
mail-free = Taking part is your choice, and skipping a question is fine. Support is there for you whatever you answer, and whether you answer.

mail-report-subject = Wellbeing summary, { $month }
mail-report-subject-unit = Wellbeing summary, { $month }: { $unit }
mail-report-preheader = The monthly summary is ready.
mail-report-aside = { $whose }. { $based }
mail-report-based-on = Based on { $people }. { $part }.
mail-report-measures = The three measures, 0 to 100
mail-report-head-score = Score
mail-report-head-reading = Reading
mail-report-strip = usually { $from } to { $to }
mail-report-strip-learning = no usual range yet
mail-report-strip-key = Each strip runs from 0 to 100: the narrow mark is this month's score, the wider part the usual range.
mail-report-open = Open the report
mail-report-attached = The full report is attached as a PDF.
mail-report-link-only = The full report is on the web, after signing in.
mail-report-promise = A temperature check, not a verdict. It never contains answers from one person.

mail-invitation-subject = How is work sitting with you? An invitation
mail-invitation-preheader = Nine short statements, about a minute and a half, never with your name.
mail-invitation-what = { $organisation } would like to know how the work sits with its teams, so that it can change the work. You are invited to say so: nine short statements, about a minute and a half, once in a while.
mail-invitation-protected = Your answers are sealed in your browser and never stored with your name. Only groups that are large enough are ever shown. Nobody can look up what one person answered: not your manager, not HR, not an administrator.
mail-invitation-begin = The check-in opens on { $day }. You can sign in once before, on the device you want to answer with: the page says what is needed there.
mail-invitation-action = Sign in once

mail-opens-subject = The check-in is open
mail-opens-preheader = About a minute and a half. Nobody sees your answers.
mail-opens-what = The check-in is open until { $day }. It takes about a minute and a half.
mail-opens-protected = Nobody sees your answers, only those of your group together.
mail-opens-action = Go to the check-in

mail-reminder-subject = The check-in is still open
mail-reminder-preheader = This reminder goes to everybody.
mail-reminder-what = The check-in is open until { $day }. It takes about a minute and a half.
mail-reminder-all = If you have already answered, thank you, and there is nothing to do. This goes to everybody, because nobody can see who has answered.
mail-reminder-action = Go to the check-in

mail-results-subject = The results of the check-in are there
mail-results-preheader = See them after signing in.
mail-results-what = The results of { $month } are there. Thank you to everybody who took part.
mail-results-next = They are a start, not an end: look at them together, and see what has been changed because of the last ones.
mail-results-action = See the results

mail-review-subject = Time to look at a change again
mail-review-preheader = A short look is enough.
mail-review-what = { $unit } wanted to look again by { $day } at this change to its work: “{ $lever }”
mail-review-owner = On the board, { $owner } looks after it.
mail-review-next = Keep it, try it longer, or stop it: each is a fine outcome.
mail-review-action = Open the board

mail-not-announced-subject = A check-in of the calendar could not be announced
mail-not-announced-preheader = Nobody can answer it until this is put right.
mail-not-announced-what = By the calendar a check-in opens on { $day }. It could not be announced.
mail-not-announced-why = Why: { $reason }.
mail-not-announced-next = It is tried again as long as half of its time is left. The page of check-ins shows what is planned, and what is announced.
mail-not-announced-action = Open the check-ins

## Why a check-in was not announced: a clause after a colon

not-announced-nobody-to-turn-to = the support page names nobody who is there for everybody, and a check-in may leave somebody in need of help
not-announced-nobody-to-turn-to-in = the support page names nobody for { $countries }, and a check-in may leave somebody in need of help
not-announced-no-units = there are no units yet: bring in the people and units first
not-announced-nobody-in-a-unit = nobody is in a unit yet: bring in the people and units first
not-announced-label-taken = there is a check-in called { $label } already
not-announced-closes-too-early = a check-in that was announced before it closes later
not-announced-over = its last day has passed
not-announced-full-month = a month takes nine check-ins that ask the same
not-announced-other = the program says “{ $reason }”

mail-sign-in-subject = Your sign-in link
mail-sign-in-preheader = It works once, for 15 minutes.
mail-sign-in-hello = Hello { $name }, this link signs you in to Tideline.
mail-sign-in-action = Sign in
mail-sign-in-once = The link works once, for 15 minutes. If you did not ask for it, there is nothing to do: nobody can sign in without it.
mail-sign-in-why = Signing in never tells anybody whether or what you answered.

mail-test-subject = A test from Tideline
mail-test-preheader = It arrived.
mail-test-what = This is a test. If you can read it, mail works.
mail-test-action = Open Tideline
mail-test-why = Somebody who runs Tideline sent this to see whether mail works.

choices-title = Which mails you get
choices-lead = This says nothing about whether or what you answer. A sign-in link comes whenever you ask for one.
choices-saved = Saved.
choices-save = Save
choices-on = Yes
choices-attached = With the report attached
choices-link = With a link only
choices-off = No
choices-monthly-report = The monthly report
choices-unit-report = The monthly report of a unit you manage
choices-invitation = The invitation
choices-wave-opens = A check-in opens
choices-reminder = A reminder halfway through a check-in
choices-results-out = The results are there
choices-lever-review = It is time to look at a lever again
choices-not-announced = A check-in of the calendar could not be announced
stop-title = No more of these mails
stop-ask = Do you want no more mails of this kind: “{ $mail }”?
stop-button = No more of these mails
stop-done = Done. You get no more mails of this kind: “{ $mail }”. After signing in you can have them again.
mail-state-dropped = not needed any more

## Why a mail was not sent

mail-cause-url = The mail server’s URL cannot be used; it should look like smtps://user:password@mail.example.org.
mail-cause-certificate = mail.ca_file is no certificate in PEM.
mail-cause-too-long = The mail server did not take the mail: it took too long.
mail-cause-later = The mail server did not take the mail: it asks to try again later.
mail-cause-not-understood = The mail server did not take the mail: its reply could not be understood.
mail-cause-does-not-fit = The mail server did not take the mail: the mail or the sign-in does not fit what it offers.
mail-cause-not-safe = The mail server did not take the mail: no safe connection could be made.
mail-cause-not-reached = The mail server could not be reached.
mail-cause-refused = The mail server did not take the mail: it refuses, and says not to try again.
mail-cause-folder = The mail folder cannot be written.
mail-cause-other = The mail could not be made: { $reason }
mail-cause-not-accepted = The mail server did not take the mail: it does not accept the user name or password.
mail-cause-none-now = The mail server did not take the mail: it takes no mail now.
mail-cause-hung-up = The mail server could not be reached, or hung up.

### Pages of the app: navigation, forms, errors.

## Around every page

skip-to-content = Skip to the content
nav-label = Pages
nav-start = Start page
nav-support-now = Support now
nav-results = Results
nav-team = Team
nav-organisation = Organisation
nav-administration = Administration
nav-overview = Overview
nav-units = Units
nav-levers = Levers
nav-reports = Reports
nav-waves = Check-ins
nav-people = People
nav-privacy = Privacy
nav-support = Support
nav-mail = Mail
nav-audit = Audit log
nav-health = Health
foot-privacy = How your answers are protected
foot-reading = How to read the charts
foot-accessibility = Accessibility
foot-about = About Tideline
foot-languages = Language
save = Save
saved = Saved.

## Roles

role-staff = Staff
role-manager = Team lead
role-manager-of = Team lead, { $unit }
role-hr = HR
role-admin = Administrator
role-privacy = Privacy officer
role-program = The program on this machine

## When something does not work

problem-heading = There is a problem
problem-not-found-title = Page not found
problem-not-found = We could not find that page, or it is not one you can open. Look at the address once more, or go to the start page and on from there.
problem-internal-title = Something went wrong
problem-internal = Something went wrong on our side. What you entered may not have been kept. Try again in a moment; if it happens again, please tell { $contact }.
problem-nothing-changed = Nothing was changed
problem-not-our-page = The page was open for too long, you have signed in anew since, or this browser hides where the form came from. Open it again, then repeat what you did. If it happens again, use another browser.
problem-open-again = Open that page again
problem-form-unreadable = This form could not be read. Open the page again, and fill it in once more.
problem-too-often = You have done this many times in a short while. Wait a quarter of an hour, then try again.
problem-recovery-full = There are four already. Remove one first, then make another.
problem-recovery-other = Meanwhile you made another personal code. Load the page again, then start once more.
problem-body-unreadable = The body is not the JSON that is described for this operation.
problem-password-length = A password needs 12 to 128 characters. Nothing was changed. Open the page again, and choose another one.
problem-name = A name needs 1 to 120 characters, and none that is invisible or turns the text around.
problem-email = This is not an e-mail address. It should look like name@example.org.
problem-busy-title = Too many people are signing in
problem-busy = Nothing was changed. Wait a few seconds, then try again. A sign-in link by mail works, too.
problem-series = No results of this questionnaire have been published.
problem-file-size = The file is larger than 8 MB. Nothing was changed.
problem-date = Choose a day, such as 2026-11-30.

## Signing in

sign-in-heading = Sign in
sign-in-text = Signing in shows that you belong here. It is never kept with an answer.
sign-in-sent-heading = Look into your mailbox
sign-in-sent = If we know that address, a link is on its way. It works once, for 15 minutes. Nothing there? Look in the folder for unwanted mail. We send only a few in a row: wait a quarter of an hour, then ask once more. If none comes, ask { $contact }.
sign-in-ended-heading = You were signed out in the meantime
sign-in-ended = Nothing was changed. Sign in, and you are back on the page: do it there once more.
sign-in-failed-heading = You are not signed in
sign-in-failed = The link is used or too old, the sign-in took too long, address and password do not fit, or it was tried too often. To protect people we do not say which. Below you can ask for a new link or sign in once more. After many tries, wait a quarter of an hour first.
sign-in-no-cookies = This browser did not keep the sign-in: it blocks all cookies. Allow cookies for this address, or open it in another browser, then sign in again. Cookies are for signing in and for the language, nothing else.
sign-in-with = Sign in with { $provider }
sign-in-or = Or by a link in an e-mail:
sign-in-email = E-mail address at work
sign-in-password = Password
sign-in-send-link = Send me a link
sign-in-by-password = Sign in with a password
sign-in-button = Sign in
sign-in-by-passkey = Sign in with a passkey
sign-in-passkey-text = With a passkey you sign in by finger, face or PIN, without a mail. You can add one on the page “Your account”.
sign-in-passkey-no-script = Passkeys need JavaScript. A link by e-mail works without it.
sign-in-passkey-not-here = This browser cannot use passkeys. Use another browser, or have a link sent to you.
sign-in-passkey-stopped = No passkey was used. Try once more, or have a link sent to you.
sign-in-passkey-late = This took too long, was done twice, or this browser blocks cookies, which keep you signed in. Allow them for this address if they are blocked. Then use the passkey once more, or have a link sent to you.
sign-in-passkey-no = That passkey does not open anything here. If it was removed, delete it on your device, too. Have a link sent to you instead.
in-heading = Signing in
in-text = Press the button to see whose link this is. Nothing is used up before you say yes. If the field is empty, open the link in the mail once more, or ask for a new one below.
in-no-script = Without JavaScript, copy what stands behind the # in the link of the mail into the field, then press the button.
in-code = Code from the link
in-new-link = Ask for a new link
in-go-on = Go on
in-ask-heading = Sign in as { $name }?
in-ask-text = This link was sent to { $email }.
in-ask-other = { $name } is signed in here. If you go on, { $name } is signed out in this browser.
in-ask-instead = Sign out and sign in
in-ask-stay = Stay signed in as { $name }
in-ask-not-you = Not you? Close this page; nothing has happened.
arrived-heading = One moment
arrived-go-on = Go on
oidc-declined = At { $provider } you said no, or were not let in. Nothing has happened here. You can try again, or have a link sent by e-mail.
oidc-late = The sign-in at { $provider } took longer than ten minutes, began in another browser, or this browser blocks cookies, which keep you signed in. Allow them for this address if they are blocked. Then begin again here, or have a link sent by e-mail.
oidc-unreachable = { $provider } cannot be reached at the moment. Try again later, or have a link sent by e-mail.
oidc-certificate = The certificate of { $provider } is not trusted here. Only whoever runs Tideline can put that right; please tell { $contact }. Until then, have a link sent by e-mail.
oidc-issuer = { $provider } goes by another address than the one that is set here. Only whoever runs Tideline can put that right; please tell { $contact }. Until then, have a link sent by e-mail.
oidc-answer = { $provider } answered in a way that is not understood here. Try again; if it happens again, please tell { $contact }. Until then, have a link sent by e-mail.
oidc-client = { $provider } does not accept this installation. Only whoever runs Tideline can put that right; please tell { $contact }. Until then, have a link sent by e-mail.
oidc-token = What { $provider } sent could not be shown to be meant for here. Please begin again. If it happens again, have a link sent by e-mail, and tell { $contact }.
oidc-not-anew = { $provider } did not say that it asked you just now who you are. Your account page needs that. Have a link sent by e-mail and go there with it.
oidc-no-address = { $provider } did not tell us your e-mail address, so we cannot tell who you are here. Have a link sent by e-mail, and please tell { $contact }.
oidc-unverified = { $provider } did not say that it has checked your e-mail address, so we cannot rely on it. Have a link sent by e-mail, and please tell { $contact }.
oidc-unknown = { $provider } knows you by an e-mail address that nobody has here. Have a link sent to your address at work. If none comes, please ask { $contact }.
oidc-subject = { $provider } names you in a way that is too long to be kept here. Only whoever runs Tideline can put that right; please tell { $contact }. Until then, have a link sent by e-mail.
oidc-another = You signed in here before with another account at { $provider }. Sign in with that one, or have a link sent by e-mail.

## Account

account-heading = Your account
account-name = Name
account-email = E-mail address
account-roles = Roles
account-wrong = Is something wrong here? Ask { $contact }.
account-sessions-heading = Where you are signed in
account-sessions-text = You stay signed in for a working day. We keep the kind of browser and when the sign-in ends, nothing else.
account-this-device = This device
account-until = Until { $date }, { $time } UTC
account-end-session = End
account-session-ended = That sign-in has ended.
account-sign-out-here = Sign out on this device
account-sign-out-everywhere = Sign out everywhere
account-passkeys-stay = Signing out does not remove passkeys. If a device is lost, remove its passkey, too:
account-passkeys-go = Passkeys
account-shown = Thank you. For a quarter of an hour you can change passkeys and password.
account-stale = Nothing was changed. First show that it is you: this page asks below if it needs to. Then try again within a quarter of an hour.
account-wrong-password = That was not your password, or it was tried too often. Sign in once more instead, or wait a quarter of an hour.
account-confirm-heading = Is it you?
account-confirm-text = Before you change a passkey or the password, show once more that it is you. That holds for a quarter of an hour.
account-confirm = That is me
account-confirm-again = Sign in once more
account-confirm-again-text = You are signed out here, and come back to this page after signing in. A link, a passkey or a password all do.
passkeys-heading = Passkeys
passkeys-text = With a passkey you sign in by finger, face or PIN. There is no mail to wait for, and a false page cannot steal it.
passkeys-kept = We keep a public key and the name you give it, not when you use it. Your device keeps your name and address. Finger and face never leave it.
passkeys-shared = Never add one on a device that others open with the same PIN, finger or face: they could sign in as you.
passkeys-none = You have no passkeys.
passkeys-remove = Remove
passkeys-name = Name, so that you know it again
passkeys-add = Add a passkey
passkeys-room = You have { $most } passkeys, and more are not kept. Remove one to add another.
passkeys-no-script = Adding a passkey needs JavaScript. Without it, sign in by a link: that always works.
passkeys-not-here = This browser cannot make passkeys. Try another browser or device, or go on signing in by a link.
passkeys-stopped = No passkey was made. Press the button to try once more, or go on signing in by a link.
passkeys-known = This device has a passkey for your account already. You can sign in with it.
passkey-added = The passkey is there. Next time you can sign in with it.
passkey-removed = The passkey is removed: nobody can sign in with it any more. Delete it on your device, too, so that it is not offered.
passkey-late = This took too long, or was done twice. If the new passkey is not in the list below, delete it on your device, then try once more.
passkey-not-made = What your device answered cannot be used here. No passkey was added; delete the one your device just made. Then try once more, or go on signing in by a link.
passkey-taken = That passkey is here already. You can sign in with it.
passkey-many = You have { $most } passkeys, and more are not kept. Remove one, delete the one your device just made, then try once more.
account-sign-out-text = Signing out keeps a check-in that was fetched for this browser: it is not tied to your sign-in.
account-recovery-heading = Find your check-in again
account-recovery-text = A check-in is kept by the browser that fetched it. If you lose that phone, or the browser forgets, the check-in is lost for that month. With a personal code or a passkey you get it back on another device. You need neither to take part.
account-recovery-nobody = The code is made and used in your browser only. Nobody here can read it, make it again, or use it to see your answers. If you lose it, make a new one. This works from the next check-in that you fetch.
account-recovery-code = Personal code
account-recovery-passkey = Passkey for your check-in
account-recovery-remove = Remove
account-recovery-remove-text = What you remove opens nothing any more. Signing out, here or everywhere, leaves these as they are: without the code or the passkey nobody can do anything with them.
account-recovery-own-device = Only make one on a device that nobody else opens with the same PIN, finger or face. What finds your check-in stays in this browser.
account-recovery-make-code = Make a personal code
account-recovery-add-passkey = Make a passkey for your check-in
account-recovery-new-code = A new code takes the place of the old one. A passkey needs a phone or computer that can keep one; the code works everywhere.
account-recovery-not-now = This could not be opened just now. Nothing was changed. Try again in a moment; after many tries, in a quarter of an hour. If that does not help, load this page again: you may have to sign in once more.
account-recovery-shared = You said that others use this browser. Please make a code on a device of your own.
account-recovery-no-script = To make a code, allow JavaScript for this page, or use another browser. Removing one works without it.
account-recovery-kept = Saved. It finds every check-in that you fetch from now on.
account-recovery-removed = Removed. It opens nothing any more.
account-recovery-failed = It was not saved. A code that was shown just now will not work: please throw that note away. A passkey that was made just now does nothing: you may delete it. Sign in again if needed, and try once more.
account-password-heading = Set a password
account-password-text = You do not need one: a link by e-mail always works. If you set one, you are signed out everywhere else; passkeys stay.
account-new-password = Password
account-password-hint = 12 to 128 characters. Three or four words in a row are easy to keep in mind. You may paste it.
account-set-password = Set this password
device-phone = { $browser } on a phone or tablet
device-computer = { $browser } on a computer
device-other = A browser

## Start page

home-hello = Hello { $name }
home-password-set = Your new password is set. You are signed out everywhere else.
home-steps-heading = Getting started
home-steps-text = Five steps until people can answer for the first time.
home-step-done = done
home-step-organisation = Name the organisation
home-step-support = Name somebody people can turn to
home-step-mail = Name the mail server, and try it out
home-step-roster = Bring in units and people
home-step-wave = Announce the first check-in
home-check-in-heading = Your check-in
home-check-in-text = Nine short statements once a month. Your name is never kept with an answer, and nobody can look up who took part. You can skip any statement.
home-check-in-looking = Looking for your check-in…
home-check-in-no-script = To protect you, your browser seals the answers before they leave it. Please allow JavaScript for this page, or use another browser.
home-your-team = Your team
home-your-teams = Your teams
home-team-results = Results
home-team-talk = Conversation guide
home-org-results = Results of the organisation
home-org-units = All units in one table
home-org-reports = Monthly reports
home-org-waves = Plan and announce check-ins
home-for-you = For you
home-reflect = Two minutes for you
home-reflect-text = Look at what drains you more. Nothing is sent or kept.
home-support-text = Who can be reached now. Nobody notes that you looked.
home-all-results = All results
home-account = Account, passkeys and password
home-sign-out = Sign out

## Support

support-title = Support now
support-heading = Get support now
support-leave = Leave this page
support-danger-heading = If you might act on thoughts of ending your life, or you are not safe right now
support-danger = Call the emergency number of the country you are in, or go to the nearest emergency department. You do not have to explain it well.
support-call = Call { $number }
support-soon-heading = Please talk to someone soon, and not on your own, if
support-soon-panic = panic keeps coming back or is getting stronger
support-soon-thoughts = you have thoughts of not wanting to be here, even quiet ones
support-soon-sleep = sleep has been badly broken for weeks
support-soon-pictures = pictures, nightmares, being on guard all the time, or feeling numb will not settle
support-common = These are common reactions to heavy work. They are reasons for help, not signs of weakness, and not something to push through alone.
support-further-heading = Further help
support-further-work = At work: the people above, supervision, the occupational health service, the works council or union.
support-further-outside = Outside work: your doctor, a counselling service, somebody you trust.
support-who-heading = Who will know?
support-who = Nobody here. This page is the same for everybody. It asks nothing, and we keep no record that you opened it.

## How answers are protected

privacy-heading = How your answers are protected
privacy-lead = Nobody can look up what you answered, or whether you did. This page says how, and where the limits are.
privacy-values-heading = The rules that hold today
privacy-value-group = Smallest group shown
privacy-value-answers = { $n ->
    [one] { $n } answer
   *[other] { $n } answers
}
privacy-value-cohort = Smallest group asked together
privacy-value-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
privacy-value-guard = A team that one or two people joined or left
privacy-value-guard-on = With fewer than 20 answers it is shown together with a neighbour that time, or not at all.
privacy-value-guard-off = It is shown as always, from coarse sums.
privacy-value-keep = How long answers are kept
privacy-value-keep-text = Sealed, until the check-in closes. Then they are added up once and destroyed.
privacy-value-viewers = Who sees results
privacy-value-viewers-text = Everybody: the organisation and the own team. Team leads: the teams they lead. HR: all units. Only figures of groups.
privacy-log-link = What was changed, and who looked at results
privacy-kept-heading = What we keep, and what we do not
privacy-kept-term = Kept until the check-in closes:
privacy-kept = your sealed answers, your team or group of teams, and which check-in it was. Nothing else.
privacy-not-kept-term = Not kept:
privacy-not-kept = your name, address, phone, place, or the time you answered. Your device’s network address reaches the server, as on any website. We do not write it down.
privacy-not-asked-term = Not even asked:
privacy-not-asked = you get nine of { $items } statements. Your browser draws which, so the server does not know. No complete score of one person exists anywhere.
privacy-ticket-heading = How double answers are stopped without knowing who you are
privacy-ticket = Your browser makes a sealed ticket. The server stamps it without seeing inside, like signing through carbon paper. It notes that you fetched one, so that it can refuse a second. When answers arrive later, it sees a good stamp, but cannot tell whose it was. So it does not know whether you went on to answer, or how.
privacy-ticket-silent = Your browser fetches the ticket by itself when you sign in, also if you never answer. Having one says nothing about you.
privacy-ticket-code = If you like, you make a personal code, and get your ticket back on another device. What this takes is sealed in your browser. The server keeps it without seeing inside, and not under your name. When the check-in has been counted, the code leads to nothing. Not even you could show then which answer was yours.
privacy-results-heading = When results appear
privacy-results = Only after the check-in has closed. Nobody sees a count, a name or a first result before that.
privacy-results-cohort = A group that is asked together has at least { $n } people. Smaller teams are joined with a neighbour.
privacy-results-group = A figure is shown only if at least { $n } people in the group answered. Nobody may be worked out by subtracting one group from another, either. Otherwise the group is shown inside a larger one, or not at all.
privacy-results-coarse = Sums are made coarse before anything is shown, and the exact ones are thrown away. Every page, file, report and mail is made from the coarse ones.
privacy-results-destroyed = At the close, single answers are opened once, added up and not written down. Then the ballot box and the keys that could open it are destroyed.
privacy-example-heading = An example
privacy-example = Elm has 9 people, Oak has 5. All of them answer. Elm could be shown: 9 is at least { $k }. Oak could not. But if North, which holds both, were shown beside Elm, anybody could subtract Elm from North and have Oak. So Elm and Oak are shown together, as one group of 14, and neither alone.
privacy-manager-heading = What your team lead sees
privacy-manager = Pooled scores of the team, with the range in which they most likely lie, and about how many took part. Never an answer, never a list, never who took part. Nobody is reminded by name.
privacy-cannot-heading = What we cannot do
privacy-cannot = Find, change or delete your answers after you sent them: we cannot tell which are yours. And if you lose the device that holds your ticket, nobody can make a second one for this check-in.
privacy-limits-heading = Where this could still go wrong
privacy-limits-operator = Whoever runs the server could change these pages, or record who connects and when. That is why the words below are the same for everybody, and why you can compare them.
privacy-limits-same = If everyone in a team answers the same, the pool says so. We make numbers coarse to blunt that.
privacy-limits-device = If your employer manages your device, they may see that you opened the check-in, and some software can see the screen. Use your own phone if you can, and answer at another time than you signed in.
privacy-words-heading = Words to compare
privacy-words = Each check-in has a published description: its key, its dates, its groups. Seven words stand for it. They are the same for everybody. If your screen shows other words than a colleague’s, do not send, and tell { $contact }.
privacy-no-wave = No check-in is announced at the moment.
privacy-description = Read the description
privacy-questions = Questions? Ask { $contact }. Asking does not show what you answered.

## The public log

log-heading = What was changed, and who looked
log-lead = Everybody may read this. Changes of the rules, and every check-in with its words, are listed here for good. Who was given a role, and when the mail server was changed, stands here for a year.
log-none = No changes since setup.
log-wave = Check-in { $month }, words: { $words }
log-wave-dates = Open from { $opens } to { $closes }. Smallest group shown: { $k }.
log-raised = The smallest group shown was raised from { $from } to { $to }
log-lowered = The smallest group shown will go down from { $from } to { $to }
log-lowered-from = It holds for check-ins that are announced from { $date } on. What is published stays as it is.
log-reason = Reason: { $reason }
log-role-gained = { $n ->
    [one] { $n } person was given a role: { $role }
   *[other] { $n } people were given a role: { $role }
}
log-role-lost = { $n ->
    [one] { $n } person no longer has a role: { $role }
   *[other] { $n } people no longer have a role: { $role }
}
log-role-by-administrator = Changed by an administrator.
log-role-by-themselves = Changed by the person concerned, for their own account.
log-role-by-program = Changed on the machine that Tideline runs on.
log-mail-server-named = A mail server was named on the page Mail
log-mail-server-forgotten = The mail server that was named on the page Mail is no longer used
log-mail-server-why = By an administrator. Mails hold links with which people sign in.
log-looked-heading = How often results were looked at
log-looked-table = Table: how often results were looked at
log-looked-text = Counts by month and role, never by name. The audit log holds more; the privacy officer keeps it.
log-looked-none = Nobody has looked at results yet.
log-role = Role
log-views = Pages opened
log-exports = Files and programs

## About

about-heading = About Tideline
about-lead = Tideline shows how work sits with teams that carry other people’s pain, and what in the work could change. It is a temperature check, not a verdict.
about-asked-heading = What is asked
about-asked = There are { $items } statements in our own words; each person gets nine of them, drawn at random. They follow three ideas from research on helping work:
about-burnout-term = Burnout strain
about-burnout = Exhaustion, distance from the work, and doubt about what it achieves, as the World Health Organization describes burn-out (ICD-11, QD85).
about-sts-term = Secondary traumatic stress
about-sts = Strain from other people’s trauma: pictures that return, being on guard, avoiding, feeling numb.
about-cs-term = Compassion satisfaction
about-cs = The good in the work: being useful, contact that warms, knowing why.
about-own-items = No statement is taken from a published questionnaire, and ours have not been validated as a test. So there are no norms and no limits: a group is compared with its own past, and with nothing else.
about-score-heading = How a score is made
about-score-points = Answers become points from 0 to 100. People get different statements, so a person’s mean is corrected for statements that everybody finds easier or harder to agree with.
about-score-groups = Means are added up for groups of at least { $k } answers. The sums are made coarse, and the exact ones are thrown away.
about-score-range = The upright line through a score is a 95 % range. It uses the same spread for every team and month, 22 points, so it tells nothing about how alike the people of a team are.
about-score-change = A change is marked when the latest three check-ins lie five points or more from up to twelve before them. Chance alone must seldom do that.
about-levers-heading = Where the levers come from
about-levers = The catalogue is in our own words. Each lever names the research behind it and how strong that is, from A (trials and reviews of them) to D (guidance and experience). You find the sources beside each lever on a team’s board.
about-licence-heading = Licence
about-licence = Tideline is free software under the Apache License, version 2.0. Questions about how it is used here? Ask { $contact }.

## Accessibility

access-heading = Accessibility
access-lead = Everybody should be able to answer and to read the results. We follow WCAG 2.2, level AA.
access-works-heading = What works
access-works-keyboard = Everything can be done by keyboard alone. You always see where you are.
access-works-small = Pages fit a small phone and large text. Buttons are at least 44 pixels high.
access-works-colour = Nothing is told by colour alone. There is a dark look, and high contrast works.
access-works-charts = Every chart has a sentence and a table that say the same.
access-works-script = Results can be read without JavaScript.
access-works-time = There is no time limit on a statement. On a shared tablet you can ask for more time.
access-limits-heading = What does not work yet
access-limit-script = Answering needs JavaScript, because your browser seals the answers. Ask for the paper version if you cannot use it.
access-limit-people = The pages have been checked by programs in every look and size. People with screen readers have not tried them all yet.
access-checked-heading = How it is checked
access-checked = Before every release, a real browser opens every page in five looks, and axe-core checks each of them. It also uses the survey by keyboard alone.
access-contact = Does something not work for you? Tell { $contact }.

## How to read the charts

reading-heading = How to read the charts
reading-lead = Two minutes. The charts show how work sits with a group over time. They say nothing about single people, and nothing about why.
reading-measures-heading = The three measures
reading-measures = Each runs from 0 to 100. A higher score of the first two is a heavier load. A higher score of the third is a stronger buffer. There is no pass mark, and scores of different measures cannot be compared with each other.
reading-example-heading = One chart, made up
reading-example-text = This team does not exist. One month is not shown, and the last months are marked; the first of them as a first sign.
reading-example-tag = Higher than usual
reading-example-sentence = Three check-ins in a row lie above the usual level. Unlikely to be chance alone. Worth a conversation.
reading-example-description = Line chart with made-up figures. Eight months move between 42 and 50. One month is not shown. Three later months lie at 61 to 63 and are marked as higher than usual.
reading-usual = usual range
reading-marks-heading = The marks
reading-dot-term = Dot
reading-dot = The score of one check-in, as published.
reading-likely-term = Upright line
reading-likely = Through a dot: where the score of all staff in that check-in most likely lies. The fewer people, the longer.
reading-area-term = Grey area
reading-area = What is usual for this group: 19 of 20 check-ins lie there while nothing changes. Its middle is dotted. Where at least five other groups are shown, it moves with the rest of the organisation.
reading-line-term = Thick line
reading-line = The level behind single check-ins.
reading-heavier-term = ochre
reading-heavier = Unlikely to be chance alone: a heavier load, or a thinner buffer. Hollow: a first sign, which has not lasted yet.
reading-lighter-term = teal
reading-lighter = Unlikely to be chance alone: a lighter load, or a stronger buffer. Hollow: a first sign, which has not lasted yet.
reading-withheld = Not shown, to protect people. It does not say how many answered, or why.
reading-change-heading = When a change is marked
reading-change = Only when the latest three check-ins together lie clearly away from what is usual. That is five points or more (three for the organisation), and more than chance would often bring. What is usual moves with the rest of the organisation, so that a winter of everybody is told once, as everybody’s. Seven check-ins are needed before anything is marked. One check-in outside the usual range is not called a change.
reading-talk-heading = Talking about it
reading-talk-start = Start with the group: “How does this fit with what you notice?”
reading-talk-ask = Ask what in the work could change. Then choose one or two levers.
reading-talk-not = Do not ask who, or guess. Do not ask why a dot moved. Do not set a target.
reading-not-heading = What these figures are not
reading-not = They are not a diagnosis and not a grade. The statements are our own and have not been validated as a test. They are for following one group over time, not for ranking groups. A change near a lever is not proof that the lever caused it.

## Results of a unit

withheld-nothing-wrong = Nothing has gone wrong, and there is nobody to chase.
withheld-instead = What you can use instead
withheld-wider = the wider unit, which includes this team
withheld-levers = changes to the work that help whatever the score
not-yet-no-wave = No check-in has been planned yet. Until then the most useful thing is the lever list.
not-yet-first = The first check-in closes on { $date }. Results appear within a day.
not-yet-then = Then this page tells on one screen what changed, which kind of strain it is, and what could come next. From the seventh check-in on, changes are marked.
panel-key-withheld = [c]: not shown, to protect people.
legend-label = Key to the charts
legend-dot = score of a check-in, 0 to 100
legend-likely = where the score of all staff most likely lies
legend-level = level behind single check-ins
legend-usual = usual range
legend-heavier = marked change: heavier load, thinner buffer
legend-lighter = marked change: lighter load, stronger buffer
legend-first = hollow: a first sign
legend-lever = a lever began
panel-show-table = Show the figures as a table
panel-table-label = { $measure }, figures
table-month = Month
table-score = Score
table-from = Likely from
table-to = to
table-level = Level
table-level-from = Level likely from
table-level-to = Level to
table-people = Based on
table-measure = Measure
table-part = Table
table-row = Row
table-figure = Figure
table-own-past = { $measure }: against its own past
table-against-organisation = { $measure }: against the organisation
team-based-on = Based on { $people }. { $part }.
team-more = Details
team-reading = How to read these charts
team-csv = CSV
team-xlsx = Spreadsheet (XLSX)
team-json = JSON
plans-heading = Levers in play
plans-none = Nothing chosen yet. One or two is a good start.
plans-no-proof = A change near a lever is not proof that the lever caused it.
plans-open = Levers of this team
plans-more = and { $n } more
team-tabs = This team
lead-label = What changed
measure-of-100 = of 100
measure-likely = most likely
measure-usually = usually
part-heading = Taking part
part-people = { $people }.
part-before = Before, of ten: { $shares }.
part-untold = not shown
trends-heading = The three trends in full
trends-what = with likely ranges and levers
figures-heading = All figures in one table
figures-what = { $n ->
    [one] one check-in
   *[other] { $n } check-ins
}
figures-caption = Score and level from 0 to 100, in brackets where each most likely lies. How many took part is told of the last check-ins.
figure-ranged = { $value } ({ $from } to { $to })
spread-what = thirds of each scale
how-heading = How to read this, and what it cannot show
how-what = one minute
next-open-guide = Open the guide
next-open-board = Open the levers
next-choose-lever = Choose a lever

## The conversation guide

talk-heading = A 15-minute conversation
talk-lead = For a team meeting. You need this page and a quiet quarter of an hour. It works with and without figures.
talk-open-heading = Open (2 minutes)
talk-open = “Once a month we can say, without names, how work sits with us. I see figures of the group, never an answer. I would like to hear what you notice, and to change one thing.”
talk-figures = Read out what the figures say, word for word:
talk-no-figures = There are no figures to read out this time. That is fine: the questions below are what matters.
talk-ask-heading = Ask (10 minutes)
talk-ask-notice = “How does this fit with what you notice in the work?”
talk-ask-notice-why = Let silence be. Thank people for what they say; do not explain it away.
talk-ask-change = “What in the work, not in us, makes it heavier or lighter?”
talk-ask-change-why = Amount, pace, rota, say, hard stories, recovery. Write down their words.
talk-ask-who = “Which one thing could we try until the check-in after next?”
talk-ask-who-why = One thing is enough. Name who looks after it and when you look again.
talk-not-heading = What not to do
talk-not-who = Do not ask who answered what, who took part, or who feels how. Do not guess.
talk-not-why = Do not ask why a dot moved. One month is weather.
talk-not-target = Do not set a target and do not compare teams.
talk-not-tips = Do not hand out tips for coping. Change the work first.
talk-close-heading = Close (3 minutes)
talk-close = Say what you will do and by when, and what you will take further up. Then put it on the lever board, so that everybody sees it.
talk-in-play = On the board at the moment:
talk-support = End with: “If work follows you home, the support page is one tap away, and nobody sees that you opened it.”

## The organisation

org-title = The organisation
org-withheld-heading = The results of the whole are not shown
org-levers-link = All levers
org-xlsx = All figures for a spreadsheet (XLSX)
org-csv = All units as CSV
org-whole-csv = The organisation over time, as CSV
org-levers-heading = Levers in all units
org-levers-lead = What units are trying, by unit. Counts of levers, never of scores.
org-levers-none = No unit has chosen a lever yet.
org-levers-nobody = nobody looks after it yet.
org-levers-owner = looked after by { $owner }.
units-title = Units, { $month }
units-title-in = { $name }, { $month }
units-headline = { $moved ->
    [0] No team has moved against its own past
    [1] One of { $teams } teams has moved against its own past
   *[other] { $moved } of { $teams } teams have moved against their own past
  }, and { $apart ->
    [0] none stands apart from the organisation.
    [1] one stands apart from the organisation.
   *[other] { $apart } stand apart from the organisation.
  }
units-headline-own = { $moved ->
    [0] No team has moved against its own past.
    [1] One of { $teams } teams has moved against its own past.
   *[other] { $moved } of { $teams } teams have moved against their own past.
  }
units-service = { $units } units, { $moved ->
    [0] no team has moved
    [1] one team has moved
   *[other] { $moved } teams have moved
  }{ $apart ->
    [0] {""}
    [1] , one stands apart
   *[other] , { $apart } stand apart
  }
units-course-key = Small lines: the last nine check-ins. Grey is what is usual for the unit itself. Look at lines side by side, but do not compare their height.
units-lead = In the order of the organisation, never by score. Differences between units are often chance.
units-pools-note = A team that is shown together with a neighbour elsewhere is not in the figures of the unit above it.
units-table-label = Table of units
units-unit = Unit
units-took-part = Took part
units-together = shown as { $units }
units-pools = Shown together
units-short-burnout = Burnout
units-short-sts = Sec. stress
units-short-cs = Satisf.
reports-heading = Monthly reports
reports-lead = Each report holds the figures as they were published with that check-in; those never change. The levers are as they stand today.
reports-next = The next report goes out within a day after { $date }.
reports-next-none = No check-in is planned, so no report is due.
reports-none = There is no report yet. The first one appears when the first check-in has closed.
reports-open = Open
reports-closed = Last day: { $date }.
reports-mails-sent = { $n ->
    [0] Not mailed to anybody.
    [one] Mailed to { $n } person.
   *[other] Mailed to { $n } people.
}
reports-mails-waiting = { $n ->
    [one] { $n } mail is still on its way.
   *[other] { $n } mails are still on their way.
}
reports-mails-failed = { $n ->
    [one] { $n } mail could not be sent. You can open the report here.
   *[other] { $n } mails could not be sent. You can open the report here.
}
reports-recipients = Who gets it
reports-recipients-text = Everybody with the role HR. Roles come with the roster.
cells-heading = Published figures, to be checked
cells-text = Everything that is published of a check-in, as a file for programs that try to work out single answers from it. In place of answers it holds stand-ins: nobody has the answers. The privacy handbook says how to check with it, under “Attack it yourself”.
report-title = Report, { $month }
report-closed = The last day of this check-in was { $date }.
report-pdf = The report as a PDF

## What everybody may see

results-heading = Results
results-lead = What everybody here may see: your own team, the whole organisation, and what was changed because of the answers.
results-own = Your team: { $name }, { $month }
results-everybody = Everybody: { $name }, { $month }
results-figures = Scores, trends and how many took part
results-changed-heading = What was changed because of it
results-changed-none = Nothing is being tried just now. Your team lead can choose a change to the work at any time. Ask about it: the answers are there for that.
changed-since = Since { $day }
changed-hoped = Meant to move: { $what }

## Check-ins

waves-lead = Everybody may answer, and everybody gets the same invitation. Nobody sees how many have answered.
waves-none = No check-in has been announced yet.
waves-announced = The check-in is announced. It is taken up within a minute.
waves-dates = Open from { $opens } to { $closes }
waves-state-announced = Announced
waves-state-pickup = Being fetched by browsers
waves-state-open = Open until { $date }
waves-state-closed = Being added up
waves-state-released = Results are out
waves-plan-heading = Announce a check-in
waves-plan-text = The roster is frozen and keys are made at this moment. A check-in that is announced cannot be changed.
waves-opens = First day
waves-closes = Last day
waves-closes-hint = It closes at the end of this day, by your organisation’s clock. One to two weeks works well.
waves-announce = Announce it
waves-blocked = Before a check-in can be announced:
waves-blocked-support = name a crisis or support contact
waves-blocked-roster = bring in units and people
waves-problem-order = The last day must not be before the first day, and it must lie in the future.
waves-problem-later = It must close after every check-in that was announced before.
waves-problem-asked = This cannot be asked. Texts of a published questionnaire are added with `tideline instrument add` first.
waves-asks = What is asked
waves-asks-hint = The pulse, or a published questionnaire whose texts your organisation has added. It is frozen when the check-in is announced.
waves-problem-full = There are nine check-ins of that month already.
waves-problem-elsewhere = Check-ins are announced on another machine of this installation. Use `tideline wave open` there.
waves-problem-support = A check-in needs a crisis or support contact first.
waves-problem-roster = Bring in units and people first.
waves-problem-failed = The check-in could not be announced. Nothing was changed. The log of the server says why.
waves-invite-heading = Invitation, the same for everybody
waves-invite-text = Send this to all, and once more halfway. Never to those alone who have not answered: nobody knows who that is.
waves-invite = A check-in is open until { $date }. It takes about a minute and a half. Nobody sees your answers, only those of a whole group together: { $link }. If you have answered already, thank you: there is nothing to do.
waves-invite-before = A check-in is open from { $first } to { $date }. It takes about a minute and a half. Nobody sees your answers, only those of a whole group together: { $link }
waves-planned-heading = By the calendar
waves-planned-text = These check-ins announce themselves.
waves-planned-report = Report: { $date }

## Administration

admin-units-lead = The tree of units as it stands today, with how many people belong to each.
admin-units-none = There are no units yet. They come with the roster.
admin-units-people = People
admin-units-managers = Team lead
admin-units-shown = In the latest results
admin-units-shown-alone = shown
admin-units-shown-together = shown together with a neighbour
admin-units-shown-not = [c]
admin-units-shown-none = not in them
admin-units-key = [c]: not shown, to protect people. People counts who belongs to the unit itself, not who answered.
admin-units-change-heading = Change the tree
admin-units-change = Units are added, moved, merged and renamed by the roster. Before anything changes you see what would, and how many units would still be shown alone. A unit that changes much begins a new course over time.
admin-people-lead = Who may answer and who may see what. This list never shows who took part.
admin-people-import-heading = Bring in the roster
admin-people-import-text = A workbook (XLSX, ODS) or a CSV file of any spreadsheet, with columns such as these. Roles: staff, manager, hr, admin, privacy; several with a semicolon.
admin-people-example = Example of a roster file
admin-people-import-whole = The file is the whole truth: who is not in it has left and can no longer sign in. You see every change before it happens.
admin-people-file = Roster file
admin-people-file-hint = XLSX, ODS or CSV, up to 8 MB. You are told what was found in it before anything changes.
admin-people-preview = Show what would change
admin-people-download = Download today’s roster
admin-people-imported = The roster is in.
admin-people-not-imported = Nothing was changed.
admin-people-list = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
admin-people-search = Name, address or unit
admin-people-search-button = Search
admin-people-none = Nobody found.
admin-people-more = { $shown } of { $found } are shown. Search for the others.
admin-people-never = Tideline cannot tell who answered, and reminders go to everybody.
import-heading = What would change
import-lead = Nothing has been changed yet. Read the list, then confirm.
import-nothing = The file says what is there already. Nothing would change.
import-leaving = { $n ->
    [one] { $n } person is not in the file and could no longer sign in.
   *[other] { $n } people are not in the file and could no longer sign in.
}
import-button = Do this
import-cancel = Do nothing
import-units = Units
import-people = People
import-roles = Roles
import-added = { $name }: new
import-removed = { $name }: gone
import-left = { $name }: has left
import-renamed = { $from } is now called { $to }
import-moved = { $name } moves from { $from } to { $to }
import-gained = { $name } becomes: { $role }
import-lost = { $name } is no longer: { $role }
import-top = the top
import-problem-changed = Something changed in the meantime. This is what the file would do now.
import-problem-line = Row { $line }: { $why }
import-problem-cell = Row { $line }, column { $column }: { $why }
import-detected = The file: { $what }, { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
} below the headings.
detected-comma = commas
detected-semicolon = semicolons
detected-tab = tabs
detected-bar = vertical bars
detected-text = { $separator }, { $encoding }
detected-xlsx = XLSX workbook, sheet “{ $sheet }”
detected-ods = ODS workbook, sheet “{ $sheet }”
detected-one-of = { $what } of { $sheets } sheets
import-notes = Please look at these
import-notes-text = They do not stop the file. Each is told with its row and column.
import-more = { $n ->
    [one] … and one more
   *[other] … and { $n } more
}
import-headings-heading = What the columns mean
import-headings-text = Some headings of the file are not known yet. Say what each column is. Nothing has been changed. What you choose is kept for the next file.
import-headings-example = First entry: { $text }
import-headings-choose = Please choose
import-headings-button = Read the file with these columns
column-unit = Unit or team
column-parent = The unit above
column-name = Full name
column-given_name = First name
column-family_name = Last name
column-email = E-mail address
column-role = Role
column-ignore = Leave this column out
import-risk-share = { $n } of { $all } people are not in the file. That is more than one in ten. Is the file whole?
import-risk-admin = After this, nobody is an administrator. Then nobody could change it back on these pages.
import-risk-confirm = I have read who would leave. The file is right.
import-risk-unconfirmed = Tick the box below if the file is right. Otherwise nothing changes.
import-risk-command = Say --force if the file is right.
import-risk-api = Ask again with force=true if the file is right.
effect-heading = Effect with today’s structure
effect-text = An estimate from the number of people in each unit and from how many took part last. No answer is used for it.
effect-what = Units
effect-shown = shown alone
effect-together = shown together with a neighbour
effect-hidden = shown only inside a larger unit
effect-now = today, { $n }
effect-then = with { $n }
effect-now-then = { $now } now, { $then } then
admin-privacy-heading = Privacy settings
admin-privacy-lead = How large a group must be before it is shown. Every change is on the public log, with its reason.
admin-privacy-later = Will change
admin-privacy-later-text = to { $n } answers, for check-ins announced from { $date } on
admin-privacy-saved = The change is on the public log.
admin-privacy-change-heading = Change the smallest group
admin-privacy-change-text = It may go up at any time and holds from the next results on. It goes down only for check-ins that are announced a week after the change was made public. What is published never changes.
admin-privacy-try = Try a number
admin-privacy-try-hint = { $floor } is the least that is possible.
admin-privacy-preview = Show the effect
admin-privacy-smallest = Smallest group, in answers
admin-privacy-reason = Reason
admin-privacy-reason-hint = Everybody can read it. Do not name anyone.
admin-privacy-save = Change it
admin-privacy-officer-only = The privacy officer can change this.
admin-privacy-problem-floor = The smallest group needs at least { $floor } answers and at most 100.
admin-privacy-problem-reason = Say why, in 1 to 200 characters, none of them invisible.
admin-privacy-problem-same = That is the number that holds already.
admin-support-heading = Crisis and support contacts
admin-support-lead = Shown to everybody on “Support now”, the most urgent first. A check-in needs at least one.
admin-support-stale = Nobody has made sure for 90 days that these work. Please dial each number, then save.
admin-support-contact = Contact { $n }
admin-support-checked = Last checked on { $date }
admin-support-title = What it is
admin-support-phone = Telephone number
admin-support-link = Web or mail address
admin-support-note = When it answers, what to expect
admin-support-empty = Leave all fields of a contact empty to remove it.
admin-support-dialled = I have dialled every number, and each one works.
admin-support-preview = Look at the page
admin-support-problem-way = A contact needs a telephone number or an address.
admin-support-problem-title = Say what the contact is, in up to 120 characters that can be seen.
admin-support-problem-link = An address begins with https: or mailto:.
admin-support-problem-note = A note takes up to 300 characters, none of them invisible.
admin-support-problem-phone = A telephone number has digits, spaces and + ( ) - / only.
admin-support-problem-many = Eight contacts for one country are the most; more would bury the first.
admin-mail-heading = Mail
admin-mail-lead = Sign-in links, invitations and monthly reports: how they go out, and whether they do.
admin-mail-from = Sender
admin-mail-route = Sent
admin-mail-route-server = by the mail server { $server }
admin-mail-route-folder = into a folder on the server; no mail leaves the house
admin-mail-recipients = Monthly report goes to
admin-mail-nobody = nobody: no one has the role HR
admin-mail-test = Send a test mail
admin-mail-test-text = The test goes to { $email }. It holds no figures, and says so.
admin-mail-test-sent = The test mail is on its way to { $email }.
admin-mail-test-failed = The test mail was not sent
admin-mail-server-heading = Mail server
admin-mail-server-text = A test mail goes to { $email } first. The server is taken up only if it takes that mail; until then nothing changes.
admin-mail-server-saved = The mail server has taken a test mail to { $email }. All mails go out by it from now on.
admin-mail-server-refused = The mail server was not taken up
admin-mail-server-host = Name of the server
admin-mail-server-security = How the connection is protected
mail-server-tls = TLS from the beginning (usually port 465)
mail-server-starttls = STARTTLS (usually port 587)
mail-server-none = Not protected: anybody on the way can read mails and links to sign in. Only within your own house (port 25)
admin-mail-server-port = Port, if it is not the usual one
admin-mail-server-user = User name, if the server asks for one
admin-mail-server-password = Password
admin-mail-server-from = Sender
admin-mail-server-reply = Replies go to, if not to the sender
admin-mail-server-hint = A sender looks like Wellbeing <wellbeing@example.org>. The password is kept sealed: a backup of the database alone does not give it away, and no page shows it again. For a certificate of your own authority, use the settings file; what it says comes first.
admin-mail-server-try = Send a test mail and take it up
admin-mail-server-forget = No longer use this server
admin-mail-server-forget-text = Without a server mails are written into the folder on this machine. Those that wait count as sent then.
admin-mail-server-forgotten = The server is no longer used. Mails are written into the folder on this machine.
admin-mail-server-lost = The mail server that was named cannot be used: its password was sealed with another key file. Name it again; until then mails wait.
mail-server-problem-host = The name of a mail server looks like mail.example.org.
mail-server-problem-port = A port is a number from 1 to 65535.
mail-server-problem-user = User name and password belong together: give both or neither.
mail-server-problem-clear = A password is sent over a protected connection only: choose TLS or STARTTLS.
mail-server-problem-address = An address looks like Wellbeing <wellbeing@example.org>; a name with a comma or brackets stands in quotation marks.
admin-mail-sent-heading = Monthly reports by mail
admin-mail-sent-table = Table: mails with reports
admin-mail-none = No report has been mailed yet.
admin-mail-to = To
admin-mail-state = State
mail-state-queued = waiting
mail-state-queued-again = waiting; attempt { $n } failed
mail-state-sent = sent on { $date }
mail-state-failed = given up after { $n } attempts
admin-audit-heading = Audit log
admin-audit-lead = Who looked at results or took them away, with which role; who was given a role, by whom; who changed settings. It names pages, never scores, and cannot be edited.
admin-audit-whole = { $n ->
    [one] The log is whole: { $n } entry, each bound to the one before it.
   *[other] The log is whole: { $n } entries, each bound to the one before it.
}
admin-audit-checked = { $n ->
    [one] On { $date } at { $time } UTC the one entry was checked.
   *[other] On { $date } at { $time } UTC all { $n } entries were checked, one by one.
} What came later was checked just now. All are checked once a day and at each start.
admin-audit-newest = Newest hash:
admin-audit-broken = Entry { $n } was changed, removed or slipped in. Keep a copy of the database and call somebody you trust.
admin-audit-everybody = Everybody
admin-audit-from = From
admin-audit-to = To
admin-audit-filter = Show
admin-audit-export = Download, signed
admin-audit-none = No entries.
admin-audit-number = No.
admin-audit-when = When (UTC)
admin-audit-who = Who
admin-audit-what = What
admin-audit-gone = somebody who has left
admin-audit-older = Older entries
audit-results-view = looked at results: { $subject }
audit-results-export = took results away as a file: { $subject }
audit-results-read = read results by a program: { $subject }
audit-settings-privacy = changed the smallest group: { $subject }
audit-mail-server-named = named a mail server
audit-mail-server-tried = tried a mail server, which did not take the test mail
audit-mail-server-forgotten = stopped using the mail server
audit-settings-support = changed the support contacts
audit-roster-import = brought in a roster: { $subject }
audit-wave-announce = announced a check-in: { $subject }
audit-log-export = downloaded the audit log
audit-setup = set up the installation
audit-passkey-add = added a passkey to their own account
audit-passkey-remove = removed a passkey from their own account
audit-other = { $action }: { $subject }
audit-subject-organisation = the organisation
audit-subject-everybody = what everybody may see
audit-subject-unit-gone = a unit that is gone
audit-subject-wave = check-in { $n }
audit-subject-report = report { $n }
audit-subject-cells = the published cells of check-in { $n }
audit-role-gained = gave { $person } a role: { $role }
audit-role-gained-own = gave themselves a role: { $role } ({ $person })
audit-role-lost = took a role from { $person }: { $role }
audit-role-lost-own = gave up a role of their own: { $role } ({ $person })
audit-wave-close = closed a check-in: { $subject }
audit-wave-abandon = ended a check-in without a release: { $subject }
audit-wave-leftovers = destroyed keys and boxes that had been moved aside
audit-installation-adopt = made the data folder that of this database
audit-backup-make = made a backup
audit-backup-restore = restored a backup
audit-database-move = moved everything to another database
audit-wave-addresses = listed the addresses of a check-in’s roster: { $subject }
audit-paper-print = printed paper cards: { $subject }
audit-instrument-texts = added the texts of a questionnaire: { $subject }
audit-instrument-scores = imported scores that were asked elsewhere: { $subject }
audit-mail-retry = had waiting mails tried again
admin-health-heading = Health
health-all-good = Everything is working.
health-some = { $n ->
    [one] { $n } thing needs a look.
   *[other] { $n } things need a look.
}
health-working = Working
health-look = Needs a look
health-database = Database
health-database-good = answers, and its settings keep nothing they should not
health-database-bad = { $setting } is { $value }: the database keeps more than it should. See the guide for operators.
health-audit = Audit log
health-audit-good = whole
health-waves = Check-ins
health-waves-good = closed and added up in time
health-waves-late = { $label } is over, but has no results yet
health-waves-lost = { $label } is over, and its keys or its box are damaged or gone. Whoever runs the program can end it without results; the guide for operators says how. Later check-ins go on
health-calendar = Calendar of check-ins
health-calendar-good = no check-in was left out
health-calendar-bad = the check-in that opens on { $day } could not be announced: { $reason }
health-live = Sealed box
health-live-good = takes ballots
health-live-none = no check-in is open
health-live-missing = { $label } is open, but this program cannot take its ballots: its keys or its box are missing
health-mail = Mail
health-mail-lost = the mail server that was named must be named again: its password was sealed with another key file
health-mail-good = nothing is waiting
health-mail-waiting = { $n ->
    [one] { $n } mail could not be sent yet and is tried again
   *[other] { $n } mails could not be sent yet and are tried again
}
health-mail-failed = { $n ->
    [one] { $n } mail was given up
   *[other] { $n } mails were given up
}
health-mail-last = The last mail was sent on { $date }.
health-mail-never = None has been sent yet.
mail-tried-again = It is tried again on { $date } at { $time }.
health-mail-folder = mails are written into a folder; none leaves this machine
health-support = Support contacts
health-support-good = there, and checked within 90 days
health-support-none = nobody is named to turn to
health-support-stale = not checked for 90 days
health-tls = Encryption
health-tls-good = pages are served over https
health-tls-bad = pages are served without encryption. That is for trying out on one machine only.
health-clock = Clock
health-clock-text = { $date }, { $time } UTC. Compare it with your watch.
health-version = Version { $version }.
health-backups = Backups are made by a command on the machine. The guide for operators says how, and what is never in one.

## Setup

setup-heading = Set up Tideline
setup-lead = Five minutes until people can answer. Everything can be changed later.
setup-code-heading = Is it you?
setup-code = Setup code
setup-code-hint = The program printed it when it started. It works until somebody has signed in.
setup-organisation-heading = Your organisation
setup-organisation = Name of the organisation
setup-admin-heading = The first administrator
setup-admin-text = That is you. You bring in people and announce check-ins. You never see more results than anybody else.
setup-name = Your name
setup-support-heading = Who people can turn to
setup-support-text = Every page has a way to support. No check-in can be announced without a contact. You can name more later.
setup-button = Set it up
setup-problem-code = That is not the setup code the program printed.

## What chat rooms are told

hook-wave-opened = A check-in is open until { $date }. It takes about a minute and a half, and nobody sees your answers. If you have answered already, thank you.
hook-results-published = The results of the last check-in are out, and what was changed because of them.
hook-report-sent = The monthly wellbeing report was sent to HR.

## Drawings beside the trends

part-sentence = How many of those who were asked took part, in each of the last check-ins. There is no target.
spread-heading = How answers are spread
spread-text = Thirds of each scale: lower, middle, higher. They are no grades.
spread-title = { $measure }: spread
spread-band = Part of the scale
spread-share = Share
in-ten = { $n ->
    [0] fewer than 1 in 10
   *[other] about { $n } in 10
}
units-heat-none = No unit stands apart from the organisation this month by more than chance would bring.
units-heat-untested = With fewer than eight teams shown, whether one stands apart from the organisation is not tested.
drivers-sentence = Scores from 0 to 100; further right is better for the work. In a fixed order, not ranked. Shown for groups of thirty and more only.
drivers-part = Part of the work
units-heat-key = A tinted cell stands apart from the organisation by more than chance would often bring, many units taken into account. Plain: about the same as the organisation.
units-heavier = heavier than the organisation
units-lighter = lighter than the organisation
units-mark-key = ▲ and ▼ mark a score that is higher or lower than is usual for this unit. Hollow ones, △ and ▽, mark a first sign that has yet to last.
moved-changes = Changes
moved-change = Change
moved-says = What it says

## What the start page's script says

check-in-lookup-failed = Your check-in could not be looked up just now. Nothing is lost. Press the button in a moment. If that does not help, load this page again: you may have to sign in once more.
check-in-none = There is no check-in for you at the moment. If you joined after it was announced, the next one is yours. There is nothing to do.
pick-up-text = Your check-in is fetched. This takes a moment.
pick-up-no-script = This step needs JavaScript. Please allow it for this page, or use another browser.
check-in-getting = Getting your check-in ready…
check-in-where = Will you answer on this device?
check-in-where-text = Your check-in can be answered in one place: in the browser that fetches it. Choose your own phone or computer if you can, and an ordinary window: a private window forgets everything when it is closed.
check-in-where-here = Yes, on this device
check-in-where-elsewhere = No, on another device
check-in-where-others = Others use this one too
check-in-change = Answer somewhere else
check-in-here-after-all = Answer on this device after all
check-in-other-device = You chose to answer on another device. Open the same address there and sign in; then your check-in is fetched there. Nothing was fetched here.
check-in-app = This page is open inside another app, not in your browser.
check-in-app-text = What is fetched here is lost when the app closes its window. Copy the address, open it in your own browser (Safari, Chrome, Firefox or Edge), and sign in there.
check-in-app-address = Address for your browser
check-in-app-copy = Copy the address
check-in-app-copied = Copied
check-in-app-anyway = Answer here and now all the same
check-in-now = Please answer now, in this visit: this browser may have forgotten it by the next one. If you have already sent it, thank you, and there is nothing to do.
check-in-keeps-long = This browser keeps it until you answer. Deleting the browser’s data deletes it, too.
check-in-keeps-days = This browser keeps it for a week. Please answer within the next days, and do not delete the browser’s data before. In a private window, answer now.
check-in-keeps-unknown = This browser keeps it. Please do not delete the browser’s data before you answer. In a private window, answer now.
check-in-keeps-visit = This window forgets everything when it is closed: it is a private one, or belongs to another app.
check-in-keeps-shared = Others use this browser, too. Signing out leaves your check-in in it, but it opens only for you, after you have signed in, and goes when the check-in is over. Nothing in it says who you are.
check-in-opens = The check-in opens on { $moment }.
check-in-later = Come back then: it is fetched in the same visit. This browser is not known yet to keep things for so long, so nothing is fetched before, and nothing can get lost.
check-in-later-days = Come back then: it is fetched in the same visit. This browser deletes after a week what it keeps, so nothing is fetched before, and nothing can get lost.
check-in-later-shared = Come back then: others use this browser, so your check-in is fetched in the visit in which you answer, and not before.
check-in-elsewhere-device = Your check-in was fetched by { $device } and is kept there. Please answer there.
check-in-elsewhere-move = To answer on a shared tablet: open the check-in where it is kept, choose “Answer on another device”, and show the code to the tablet.
check-in-paper = You were given a paper card for this check-in. Please answer with the code on it. If it is lost, ask whoever gave it to you.
check-in-paper-go = Answer with the card
check-in-code = I have a code or a passkey
check-in-code-text = With your personal code or your passkey you can get it back here. If you have neither any more, make a new code on your account page: it finds the next one.
check-in-code-first = If this device might get lost or forget, make a personal code first. Then you can get your check-in back on another one. You do not have to.
check-in-code-first-go = What a personal code is
check-in-unmatched = This browser has what finds your check-ins again, but this one was fetched without it. It finds the next one.
check-in-locked = You have made a personal code or a passkey, and this browser does not have it yet.
check-in-locked-text = Give it once, and your check-in can be found again if this device gets lost. Or go on without: then this one stays on this device.
check-in-locked-without = Go on without it
check-in-sign-in = Sign in
check-in-go = Go to the check-in
check-in-fresh = It was picked up just now. Answering now is fine. Later today, tomorrow or on the shared tablet, not even the clock could tell who answered.
check-in-sent = If you have already sent it, thank you, and there is nothing to do.
check-in-ready = Your check-in is ready.
check-in-elsewhere = Your check-in was fetched on another device or in another browser and is kept there. Please answer there.
check-in-lost = If it is lost there, only a personal code or passkey that it was fetched with brings it back, on your own device. Without one, this check-in cannot be answered any more: to protect you nobody can make a second one. The next check-in will be yours again, and support is open to you at any time.
check-in-closed = This check-in has closed. There is nothing to do.
check-in-signed-out = Your sign-in has run out. Sign in once more.
check-in-not-ready = Your check-in could not be made ready just now. Nothing is lost. Try again in a moment. If it stays like this, try in another network, or tell the contact named on the page “How your answers are protected”.
check-in-unsafe = Your check-in was not made ready, to protect you: what the server showed this browser does not match what is published for everybody.
check-in-show-this = Nothing was sent. Please show this message to the contact named on the page about how answers are protected.
check-in-again = Try again
check-in-storage = This browser does not let the check-in keep anything, so it cannot be made ready. A private window or a strict setting can be the reason. Please use an ordinary window or another browser.

look-heading = Worth a conversation
look-text = Heavier than is usual for them, for two check-ins or more, by more than chance would often bring. No ranking; about one in ten may be chance.
look-none = No team stands out as heavier by more than chance would often bring, for two check-ins or more.
look-untested = Not tested yet: no team has enough check-ins for what is usual to be known.
look-team = Team
look-watching = Worth watching:
look-lighter = Perhaps lighter, or a stronger buffer:
strip-buffer = A thinner buffer
reviews-heading = Overdue reviews
reviews-none = No review of a lever is overdue.
review-due = was planned for { $day }
whole-heading = The organisation as a whole
next-open-lever = Open this lever
next-see-teams = See the teams
nav-compare = Side by side
compare-title = Teams side by side, { $month }
compare-lead = For one question only: is a team’s level unusual among all teams? For whether it has changed, look at its own page.
compare-drawn = Each value is drawn towards the mean of all teams, the more the fewer people it rests on (empirical Bayes). So a small team with a chance month does not stand out. In the order of the organisation; there is no ranking, and none should be made of it.
compare-own = A comparison needs eight teams or more, and here there are { $teams }. So each stands with its own value. In the order of the organisation; there is no ranking, and none should be made of it.
compare-none = No team is shown this month, to protect people.
compare-table = Value and likely range, 0 to 100
compare-team = Team
compare-alt = { $measure }: each team’s value and likely range, in the order of the organisation. The figures stand in the table below.
compare-many = With so many teams there is a table and no drawing.

support-everywhere = Everywhere
admin-support-country = Country, two letters
admin-support-country-hint = Two letters such as AT, or nothing for everybody. People see the contacts of their own country first. A check-in needs a contact for everybody, or one for each country below.
admin-support-lacking = There is no contact for everybody, and units without a country have nobody to turn to. No check-in can be announced until they have.
admin-support-lacking-in = Nobody is named for { $countries }. No check-in can be announced until somebody is.
admin-support-problem-country = A country is two letters, such as AT.
admin-support-problem-unit = There is no such unit.
admin-countries-heading = Where units work
admin-countries-text = A unit without a country is where the unit above it is.

# Countries, by their code.
country-AD = Andorra
country-AL = Albania
country-AT = Austria
country-AU = Australia
country-BA = Bosnia and Herzegovina
country-BE = Belgium
country-BG = Bulgaria
country-BR = Brazil
country-CA = Canada
country-CH = Switzerland
country-CY = Cyprus
country-CZ = Czechia
country-DE = Germany
country-DK = Denmark
country-EE = Estonia
country-ES = Spain
country-FI = Finland
country-FR = France
country-GB = United Kingdom
country-GR = Greece
country-HR = Croatia
country-HU = Hungary
country-IE = Ireland
country-IL = Israel
country-IN = India
country-IS = Iceland
country-IT = Italy
country-JP = Japan
country-LI = Liechtenstein
country-LT = Lithuania
country-LU = Luxembourg
country-LV = Latvia
country-MC = Monaco
country-MD = Moldova
country-ME = Montenegro
country-MK = North Macedonia
country-MT = Malta
country-MX = Mexico
country-NL = Netherlands
country-NO = Norway
country-NZ = New Zealand
country-PL = Poland
country-PT = Portugal
country-RO = Romania
country-RS = Serbia
country-SE = Sweden
country-SI = Slovenia
country-SK = Slovakia
country-TR = Türkiye
country-UA = Ukraine
country-US = United States
country-ZA = South Africa
imported-heading = { $name }, imported
imported-text = These scores of whole teams were asked elsewhere and imported; { $range }. They are coarsened like everything here, no team has fewer people than the smallest group, and they are compared with nothing that was asked here.

## What can be wrong with a file

table-not-utf8 = the file is not UTF-8; save it as CSV in UTF-8
table-unreadable = this row cannot be read
table-column-unknown = this column is not known; known are { $known }
table-column-twice = this column occurs twice
table-column-missing = this column is missing
table-width = { $cells } cells below { $columns } columns
table-empty = there are no rows
roster-said = “{ $text }” says nothing about a heading; write HEADING=MEANING; meanings are unit, parent, name, given_name, family_name, email, role and ignore
roster-file-empty = there is nothing in the file
roster-file-too-much = the file is too large, or holds more cells than a roster of 400,000 people needs
roster-file-old-workbook = this is a workbook of before 2007, or one with a password; save it as XLSX without one
roster-file-web-page = this is a web page or XML, whatever it is called; save it as XLSX or CSV
roster-file-no-table = this is neither CSV nor a workbook (XLSX, ODS)
roster-file-broken-workbook = this workbook cannot be read; open it, save it anew, and try again
roster-file-utf-32 = the file is in UTF-32; save it as CSV in UTF-8
roster-file-broken-utf-16 = the file is in UTF-16 and was cut or mixed; save it as CSV in UTF-8
roster-two-encodings = this row is in Windows-1252 and row { $row } in UTF-8: save both files anew in UTF-8 before you join them
roster-other-encoding = the file is in another encoding than UTF-8, UTF-16 or Windows-1252: a word would read “{ $word }”; save it in UTF-8
roster-lost = letters were lost before: � stands in their place; save the file anew where they are whole
roster-wrongly-read = “{ $text }” looks like letters that were read wrongly once; is that the name?
roster-open-quote = a quotation mark opens here and never closes
roster-quote-inside = quotation marks must be the first and the last sign of a cell; write a quotation mark within quotes twice
roster-headings-unknown = { $n ->
    [one] this heading is not known: { $headings }; say what it is; there are { $known }
   *[other] these headings are not known: { $headings }; say what they are; there are { $known }
}
roster-heading-twice = this heading means { $column }, as “{ $first }” does; say which of them counts
roster-heading-missing = no heading means { $column }
roster-without-parent = no column says which unit is above another; only one unit fits in such a file
roster-without-role = no column has roles; nobody in the file will have one
roster-heading-said = as somebody said, now or with an earlier file, this heading means { $column }
roster-heading-left-out = as somebody said, now or with an earlier file, this column is left out
roster-headings-again = the headings stand here again; the row is passed over
roster-other-headings = here stand other headings than above; join only files with the same columns
roster-rows-above = { $n ->
    [one] one row above the headings is passed over
   *[other] { $n } rows above the headings are passed over
}
roster-short = { $cells } cells below { $columns } columns; the others count as empty; was the file cut?
roster-date = a date stands here; spreadsheets make dates of names such as 3-4; make the cell text
roster-failed = a formula failed here; write the text itself
roster-break-in-cell = a cell of this row holds a line break or a tab; take it out
roster-truth = true or false stands here; make the cell text
roster-odd-number = this number is too long to be kept as it was typed; make the cell text
roster-number = a number stands here and is read as { $text }; zeros before it are shown but not kept; make the cell text if there are any
roster-look-alike = “{ $name }” looks like “{ $other }” in row { $row }; if they are one team, write one name
roster-address-local = only a to z, digits and some signs may stand before the @; other letters reach few mail servers
roster-address-domain = the part behind the @ is no name of a mail server
roster-name = a name needs 1 to 120 characters, and something to see among them
roster-name-unseen = the name holds { $code }, a character that nobody sees or that turns the text around; type the name anew
roster-address = this is not an e-mail address; it should look like name@example.org
roster-elsewhere = row { $line } puts “{ $unit }” below “{ $above }”; if they are two teams, give one another name, such as “{ $proposal }”
roster-elsewhere-top = row { $line } puts “{ $unit }” at the top; if they are two teams, give one another name, such as “{ $proposal }”
roster-role = “{ $code }” is no role; use staff, manager, hr, admin or privacy, several with ;
roster-same-address = row { $line } has the same address; a person belongs to one unit
roster-two-tops = “{ $unit }” stands at the top like “{ $first }”; only one unit may
roster-no-parent = no row has “{ $unit }” as its unit
roster-below-itself = “{ $unit }” lies below itself
roster-no-top = one unit must have no parent: the organisation
import-two-parents = Unit “{ $unit }” is below “{ $first }” in one row and below “{ $second }” in another.
import-two-units = A person of unit “{ $first }” is also in unit “{ $second }” (rows { $one } and { $other }). A person belongs to one unit.
import-too-early = The roster was changed on { $day }. A roster of an earlier day cannot be brought in any more.
import-no-parent = The unit above “{ $unit }” does not exist.
import-twice = Unit “{ $unit }” occurs twice.

## The organisation’s own settings

organisation-heading = Organisation
organisation-name-hint = Its name on reports and mails. The unit at the top of the tree keeps the name it has in the roster.
organisation-zone = Time zone
organisation-zone-hint = By whose clock the days of check-ins begin and end.
organisation-zone-choose = Choose one
organisation-problem-zone = Choose a time zone like Europe/Berlin.
audit-settings-organisation = changed the organisation’s name or time zone
above-label = You are here

## What is known about somebody, for that person.

known-title = What is known about me
known-lead = This is what the program keeps under your name. Your answers are not here, and nowhere under your name: nobody can look them up.
known-download = The same as a file (JSON)
known-name = Name
known-units = Team, and those before
known-from = from { $from } on
known-from-to = { $from } to { $to }
known-password = Password
known-password-yes = kept as a hash, from which it cannot be read
known-no = nothing kept
known-passkeys = Passkeys
known-providers = Signs in at
known-sessions = Signed in
known-links = Sign-in links that still work
known-choices = What you chose about mails
known-mails = Mails to you
known-mails-none = No mail to you is kept.
known-mail-failed = could not be sent
known-mail-sent = sent on { $date }
known-asked = Check-ins for which your group is noted
known-asked-text = { $waves }. In which group you were asked is kept until the second release after that.
known-boards = Changes you made on boards
known-audit = Entries in the audit log that name you
known-audit-text = { $n }. They stay, so that nobody can change the log later. Some check-ins after you have left your name goes, and they keep a number only.
known-under-key = Some things are kept under a name that only a key of the program gives. They are what your browser fetched for the check-in that is open, and sealed copies with which you find it again. The administrator cannot look them up under your name. With each passkey a counter is kept, which shows a copy. If you sign in through a provider and leave, a hash of your name there stays beside that number. So nobody can take your place.
known-wrong = Is something wrong? Write to an administrator, who can correct it:
known-correct-subject = Please correct what Tideline keeps about me
known-nobody = No administrator is named. Ask { $contact }.

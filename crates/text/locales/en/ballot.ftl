# The ballot side, and what is said about it.

operator-heading = What whoever runs the server can still do
operator-lead = A promise is worth what its limits say. While a check-in runs, somebody in full control of the server can still:
operator-pickup = see who fetched a ticket, which is mostly who means to answer, never what;
operator-drop = drop or delay answers: whoever is refused sees it, and a list of what was counted is published;
operator-stuff = make tickets and add answers of people who did not answer: the published numbers of people, tickets and answers must add up;
operator-key = keep a copy of the key that opens answers, and read answers without names;
operator-link = record connections, and link those who fetch a ticket and answer in one sitting. So browsers that keep things fetch it days ahead, and answering later or on the shared tablet is better still;
operator-single = hand out a single ticket, so that one answer stands among known ones. Too few answers are never opened, and the closing date is fixed in advance, but only a key in other hands would prevent it;
operator-script = send another page to one person. What everybody gets is published as a number that anybody can compare;
operator-delete = say that something is deleted that is not;
operator-roster = put made-up names on the list of staff. The sizes of groups are public: please count.
operator-cannot = What they cannot do even then: work out from the list of fetched tickets, with any computer and for ever, which answers are whose. And they cannot give one person another key, date or group unnoticed, as long as people compare the seven words.
operator-check = Anybody can check most of this from outside, with the command “tideline self-test”.

## Every page of the ballot side.

booth-title-check-in = Check-in
booth-skip = Skip to the check-in
booth-support = Support now
booth-new-tab = (opens a new tab)
booth-foot-privacy = How your answers are protected
booth-thanks = Thank you
booth-done = Done
booth-back = Back
booth-load-again = Load this page again
booth-contact = Please show this screen to { $contact }.
booth-sign-in = Sign in
booth-storage-reason = A private window or a strict setting can be the reason. Please use an ordinary window or another browser.

## The promise.

booth-promise-heading = How is work sitting with you?
booth-promise = { $items ->
    [6] Six
    [7] Seven
    [8] Eight
    [9] Nine
    [10] Ten
   *[other] { $items }
  } short statements. { $minutes ->
    [1] It takes about a minute and a half.
   *[other] It takes about { $minutes } minutes.
  }
booth-promise-name = Your name is never asked for and never stored.
booth-promise-pool = Answers go into a pool with your team’s. Nothing is shown until the pool is big enough that nobody can be picked out.
booth-promise-press = Each press on an answer takes you to the next statement. You can go back, skip any, and see everything before you send. No answer leaves this device until then.
booth-promise-no-script = To protect you, this check-in needs JavaScript: your browser seals the answers before they leave it. Please allow JavaScript for this page, or use another browser. If you were given a paper card:
booth-promise-paper = answer with the code on it
booth-getting-ready = Getting your check-in ready…
booth-start = Start
booth-elsewhere = Answer on another device
booth-how-summary = How we keep that promise
booth-how-keep = <strong>What we keep:</strong> your answers, your team or group of teams, and which check-in it was. Nothing else.
booth-how-not = <strong>What we do not keep:</strong> your name, address, phone, place, or the time you answered. Your device’s network address reaches the server, as on any website. We do not write it down.
booth-how-double = <strong>How we stop double answers without knowing who you are:</strong> earlier, your browser made a sealed ticket. The server stamped it without seeing inside, like signing through carbon paper. It knows that you fetched a ticket. It cannot tell which ticket is yours, nor whether you went on to answer.
booth-how-results = <strong>When results appear:</strong> only after the check-in closes, and only for groups of at least { $people } people who answered. Nobody may be worked out by subtraction, either.
booth-how-results-any = <strong>When results appear:</strong> only after the check-in closes, and only for groups in which enough people answered. Nobody may be worked out by subtraction, either.
booth-how-manager = <strong>What your manager sees:</strong> your team’s pooled scores, as ranges. Never an answer, never who took part.
booth-how-cannot = <strong>What we cannot do:</strong> find, change or delete your answers after you send them, because we cannot tell which are yours.
booth-how-wrong = <strong>Where this could still go wrong:</strong> whoever runs the server could change this page, or record who connects and when. If everyone in a team answers the same, the pool says so; we round numbers to blunt that. If your employer manages your device, they may see that you opened this page, and some software can see the screen. Use your own phone if you can.
booth-how-all = Read all of it

## The questions and the check.

booth-or = or
booth-skip-item = Skip this one
booth-skipped = Skipped
booth-back-to = Back: “{ $answer }”
booth-step = Statement { $position } of { $count }
booth-problem = There is a problem
booth-error = Error:
booth-last-step = Check-in: last step
booth-check-heading = Check what will be sent
booth-check-lead = This is everything that will be kept. No name, no device, no time of day.
booth-change = Change
booth-team = Team
booth-words = Your ticket was stamped with the key that is published for everybody. Its words:
booth-words-what = What is this?
booth-words-explained = The words stand for the published description of this check-in: its key, its dates and its groups. They are the same for everybody. Compare them with the invitation, the page about how answers are protected, or a colleague’s screen. If yours differ, do not send, and tell { $contact }.
booth-send = Send my answers
booth-sending = Sending…
booth-again = Try again
booth-unclear = Your answers may not have arrived
booth-unclear-text = They are still on this page. Press Try again in a moment, or when you have signal. If it stays like this, come back later and answer once more. They cannot be counted twice.
booth-offline = You are offline
booth-offline-send = Nothing was sent just now. Your answers are still on this page. Press Try again when you have signal. They cannot be counted twice.

## How it ends.

booth-in-the-pool = Your answers are in the pool. They can no longer be picked out, changed or removed, even by us.
booth-kiosk-forgets = This tablet forgets everything in a moment. Please leave it for the next person.
booth-results-when = Results appear after the check-in closes on { $moment }. What is changed because of them stands beside them.
booth-door-reflect = Two minutes for you
booth-door-reflect-text = Look at what drains you more. Nothing is sent or kept.
booth-door-support-text = The same for everybody, whatever you answered.
booth-close-page = You can close this page.
booth-sent = You have already sent this check-in
booth-nothing-more = There is nothing more to do. If it was not you who sent it, please tell the contact named on the page “How your answers are protected”.
booth-closed = This check-in has closed
booth-closed-at = It closed on { $moment }. Answers that had not arrived by then do not count. Nothing you entered was kept.
booth-closed-nothing = Nothing was counted, and nothing you entered was kept.
booth-closed-next = There is nothing more to do. The next check-in is yours again, and support is open to you at any time.
booth-early = No check-in is open yet
booth-early-at = The next one opens on { $moment }. This page will be ready then.
booth-idle = No check-in is open
booth-idle-text = There is nothing to do at the moment. You will hear when the next one is planned.
booth-none = Your check-in is not in this browser yet
booth-none-text = Sign in here. If nobody has fetched your check-in yet, it is fetched into this browser. If another device has it, the page says which.
booth-several = Whose check-in is it?
booth-several-text = More than one person uses this browser. Sign in, and your own check-in is opened. Nobody else’s is touched.
booth-storage = This browser cannot keep your check-in
booth-storage-text = This browser does not let the page keep anything. If the device is full, make room, then load the page again.
booth-unreachable = The check-in could not be loaded
booth-unreachable-text = A part of the server did not answer. Nothing was sent. Wait a moment, then press the button. If it stays like this, try in another network, or later.
booth-offline-text = The check-in cannot be loaded without a connection. Nothing was sent, and what this browser keeps for you is still here. This page loads again by itself when you have signal; if it does not, press the button.
booth-rejected = Your answers were not taken
booth-rejected-text = The server could not accept what this browser sent. Something in the network may have got in the way. Nothing was counted, and nothing you entered was kept. You can load the check-in again and answer once more, in another network if possible.
booth-unsafe = Please do not send yet
booth-unsafe-text = What this browser was shown does not match what is published for everybody. This may be an old page, or something may be wrong. Nothing has been sent. Load the page again; if it says the same, do not go on.

## The shared tablet.

booth-kiosk-heading = Check-in on this tablet
booth-kiosk-lead = On your own phone, open the check-in, choose “Answer on another device”, and show the code to this tablet. You sign in on your phone only; this tablet never learns who you are, and forgets everything when you are done.
booth-kiosk-scan = Scan my code
booth-kiosk-camera = What the camera sees
booth-kiosk-scanner = Or use a hand scanner here
booth-kiosk-use = Use this code
booth-kiosk-paper = I have a paper card
booth-kiosk-closed = Nothing was sent, and nobody can answer it any more. Leave the tablet for the next person.
booth-kiosk-early = This check-in is not open yet
booth-kiosk-early-text = It has not begun. Your code stays good: come back when it opens.
booth-kiosk-idle = Are you still there?
booth-kiosk-idle-text = In 20 seconds this tablet forgets your answers, so that nobody sees them.
booth-kiosk-more-time = I need more time
booth-kiosk-bad-code = This code cannot be used here
booth-kiosk-bad-code-text = Show the code from ‘Answer on another device’ on your phone. If you have a paper card, choose ‘I have a paper card’.
booth-kiosk-no-camera = The camera cannot be used
booth-kiosk-no-camera-text = Allow the camera for this page, or use a hand scanner. If neither works, answer on your phone or with a paper card.
booth-kiosk-forgotten = This tablet has forgotten everything: answers, code, history of this page, and what the browser kept.
booth-kiosk-kept = Nothing was deleted
booth-kiosk-kept-text = Only the page of the shared tablet can have this browser forget. If you stand in front of that tablet, close its browser window: then nothing of yours is left on the screen.
booth-kiosk-next = Next person

## Another device.

booth-device-tablet = On the shared tablet
booth-device-tablet-text = Your phone shows a code, the tablet reads it, and you answer there. Then neither your phone nor its network has anything to do with your answer. Show the code to the tablet only: whoever reads it can answer once in your place.
booth-device-show = Show my code
booth-device-tablet-code = Code for the shared tablet
booth-device-no-token = There is no check-in in this browser that could be answered on the tablet now. If you have sent it already, there is nothing to do. If not, go back to the check-in and sign in, or wait until it opens.
booth-device-second = On a second device of your own
booth-device-seed-off = If you never know which of your devices will be at hand, two of them can share a secret. From the next check-in on, either can answer, once. Without that, a check-in stays on the device that picked it up. The price: your unlinkability then rests on a hash function as well. Nobody knows a way to break it, but without sharing there is nothing to break.
booth-device-seed-on = This device shares its secret with another one. Scan the code with the other device before you sign in there.
booth-device-share = Show the code for my other device
booth-device-unshare = Stop sharing
booth-device-seed-code = Code for a second device of your own
booth-device-back = Back to the check-in
booth-device-accept = Use this device too?
booth-device-accept-text = Another device showed you this code so that both can answer your check-ins, each of them once in all. Say yes only if that device is yours: whoever owns it could answer in your place.
booth-device-yes = Yes, both are mine
booth-device-no = No
booth-device-accepted = This device is ready
booth-device-accepted-text = Sign in here once before the next check-in opens, as on the other device.
booth-device-storage = This browser cannot keep anything
booth-device-unreachable = This could not be loaded
booth-device-unreachable-text = The server did not answer as it should. Nothing was sent or changed. Wait a moment, then press the button.
booth-device-bad-code = This code does not fit
booth-device-bad-code-text = Nothing was changed here. On your other device, choose ‘Answer on another device’, show the code once more and scan all of it.
booth-device-no-script = This page needs JavaScript. A paper card works without it:
booth-device-paper = answer with a paper card

## Pick-up.

booth-hand-over = You are taken back in a moment.
booth-hand-over-no-script = This step needs JavaScript. Allow it for this page and load the page again, or use another browser.

## Finding a check-in again.

booth-recovery = Find your check-in again
booth-recovery-wait = One moment…
booth-recovery-open = Get your check-in back
booth-recovery-open-text = Type your personal code, or use your passkey. It stays in this browser: nobody at your organisation gets to see it. Give your code on this page only, whose address begins with { $host }.
booth-recovery-code = Personal code
booth-recovery-code-hint = 21 letters and digits. Spaces, dashes and small letters do not matter.
booth-recovery-use-code = Use this code
booth-recovery-passkey-or = Or confirm with the passkey that you made for your check-in.
booth-recovery-use-passkey = Use my passkey
booth-recovery-passkey-not-here = A passkey that you made cannot be used in this browser. Take another browser or device, or the code if you have one.
booth-recovery-anew = You have neither any more?
booth-recovery-anew-text = Then start anew. The old code and all passkeys stop working. A check-in that is already fetched stays on the device that fetched it; the new one works from the next check-in on.
booth-recovery-anew-yes = Start anew
booth-recovery-back = Back to the start page
booth-recovery-to-account = To your account
booth-recovery-not-now = Not now
booth-recovery-make = Your personal code
booth-recovery-make-text = Write it down now. It is shown once, and nobody can look it up for you.
booth-recovery-make-keep = Keep it where you keep other important notes, not on this device alone. No name belongs on it.
booth-recovery-make-lost = If you lose it, nothing bad happens: make a new one on your account page.
booth-recovery-make-nobody = Nobody at your organisation can read it or make it again. It never shows an answer. Whoever has it and can also sign in as you could answer once in your place.
booth-recovery-make-from = It finds check-ins that you fetch from now on. When a check-in has been counted, it no longer leads to anything.
booth-recovery-end = Type the last three characters of your code
booth-recovery-end-hint = So that you do not go on before you have it on paper.
booth-recovery-written = I have written it down
booth-recovery-end-wrong = These are not the last three characters. Please look at your note again.
booth-recovery-length = A code has 21 letters and digits. This has { $count }. Please compare it with your note.
booth-recovery-character = There is a character here that no code has. Codes are made of digits and letters, without U. Please compare it with your note.
booth-recovery-mistyped = One character is wrong, or two have changed places. Please compare it with your note.
booth-recovery-not-this = This is a code, but not your newest one. Please look for your newest note: a new code takes the place of the old, and other people’s do not open yours. Without it, use your passkey, or make a new code on your account page.
booth-recovery-passkey = A passkey for your check-in
booth-recovery-passkey-text = Your phone or computer makes a passkey and keeps it. Later you confirm with your finger, your face or a PIN, and get your check-in back.
booth-recovery-passkey-keep = It is found on your other devices, too, if your passkeys are kept in step there.
booth-recovery-passkey-make = Make the passkey
booth-recovery-passkey-name = My check-in
booth-recovery-passkey-cannot-heading = No passkey can be made here
booth-recovery-passkey-cannot = This browser or this passkey cannot do what is needed. Please use your personal code, or make one on your account page: that works everywhere. If a passkey was made just now, you may delete it.
booth-recovery-passkey-failed = The passkey did not work: it was cancelled, not found, or not confirmed. Please try again, or use a personal code instead.
booth-recovery-passkey-other = This passkey does not open your check-in. Please choose another one, or use the code if you have one.
booth-recovery-none = There is nothing to be opened
booth-recovery-none-text = No code and no passkey is kept for you. Maybe it was removed. You can make a new one on your account page.
booth-recovery-nothing = Please begin on the start page, or on the page of your account. Nothing was changed.
booth-recovery-shared = Not in this browser
booth-recovery-shared-text = Others use this browser, too. A code or passkey could be left behind here for them. Please use a device of your own.
booth-recovery-no-script = This page needs JavaScript: your code is used in your browser and never sent. Allow JavaScript for this page, or use another browser.

## What a page says where its script does not run: it shows by itself after a while.

slow-heading = Does nothing happen here?
slow-why = Then this browser cannot run the page. Most often it is too old, or it blocks JavaScript, cookies or storage. Nothing was sent.
slow-reload = Load the page again.
slow-window = Use an ordinary window, not a private one, and allow JavaScript and cookies for this page.
slow-other = Or open it in another browser or on another device, for example your own phone.

## Paper cards.

booth-paper-heading = Answer with a paper card
booth-paper-lead = { $items ->
    [6] Six
    [7] Seven
    [8] Eight
    [9] Nine
    [10] Ten
   *[other] { $items }
  } short statements. You can skip any of them. Type the code on your card, and put the card in the bin afterwards: it works once.
booth-paper-weaker = <strong>This is the weaker way.</strong> A phone seals your answers before they leave it, and nobody can tell whose ticket is whose. With a card, the server sees your answers for a moment before it seals them. Whoever printed the cards and watched you draw one could tell which is yours. Draw your card yourself, from a shuffled pile.
booth-paper-code = Code on your card
booth-paper-code-hint = 20 letters and digits; spaces and dashes do not matter.
booth-paper-nothing-open = There is nothing to answer at the moment. Keep your card until the check-in opens, or ask whoever gave it to you.
booth-paper-thrown = Please throw the card away.
booth-paper-used = This card has been used
booth-paper-used-text = Each card works once. If it was you, there is nothing more to do. If not, ask for another card.
booth-paper-wrong-code = This code is not one of this check-in
booth-paper-wrong-code-text = Please go back and compare it with your card. Nothing was counted.
booth-paper-busy = Your answers could not be taken just now
booth-paper-busy-text = Nothing was counted. Keep your card, go back in a minute, and send them again. They cannot be counted twice.
booth-paper-form = Back to the form
booth-paper-rejected-text = Something between this device and the server said who you are, so the answers were not looked at. Nothing was counted. Keep your card and try another network or another device.
booth-paper-unreadable-text = The form did not arrive whole. Nothing was counted. Keep your card and fill the form in once more.
booth-not-here = There is no page here
booth-not-here-text = The address may have been cut off. Sign in to find your check-in.
cards-title = Check-in cards, { $month }
cards-heading = Check-in, { $month }
cards-pile = { $team }: { $cards } cards
cards-answer = Answer until { $day } at
cards-draw = Draw this card yourself from a shuffled pile. It works once and carries no name. This is the weaker way: with a phone, answers are sealed before they leave it.
cards-words = Words of this check-in: { $words }

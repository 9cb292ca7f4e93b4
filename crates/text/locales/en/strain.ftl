### Which kind of strain stands out. Never a diagnosis, never a cause.

strain-title = What kind of strain
strain-column = Kind of strain
strain-says = What it says
strain-against = Against usual
strain-work = The work itself
strain-pain = Other people's pain
strain-buffer-name = The buffer
strain-work-measure = burnout strain
strain-pain-measure = secondary traumatic stress
strain-buffer-measure = compassion satisfaction, the good in the work
strain-end-lighter = lighter
strain-end-heavier = heavier
strain-note-beside = Grey box: what is usual here beside the rest of the organisation. Bar: where the score most likely lies; further right is heavier. A hollow mark has not lasted yet. It is a place to start asking, not a finding about anyone.
strain-note-own = Grey box: what is usual here by its own past. Bar: where the score most likely lies; further right is heavier. A hollow mark has not lasted yet. It is a place to start asking, not a finding about anyone.
strain-note-learning = It will be a place to start asking, not a finding about anyone.

strain-learning = No kind of strain is named yet. What is usual here is still being learned ({ $usable } of { $needed } check-ins).
strain-none = No kind of strain stands out from what is usual here.
strain-none-beside = Beside the rest of the organisation, no kind of strain stands out here.
strain-first = A first sign only: { $signs }. A kind of strain is named only once a change has lasted.
strain-first-work = strain from the work itself
strain-first-pain = strain from other people's pain
strain-first-buffer = a thinner buffer
strain-buffer = The buffer, the good in the work, is thinner than usual. Neither kind of strain stands out.
strain-more-like-work = It looks more like strain from the work itself than from other people's pain.
strain-more-like-pain = It looks more like strain from other people's pain than from the work itself.
strain-work-untold = Strain from the work itself stands out. Whether other people's pain plays a part, the figures cannot tell.
strain-pain-untold = Strain from other people's pain stands out. Whether the work itself plays a part, the figures cannot tell.
strain-work-first = Strain from the work itself stands out. There is a first sign of strain from other people's pain, too.
strain-pain-first = Strain from other people's pain stands out. There is a first sign of strain from the work itself, too.
strain-both = Both stand out: strain from the work itself, and strain from other people's pain. Each needs its own answer.
strain-buffer-thinner = The buffer is thinner than usual.
strain-buffer-perhaps-thinner = The buffer is perhaps thinner.
strain-buffer-stronger = The buffer is stronger than usual.
strain-buffer-perhaps-stronger = The buffer is perhaps stronger.
strain-work-lighter = Strain from the work itself is lighter than usual.
strain-work-perhaps-lighter = Strain from the work itself is perhaps lighter.
strain-pain-lighter = Strain from other people's pain is lighter than usual.
strain-pain-perhaps-lighter = Strain from other people's pain is perhaps lighter.

strain-is-learning = learning
strain-is-usual = as usual
strain-is-first = first sign
strain-is-heavier = heavier
strain-is-lighter = lighter
strain-is-thinner = thinner
strain-is-stronger = stronger
strain-is-perhaps-lighter = perhaps lighter
strain-is-perhaps-stronger = perhaps stronger

strain-short-learning = learning
strain-short-none = none
strain-short-first = first sign
strain-short-work = work
strain-short-pain = pain
strain-short-both = both
strain-short-buffer = buffer
strain-key = Kind of strain: work is strain from the work itself, pain is strain from other people's pain, buffer means less good in the work. First sign: it has yet to last. None: no kind of strain stands out.

strain-reading = Burnout strain is mostly fed by the work itself: amount, pace, say, recovery. Secondary traumatic stress is fed by being close to other people's pain. Each needs its own answer. A kind is named only once a change has lasted, and “more like the one” is said only where the two changes differ clearly. In the small picture, the grey box is the usual range, the bar is where the score most likely lies, and right is heavier. A hollow mark is a first sign.
strain-reading-not = Strain is named, nobody is diagnosed. It says nothing about a single person, and nothing about why. Often both go together.
strain-report = The kind of strain follows from which measures changed, never from how high they are. It is named only once a change has lasted. It is no diagnosis, of a group or of anyone in it.

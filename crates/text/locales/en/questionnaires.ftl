### Questionnaires: items, scales, credit lines, and what is for the person alone.

reflect-title = For you alone
reflect-lead = Nothing on this page is sent or kept. What you choose stays in your browser and is gone when you leave. Take two minutes, or none.
reflect-sort-heading = What drains you more?
reflect-sort-lead = Three questions. There is no right answer and no score: it only picks which part below to read first.
reflect-q1 = Picture one week without work. Which change would bring the most relief?
reflect-q1-W = Less to do, more say over it
reflect-q1-E = A rest from other people’s pain
reflect-q2 = Which sentence is closer to you lately?
reflect-q2-W = I want to get away from this job
reflect-q2-E = I cannot listen to one more sad story
reflect-q3 = How does the strain come?
reflect-q3-W = Slowly, it has built up for a long time
reflect-q3-E = In waves, after certain people or cases
reflect-B = Both the same
reflect-N = Neither
reflect-waiting = Answer all three and the part that fits is shown here.
reflect-forget = Forget my answers
reflect-no-script = Without scripts: if most of your answers were the first of each list, read the first part below. If most were the second, read the second. If they were mixed, read the third.

reflect-burnout-heading = It leans towards the work itself
reflect-burnout-means = Too much, too little say, too little coming back: that is how burnout grows. It says something about the work, not about your strength.
reflect-burnout-ask-1 = Which task would nobody miss if you stopped doing it? Whom could you ask?
reflect-burnout-ask-2 = When did you last leave on time? What made that day possible?
reflect-burnout-ask-3 = What do you wish you could decide yourself? Which small part of it could be agreed this month?
reflect-burnout-first = A first step: name one thing that is too much to the person who can change it, as a sentence about the work.

reflect-fatigue-heading = It leans towards other people’s pain
reflect-fatigue-means = Being close to suffering leaves traces: pictures, alertness, going numb. That is a known effect of this work, not a lack of professionalism.
reflect-fatigue-ask-1 = Which person or story comes back? What would it take to lay it down with somebody?
reflect-fatigue-ask-2 = After which kind of case do you need a pause, and how long a one?
reflect-fatigue-ask-3 = What reminds you that you are here, safe and now: a smell, cold water, a name, a walk round the block?
reflect-fatigue-first = A first step: tell one colleague or your supervisor which kind of case weighs most just now. Ask not to have several in a row.

reflect-both-heading = It is both
reflect-both-means = Most people who do this work feel both, and each makes the other heavier. You do not have to sort it out alone.
reflect-both-ask-1 = Which of the two could get a little lighter this week?
reflect-both-ask-2 = Who sees how you are, and tells you?
reflect-both-first = A first step: choose one thing from each of the parts above, the smallest you can think of.

reflect-none-heading = No clear drain
reflect-none-means = Nothing stands out today. That is worth noticing too.
reflect-none-ask-1 = What in the work keeps you well? Who else would need to know that?
reflect-none-first = A first step: write down what helps, for the day when it is harder.

reflect-bounds-heading = Boundaries that hold
reflect-bounds-1 = Say what you can do before you say what you cannot: “I can see two today, the third on Thursday.”
reflect-bounds-2 = Decide beforehand when you answer messages, and tell the others.
reflect-bounds-3 = A break that has a place and somebody who covers is taken. One that is only meant is not.
reflect-bounds-4 = It is fine not to hear every detail in order to help.

reflect-close-heading = A closing ritual, three minutes
reflect-close-1 = Finish: write down the one thing that waits for tomorrow, then put it away.
reflect-close-2 = Note one moment that was good, however small.
reflect-close-3 = Hand over: to a colleague, to the notes, to the room.
reflect-close-4 = Change something: wash your hands, change your shoes, take another way home.
reflect-close-5 = Say, aloud if you like: for today this is done.

reflect-help-heading = Who is there for you
reflect-help-1 = Somebody you trust at work, and somebody who has nothing to do with it.
reflect-help-2 = Supervision, and asking for more of it.
reflect-help-3 = Occupational health, the works council or union, your doctor.
reflect-help-4 = Who can be reached right now stands on the support page. It keeps no record either.

reflect-flags-heading = Please do not wait if
reflect-flags-1 = you think about not wanting to live, or about hurting yourself
reflect-flags-2 = you need alcohol, medicines or other substances to get through the day or the night
reflect-flags-3 = sleep has been badly broken for more than two weeks
reflect-flags-4 = pictures or panic come back again and again, or nothing reaches you any more
reflect-flags-5 = you notice that you might harm somebody you care for at work or at home
reflect-flags-then = Then talk to somebody today. That is what help is for.

# What a wave asked: name, credit, and the figures of a published questionnaire in its own unit.
asked-own-credit = Tideline pulse, version 1. Own wording, not validated.
asked-line = { $name }: { $credit }
asked-heading = In the questionnaire’s own unit
asked-text = The same figures of the group, as { $name } counts them. They are about the group and about nobody in it: there is no score of a person anywhere.
asked-scale = Scale
asked-unit = It goes
asked-score = Mean
asked-range = Likely range
asked-band = Band
asked-t-score = T score
asked-bands = { $from } to { $to }
asked-band-low = low
asked-band-moderate = moderate
asked-band-high = high
asked-band-note = Bands are those of the manual, made for single people. A group is said to lie in one only if its whole likely range does.
asked-t = { $t } ({ $from } to { $to })
asked-reference = T scores against { $reference }, { $n } people: 50 is their mean, 10 their standard deviation.
asked-whose = Asked with
asked-others = Asked at other times
asked-other = { $name }, { $month }

### For the person alone: nothing on that page is sent or kept.

reflect-title = For you alone
reflect-lead = What you choose here is not sent and not kept. This page has no program in it at all. Try it in flight mode if you like.
reflect-gone = Close the tab and it is gone. Take two minutes, or none. On a device that others use, press “Forget my answers” first.

## Two roots that look alike.

reflect-roots-heading = Two roots that look alike
reflect-work-heading = More like burnout
reflect-work-lead = The way the work is set up wears you down.
reflect-work-1 = Amount, pace and meetings drain you, even on days without hard stories.
reflect-work-2 = “What is the point?” turns up more often.
reflect-work-3 = Things you used to do well feel out of reach.
reflect-work-4 = A day off helps, until work starts again.
reflect-work-5 = You picture yourself in another job.
reflect-pain-heading = More like compassion fatigue
reflect-pain-lead = Other people’s pain keeps coming in.
reflect-pain-1 = You are full: not one more sad story.
reflect-pain-2 = You still care, but cannot reach the feeling as you used to.
reflect-pain-3 = Words or pictures come back. You are on guard, or numb.
reflect-pain-4 = After a heavy story you are short with people.
reflect-pain-5 = Your body reacts to certain people or topics, not to the amount of work.
reflect-roots-both = Many who do this work know both at once. That is no flaw in you. It is what the work costs, and the two need different answers.

reflect-words-heading = Words you may meet
reflect-word-1 = Burnout
reflect-word-1-means = Worn out, at a distance from the work, and feeling less able. It comes from strain at work that goes on too long (World Health Organization).
reflect-word-2 = Secondary traumatic stress
reflect-word-2-means = What close contact with somebody’s trauma can do to you: pictures that return, being on guard, keeping away. It can begin quickly.
reflect-word-3 = Vicarious trauma
reflect-word-3-means = A slow change in how you see the world, other people and yourself, after many such stories.
reflect-word-4 = Compassion fatigue
reflect-word-4-means = The everyday name for being worn down by caring. Some use it for secondary traumatic stress alone, some for that and burnout together.
reflect-word-5 = Compassion satisfaction
reflect-word-5-means = What is good in helping: being of use, and seeing that it matters. It is a buffer.

## The self-sort.

reflect-sort-heading = What drains you more?
reflect-sort-lead = Three questions, quick answers. No score and no diagnosis: it only picks what to read first.
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
reflect-waiting = Answer all three, and what fits is shown here.
reflect-all = If all four parts are shown, your browser cannot choose. Were most of your answers the first of each list? Read the first part. Were most the second? Read the second. If they were mixed, read the third.
reflect-forget = Forget my answers
reflect-first = A first small step
reflect-request = Worth asking for at work
reflect-ask = Ask yourself

reflect-burnout-heading = Today it leans towards the work itself
reflect-burnout-means = Too much, too little say, too little time to come back: that is how burnout grows. It says something about the work, not about your strength.
reflect-burnout-first = Choose one time this week at which you stop, and keep it. Then rest is there to be counted on.
reflect-burnout-request = “Can we look at what I can put down?”
reflect-burnout-ask-1 = Which task would nobody miss if you stopped doing it? Whom could you ask?
reflect-burnout-ask-2 = When did you last leave on time? What made that day possible?
reflect-burnout-ask-3 = What do you wish you could decide yourself? Which small part of it could be agreed this month?

reflect-fatigue-heading = Today it leans towards other people’s pain
reflect-fatigue-means = Being close to suffering leaves traces: pictures, alertness, going numb. That is a known effect of this work, not a lack of professionalism.
reflect-fatigue-first = End each shift with three lines: what I did, what happens next, what is not mine tonight.
reflect-fatigue-request = “Can the heavy ones be spread out? Can I have an hour of supervision?”
reflect-fatigue-ask-1 = Which person or story comes back? What would it take to lay it down with somebody?
reflect-fatigue-ask-2 = After which kind of case do you need a pause, and how long a one?
reflect-fatigue-ask-3 = What reminds you that you are here, safe and now: a smell, cold water, a name, a walk round the block?

reflect-both-heading = Today it looks like both
reflect-both-means = That is common, and each makes the other heavier. You do not have to sort it out alone.
reflect-both-first = Name the one that was there first, and begin with its step.
reflect-both-request = Either of the two questions: the one you would dare to ask.
reflect-both-ask-1 = Which of the two could get a little lighter this week?
reflect-both-ask-2 = Who sees how you are, and tells you?

reflect-none-heading = Nothing stands out today
reflect-none-means = That is worth noticing too.
reflect-none-first = Write down what keeps you well in this work, for a day when it is harder.
reflect-none-request = “Here is what helps us. Can we protect it?”
reflect-none-ask-1 = What in the work keeps you well? Who else would need to know that?

## What carries.

reflect-carry-heading = Small things that carry
reflect-close-heading = Close the day, three minutes
reflect-close-1 = <strong>Catch.</strong> Write down what you did and what happens next.
reflect-close-2 = <strong>Contain.</strong> One line: what is not mine to solve tonight. Hand it to a colleague, to the notes, to the room.
reflect-close-3 = <strong>Keep.</strong> One moment that was good, however small.
reflect-close-4 = <strong>Change.</strong> Shut the screen, leave the room, put on other shoes. Say: for today this is done.
reflect-time-heading = Boundaries that protect your time
reflect-time-1 = Decide beforehand when you start, stop and answer messages. Tell the others.
reflect-time-2 = Say what you can do before you say what you cannot: “I can see two today, the third on Thursday.”
reflect-time-3 = A break that has a place and somebody who covers is taken. One that is only meant is not.
reflect-dose-heading = Boundaries that protect your empathy
reflect-dose-1 = It is fine not to hear every detail in order to help.
reflect-dose-2 = Spread the heavy conversations: not several in a row, and none as the last of the day if it can be helped.
reflect-dose-3 = Take a real pause after each: stand up, look far away, drink something, then go on.
reflect-dose-4 = Feel with somebody without taking it home: “This is their story, and I am with them in it.”
reflect-skills-heading = Skills and support that research backs
reflect-skills-1 = For heavy stories: regular supervision, a group of colleagues, somebody who knows the work. Guided talk, freely chosen, and not once only.
reflect-skills-2 = For overload: less at the source comes first. Courses help beside it: mindfulness, relaxation, and coping skills from cognitive behavioural therapy.
reflect-skills-3 = Catch the sentence “I should be able to handle this”. Try a kinder and truer one: “This is a lot, and I can ask.”
reflect-skills-4 = What is only told once, at once, and because you must, does not protect. You may say no to it.
reflect-good-heading = The good in the work
reflect-good-lead = It does not make a load lighter, but it holds you. It is not the opposite of strain. It is the buffer.
reflect-good-1 = What mattered today? One line is enough.
reflect-good-2 = Ask how it went on. People rarely tell those who helped how well it ended.
reflect-good-3 = Spend time with those who understand, about the work and not around it.
reflect-help-heading = Who is there for you
reflect-help-1 = Somebody you trust at work, and somebody who has nothing to do with it.
reflect-help-2 = Supervision, and asking for more of it.
reflect-help-3 = Occupational health, the works council or union, your doctor.
reflect-help-4 = Who can be reached right now stands on the support page. It keeps no record either.

reflect-flags-heading = Please do not wait, and do not do it alone, if
reflect-flags-1 = you think about not wanting to live, or about hurting yourself, even quietly
reflect-flags-2 = you need alcohol, medicines or other substances to get through the day or the night
reflect-flags-3 = sleep has been badly broken for more than two weeks
reflect-flags-4 = panic comes back or grows, or pictures, being on guard or feeling numb will not settle
reflect-flags-5 = you notice that you might harm somebody you care for at work or at home
reflect-flags-then = These are reasons for help, and help works. More care of yourself is not the answer to them. Talk to somebody today.

reflect-sources = What this rests on
reflect-source-1 = Burnout is described in the International Classification of Diseases (World Health Organization, ICD-11, QD85).
reflect-source-2 = The slow change through many stories was first described by McCann and Pearlman in 1990.
reflect-source-3 = Courses in coping skills, relaxation and mindfulness lower stress for up to a year (review of 117 studies). How sure that is, is low. They do not replace change at work.
reflect-source-4 = Good supervision goes with less burnout. Where it is not good, there is more stress (review of 32 studies).
reflect-source-5 = Small groups of colleagues with a guide and paid time: physicians felt closer to the work, still a year later (one trial of 74).
reflect-source-6 = One single talk after a bad event does not prevent harm, and may do some (review of 15 trials).
reflect-source-7 = Those who found more good in the work had less burnout and less compassion fatigue (363 people in child protection, one point in time).

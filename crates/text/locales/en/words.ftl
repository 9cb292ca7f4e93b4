### Sentences about published figures; the same on page, paper and in mail.

withheld-words = not shown, to protect people
withheld-heading = This team's results are not shown on their own
withheld-message = We only show results when nobody can be picked out. That can depend on this team or on teams near it, so we do not say which, or how many people answered.
withheld-message-whole = We only show results when nobody can be picked out, so we do not say why, or how many people answered.
motto = A temperature check, not a verdict.
no-proof = A change near a lever is not proof that the lever caused it.
next-label = Your one next step
next-talk = Have the 15-minute conversation
next-talk-text = Ask what people notice, and what in the work could change.
next-talk-overdue = Decide about “{ $lever }” while you are there: the review was planned for { $day }.
next-talk-without = It works just as well without figures. One question is enough: what in the work could change?
next-review = Look again at one lever
next-review-text = “{ $lever }”: the review was planned for { $day }. Keep it, change it, or stop it.
next-wait = Nothing yet: one more check-in will tell
next-wait-text = If you talk about it before, ask; do not explain.
next-helped = Ask what the team has noticed
next-helped-text = Something may have become better. What helps is worth keeping.
next-choose = Choose one change to the work
next-choose-text = You need no figures for it. One lever with an owner and a date is a good start.
next-later = Nothing to do now
next-later-text = Next: look again at “{ $lever }” on { $day }.
next-decide = Decide about “{ $lever }”
next-decide-text = { $team } cannot decide it alone. The review was planned for { $day }.
next-leads = { $n ->
    [one] Ask one team lead what the team needs
   *[other] Ask { $n } team leads what they need
}
next-leads-text = Time, cover or a decision; not a target.
next-reviews = { $n ->
    [one] Ask how one lever is going
   *[other] Ask how { $n } levers are going
}
next-reviews-text = The day to look again has passed. Ask what the team would keep, change or stop.
next-helped-team = Ask { $team } what it noticed
next-nothing = Nothing to do this month
next-nothing-text = No team is named here, and no review is overdue.
next-all = What moved everywhere needs an answer for everybody
next-all-text = Ask several team leads what changed for all.
next-undecided = Nothing to decide from figures yet
next-undecided-text = What is usual is still being learned. No review is overdue.
headline = { $teams ->
    [0] No team is worth a conversation by these figures alone
    [one] One team, or group of teams, is worth a conversation
   *[other] { $teams } teams, or groups of teams, are worth a conversation
}{ $overdue ->
    [0] .
    [one] , and one lever review is overdue.
   *[other] , and { $overdue } lever reviews are overdue.
}
headline-learning = Still learning what is usual for teams{ $overdue ->
    [0] .
    [one] ; one lever review is overdue.
   *[other] ; { $overdue } lever reviews are overdue.
}
strip-teams = { $n ->
    [0] in none of them
    [one] in one of them
   *[other] in { $n } of them
}
signs-in-a-row = { $word }, { $waves } in a row
harder-none = No part of the work stands out as harder.
harder = Harder than the parts of the work together: { $parts }.
pool-note = Small teams are shown together with a neighbour, to protect people.

scale-burnout = Burnout strain
scale-sts = Secondary traumatic stress
scale-cs = Compassion satisfaction
scale-burnout-meaning = exhaustion, distance, doubt about the effect
scale-sts-meaning = strain from other people's trauma
scale-cs-meaning = the good in the work

usual-range = usual range
usual-level = { $whose ->
    [team] this team's usual level
    [teams] these teams' usual level
    [unit] this unit's usual level
   *[organisation] the organisation's usual level
}
usual-beside = { $whose ->
    [team] this team's usual place beside the others
    [teams] these teams' usual place beside the others
    [unit] this unit's usual place beside the others
   *[organisation] the organisation's usual level
}

tag-learning = Still learning
tag-usual = No clear change
tag-inside = Inside the usual range
tag-higher = Higher than usual
tag-lower = Lower than usual
tag-perhaps-higher = Perhaps higher
tag-perhaps-lower = Perhaps lower

state-learning = Still learning what is usual ({ $usable } of { $needed } check-ins). We do not mark changes yet.
state-usual = No clear change.
state-outside = The latest check-in lies outside the usual range. One check-in alone is not called a change.
state-inside = The latest check-in lies inside the usual range, which is for one check-in alone. The latest ones together say more.
state-watch-higher = The latest check-ins lie higher than { $usual }. Worth watching.
state-watch-lower = The latest check-ins lie lower than { $usual }. Worth watching.
state-lasting-higher = Higher than { $usual } for { $waves } check-ins in a row. Unlikely to be chance alone.
state-lasting-lower = Lower than { $usual } for { $waves } check-ins in a row. Unlikely to be chance alone.
state-next-heavier = Worth a conversation.
state-next-lighter = Worth asking what helped.
buffer-thinner = The buffer is thinner.
buffer-stronger = The buffer is stronger.

lead-lasting-higher = { $measure } is higher than { $usual }, for { $waves } check-ins in a row.
lead-lasting-lower = { $measure } is lower than { $usual }, for { $waves } check-ins in a row.
lead-watch-higher = { $measure } is perhaps higher than { $usual } in the latest check-ins.
lead-watch-lower = { $measure } is perhaps lower than { $usual } in the latest check-ins.
lead-usual-beside = usual here, next to the other groups
lead-usual-own = usual here
lead-next-lasting-higher = { $measure } is higher, for { $waves } check-ins in a row.
lead-next-lasting-lower = { $measure } is lower, for { $waves } check-ins in a row.
lead-next-watch-higher = { $measure } is perhaps higher in the latest check-ins.
lead-next-watch-lower = { $measure } is perhaps lower in the latest check-ins.
lead-chance = Unlikely to be chance alone.
lead-chance-both = Both are unlikely to be chance alone.
lead-chance-all = All three are unlikely to be chance alone.
lead-chance-some = What has lasted is unlikely to be chance alone.
lead-watch-only = One more check-in will tell.
lead-first = The first figures are here.
lead-first-below = They say where things stand, not whether that is much or little. There is no pass mark.
lead-learning = Nothing can be called a change yet.
lead-learning-below = Scores are shown; marks begin once { $needed } check-ins can be compared with each other. Small moves mean nothing.
lead-all-usual = No clear change in any of the three measures.
lead-all-usual-apart = Apart from that, no clear change in any of the three measures.
lead-one-usual = { $measure }: no clear change.
lead-rest-usual = No clear change in the other measures.
card-learning = { $usable } of { $needed } check-ins. Nothing is marked yet.
card-usual = Moving up and down as it normally does.
card-own = No clear change of its own.
card-outside = The latest lies outside the usual range. One alone is no change.
card-watch-above = Latest ones: about { $points } above usual.
card-watch-below = Latest ones: about { $points } below usual.
card-lasting-above = Latest ones: about { $points } above usual, { $waves } in a row.
card-lasting-below = Latest ones: about { $points } below usual, { $waves } in a row.

judged-rest = Judged: the latest check-ins together average { $recent }. With the rest of the organisation where it stands now, { $usual } would be usual here. Difference: { $difference }.
judged-own = Judged by its own past alone, because fewer than five other groups have been shown for long enough. The latest check-ins together average { $recent }, usual is { $usual }. Difference: { $difference }.
judged-whole = Judged: the latest check-ins together average { $recent }, usual is { $usual }. Difference: { $difference }.

everywhere-higher = In the whole organisation: { $measure } is higher than usual ({ $recent } instead of { $usual }).
everywhere-lower = In the whole organisation: { $measure } is lower than usual ({ $recent } instead of { $usual }).
everywhere-next-higher = { $measure } is higher, too ({ $recent } instead of { $usual }).
everywhere-next-lower = { $measure } is lower ({ $recent } instead of { $usual }).
everywhere-alike = Here it moved no more than elsewhere, as far as can be told.
everywhere-alike-all = Here none of this moved more than elsewhere, as far as can be told.
everywhere-more = Here it moved further than elsewhere.
everywhere-more-all = Here all of this moved further than elsewhere.
everywhere-less = Here it moved less than elsewhere, or the other way.
everywhere-less-all = Here all of this moved less than elsewhere, or the other way.
everywhere-own = Too few groups have been shown for long enough to tell what is this group's own.

score-at-most = { $score } or less
score-at-least = { $score } or more
end-wider = For a group of this size only a limit is told at this end of the scale. { $unit } as a whole: { $score }.
people-band = { $from } to { $to } people
people-exactly = { $n } people
took-part-lowest = 4 in 10 or fewer took part
took-part-at-least = { $tenths } in 10 or more took part
took-part = About { $tenths } in 10 took part
took-part-lowest-short = 4 in 10 or fewer
took-part-at-least-short = { $tenths } in 10 or more
took-part-short = { $tenths } in 10
took-part-title = How many took part
took-part-alt = Share of those invited who took part, by check-in. { $waves }.

coverage-75 = These figures cover at least three quarters of the answers; the rest are shown with neighbours.
coverage-50 = These figures cover at least half of the answers; the rest are shown with neighbours.
coverage-less = These figures cover less than half of the answers; the rest are shown with neighbours.

day-and-hour = { $date }, { $time }
wave-of-month = { $month }, no. { $n }
wave-by-label = check-in { $label }

trend-tip = { $month }: { $score }, all staff most likely { $from } to { $to }. Level: { $level }. { $people }
trend-alt = Line chart of { $measure }, 0 to 100, { $first } to { $last }.
trend-alt-first = First shown: { $score } in { $month }.
trend-alt-last = Last shown: { $score } in { $month }.
trend-alt-level = The line, the level behind single check-ins, ends at { $level }, most likely { $from } to { $to }.
trend-alt-earlier = { $n ->
    [one] One earlier check-in is not drawn; it stands in the table.
   *[other] { $n } earlier check-ins are not drawn; they stand in the table.
}
trend-earlier = { $n } earlier: in the table
trend-alt-gaps = No check-in for { $months }.
trend-alt-hidden = Not shown, to protect people: { $months }.
months-count = { $n } months
spread-words = Lower: { $low }. Middle: { $middle }. Higher: { $high }.
spread-75 = This is of at least three quarters of those who answered: groups too small for it are left out.
spread-50 = This is of at least half of those who answered: groups too small for it are left out.
spread-less = This is of less than half of those who answered: groups too small for it are left out.
spread-older = From { $month } on: a spread is told again once half of a group are other people.
spread-alt = { $measure }, spread over thirds of the scale: { $words }
band-lower = lower
band-middle = middle
band-higher = higher
drivers-title = Parts of the work
drivers-alt = Score of each part of the work, 0 to 100, higher is better: { $drivers }.
drivers-end-low = harder
drivers-end-high = better

state-span = { $weeks ->
    [one] The latest check-ins span about a week.
   *[other] The latest check-ins span about { $weeks } weeks.
}
state-answering = The people answering may have changed.

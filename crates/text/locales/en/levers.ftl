### The lever catalogue and its boards.

category-staffing = Staffing
category-workload = Workload
category-scheduling = Scheduling
category-autonomy = Autonomy
category-role-clarity = Role clarity
category-leadership = Leadership
category-recovery = Breaks and recovery
category-trauma-exposure = Trauma exposure and supervision
category-recognition = Recognition and meaning

construct-EX = exhaustion
construct-DI = distance from the work
construct-EF = doubt about what the work achieves
construct-STS = secondary traumatic stress
construct-CS = compassion satisfaction

lever-ST1 = Set a staffing floor per shift or queue size; below it an agreed escalation starts (stop list, borrowed staff, deferred work)
lever-ST2 = Fill vacancies and long absences within a fixed number of days; keep a float or bank pool
lever-ST3 = Move clerical and support tasks to assistants so qualified staff do qualified work
lever-ST4 = Give new and early-career staff a lighter start and a named mentor
lever-WL1 = Cap concurrent cases using weights for intensity, and review the weights each quarter
lever-WL2 = Hold a quarterly stop-list session: end reports, approvals and steps nobody needs
lever-WL3 = Redesign one broken workflow at a time, chosen by the staff who use it
lever-WL4 = Cut record-keeping time: fewer mandatory fields, templates, help with data entry
lever-WL5 = Put workload on the agenda of every planning meeting and let deadlines move when capacity drops
lever-WL6 = Check throughput targets against real handling times before they are set
lever-SC1 = Limit shifts of 12 hours or more and runs of consecutive long days
lever-SC2 = Let the team draft its own roster within agreed rules
lever-SC3 = Publish rosters early and pay or compensate late changes
lever-SC4 = Guarantee at least 11 hours between shifts and a recovery day after nights
lever-SC5 = Pilot shorter hours for the same pay, with work redesign first
lever-SC6 = Track overtime per team, cap it and give the time back
lever-SC7 = Alternate heavy and light encounters and leave a buffer after the heaviest
lever-AU1 = Write down what staff may decide alone about method, order and pace
lever-AU2 = Run a staff problem-solving group with a budget and a right to an answer within a month
lever-AU3 = Offer choice of place and time of work wherever the task allows
lever-RO1 = State the top three priorities and name one person who settles clashes
lever-RO2 = Hold people to account only for outcomes they can influence
lever-RO3 = Consult before a change, explain how it will work, review it after six weeks
lever-LE1 = Train line managers in supportive behaviour and give them feedback from their team
lever-LE2 = Hold regular one-to-ones where workload and emotional load are fixed topics
lever-LE3 = Share pulse results with the team and name one or two actions within two weeks
lever-LE4 = Leaders ask for bad news, thank the messenger and report what was done
lever-LE5 = Use a visible, fair rule for sharing unpopular or heavy work
lever-LE6 = Deal early with bullying and conflict; run a respect programme where incivility is common
lever-NO1 = Protect breaks with named cover and check that they happen
lever-NO2 = Agree reply times and quiet hours for messages outside shifts
lever-NO3 = See that leave is taken and that nobody is contacted while away
lever-NO4 = Put a short end-of-shift close-out inside paid time: hand over, park, leave
lever-TR1 = Spread trauma-heavy cases across the team and cap hours of direct exposure
lever-TR2 = Provide regular, good-quality reflective supervision in paid time, separate from performance review
lever-TR3 = Adopt an STS-informed programme: policy, leadership, training, practice, yearly check
lever-TR4 = Run voluntary facilitated forums on the emotional side of the work
lever-TR5 = After a critical incident offer practical help, peer follow-up and monitoring; never compulsory single-session debriefing
lever-TR6 = Train staff in evidence-based methods for the problems they face
lever-TR7 = Remove needless exposure: redact, blur, warn before, allow opt-out
lever-TR8 = Give a confidential self-referral route to trauma-competent care and repeat how to use it
lever-TR9 = Fund small peer groups with a facilitator in protected time
lever-CS1 = Bring back news of outcomes: what happened to the people the team helped
lever-CS2 = Recognise specific good work, close to when it happened, and keep effort and reward in balance
lever-CS3 = Protect time for skills, case consultation and teaching
lever-CS4 = Offer short voluntary exercises on what went well, as an addition and never instead of workload measures
lever-CS5 = Let each person spend a fixed share (about a fifth) of time on the work they find most meaningful

evidence-A = trials, or reviews of trials, of changes in organisations
evidence-B = controlled or long-term studies
evidence-C = associations only
evidence-D = guideline, standard or expert judgement

not-first-debriefing = Compulsory single-session debriefing after an incident
not-first-debriefing-why = no benefit, possible harm
not-first-feedback = Showing results and doing nothing about them
not-first-feedback-why = no effect on burnout
not-first-individual = Only offers for single people, such as apps or resilience courses
not-first-individual-why = no better outcomes than for people who did not take part
not-first-screening = Screening single people through the check-in
not-first-screening-why = WHO recommends neither for nor against; it would need consent and a path to care

lever-status-considered = Thinking about it
lever-status-trying = Trying it
lever-status-kept = Tried and kept
lever-status-stopped = Tried and stopped
lever-reach-mine = This team can do it alone
lever-reach-escalate = Needs somebody further up
lever-ended = Ended.
lever-overdue = Overdue: was planned for { $day }.
lever-look-again = Look again on { $day }.
lever-counts = { $trying } being tried (aim for one or two), { $considered } thought about, { $kept } kept, { $stopped } stopped.
lever-counts-all = { $trying } being tried, { $considered } thought about, { $kept } kept, { $stopped } stopped. Overdue for another look: { $overdue }.
lever-nobody = Nobody yet
lever-changed = { $day }: { $status }. { $reach }. Look again on { $review }.

reason-signal = { $measure } lies higher or lower than usual here, to the heavier side, and this is expected to ease it.
reason-driver = The working condition “{ $condition }” is clearly lower here than in the whole organisation.
reason-lowest = The working condition “{ $condition }” is clearly lower than the others in the organisation.

suggest-heading = Worth a look first
suggest-lead = Chosen from what is published about this unit: signals, and working conditions where enough people answered. The team decides; none is a must.
suggest-none = Nothing published speaks for one lever more than another. Ask the team, and choose from the catalogue.
suggest-add = Put on the board
suggest-grade = Evidence { $grade }: { $means }

changed-title = What we changed
changed-lead = Changes to how work is organised, and where they stand. Nothing here is about anybody’s answers.
changed-none = Nothing has been changed yet. When something is tried, it is listed here, whether it worked or not.
changed-since = Since { $day }
changed-own = In { $unit }
changed-others = Elsewhere in the organisation
changed-link = See what we changed

overdue-heading = Time to look again
overdue-lead = { $n ->
    [one] One change was to be looked at again and has not been.
   *[other] { $n } changes were to be looked at again and have not been.
}
overdue-line = { $lever } (planned for { $day }; { $owner })

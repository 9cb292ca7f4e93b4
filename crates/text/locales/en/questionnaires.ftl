### Questionnaires: items, scales, credit lines, and what is for the person alone.

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

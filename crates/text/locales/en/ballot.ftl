# The ballot side, and what is said about it.

operator-heading = What whoever runs the server can still do
operator-lead = A promise is worth what its limits say. While a check-in runs, somebody in full control of the server can still:
operator-pickup = see who fetched a ticket, which is everybody who signed in;
operator-drop = drop or delay answers: whoever is refused sees it, and a list of what was counted is published;
operator-stuff = make tickets and add answers of people who did not answer: the published numbers of people, tickets and answers must add up;
operator-key = keep a copy of the key that opens answers, and read answers without names;
operator-link = record connections, and link those who fetch a ticket and answer in one sitting. So tickets are fetched days ahead, and answering later or on the shared tablet is better still;
operator-single = hand out a single ticket, so that one answer stands among known ones. Too few answers are never opened, and the closing date is fixed in advance, but only a key in other hands would prevent it;
operator-script = send another page to one person. What everybody gets is published as a number that anybody can compare;
operator-delete = say that something is deleted that is not;
operator-roster = put made-up names on the list of staff. The sizes of groups are public: please count.
operator-cannot = What they cannot do even then: work out from the list of fetched tickets, with any computer and for ever, which answers are whose. And they cannot give one person another key, date or group unnoticed, as long as people compare the five words.
operator-check = Anybody can check most of this from outside, with the command “tideline self-test”.

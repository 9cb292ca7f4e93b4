### Was alle Bereiche brauchen: die Sprache selbst, Daten, Zahlen, Aufzählungen.

language-own-name = Deutsch

# Die strftime-Kürzel von chrono.
date-format = %-d. %B %Y
month-format = %B %Y
month-short-format = %b

group-mark = .
decimal-mark = ,

list-last = { $items } und { $last }
from-to = { $from } bis { $to }
people = { $n ->
    [one] { $n } Person
   *[other] { $n } Personen
}

### What every area uses: the language itself, dates, numbers, lists.

language-own-name = English

# chrono's strftime codes.
date-format = %-d %B %Y
month-format = %B %Y
month-short-format = %b

group-mark = ,
decimal-mark = .

list-last = { $items } and { $last }
from-to = { $from } to { $to }
people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}

#!/usr/bin/env python3
"""Tries to tell known addresses from unknown ones by how long signing in takes.

    cargo build --release --package tideline-server
    python3 tests/timing/known.py target/release/tideline

Starts the program on loopback with an organisation of its own and probes it on one warm connection, in random
order: links, asked for by people who are known and by nobody, and passwords, tried for people who have one,
for people who have none, and for nobody. What half of the addresses gave trains classifiers (the best single
threshold, and nearest neighbours); the other half judges them, by single probes and by three of one address.
Prints tables and the best classifier, and fails if one is right more often than 55 %.

The machine must be quiet, or noise hides what a patient attacker would see: nothing else on it, the power
plan at full speed. 5,000 probes of each take about ten minutes. Nothing but the standard library is needed.

    --probes 5000   of each kind
    --ways link,password
    --ticks 100     so many addresses of each kind are also watched at what comes after the answer to a link
    --most 55       fail if a classifier is right more often. Unit: percent
"""

import argparse
import bisect
import http.client
import itertools
import pathlib
import random
import statistics
import sys
import time
from urllib.parse import urlencode

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from installation import Installation

# Of each kind, so that no address is asked for often.
ADDRESSES = 400
PASSWORD = "not-this-password-either"
NEIGHBOURS = 25


def address(at, host="example.org"):
    # As long as the others, and of the same letters.
    return f"{''.join(random.sample('abcdefghjkmnpqrstuvw', 9))}{at:04}@{host}"


class Prober:
    def __init__(self, port, way):
        self.way, self.host = way, f"localhost:{port}"
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def probe(self, email):
        """How long the answer takes, and how long the next one takes, to somebody else. Unit: ns."""
        fields = {"email": email}
        if self.way == "password":
            fields["password"] = PASSWORD
        headers = {
            "Host": self.host,
            "Origin": f"http://{self.host}",
            "Content-Type": "application/x-www-form-urlencoded",
            # Each probe from a network of its own: not the limits are looked at, but the work.
            "X-Client-Network": "%08x" % random.getrandbits(32),
        }
        took, answer = self.timed("POST", "/sign-in", urlencode(fields), headers)
        place = answer.getheader("location", "")
        wanted = "/sign-in?failed" if self.way == "password" else "/sign-in?sent"
        if answer.status != 303 or not place.startswith(wanted):
            sys.exit(f"unexpected answer {answer.status} {place}")
        return took, self.look()

    def look(self):
        return self.timed("GET", "/sign-in", None, {"Host": self.host})[0]

    def timed(self, method, path, body, headers):
        begin = time.perf_counter_ns()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        answer.read()
        return time.perf_counter_ns() - begin, answer


def threshold(train):
    """The best cut, and on which side of it those of kind 1 are."""
    ordered = sorted((value[0], kind) for value, kind in train)
    ones = sum(kind for _, kind in ordered)
    best, below = (0, 0, False), 0
    for place, (value, kind) in enumerate(ordered, 1):
        below += kind
        right = below + (len(ordered) - ones) - (place - below)
        for score, ones_below in ((right, True), (len(ordered) - right, False)):
            best = max(best, (score, value, ones_below))
    _, cut, ones_below = best
    return lambda value: (value[0] <= cut) == ones_below


def neighbours(train):
    """What most of those say that come nearest, in units of ranks: one slow answer is not far away."""
    sides = [sorted(value[at] for value, _ in train) for at in range(len(train[0][0]))]
    rank = lambda value: [bisect.bisect(side, it) / len(train) for side, it in zip(sides, value)]
    known = sorted((rank(value), kind) for value, kind in train)
    firsts = [it[0][0] for it in known]

    def guess(value):
        place = rank(value)
        middle, reach = bisect.bisect(firsts, place[0]), 4 * NEIGHBOURS * len(place)
        near = known[max(0, middle - reach) : middle + reach]
        near.sort(key=lambda it: sum(abs(a - b) for a, b in zip(it[0], place)))
        return 2 * sum(kind for _, kind in near[:NEIGHBOURS]) > NEIGHBOURS

    return guess


def judge(name, rows):
    """`rows`: address, value, kind. Half of the addresses train."""
    addresses = sorted({it[0] for it in rows})
    random.shuffle(addresses)
    trains = set(addresses[::2])
    train = [(value, kind) for who, value, kind in rows if who in trains]
    test = [(value, kind) for who, value, kind in rows if who not in trains]
    worst = 0
    for kind, make in (("threshold", threshold), ("neighbours", neighbours)):
        guess = make(train)
        right = 100 * sum(guess(value) == bool(one) for value, one in test) / len(test)
        noise = 100 / len(test) ** 0.5
        print(f"  {name:<28} {kind:<10} {right:5.1f} % right of {len(test)} (chance 50 ± {noise:.1f})", flush=True)
        worst = max(worst, right)
    return worst


def bursts(prober, kinds, probes):
    """Each address thrice in a row, as somebody would who wants to be sure; addresses in random order."""
    for _ in range(50):
        prober.probe(address(9999, "example.net"))
    times = -(-probes // (3 * ADDRESSES))
    order = [(email, kind) for kind, emails in kinds.items() for email in emails] * times
    random.shuffle(order)
    rows = [(email, kind, [prober.probe(email) for _ in range(3)]) for email, kind in order]
    for kind in kinds:
        for which, what in ((0, "the answer"), (1, "the next answer")):
            values = [one[which] / 1e6 for _, it, three in rows if it == kind for one in three]
            cut = statistics.quantiles(values, n=100)
            print(
                f"{kind:>18}, {what:<15} {len(values)} probes, ms: "
                f"5 % {cut[4]:.3f}, median {cut[49]:.3f}, 95 % {cut[94]:.3f}"
            )
    return rows


def classified(rows, one, other):
    """The best that tells `one` from `other`. Unit: percent."""
    print(f" {one} or {other}:")
    rows = [(email, int(kind == one), three) for email, kind, three in rows if kind in (one, other)]
    worst = 0
    ways = (("answer", lambda it: (it[0],)), ("next answer", lambda it: (it[1],)), ("both", lambda it: it))
    for name, value in ways:
        singles = [(email, value(it), kind) for email, kind, three in rows for it in three]
        worst = max(worst, judge(name, singles))
        for how, of in (("mean", statistics.fmean), ("least", min), ("middle", statistics.median)):
            threes = [
                (email, tuple(of(side) for side in zip(*(value(it) for it in three))), kind)
                for email, kind, three in rows
            ]
            worst = max(worst, judge(f"{name}, {how} of 3", threes))
    return worst


def afterwards(prober, known, unknown, count):
    """What is done a moment after the answer: the slowest answers to others until then."""
    chosen = [(it, 1) for it in random.sample(known, count)] + [(it, 0) for it in random.sample(unknown, count)]
    random.shuffle(chosen)
    rows = []
    for email, kind in chosen:
        prober.probe(email)
        until, seen = time.monotonic() + 1.7, []
        while time.monotonic() < until:
            seen.append(prober.look())
        rows.append((email, (statistics.fmean(sorted(seen)[-5:]),), kind))
    return judge("slowest 5 in 1.7 s", rows)


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("program")
    words.add_argument("--probes", type=int, default=5000)
    words.add_argument("--ways", default="link,password")
    words.add_argument("--ticks", type=int, default=100)
    words.add_argument("--most", type=float, default=55.0)
    options = words.parse_args()

    kinds = {kind: [address(at) for at in range(ADDRESSES)] for kind in ("with a password", "without one", "nobody")}
    people = kinds["with a password"] + kinds["without one"]
    random.shuffle(people)
    site = Installation(
        options.program,
        ["Org,,Ada,ada@example.org,admin", *(f"Team {at // 20},Org,P {at},{it},staff" for at, it in enumerate(people))],
    )
    site.start()
    worst = {}
    try:
        # One password is set as people do; the others get a copy of what is stored of it.
        cookie, csrf = site.session("ada@example.org")
        connection = http.client.HTTPConnection("127.0.0.1", site.app, timeout=60)
        origin = f"http://localhost:{site.app}"
        headers = {"Origin": origin, "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/password", urlencode({"csrf": csrf, "password": "correct horse battery"}), headers)
        assert connection.getresponse().status == 303
        db = site.database()
        marks = ",".join("?" * ADDRESSES)
        db.execute(
            "INSERT INTO password_hashes (person, hash) SELECT people.id, password_hashes.hash "
            f"FROM people, password_hashes WHERE people.email IN ({marks})",
            kinds["with a password"],
        )
        db.commit()
        db.close()
        for way in options.ways.split(","):
            print(f"{way}:")
            prober = Prober(site.app, way)
            rows = bursts(prober, kinds, options.probes)
            worst[way] = max(classified(rows, *pair) for pair in itertools.combinations(kinds, 2))
            if way == "link" and options.ticks:
                # Meanwhile the connection was idle for longer than the server keeps one.
                prober = Prober(site.app, way)
                ticks = afterwards(prober, people, kinds["nobody"], min(options.ticks, ADDRESSES))
                worst["after a link"] = ticks
    finally:
        site.stop()
    for way, it in worst.items():
        print(f"best classifier, {way}: {it:.1f} % right")
    sys.exit(max(worst.values()) > options.most)


if __name__ == "__main__":
    main()

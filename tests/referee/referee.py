#!/usr/bin/env python3
"""A referee of releases that shares no code, language or method with Tideline's auditor.

    referee.py FILE

reads a file of schema `sdc-cases/1` whose facts are totals ("range", "sum") and counts of people in
bands ("band"), and looks for what the cells give away:

* groups: elimination in exact fractions over single answers (not classes, not modulo a prime): is
  some set of fewer than k answers determined, or does some combination rest on fewer than k?
* people: could each person have given the lowest and the highest answer? By building an actual set of
  answers that fits every cell, one change at a time from the given ones; a person for whom none can be
  built counts as narrowed down.

The standard library is enough. Exit code 0 if every release is as expected.
"""

import json
import sys
from fractions import Fraction
from itertools import combinations


def totals(cell, low, high):
    """Where the total of a cell lies by its facts."""
    n = len(cell["members"])
    lo, hi = n * low, n * high
    for fact in cell.get("facts", []):
        if fact["stat"] == "range":
            lo, hi = max(lo, fact["lo"]), min(hi, fact["hi"])
        elif fact["stat"] == "sum":
            lo, hi = max(lo, fact["value"]), min(hi, fact["value"])
        elif fact["stat"] != "band":
            raise SystemExit(f"this referee does not know facts of kind {fact['stat']}")
    return lo, hi


def determined(cells, low, high, k):
    """A set of fewer than k answers that a combination of exact totals is about, or None."""
    rows = []
    for cell in cells:
        lo, hi = totals(cell, low, high)
        if lo == hi:
            rows.append({m: Fraction(1) for m in cell["members"]})
    # Reduced row echelon form, columns in any order.
    basis = []
    for row in rows:
        row = dict(row)
        for pivot, other in basis:
            if pivot in row:
                by = row[pivot]
                for m, value in other.items():
                    row[m] = row.get(m, 0) - by * value
                    if not row[m]:
                        del row[m]
        if not row:
            continue
        pivot = next(iter(row))
        row = {m: value / row[pivot] for m, value in row.items()}
        for at, (head, other) in enumerate(basis):
            if pivot in other:
                by = other[pivot]
                for m, value in row.items():
                    other[m] = other.get(m, 0) - by * value
                    if not other[m]:
                        del other[m]
        basis.append((pivot, row))
    for count in (1, 2, 3):
        for some in combinations(basis, count):
            for signs in combinations((1, -1) * (count - 1), count - 1):
                mixed = dict(some[0][1])
                for sign, (_, row) in zip(signs, some[1:]):
                    for m, value in row.items():
                        mixed[m] = mixed.get(m, 0) + sign * value
                support = [m for m, value in mixed.items() if value]
                if 0 < len(support) < k:
                    return support
    return None


class World:
    """A set of answers and how far it is from fitting the cells."""

    def __init__(self, answers, cells, low, high):
        self.low, self.high, self.cells = low, high, cells
        self.answers = dict(answers)
        self.bounds = [totals(cell, low, high) for cell in cells]
        self.bands = [
            [(f["lo"], f["hi"], f.get("cmin", f.get("count")), f.get("cmax", f.get("count")))
             for f in cell.get("facts", []) if f["stat"] == "band"]
            for cell in cells
        ]
        self.cells_of = {}
        for at, cell in enumerate(cells):
            for m in cell["members"]:
                self.cells_of.setdefault(m, []).append(at)
        self.sums = [sum(self.answers[m] for m in cell["members"]) for cell in cells]
        self.counts = [
            [sum(lo <= self.answers[m] <= hi for m in cell["members"]) for lo, hi, _, _ in bands]
            for cell, bands in zip(cells, self.bands)
        ]

    def misfit_of(self, at):
        lo, hi = self.bounds[at]
        off = max(lo - self.sums[at], self.sums[at] - hi, 0)
        for (_, _, least, most), count in zip(self.bands[at], self.counts[at]):
            off += (self.high - self.low) * max(least - count, count - most, 0)
        return off

    def misfit(self):
        return sum(self.misfit_of(at) for at in range(len(self.cells)))

    def set(self, member, answer):
        old = self.answers[member]
        self.answers[member] = answer
        for at in self.cells_of.get(member, []):
            self.sums[at] += answer - old
            for place, (lo, hi, _, _) in enumerate(self.bands[at]):
                self.counts[at][place] += (lo <= answer <= hi) - (lo <= old <= hi)

    def gain(self, member, answer):
        """By how much the misfit falls if `member` answers `answer`."""
        cells = self.cells_of.get(member, [])
        old = self.answers[member]
        before = sum(self.misfit_of(at) for at in cells)
        self.set(member, answer)
        after = sum(self.misfit_of(at) for at in cells)
        self.set(member, old)
        return before - after

    def allows(self, who, answer):
        """Whether a world can be built in which `who` answered `answer`."""
        self.set(who, answer)
        for _ in range(400):
            if self.misfit() == 0:
                return True
            best = (0, None, None)
            for at, cell in enumerate(self.cells):
                if self.misfit_of(at) == 0:
                    continue
                off = self.bounds[at][0] - self.sums[at]
                over = self.sums[at] - self.bounds[at][1]
                for m in cell["members"]:
                    if m == who:
                        continue
                    now = self.answers[m]
                    edges = {edge for lo, hi, _, _ in self.bands[at] for edge in (lo, hi)}
                    for new in edges | {now + max(off, 0) - max(over, 0), self.low, self.high}:
                        new = min(max(new, self.low), self.high)
                        gain = self.gain(m, new)
                        if gain > best[0]:
                            best = (gain, m, new)
            if best[1] is None:
                return False
            self.set(best[1], best[2])
        return False


def judge(case, release):
    low, high = case["scale"]["min"], case["scale"]["max"]
    k = release.get("k", case["k"])
    width = release.get("protect_width", case.get("protect_width", 1))
    cells = [cell for cell in release["cells"] if cell["members"]]
    answers = {r["rid"]: r["value"] for wave in case["waves"] for r in wave["responses"]}
    if some := determined(cells, low, high, k):
        return f"{len(some)} answers are determined: {', '.join(map(str, some[:4]))}"
    seen, done = {}, set()
    for at, cell in enumerate(cells):
        for m in cell["members"]:
            seen.setdefault(m, []).append(at)
    for who, where in seen.items():
        # People in the same cells look the same to everybody outside.
        if tuple(where) in done:
            continue
        done.add(tuple(where))
        ends = []
        for order in (range(low, high + 1), range(high, low - 1, -1)):
            found = next((v for v in order if World(answers, cells, low, high).allows(who, v)), None)
            if found is None:
                return f"no answers can be built for {who}"
            ends.append(found)
        if ends[1] - ends[0] < width:
            return f"{who} answered {ends[0]} to {ends[1]}"
    return None


def main(path):
    with open(path, encoding="utf-8") as file:
        cases = json.load(file)["cases"]
    wrong = releases = 0
    for case in cases:
        for release in case["releases"]:
            releases += 1
            found = judge(case, release)
            verdict = "UNSAFE" if found else "SAFE"
            if verdict != release["expect"]["verdict"]:
                wrong += 1
                print(f"{case['id']} / {release['name']}: {verdict}: {found}")
    print(f"referee: {len(cases)} cases, {releases} releases, {releases - wrong} as expected")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

#!/usr/bin/env python3
"""An attacker from outside: reads only what HR can download of several check-ins, and knows the people.

    outside.py WORLD.json [WORLD.json ...]

A world holds, for each check-in, the release (`GET /api/v1/releases/{seq}`) and its cells
(`GET /api/v1/releases/{seq}/cells`) word for word; `conditions`, the totals behind what pages and files tell of
parts of the work, which is more than they tell; and what is known of people: `known`, who was in which unit at
which check-in and took part; `asked`, how many were asked in each unit; `skipped`, who left out which scale; and
`answered`, who was asked about which part of the work. The attacker supposes that everybody answers the same at
every check-in (the worst case for those who join, leave or move), and works out for each person and each answer
whether it can be theirs: whole scores from 0 to 100 of each of the three scales, and 0 to 4 for a part of the work.
In the second part it also knows the scores of k - 1 others, the worst it can find of a few choices.

How many took part is told as a class only; this attacker knows the number all the same, and takes what is told for
the least of the class back to the real number, by the rule in docs/privacy.md. It knows the rule of the spreads
too: steps that would narrow somebody down are not told, but the nearest that do not, so real counts may lie
outside the steps told; all counts that the rule turns into them are behind them. Answers are whole: systems are
solved by linear programming, exactly, and branched where a solution is not whole (`whole.py`).

What a release tells of units besides (scores, ranges, people, shares) this program works out itself from atoms and
rosters, and compares: what is worked out from cells cannot tell more than they do. That CSV, XLSX, pages, PDF and
mails tell nothing but these is held by the tests of `crates/api/src/tests/exports.rs` and `outlets.rs`. The three
scales, and parts of the work, are answers to different questions, so no cell is about two of them; all are about
the same people, and what that tells of who took part is the third part.

Shares no code with the product; the standard library is enough. `truth` in a world is used for nothing but
checking that what the attacker says is possible: every person's real answer must be among those left.

Prints, for each kind of attack, how many of 101 scores are left: at worst, and on average. Exit code 1 if
 * one check-in alone excludes an answer of anybody,
 * somebody who joins or leaves is left fewer than 50 scores by two check-ins (who moves, and so is seen from two
   sides, 49), anybody fewer than 20 by all of them, or fewer than two of five answers about a part of the work by two,
 * somebody is left less than docs/privacy.md, "Exactly", promises where k - 1 others tell theirs in one check-in; or
   of a group with a spread fewer than 20; or of those who join, leave or move more than one in twenty fewer than 20,
 * what is told of people shows that somebody took part, or did not, to those who know it of k - 1 others,
 * a unit's figure is not the one that follows from its atoms,
 * or a real answer is excluded.
"""

import functools
import itertools
import json
import math
import sys

from whole import feasible, point_of

SCALES = ("burnout", "sts", "cs")
THIRDS = ((0, 33), (34, 66), (67, 100))
SCORES = 101
FEWEST_OVER_TWO = 50
FEWEST_MOVED = 49
FEWEST_OVER_ALL = 20
FEWEST_CONDITIONS = 2
# Nothing holds for each where k - 1 of several check-ins tell their scores: this share may be left fewer.
SHARE_OVER_ALL = 0.05
# Choices of counts behind the steps told of several groups that are tried one by one.
MOST_WAYS = 3000


# --- what is published ---------------------------------------------------------------------------


def brought_back(lo, hi, told_for, of):
    """The counts among `of` people that, times told_for / of and rounded half up, lie in lo..hi."""
    # floor(x * t / of + 1/2) in lo..hi  <=>  (2 lo - 1) of <= 2 t x < (2 hi + 1) of
    least = -((-(2 * lo - 1) * of) // (2 * told_for))
    most = ((2 * hi + 1) * of - 1) // (2 * told_for)
    return max(0, least), most


@functools.cache
def cells(of, highest=100):
    """How totals of `of` people are cut: steps of half of one person's range, and a person's range and a half
    step at the ends."""
    low, high, wide = highest, highest * of - highest, highest // 2
    between = high - low - 1
    if between < wide:
        return ((0, highest * of),)
    low, high = low + between % wide // 2, high - (between % wide - between % wide // 2)
    middle = [(start, start + wide - 1) for start in range(low + 1, high, wide)]
    return ((0, low), *middle, (high, highest * of))


@functools.cache
def totals_of(lo, hi, told_for, of, highest=100):
    """The totals of `of` people of which a cell lo..hi is told for `told_for`: those cells whose middle, brought
    to that number, lies in it. They follow each other."""
    if told_for == of:
        return lo, hi
    fits = [
        (frm, to)
        for frm, to in cells(of, highest)
        if lo <= (2 * ((frm + to) // 2) * told_for + of) // (2 * of) <= hi
    ]
    return min(it[0] for it in fits), max(it[1] for it in fits)


def steps_of(told_for):
    """The steps in which counts are told for so many people: a tenth of them wide, two at least; what is left
    over is in the last."""
    wide = max(2, -(-told_for // 10))
    many = max(1, (told_for + 1) // wide)
    return [(at * wide, told_for if at + 1 == many else at * wide + wide - 1) for at in range(many)]


def thirds_that_fit(steps, told_for, of):
    """How many of `of` people may score in each third, by the steps: all triples."""
    low, middle, high = (brought_back(*step, told_for, of) for step in steps)
    return [
        (a, b, of - a - b)
        for a in range(low[0], min(low[1], of) + 1)
        for b in range(middle[0], min(middle[1], of - a) + 1)
        if high[0] <= of - a - b <= high[1]
    ]


def totals_with(counts):
    """The least and the greatest total of so many people in each third."""
    return tuple(sum(n * third[end] for n, third in zip(counts, THIRDS)) for end in (0, 1))


@functools.cache
def may_be_told(steps, cell, least, most):
    """Whether steps and cell leave every score to everybody, for every number of people they may be told of (of
    wide classes some seventeen), and more than one triple of counts: docs/privacy.md."""
    if len(thirds_that_fit(steps, least, least)) < 2:
        return False
    last = most + most // 10 + 1
    tried = [*range(least, last + 1, max(1, (last - least) // 16)), last]
    for of in tried:
        if not any(cell[0] <= (2 * ((a + b) // 2) * least + of) // (2 * of) <= cell[1]
                   for a, b in cells(of)):
            return False
        lo, hi = totals_of(*cell, least, of)
        free = [True] * SCORES
        for counts in thirds_that_fit(steps, least, of):
            fewest, greatest = totals_with(counts)
            for n, (frm, to) in zip(counts, THIRDS):
                if n:
                    for score in range(max(frm, lo - greatest + to), min(to, hi - fewest + frm) + 1):
                        free[score] = False
        if any(free):
            return False
    return True


@functools.cache
def told_instead(own, cell, least, most):
    """What is told where the steps `own` (their places) may not be: those that are the fewest steps away, of
    several the first in order."""
    steps = steps_of(least)
    every = itertools.product(range(len(steps)), repeat=3)
    away = sorted(every, key=lambda it: sum(abs(a - b) for a, b in zip(it, own)))
    fits = (it for it in away if may_be_told(tuple(steps[at] for at in it), cell, least, most))
    return next(fits, None)


def counts_behind(bands, cell, least, most, of):
    """All counts in the thirds of `of` people for which the steps `bands` are told, in groups that are told
    alike: (fewest, most) for each third.

    The counts in the steps themselves come first. Steps that would narrow somebody down are never told, but the
    nearest that do not, so counts outside the steps told may be the real ones.
    """
    steps = steps_of(least)
    told = tuple((band[2], band[3]) for band in bands)
    groups = [[brought_back(*step, least, of) for step in told]]
    if any(step not in steps for step in told):
        return groups
    places = tuple(steps.index(step) for step in told)
    for own in itertools.product(range(len(steps)), repeat=3):
        mine = tuple(steps[at] for at in own)
        if own != places and thirds_that_fit(mine, least, of):
            if told_instead(own, cell, least, most) == places:
                groups.append([brought_back(*step, least, of) for step in mine])
    return groups


class Downloaded:
    """What can be downloaded, and who the people are."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.all = json.load(file)
        self.path = path
        self.k = self.all["k"]
        self.people = self.all["known"]
        self.skipped = self.all.get("skipped", {})
        self.answered = self.all.get("answered", {})
        self.every = list(range(len(self.all["waves"])))

    def members(self, at, units):
        """Who of these units took part in check-in `at`."""
        units = {it["id"] for it in units}
        return [p for p, units_of in self.people.items() if units_of[at] in units]

    def scale(self, scale):
        """The world of one scale: what is told of its scores."""
        waves = []
        for at, wave in enumerate(self.all["waves"]):
            case = next(it for it in wave["cells"]["cases"] if it["id"].endswith(" " + scale))
            told = {it["id"]: it for it in case["releases"][0]["cells"]}
            atoms = []
            for number, atom in enumerate(wave["release"]["atoms"]):
                members = [
                    p for p in self.members(at, atom["units"]) if scale not in self.skipped.get(p, ())
                ]
                total = atom["total"][scale]
                bands = [
                    (it["lo"], it["hi"], it["cmin"], it["cmax"])
                    for it in told[f"atom {number}"]["facts"]
                    if it["stat"] == "band"
                ]
                cell, least = (total["lo"], total["hi"]), atom["people"]["least"]
                behind = bands and counts_behind(
                    bands, cell, least, atom["people"]["most"], len(members)
                )
                atoms.append((members, least, cell, behind))
            waves.append(atoms)
        truth = {p: of[scale] for p, of in self.all["truth"].items()}
        return World(self, 100, waves, truth)

    def condition(self, item):
        """The world of one part of the work: what is told of the answers of those who were asked about it."""
        asked = {p for p, of in self.answered.items() if item in of}
        waves = []
        for at, wave in enumerate(self.all["waves"]):
            blocks = []
            for block in wave.get("conditions", ()):
                units = [it for atom in block["atoms"] for it in wave["release"]["atoms"][atom]["units"]]
                members = [p for p in self.members(at, units) if p in asked]
                for told in block["items"]:
                    if told["item"] == item:
                        blocks.append((members, told["n"], (told["lo"], told["hi"]), []))
            waves.append(blocks)
        return World(self, 4, waves, {p: self.answered[p][item] for p in asked})


class World:
    """What is told of one kind of answers, from 0 to `highest`, check-in by check-in: groups of people, for how
    many their total is told, the cell, and the counts behind a spread."""

    def __init__(self, downloaded, highest, waves, truth):
        self.k, self.people = downloaded.k, downloaded.people
        self.every = downloaded.every
        self.highest, self.waves, self.truth = highest, waves, truth

    def system(self, waves, person, known):
        """Classes of people who are always counted together, and what is told of them.

        `person` is a class of their own, and so is each of `known`.
        """
        member_of = {}
        for w in waves:
            for a, (members, *_rest) in enumerate(self.waves[w]):
                for p in members:
                    member_of.setdefault(p, []).append((w, a))
        classes = {}
        for p, cells_of in member_of.items():
            alone = p if p == person or p in known else None
            classes.setdefault((tuple(cells_of), alone), []).append(p)
        return list(classes.items())


def both(one, other):
    """The counts that are in both; None if there are none."""
    it = [(max(a[0], b[0]), min(a[1], b[1])) for a, b in zip(one, other)]
    return it if all(lo <= hi for lo, hi in it) else None


def fits_total(box, of, lo, hi):
    """Whether `of` people with counts in `box` may have a total in lo..hi."""
    for a in range(box[0][0], min(box[0][1], of) + 1):
        for b in range(box[1][0], min(box[1][1], of - a) + 1):
            if box[2][0] <= of - a - b <= box[2][1]:
                fewest, greatest = totals_with((a, b, of - a - b))
                if fewest <= hi and lo <= greatest:
                    return True
    return False


def ends(possible, inner, outer):
    """The value furthest towards `outer` that is possible, of a run that holds `inner`."""
    if possible(outer):
        return outer
    while abs(outer - inner) > 1:
        middle = (inner + outer) // 2
        if possible(middle):
            inner = middle
        else:
            outer = middle
    return inner


def left(world, waves, person, known=()):
    """The answers that `person` may have, by everything told in `waves`."""
    top = world.highest
    classes = world.system(waves, person, known)
    # Only what hangs together with the person matters.
    told = {cell for (of, alone), _ in classes if alone == person for cell in of}
    growing = True
    while growing:
        growing = False
        for (of, _alone), _members in classes:
            if any(cell in told for cell in of) and not all(cell in told for cell in of):
                told.update(of)
                growing = True
    classes = [it for it in classes if any(cell in told for cell in it[0][0])]
    if not classes:
        return list(range(top + 1))
    with_bands = any(world.waves[w][a][3] for w, a in told)

    bounds, base = [], []
    own = next(at for at, ((_of, alone), _) in enumerate(classes) if alone == person)
    for (_of, alone), members in classes:
        if alone in known and alone is not None:
            bounds.append((known[alone], known[alone]))
        else:
            bounds.append((0, top * len(members)))
    counts = {}
    if with_bands:
        for at, ((of, _alone), members) in enumerate(classes):
            if any(world.waves[w][a][3] for w, a in of):
                counts[at] = [len(bounds) + t for t in range(3)]
                bounds += [(0, len(members))] * 3
                base.append(([(i, 1) for i in counts[at]], len(members), len(members)))
                for end, sign in ((0, 1), (1, -1)):
                    # The sum is at least, and at most, what the thirds allow.
                    terms = [(at, sign)] + [
                        (counts[at][t], -sign * THIRDS[t][end]) for t in range(3)
                    ]
                    terms = [(i, a) for i, a in terms if a]
                    base.append((terms, 0, 100 * len(members)))
    totals, choices = {}, {}
    for w, a in sorted(told):
        members, told_for, (lo, hi), behind = world.waves[w][a]
        inside = tuple(at for at, ((of, _), _m) in enumerate(classes) if (w, a) in of)
        lo, hi = totals_of(lo, hi, told_for, len(members), top)
        before = totals.get(inside, (0, top * len(members)))
        totals[inside] = (max(lo, before[0]), min(hi, before[1]))
        if behind:
            same = choices.setdefault(inside, behind)
            choices[inside] = same if same is behind else [
                box for box in (both(a, b) for a in same for b in behind) if box
            ]
    rows = base + [([(at, 1) for at in inside], lo, hi) for inside, (lo, hi) in totals.items()]
    # Only what fits the total of the same people: most of what might have been told instead does not.
    for inside, boxes in choices.items():
        of = sum(len(classes[at][1]) for at in inside)
        lo, hi = totals[inside]
        choices[inside] = [box for box in boxes if fits_total(box, of, lo, hi)]

    def within(frm, to):
        """The bounds where the person's answer lies in frm..to, which are of one third."""
        mine = list(bounds)
        mine[own] = (frm, to)
        if own in counts:
            for t, third in enumerate(THIRDS):
                is_mine = int(third[0] <= frm <= third[1])
                mine[counts[own][t]] = (is_mine, is_mine)
        return mine

    def run(frm, to, rows, first):
        """What is possible of frm..to with these rows has no gaps: from where to where, if `first` is."""
        possible = lambda it: feasible(within(it, it), rows)
        return range(ends(possible, first, frm), ends(possible, first, to) + 1)

    found = set()
    for frm, to in THIRDS if with_bands else ((0, top),):
        for looked, chosen in enumerate(itertools.product(*choices.values())):
            if looked >= MOST_WAYS:
                found.update(range(frm, to + 1))  # Not found out: the attacker must not claim anything.
            if all(it in found for it in range(frm, to + 1)):
                break
            counted = [
                ([(counts[at][t], 1) for at in inside], *box[t])
                for inside, box in zip(choices, chosen)
                for t in range(3)
            ]
            point = point_of(within(frm, to), rows + counted)
            if point is not None:
                found.update(run(frm, to, rows + counted, point[own]))
    return sorted(found)


# --- figures of units, and who took part -------------------------------------------------------------


WITHIN_TEAM_SD = 22
OF_ITEMS = 0.15


def stands_for(lo, hi, of):
    """The total that stands for a cell: its middle; at an end a quarter in from the inner end."""
    if lo == 0 and hi < 100 * of:
        return hi - (hi - lo) / 4
    if hi == 100 * of and lo > 0:
        return lo + (hi - lo) / 4
    return (lo + hi) / 2


def figure_of(atoms, asked, scale):
    """Score, its kind and its range for a page of `atoms`, of whom so many each were asked."""
    people = [(it["people"]["least"] + it["people"]["most"]) / 2 for it in atoms]
    cell = [(it["total"][scale]["lo"], it["total"][scale]["hi"], it["people"]["least"]) for it in atoms]
    all_people = sum(people)
    mean = lambda of: sum(n / least * of(lo, hi, least) for n, (lo, hi, least) in zip(people, cell)) / all_people
    value, bound = mean(stands_for), "about"
    score = value
    if all(lo == 0 and hi < 100 * least for lo, hi, least in cell):
        score, bound = mean(lambda lo, hi, _: hi), "at most"
    elif all(hi == 100 * least and lo > 0 for lo, hi, least in cell):
        score, bound = mean(lambda lo, hi, _: lo), "at least"
    # Uncertainty is reckoned with halfway between the fewest and the middle.
    variance = sum(
        WITHIN_TEAM_SD**2 * n * (1 - least / of * (1 - OF_ITEMS) + n / ((least + n) / 2) - 1)
        + (n / least * (hi - lo + 1)) ** 2 / 12
        for n, of, (lo, hi, least) in zip(people, asked, cell)
    ) / all_people**2
    half = 1.96 * math.sqrt(variance)
    low = 0 if bound == "at most" else max(0, value - half)
    high = 100 if bound == "at least" else min(100, value + half)
    return score, bound, low, high


def took_part_of(people, asked):
    """What is told of the share of one atom that took part."""
    if people["most"] >= asked:
        return {"in_ten": min(9, 10 * people["least"] // asked), "bound": "at least"}
    return share_of((people["least"] + people["most"]) / 2 / asked)


def share_of(share):
    if share <= 0.4:
        return {"in_ten": 4, "bound": "at most"}
    if share >= 0.9:
        return {"in_ten": 9, "bound": "at least"}
    return {"in_ten": min(8, max(5, math.floor(share * 10 + 0.5))), "bound": "about"}


def figures_tell_no_more(world):
    """Works out everything that a release tells of units from its atoms and the rosters; how many numbers."""
    looked = 0
    for at, wave in enumerate(world.all["waves"]):
        release = wave["release"]
        asked_in = lambda units: sum(world.all["asked"][it["id"]][at] for it in units)
        parents = {it["id"]: it["parent"] for it in release["units"]}

        def inside(unit, top):
            while unit is not None and unit != top:
                unit = parents[unit]
            return unit is not None

        for atom in release["atoms"]:
            if atom["took_part"] != took_part_of(atom["people"], asked_in(atom["units"])):
                raise SystemExit(f"{world.path}: a share of an atom that does not follow")
        for unit in release["units"]:
            whole = [
                it for it in release["atoms"] if all(inside(of["id"], unit["id"]) for of in it["units"])
            ]
            if (unit["page"] is None) != (not whole):
                raise SystemExit(f"{world.path}: a page that does not follow from the atoms")
            if not whole:
                continue
            page, asked = unit["page"], [asked_in(it["units"]) for it in whole]
            least, most = (sum(it["people"][end] for it in whole) for end in ("least", "most"))
            beyond = sum(
                (it["people"]["least"] + it["people"]["most"]) / 2 / len(it["units"])
                for it in release["atoms"]
                if it not in whole
                for of in it["units"]
                if inside(of["id"], unit["id"])
            )
            middle = (least + most) / 2
            covered = middle / (middle + beyond)
            expected = {
                "people": {"least": least, "most": most},
                "took_part": whole[0]["took_part"] if len(whole) == 1 else share_of(middle / sum(asked)),
                "covers_percent": next(it for it in (90, 75, 50, 0) if covered >= it / 100),
            }
            for name, value in expected.items():
                if page[name] != value:
                    raise SystemExit(f"{world.path}: {name} of a unit: {page[name]}, not {value}")
            for scale in SCALES:
                score, bound, low, high = figure_of(whole, asked, scale)
                told = page["figures"][scale]
                near = all(
                    abs(told[name] - value) < 0.0501
                    for name, value in (("score", score), ("low", low), ("high", high))
                )
                if told["bound"] != bound or not near:
                    raise SystemExit(f"{world.path}: a figure that does not follow: {told}")
                looked += 3
    return looked


def who_took_part(world):
    """Whether what is told of people shows of somebody that they took part, or did not, to those who know it of
    k - 1 others; of groups of 2k and more asked, unless fewer than k of the whole organisation took no part.

    Each atom's class, the ballots of the whole organisation, and the rosters together. A ballot may leave a scale
    out, so at least as many took part as a class says, and perhaps more.
    """
    looked = 0
    for at, wave in enumerate(world.all["waves"]):
        release = wave["release"]
        atoms = release["atoms"]
        if not atoms:
            continue
        asked = [sum(world.all["asked"][it["id"]][at] for it in atom["units"]) for atom in atoms]
        ballots = release["turnout"]["ballots"]
        silent = release["turnout"]["eligible"] - ballots
        for atom, of in zip(atoms, asked):
            really = len(world.members(at, atom["units"]))
            fewest = max(atom["people"]["least"], ballots - (sum(asked) - of))
            most = min(of, ballots - sum(it["people"]["least"] for it in atoms if it is not atom))
            members = world.members(at, atom["units"])
            counted = min(
                sum(scale not in world.skipped.get(p, ()) for p in members) for scale in SCALES
            )
            # One of the smallest group may leave a scale out, and stands in it with the mean of the others.
            counted += counted == world.k - 1 and really >= world.k
            if not (fewest <= really <= most and atom["people"]["least"] <= counted <= atom["people"]["most"]):
                raise SystemExit(f"{world.path}: a class of people that is not true")
            if of < 2 * world.k or silent < world.k:
                continue
            looked += 1
            # All k - 1 took no part: did everybody else? All k - 1 did: did nobody else?
            if fewest > of - world.k or most < world.k:
                raise SystemExit(f"{world.path}: {fewest} to {most} of {of} shows who took part")
    return looked


# --- the attacks ----------------------------------------------------------------------------------


class Tally:
    """How many answers are left, over everybody attacked."""

    def __init__(self, title, fewest, of=SCORES, share=0):
        self.title, self.fewest, self.of, self.share = title, fewest, of, share
        self.all, self.broken = [], 0

    def add(self, world, person, scores, promised=None):
        if world.truth[person] not in scores:
            raise SystemExit(f"{self.title}: the real answer is excluded: {scores}")
        self.all.append(len(scores))
        self.broken += len(scores) < (self.fewest if promised is None else promised)

    def say(self):
        if self.all:
            mean = sum(self.all) / len(self.all)
            broken = f"; {self.broken} left less than {self.fewest}" if self.broken and self.share else ""
            broken = "; LESS THAN PROMISED" if self.is_broken() else broken
            print(f"{self.title}: {len(self.all)} attacked, left {min(self.all)} of {self.of} at worst, "
                  f"{mean:.0f} on average{broken}")
        return self.is_broken()

    def is_broken(self):
        """Whether more are left less than is promised than may be."""
        return self.broken > self.share * len(self.all)


def one_of_each_class(world, waves):
    """People who are counted alike are attacked once."""
    return [members[0] for _, members in world.system(waves, None, ())]


def changed(world, waves):
    """People who joined, left or moved within `waves`."""
    return [
        p for p, units in world.people.items()
        if p in world.truth and len({units[w] for w in waves}) > 1
    ]


def moved(world, waves, person):
    """Whether somebody was in two units within `waves`."""
    return len({world.people[person][w] for w in waves} - {None}) > 1


def colluders(world, wave, person):
    """Choices of k - 1 of those counted with `person` who tell their scores: the lowest, the highest, the most
    extreme. With each, who else is counted with them, and whether a spread is told of them all."""
    with_person, _, _, behind = next(
        (it for it in world.waves[wave] if person in it[0]), ([], 0, (0, 0), [])
    )
    tried = []
    for key in (lambda it: it, lambda it: -it, lambda it: -abs(it - 50)):
        others = sorted((p for p in with_person if p != person), key=lambda p: key(world.truth[p]))
        told = {p: world.truth[p] for p in others[: world.k - 1]}
        if told not in [it[0] for it in tried]:
            tried.append((told, others[world.k - 1:], bool(behind)))
    return tried


def promised(world, person, others):
    """How many scores somebody keeps in one check-in where k - 1 tell theirs: docs/privacy.md, "Exactly", 7.
    By how far the sum of those who do not tell, the person and `others`, is from both its ends."""
    rest = world.truth[person] + sum(world.truth[p] for p in others)
    return min(rest, 100 * (1 + len(others)) - rest, 100 if others else 49) + 1


def main(paths):
    one = Tally("one check-in", SCORES)
    joined = Tally("joined or left, two check-ins", FEWEST_OVER_TWO)
    movers = Tally("moved, two check-ins", FEWEST_MOVED)
    all_waves = Tally("joined, left or moved, all check-ins", FEWEST_OVER_ALL)
    stayed = Tally("anybody, all check-ins", FEWEST_OVER_ALL)
    colluding = Tally("one check-in, k - 1 others of more than k tell their scores", 1)
    with_spread = Tally("the same, of a group with a spread", FEWEST_OVER_ALL)
    all_but_one = Tally("one check-in, all but one of k tell their scores", 1)
    colluding_all = Tally(
        "joined, left or moved, all check-ins, k - 1 others tell their scores", FEWEST_OVER_ALL,
        share=SHARE_OVER_ALL,
    )
    part = Tally("a part of the work, one check-in", 5, 5)
    part_two = Tally("a part of the work, joined, left or moved, two check-ins", FEWEST_CONDITIONS, 5)
    # That the browsers of the same people draw the same question every time, and the attacker knows it, is not so.
    part_all = Tally("a part of the work, joined, left or moved, all check-ins", 1, 5)
    figures = people = 0
    for path in paths:
        downloaded = Downloaded(path)
        figures += figures_tell_no_more(downloaded)
        people += who_took_part(downloaded)
        for scale in SCALES:
            world = downloaded.scale(scale)
            over_time(world, one, joined, movers, all_waves)
            for p in one_of_each_class(world, world.every):
                stayed.add(world, p, left(world, world.every, p))
            for w in world.every[:2]:
                for p in one_of_each_class(world, [w]):
                    for known, others, spread in colluders(world, w, p):
                        tally = with_spread if spread else colluding if others else all_but_one
                        least = None if spread else promised(world, p, others)
                        tally.add(world, p, left(world, [w], p, known), least)
            for p in changed(world, world.every)[:3]:
                last = max((w for w in world.every if any(p in it[0] for it in world.waves[w])), default=0)
                for known, _, _ in colluders(world, last, p):
                    colluding_all.add(world, p, left(world, world.every, p, known))
        for item in sorted({item for of in downloaded.answered.values() for item in of}):
            over_time(downloaded.condition(item), part, part_two, part_two, part_all)
    broken = sum(it.say() for it in (
        one, joined, movers, all_waves, stayed, colluding, with_spread, all_but_one, colluding_all,
        part, part_two, part_all,
    ))
    print(f"units: {figures} numbers follow from their atoms; "
          f"who took part: {people} groups, shown of nobody")
    if broken:
        raise SystemExit(1)


def over_time(world, one, joined, movers, all_waves):
    """Everybody in one check-in; those who join, leave or move, in two and in all."""
    for w in world.every:
        for p in one_of_each_class(world, [w]):
            one.add(world, p, left(world, [w], p))
    for w in world.every[1:]:
        for p in changed(world, [w - 1, w]):
            tally = movers if moved(world, [w - 1, w], p) else joined
            tally.add(world, p, left(world, [w - 1, w], p))
    for p in changed(world, world.every):
        all_waves.add(world, p, left(world, world.every, p))


if __name__ == "__main__":
    main(sys.argv[1:])

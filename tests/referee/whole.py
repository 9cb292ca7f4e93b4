"""Systems of whole numbers within bounds, for the attacker from outside (`outside.py`).

A row is (terms, lo, hi): the sum of factor times number, for each (place, factor) of its terms, lies in lo..hi.

Linear programming in floating point, which is quick, and never believed: a point is rounded and tried in all rows,
and where there is none the weights of rows that say so are rounded and added up in whole numbers. Where neither
holds, the system is cut in two. The standard library is enough.
"""

# Parts of a system that are looked at before it counts as not found out.
MOST_PARTS = 400
# Steps of one linear program.
MOST_STEPS = 400
NEARLY_NOTHING = 1e-7
# Weights are rounded to this part of one.
FINE = 1 << 24


def feasible(bounds, rows):
    """Whether whole numbers within `bounds` meet all `rows`; also where that is not found out."""
    return point_of(bounds, rows) is not None


def point_of(bounds, rows):
    """Whole numbers within `bounds` that meet all `rows`; None if there are none. Branch and bound.

    Where it is not found out in time, some numbers within `bounds`: an attacker must not claim anything then.
    """
    stack = [list(bounds)]
    for _ in range(MOST_PARTS):
        if not stack:
            return None
        here = tighten(stack.pop(), rows)
        if here is None:
            continue
        point, weights = simplex(here, rows)
        if weights is not None and contradict(here, rows, weights):
            continue
        cut = None
        if point is not None:
            whole = [min(max(round(it), lo), hi) for it, (lo, hi) in zip(point, here)]
            if meets(whole, rows):
                return whole
            cut = next((i for i, it in enumerate(point) if abs(it - round(it)) > 1e-6), None)
        if cut is None:
            cut = max(range(len(here)), key=lambda i: here[i][1] - here[i][0])
            middle = sum(here[cut]) // 2
        else:
            middle = int(point[cut] // 1)
        low, high = list(here), list(here)
        low[cut], high[cut] = (here[cut][0], middle), (middle + 1, here[cut][1])
        stack += [it for it in (low, high) if it[cut][0] <= it[cut][1]]
    return [lo for lo, _ in bounds]


def meets(point, rows):
    """Whether the numbers meet all rows."""
    return all(lo <= sum(a * point[i] for i, a in terms) <= hi for terms, lo, hi in rows)


def contradict(bounds, rows, weights):
    """Whether rows, added up with these weights (above 0: "at most hi"; below: "at least lo"), cannot be met by
    anything within `bounds`. In whole numbers."""
    sums, most = {}, 0
    for (terms, lo, hi), weight in zip(rows, weights):
        weight = round(weight * FINE)
        if weight:
            most += weight * (hi if weight > 0 else lo)
            for i, a in terms:
                sums[i] = sums.get(i, 0) + weight * a
    return sum(a * bounds[i][0 if a > 0 else 1] for i, a in sums.items()) > most


def tighten(bounds, rows):
    """Bounds that every solution keeps, or None."""
    bounds = list(bounds)
    for _ in range(20):
        changed = False
        for terms, lo, hi in rows:
            least = most = 0
            for i, a in terms:
                b = bounds[i]
                if a > 0:
                    least, most = least + a * b[0], most + a * b[1]
                else:
                    least, most = least + a * b[1], most + a * b[0]
            if least > hi or most < lo:
                return None
            if least >= lo and most <= hi:
                continue
            for i, a in terms:
                b_lo, b_hi = bounds[i]
                own_lo, own_hi = (a * b_lo, a * b_hi) if a > 0 else (a * b_hi, a * b_lo)
                frm, to = lo - (most - own_hi), hi - (least - own_lo)
                if a > 0:
                    new = (max(b_lo, -((-frm) // a)), min(b_hi, to // a))
                else:
                    new = (max(b_lo, -(to // -a)), min(b_hi, (-frm) // -a))
                if new[0] > new[1]:
                    return None
                if new != (b_lo, b_hi):
                    bounds[i] = new
                    changed = True
                    new_lo, new_hi = (a * new[0], a * new[1]) if a > 0 else (a * new[1], a * new[0])
                    least, most = least + new_lo - own_lo, most + new_hi - own_hi
        if not changed:
            break
    return bounds


def simplex(bounds, rows):
    """A point that meets everything, and None; or None, and weights of the rows that contradict each other; or
    None twice. Dual simplex with Bland's rule.

    y = x - lower >= 0, and each side of a row, and each upper bound, is an inequality: sum <= right.
    """
    free = [i for i, (lo, hi) in enumerate(bounds) if hi > lo]
    place = {i: at for at, i in enumerate(free)}
    body, right, source = [], [], []
    for number, (terms, lo, hi) in enumerate(rows):
        base = sum(a * bounds[i][0] for i, a in terms)
        row = [0.0] * len(free)
        reach = depth = 0
        for i, a in terms:
            if i in place:
                row[place[i]] += a
                wide = a * (bounds[i][1] - bounds[i][0])
                reach, depth = (reach + wide, depth) if a > 0 else (reach, depth + wide)
        if reach > hi - base:
            body.append(row)
            right.append(float(hi - base))
            source.append((number, 1))
        if depth < lo - base:
            body.append([-a for a in row])
            right.append(float(base - lo))
            source.append((number, -1))
    for i in free:
        row = [0.0] * len(free)
        row[place[i]] = 1.0
        body.append(row)
        right.append(float(bounds[i][1] - bounds[i][0]))
    m, n = len(body), len(free)
    basis = [n + r for r in range(m)]
    columns = list(range(n))  # what each column of the body stands for
    for _ in range(MOST_STEPS):
        leave = min((r for r in range(m) if right[r] < -NEARLY_NOTHING), key=basis.__getitem__, default=None)
        if leave is None:
            point = [float(lo) for lo, _ in bounds]
            for r in range(m):
                if basis[r] < n:
                    point[free[basis[r]]] += right[r]
            return point, None
        row = body[leave]
        enter = min((c for c in range(n) if row[c] < -NEARLY_NOTHING), key=columns.__getitem__, default=None)
        if enter is None:
            weights = [0.0] * len(rows)
            for slack, by in [(basis[leave], 1.0), *zip(columns, row)]:
                if n <= slack < n + len(source):
                    number, side = source[slack - n]
                    weights[number] += side * by
            return None, weights
        pivot = row[enter]
        used = [c for c in range(n) if row[c] and c != enter]
        for c in used:
            row[c] /= pivot
        row[enter] = 1 / pivot
        right[leave] /= pivot
        value = right[leave]
        for r in range(m):
            other = body[r]
            by = other[enter]
            if by and r != leave:
                for c in used:
                    other[c] -= by * row[c]
                other[enter] = -by / pivot
                right[r] -= by * value
        basis[leave], columns[enter] = columns[enter], basis[leave]
    return None, None

"""Makes golden_local_level.json: levels of the local-level model by two ways that share nothing with the
product's recursion.

1. Dense least squares. With a flat start, the levels mu_1..mu_t given y_1..y_t minimise
   sum (y_i - mu_i)^2 / v_i + sum (mu_i - mu_(i-1))^2 / q. The solution is that of one linear system, and the
   variance of the last level is the corner of the inverse of its matrix. No recursion anywhere.
2. statsmodels' Kalman filter with a given, exactly diffuse start and a variance of its own for each wave.

Both must agree to 1e-8 before anything is written. Needs numpy and statsmodels:
    python3 tests/referee/make_local_level.py > crates/evaluation/golden/golden_local_level.json
"""

import json
import random
import sys

import numpy as np
from statsmodels.tsa.statespace.mlemodel import MLEModel


def dense(y, v, q):
    """Level and variance at each wave from that wave and those before; None before the first figure."""
    found = []
    for end in range(1, len(y) + 1):
        first = next((i for i in range(end) if y[i] is not None), None)
        if first is None:
            found.append(None)
            continue
        size = end - first
        matrix, right = np.zeros((size, size)), np.zeros(size)
        for i in range(size):
            if y[first + i] is not None:
                matrix[i, i] += 1 / v[first + i]
                right[i] += y[first + i] / v[first + i]
        for i in range(1, size):
            matrix[i, i] += 1 / q
            matrix[i - 1, i - 1] += 1 / q
            matrix[i, i - 1] -= 1 / q
            matrix[i - 1, i] -= 1 / q
        inverse = np.linalg.inv(matrix)
        found.append((float((inverse @ right)[-1]), float(inverse[-1, -1])))
    return found


class LocalLevel(MLEModel):
    def __init__(self, y, v, q):
        super().__init__(np.array([np.nan if it is None else it for it in y]), k_states=1)
        self["design", 0, 0] = 1.0
        self["transition", 0, 0] = 1.0
        self["selection", 0, 0] = 1.0
        self["state_cov", 0, 0] = q
        self.ssm["obs_cov"] = np.array([1.0 if it is None else it for it in v]).reshape(1, 1, -1)
        self.ssm.initialize_diffuse()


def statsmodels_filter(y, v, q):
    result = LocalLevel(y, v, q).ssm.filter()
    seen, found = False, []
    for at in range(len(y)):
        seen = seen or y[at] is not None
        level = float(result.filtered_state[0, at])
        found.append((level, float(result.filtered_state_cov[0, 0, at])) if seen else None)
    return found


def series(rng, waves, start, sd, missing, step_at=None):
    level, y, v = start, [], []
    for at in range(waves):
        level += rng.gauss(0, 2) + (10 if at == step_at else 0)
        variance = round(rng.uniform(10, 90), 3)
        shown = rng.random() >= missing
        y.append(round(level + rng.gauss(0, variance**0.5), 3) if shown else None)
        v.append(variance if shown else None)
    return y, v


def main():
    rng = random.Random(18)
    made = [
        ("steady", series(rng, 20, 45, 2, 0.0), 16.0),
        ("step of 10", series(rng, 20, 45, 2, 0.0, 12), 16.0),
        ("withheld waves", series(rng, 24, 3, 2, 0.3), 16.0),
        ("nothing published at first", ([None, None] + series(rng, 10, -6, 2, 0.2)[0], None), 16.0),
        ("small steps", series(rng, 16, 60, 2, 0.1), 1.0),
        ("large steps", series(rng, 16, 60, 2, 0.1), 100.0),
    ]
    cases = []
    for name, (y, v), q in made:
        if v is None:
            v = [None if it is None else 40.0 for it in y]
        one, other = dense(y, v, q), statsmodels_filter(y, v, q)
        for a, b in zip(one, other):
            if (a is None) != (b is None) or a and max(abs(a[0] - b[0]), abs(a[1] - b[1])) > 1e-8:
                sys.exit(f"{name}: {a} and {b} differ")
        expected = [None if it is None else {"level": it[0], "variance": it[1]} for it in one]
        cases.append({"name": name, "step_variance": q, "y": y, "v": v, "expected": expected})
    whole = {"tolerance": {"abs": 1e-9}, "local_level": {"cases": cases}}
    print(json.dumps(whole, indent=1))


main()

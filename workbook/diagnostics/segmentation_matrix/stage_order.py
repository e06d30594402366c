"""The order of stages that the options do not name, as deals went through them."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]


def passages(deal: Sequence[object], day: Sequence[int], stage: Sequence[int], n: int) -> Counts:
    """Count how many deals entered stage i on an earlier day than stage j, shape (n, n).

    Parameters
    ----------
    deal, day, stage
        By event: the deal it belongs to, its day and its stage (0 to n - 1; below 0: none).
    """
    first: dict[object, dict[int, int]] = {}
    for whose, when, at in zip(deal, day, stage, strict=True):
        if at >= 0:
            entered = first.setdefault(whose, {})
            entered[at] = min(entered.get(at, when), when)
    before = np.zeros((n, n), dtype=np.int64)
    for entered in first.values():
        for one, other in combinations(entered, 2):
            if entered[one] < entered[other]:
                before[one, other] += 1
            elif entered[other] < entered[one]:
                before[other, one] += 1
    return before


def in_order(before: Counts, fixed: int) -> tuple[list[int], list[int]]:
    """Return all stages in the order of most passages, and those that no deal tells a place of.

    The first ``fixed`` stages keep their order.  The others, first those that come earliest of
    them, are put where the fewest deals went the other way; ties go to the later place, so that
    a stage without any passage follows the rest in the order in which it was given.

    Examples
    --------
    >>> went = np.array([[0, 0, 0], [0, 0, 3], [0, 0, 0]])
    >>> in_order(went, fixed=1)
    ([0, 1, 2], [])
    """
    n = len(before)
    moved = before + before.T
    told = [k for k in range(fixed, n) if moved[k].any()]
    untold = [k for k in range(fixed, n) if not moved[k].any()]
    majority = np.sign(before - before.T)
    told.sort(key=lambda k: (-int(majority[k].sum()), k))
    placed = list(range(fixed))
    for stage in told:
        against = [
            int(before[stage, placed[:at]].sum() + before[placed[at:], stage].sum())
            for at in range(len(placed) + 1)
        ]
        best = min(against)
        placed.insert(max(at for at, n in enumerate(against) if n == best), stage)
    return placed + untold, untold

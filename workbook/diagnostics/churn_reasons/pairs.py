"""Reasons that are named together: pairs and whole combinations."""

from collections import Counter, defaultdict
from collections.abc import Callable

import numpy as np

from workbook.diagnostics.churn_reasons.counting import Mentions, together
from workbook.diagnostics.churn_reasons.result import Combination, Pair
from workbook.stats import Floats, holm


def pairs(
    given: Mentions,
    *,
    min_n: int,
    label: Callable[[str], str],
    without: str = "",
    alpha: float = 0.05,
) -> tuple[Pair, ...]:
    """Return the pairs named together at least ``min_n`` times, most often first.

    All pairs of reasons that are both named so often are tested, and Holm's correction is for
    their number: the pairs shown were chosen by what they show.

    Parameters
    ----------
    without
        A reason left out (the unknown one, which never has company).
    alpha
        Below it a corrected p value says that a pair stands out.
    """
    table = together(given)
    often = [i for i, name in enumerate(given.names) if table[i, i] >= min_n and name != without]
    tested = [(i, j) for i in often for j in often if i < j]
    p_values = [_fisher(int(table[i, j]), table[i, i], table[j, j], given.n) for i, j in tested]
    found = []
    for (i, j), p_value, p_holm in zip(tested, p_values, holm(p_values), strict=True):
        both, a, b = int(table[i, j]), int(table[i, i]), int(table[j, j])
        if both < max(1, min_n):
            continue
        pair = Pair(
            a=given.names[i],
            b=given.names[j],
            label_a=label(given.names[i]),
            label_b=label(given.names[j]),
            n=both,
            lift=both * given.n / (a * b),
            jaccard=both / (a + b - both),
            p_value=p_value,
            p_holm=p_holm,
            stands_out=p_holm < alpha and both * given.n > a * b,
        )
        found.append(pair)
    return tuple(sorted(found, key=lambda p: (-p.n, -p.lift, p.a, p.b)))


def combinations(
    given: Mentions, revenue: Floats, *, label: Callable[[str], str]
) -> tuple[Combination, ...]:
    """Return every set of reasons that a loss has, most frequent first."""
    sets: list[list[str]] = [[] for _ in range(given.n)]
    for row, reason in zip(given.row.tolist(), given.reason.tolist(), strict=True):
        sets[row].append(given.names[reason])
    keys = [tuple(sorted(names)) for names in sets]
    sums: dict[tuple[str, ...], float] = defaultdict(float)
    for key, money in zip(keys, np.nan_to_num(revenue).tolist(), strict=True):
        sums[key] += money
    known = bool((~np.isnan(revenue)).any())
    counted = sorted(Counter(keys).items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        Combination(
            reasons=key,
            labels=tuple(label(name) for name in key),
            n=n,
            revenue=sums[key] if known else None,
        )
        for key, n in counted
    )


def _fisher(both: int, a: int, b: int, n: int) -> float:
    from scipy.stats import fisher_exact

    table = np.array([[both, int(a) - both], [int(b) - both, n - int(a) - int(b) + both]])
    return float(min(1.0, fisher_exact(table).pvalue))

"""Reasons that are named together: pairs and whole combinations."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import numpy as np

from workbook.diagnostics.churn_reasons.counting import Ints, Mentions, together
from workbook.diagnostics.churn_reasons.reasons_result import Combination, Pair
from workbook.stats import Correction, Family, Floats, Procedure, seeded
from workbook.stats.fixed_margins import COLUMNS, Marks, meetings


def pairs(
    given: Mentions,
    *,
    min_n: int,
    label: Callable[[str], str],
    without: str = "",
    alpha: float = 0.05,
) -> tuple[Pair, ...]:
    """Return the pairs named together at least ``min_n`` times, most often first.

    All pairs of reasons that are both named so often are tested, and the correction is for their
    number: the pairs shown were chosen by what they show.  Chance: as many reasons for each loss
    and as many losses for each reason as there are, else dealt out at random.

    Parameters
    ----------
    without
        A reason left out (the unknown one, which never has company).
    alpha
        Below it a corrected p value says that a pair stands out.
    """
    table = together(given)
    often = _often(table, given, min_n=min_n, without=without)
    marks, places = _marks(given, often), _twos(len(often))
    found = meetings(marks, places, rng=seeded(marks), least=max(1, min_n))
    rows = []
    for k, (first, second) in enumerate(places.tolist()):
        i, j = often[first], often[second]
        n, a, b = int(table[i, j]), int(table[i, i]), int(table[j, j])
        if n < max(1, min_n):
            continue
        expected, p_holm = float(found.expected[k]), float(found.p_adjusted[k])
        pair = Pair(
            a=given.names[i],
            b=given.names[j],
            label_a=label(given.names[i]),
            label_b=label(given.names[j]),
            n=n,
            expected=expected,
            ratio=n / expected,
            lift=n * given.n / (a * b),
            jaccard=n / (a + b - n),
            p_value=float(found.p_value[k]),
            p_holm=p_holm,
            stands_out=p_holm < alpha and n > expected,
        )
        rows.append(pair)
    return tuple(sorted(rows, key=lambda p: (-p.n, -p.lift, p.a, p.b)))


def pairs_family(
    given: Mentions, found: Iterable[Pair], *, min_n: int, without: str = "", alpha: float = 0.05
) -> Family | None:
    """Return what :func:`pairs` tested together; None where no two reasons are frequent enough."""
    often = _often(together(given), given, min_n=min_n, without=without)
    if len(often) < 2:
        return None
    return Family(
        id="reason_pairs",
        procedure=Procedure.PERMUTATION,
        correction=Correction.SIMULTANEOUS,
        comparisons=len(_twos(len(often))),
        passed=sum(pair.stands_out for pair in found),
        alpha=alpha,
    )


def _often(table: Ints, given: Mentions, *, min_n: int, without: str) -> list[int]:
    """Return the places of the reasons that are named often enough (the most frequent 64)."""
    counted = np.diag(table)
    often = [i for i, name in enumerate(given.names) if counted[i] >= min_n and name != without]
    return sorted(sorted(often, key=lambda i: (-counted[i], i))[:COLUMNS])


def _marks(given: Mentions, reasons: list[int]) -> Marks:
    """Return losses by reasons, in an order that is not that of the file."""
    # Draws must not depend on the order of rows, so the losses are put into their own.
    marks = np.zeros((given.n, len(given.names)), dtype=bool)
    marks[given.row, given.reason] = True
    chosen = marks[:, reasons]
    return chosen[np.lexsort(chosen.T)] if reasons else chosen


def _twos(size: int) -> Ints:
    return np.column_stack(np.triu_indices(size, 1)).astype(np.int64)


def combinations(
    given: Mentions, revenue: Floats, *, label: Callable[[str], str]
) -> tuple[Combination, ...]:
    """Return every set of reasons that a loss has, most frequent first."""
    keys = given.by_row()
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

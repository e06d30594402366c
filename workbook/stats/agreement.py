"""Agreement between people who judged the same things: alpha and the kappas.

Every coefficient is ``1 - observed / expected disagreement``; they differ in what is expected.
Where nothing can be disagreed about (all judgements equal, or nothing to compare) the
coefficient is undefined: the answer is None, never 0 or NaN.

Sources: Krippendorff, *Content Analysis* (2004), ch. 11; Passonneau (2006) for the MASI
distance; Cohen (1960, 1968); Fleiss (1971); Fleiss, Cohen and Everitt (1969) for the standard
error; Randolph (2005).
"""

import math
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Metric = Literal["nominal", "ordinal", "interval", "ratio", "masi"]
Weights = Literal["linear", "quadratic"]
Judgement = Hashable | None
_Matrix = npt.NDArray[np.float64]


def krippendorff_alpha(units: Sequence[Sequence[Judgement]], metric: Metric) -> float | None:
    """Return Krippendorff's alpha of judgements with gaps, by any number of coders.

    Parameters
    ----------
    units
        One sequence per judged thing, one value per coder, None where a coder left it out.
        Units with fewer than two values say nothing about agreement and are passed over.
    metric
        How far two values are apart.  ``ordinal``, ``interval`` and ``ratio`` need numbers,
        ``masi`` sets (frozenset).

    Returns
    -------
    float or None
        None when all values are equal or no unit has two.

    Examples
    --------
    Twelve units by up to four observers (Krippendorff 2011, Computing Krippendorff's Alpha):

    >>> units = [[1, 1, None, 1], [2, 2, 3, 2], [3] * 4, [3] * 4, [2] * 4, [1, 2, 3, 4],
    ...          [4] * 4, [1, 1, 2, 1], [2] * 4, [None, 5, 5, 5], [1, 1], [3]]
    >>> [round(krippendorff_alpha(units, m), 3) for m in ("nominal", "ordinal", "interval")]
    [0.743, 0.815, 0.849]
    >>> krippendorff_alpha([[1, 1], [1, 1]], "nominal") is None  # nothing to disagree about
    True
    """
    judged = [[v for v in unit if v is not None] for unit in units]
    judged = [values for values in judged if len(values) > 1]
    values = _distinct(judged, metric)
    if len(values) < 2:
        return None
    together = _coincidences(judged, values)
    totals: _Matrix = together.sum(axis=1)
    apart = _distances(values, totals, metric)
    expected = float(totals @ apart @ totals) / (float(totals.sum()) - 1)
    if expected <= 0:
        return None
    return 1 - float((together * apart).sum()) / expected


def cohen_kappa(first: Sequence[Judgement], second: Sequence[Judgement]) -> float | None:
    """Return Cohen's kappa of two coders; pairs with a gap (None) are passed over.

    Examples
    --------
    Of 50 cases both say yes to 20 and no to 15; they differ in 5 and 10:

    >>> first = ["yes"] * 25 + ["no"] * 25
    >>> second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    >>> round(cohen_kappa(first, second), 3)
    0.4
    """
    table, _ = _table(first, second)
    return _kappa(table, 1 - np.eye(len(table)))


def cohen_kappa_se(first: Sequence[Judgement], second: Sequence[Judgement]) -> float | None:
    """Return the large-sample standard error of Cohen's kappa (Fleiss, Cohen, Everitt).

    Examples
    --------
    >>> first = ["yes"] * 25 + ["no"] * 25
    >>> second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    >>> round(cohen_kappa_se(first, second), 3)
    0.127
    """
    table, _ = _table(first, second)
    kappa = _kappa(table, 1 - np.eye(len(table)))
    if kappa is None:
        return None
    n = table.sum()
    share = table / n
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    expected = float(rows @ columns)
    weight = rows[None, :] + columns[:, None]  # column share of i plus row share of j
    agree = np.diag(share) * (1 - np.diag(weight) * (1 - kappa)) ** 2
    differ = share * weight**2 * (1 - kappa) ** 2
    np.fill_diagonal(differ, 0)
    variance = agree.sum() + differ.sum() - (kappa - expected * (1 - kappa)) ** 2
    return math.sqrt(max(float(variance), 0.0) / n) / (1 - expected)


def weighted_cohen_kappa(
    first: Sequence[float | None],
    second: Sequence[float | None],
    *,
    scale: Sequence[float] | None = None,
    weights: Weights = "linear",
) -> float | None:
    """Return Cohen's weighted kappa of two coders on an ordered scale.

    Parameters
    ----------
    first, second
        Marks; pairs with a gap (None) are passed over.
    scale
        All steps of the scale, lowest first; those that occur when None.  Neighbouring steps
        count as one apart, whatever numbers stand for them.
    weights
        ``linear``: disagreement grows with the steps between two marks; ``quadratic``: with
        their square.

    Examples
    --------
    To miss by one step weighs less than to miss by two:

    >>> round(weighted_cohen_kappa([0, 0.5, 1, 1], [0, 0.5, 1, 0.5], scale=[0, 0.5, 1]), 2)
    0.71
    >>> round(weighted_cohen_kappa([0, 0.5, 1, 1], [0, 0.5, 1, 0], scale=[0, 0.5, 1]), 2)
    0.5
    """
    table, steps = _table(first, second, scale)
    return _kappa(table, steps if weights == "linear" else steps**2)


def fleiss_kappa(counts: Sequence[Sequence[int]]) -> float | None:
    """Return Fleiss' kappa.

    Parameters
    ----------
    counts
        One row per judged thing: how many raters chose each category.  Every row has the same
        number of raters, at least two.

    Raises
    ------
    ValueError
        When the rows do not have the same number of raters.

    Examples
    --------
    Three raters, two categories:

    >>> round(fleiss_kappa([[3, 0], [0, 3], [2, 1], [3, 0]]), 3)
    0.625
    """
    observed, shares = _observed(counts)
    return _beyond_chance(observed, float((shares**2).sum()))


def randolph_kappa(counts: Sequence[Sequence[int]]) -> float | None:
    """Return Randolph's free-marginal kappa of the same table as :func:`fleiss_kappa`.

    Chance is one over the number of categories, so the columns must be all categories there
    are, also those that nobody chose.

    Examples
    --------
    >>> round(randolph_kappa([[3, 0], [0, 3], [2, 1], [3, 0]]), 3)
    0.667

    A third category that nobody chose makes the same agreement harder to come by:

    >>> round(randolph_kappa([[3, 0, 0], [0, 3, 0], [2, 1, 0], [3, 0, 0]]), 3)
    0.75
    """
    observed, shares = _observed(counts)
    return _beyond_chance(observed, 1 / len(shares)) if len(shares) > 1 else None


def masi_distance(first: frozenset[Any], second: frozenset[Any]) -> float:
    """Return the MASI distance of two sets: 0 the same, 1 nothing in common.

    Examples
    --------
    >>> one, other, both = frozenset("a"), frozenset("b"), frozenset("ab")
    >>> [round(masi_distance(one, codes), 3) for codes in (one, both, other)]
    [0.0, 0.667, 1.0]
    """
    if first == second:
        return 0.0
    common = len(first & second)
    if not common:
        return 1.0
    monotone = 2 / 3 if first <= second or second <= first else 1 / 3
    return 1 - monotone * common / len(first | second)


def _distinct(judged: list[list[Any]], metric: Metric) -> list[Any]:
    found = dict.fromkeys(v for values in judged for v in values)
    return list(found) if metric in ("nominal", "masi") else sorted(found)


def _coincidences(judged: list[list[Any]], values: list[Any]) -> _Matrix:
    """Pairs of values inside a unit, each unit weighing as many values as it has."""
    position = {value: i for i, value in enumerate(values)}
    together = np.zeros((len(values), len(values)))
    for unit in judged:
        counts = Counter(position[v] for v in unit)
        for i, n_i in counts.items():
            for j, n_j in counts.items():
                together[i, j] += n_i * (n_j - (i == j)) / (len(unit) - 1)
    return together


def _distances(values: list[Any], totals: _Matrix, metric: Metric) -> _Matrix:
    """Distance of every two values (squared where the metric is a difference)."""
    if metric == "ordinal":
        middle = np.cumsum(totals) - totals / 2  # mean rank of a value among all values
        return np.asarray((middle[:, None] - middle[None, :]) ** 2)
    apart = _APART[metric]
    return np.array([[apart(a, b) for b in values] for a in values], dtype=float)


def _ratio(a: float, b: float) -> float:
    return ((a - b) / (a + b)) ** 2 if a + b else 0.0


_APART: dict[str, Callable[[Any, Any], float]] = {
    "nominal": lambda a, b: float(a != b),
    "interval": lambda a, b: float((a - b) ** 2),
    "ratio": _ratio,
    "masi": masi_distance,
}


def _table(
    first: Sequence[Judgement], second: Sequence[Judgement], scale: Sequence[Any] | None = None
) -> tuple[_Matrix, _Matrix]:
    """Cross table of two coders, and the steps between every two categories."""
    if len(first) != len(second):
        raise ValueError("two coders must have judged the same number of things")
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    values: list[Any] = list(dict.fromkeys(v for pair in pairs for v in pair))
    values = list(scale) if scale is not None else _sorted(values)
    position = {value: i for i, value in enumerate(values)}
    table = np.zeros((len(values), len(values)))
    for a, b in pairs:
        table[position[a], position[b]] += 1
    place = np.arange(len(values))
    return table, np.abs(place[:, None] - place[None, :]).astype(float)


def _sorted(values: list[Any]) -> list[Any]:
    return sorted(values) if all(isinstance(v, int | float) for v in values) else values


def _kappa(table: _Matrix, apart: _Matrix) -> float | None:
    n = table.sum()
    if not n:
        return None
    chance = np.outer(table.sum(axis=1), table.sum(axis=0)) / n
    expected = float((chance * apart).sum())
    return 1 - float((table * apart).sum()) / expected if expected > 0 else None


def _observed(counts: Sequence[Sequence[int]]) -> tuple[float, _Matrix]:
    """Mean share of agreeing pairs of raters, and the share of each category."""
    table = np.asarray(counts, dtype=float)
    if not table.size:
        return math.nan, np.zeros(0)
    raters = table.sum(axis=1)
    if (raters != raters[0]).any() or raters[0] < 2:
        raise ValueError("every row must have the same number of raters, at least two")
    agreeing = (table * (table - 1)).sum(axis=1) / (raters * (raters - 1))
    return float(agreeing.mean()), table.sum(axis=0) / table.sum()


def _beyond_chance(observed: float, chance: float) -> float | None:
    if math.isnan(observed) or math.isclose(chance, 1):
        return None
    return (observed - chance) / (1 - chance)

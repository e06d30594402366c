"""Measures: the figures of a diagnostic that are compared from period to period."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np

from workbook.stats import Floats, Procedure, wilson
from workbook.stats.intervals import Interval, clustered_difference, welch
from workbook.stats.two_shares import fisher_p, newcombe


class Unit(StrEnum):
    """What a measure counts in; how it is written follows from it."""

    POINTS = "points"
    """Of an index from -100 to 100."""
    SHARE = "share"
    """0-1."""
    MARK = "mark"
    SCORE = "score"
    """Of a scale around zero."""
    COUNT = "count"
    MONEY = "money"
    RATIO = "ratio"
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sample:
    """The observations behind a share or a mean."""

    values: Floats
    """Shape (n,); of a share 0 and 1."""
    givers: Sequence[Hashable] = ()
    """Whose each value is, by a name that holds over periods; empty: each by itself."""

    @property
    def n(self) -> int:
        """Number of values."""
        return len(self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """A difference of two periods with its test; ``p_value`` None: nothing can be said of it."""

    difference: float
    """Later less earlier, in the unit of the measure."""
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    exact: bool = False
    """By the exact distribution of counts."""


Test: TypeAlias = Callable[[Sample, Sample, float], Tested]
"""From the earlier and the later sample and the confidence to the difference."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measure:
    """One figure of one period."""

    name: str
    """Key of its words in the diagnostic's texts (``measures.<name>``)."""
    label: str = ""
    """Of what: a group, a theme, a reason, a product; in the words that the report shows."""
    key: str = ""
    """What it is matched by from period to period; empty: by ``label``."""
    value: float | None
    unit: Unit
    n: int | None = None
    """Answers, customers or losses behind it."""
    low: float | None = None
    high: float | None = None
    sample: Sample | None = None
    """None: the figure is counted, and no test stands behind its change."""
    test: Test | None = None
    """None: by the unit, see :func:`test_of`."""
    procedure: Procedure | None = None
    """What the appendix calls a test of its own; None: by the unit."""
    family: str = ""
    """Figures of one family are tested together; empty: those of one ``name``."""
    rising: int = 0
    """1: a rise is good, -1: bad, 0: neither."""
    headline: bool = False
    """Stands for the diagnostic: shown in the trend and in the row of periods."""
    of_person: bool = False
    """Its label is the name of somebody who is judged by it."""
    absent_is_zero: bool = False
    """A period that does not have it has none of it (a reason that nobody gave)."""

    @property
    def at(self) -> tuple[str, str]:
        """What it is matched by."""
        return self.name, self.key or self.label


def test_of(measure: Measure) -> Test | None:
    """Return how the change of a measure is tested; None where it is counted."""
    if measure.sample is None:
        return None
    return measure.test or (shares if measure.unit is Unit.SHARE else means)


def shares(before: Sample, now: Sample, confidence: float) -> Tested:
    """Return the change of a share: exactly where answers stand alone, else over their givers.

    Examples
    --------
    >>> then, now = Sample(values=np.repeat([1.0, 0], [12, 138])), Sample(values=np.zeros(102))
    >>> found = shares(then, now, 0.95)
    >>> round(found.difference, 2), round(found.p_value, 4)
    (-0.08, 0.0019)
    """
    if not before.n or not now.n:
        return Tested(difference=float("nan"))
    if _alone(before, now):
        a, b = int(before.values.sum()), int(now.values.sum())
        interval = newcombe(b, now.n, a, before.n, confidence=confidence)
        return Tested(
            difference=b / now.n - a / before.n,
            low=interval.low,
            high=interval.high,
            p_value=fisher_p(a, before.n, b, now.n),
            exact=True,
        )
    return _over_givers(before, now, confidence)


def means(before: Sample, now: Sample, confidence: float) -> Tested:
    """Return the change of a mean: Welch's test, over givers where these gave several values.

    Examples
    --------
    >>> then, now = Sample(values=np.array([1.0, 2, 3, 4])), Sample(values=np.array([5.0, 6, 7, 8]))
    >>> found = means(then, now, 0.95)
    >>> found.difference, round(found.p_value, 3)
    (4.0, 0.005)
    """
    if not before.n or not now.n:
        return Tested(difference=float("nan"))
    if not _alone(before, now):
        return _over_givers(before, now, confidence)
    found = welch(now.values, before.values, confidence=confidence)
    return _as_tested(found.value, found.interval, found.p_value)


def _alone(before: Sample, now: Sample) -> bool:
    """Return whether nobody stands behind two of all values."""
    givers = [*before.givers, *now.givers]
    return len(set(givers)) == len(givers)


def _over_givers(before: Sample, now: Sample, confidence: float) -> Tested:
    found = clustered_difference(
        now.values,
        before.values,
        first_clusters=_named(now, "\0now"),
        second_clusters=_named(before, "\0then"),
        confidence=confidence,
    )
    return _as_tested(found.value, found.interval, found.p_value)


def _named(sample: Sample, side: str) -> list[Hashable]:
    return list(sample.givers) or [(side, i) for i in range(sample.n)]


def _as_tested(value: float, interval: Interval | None, p_value: float | None) -> Tested:
    low, high = (interval.low, interval.high) if interval else (None, None)
    return Tested(difference=value, low=low, high=high, p_value=p_value)


def share(
    name: str, k: int, n: int, *, label: str = "", confidence: float = 0.95, **more: object
) -> Measure:
    """Return the measure of k of n that stand alone, with Wilson's interval.

    Examples
    --------
    >>> found = share("verified", 3, 10)
    >>> found.value, round(found.low, 2)
    (0.3, 0.11)
    """
    interval = wilson(k, n, confidence=confidence)
    return Measure(
        name=name,
        label=label,
        value=k / n if n else None,
        unit=Unit.SHARE,
        n=n,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        sample=Sample(values=np.repeat([1.0, 0.0], [k, n - k])),
        **more,  # type: ignore[arg-type]
    )

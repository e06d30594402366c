"""How the figures of the loyalty diagnostic are tested from period to period."""

from collections.abc import Iterable

from workbook.diagnostics.loyalty.nps import POINTS, Counts, difference
from workbook.diagnostics.loyalty.wave_changes import spread_of
from workbook.diagnostics.periods.measure import Sample, Tested

NAMELESS = "\0\0"
"""What the key of a row begins with that names neither a customer nor a respondent."""


def named_in(keys: Iterable[str], period: str) -> list[str]:
    r"""Return whose each value is, under names that hold over periods.

    Rows without any name are numbered alike in every file: they are nobody's of another period.

    Examples
    --------
    >>> named_in(["c1", "\0\0" + "7"], "2025")
    ['c1', '\x00\x007\x002025']
    """
    return [f"{key}\0{period}" if key.startswith(NAMELESS) else key for key in keys]


def index_change(before: Sample, now: Sample, confidence: float) -> Tested:
    """Return the change of an index by the one test of waves (points).

    Parameters
    ----------
    before, now
        Class values -100, 0 and 100 with their givers.

    Examples
    --------
    >>> import numpy as np
    >>> who = [f"c{i}" for i in range(40)]
    >>> then = Sample(values=np.repeat([-100.0, 100.0], 20), givers=who)
    >>> now = Sample(values=np.repeat([0.0, 100.0], 20), givers=who)
    >>> found = index_change(then, now, 0.95)
    >>> found.difference, found.p_value < 0.001
    (50.0, True)
    """
    first, second = _counts(before), _counts(now)
    whose = [str(giver) for giver in before.givers], [str(giver) for giver in now.givers]
    spread = spread_of(before.values / POINTS, now.values / POINTS, *whose)
    found = difference(first, second, confidence=confidence, effect=spread.effect, df=spread.df)
    interval = found.interval.times(POINTS)
    return Tested(
        difference=POINTS * found.raw,
        low=interval.low,
        high=interval.high,
        p_value=found.p_value,
    )


def _counts(sample: Sample) -> Counts:
    low, high = int((sample.values < 0).sum()), int((sample.values > 0).sum())
    return Counts(low, sample.n - low - high, high)

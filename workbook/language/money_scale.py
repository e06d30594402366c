"""One scale for all amounts of a column: whole units, thousands, millions or more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SIZES = (1e9, 1e6, 1e3)
_SHORT = 10.0
"""The largest amount of a column has at least two digits before the point."""
_SEEN = 0.05
"""An amount below this many units would be written 0.0."""
_LONG = 100_000.0
"""The largest amount has no more digits than this, for the sake of one that would vanish."""
_EXACT = 1000.0
"""Amounts told in full are written in larger units only where they are at least so many of them."""


@dataclass(frozen=True, slots=True)
class MoneyScale:
    """The unit of a column of amounts and how many decimals all of them have."""

    size: float = 1.0
    digits: int = 0


def scale_of(amounts: Iterable[float | None], *, exact: bool = False) -> MoneyScale:
    """Return the scale at which a column of amounts is short and none of them vanishes.

    Parameters
    ----------
    exact
        Amounts that are told in full: a larger unit must leave nothing of any of them.

    Examples
    --------
    >>> scale_of([1_006_030, 342_000, 8_000])
    MoneyScale(size=1000.0, digits=1)
    >>> scale_of([445_418_000, 142_618_000])
    MoneyScale(size=1000000.0, digits=0)
    >>> scale_of([445_418_000, 142_618_000], exact=True)
    MoneyScale(size=1000.0, digits=0)
    >>> scale_of([9_400, 12]), scale_of([])
    (MoneyScale(size=1.0, digits=0), MoneyScale(size=1.0, digits=0))
    """
    sizes = _sizes(amounts)
    if not sizes:
        return MoneyScale()
    if exact:
        return MoneyScale(_whole_unit(sizes))
    unit = next((s for s in _SIZES if sizes[-1] >= _SHORT * s), 1.0)
    if unit > 1 and sizes[0] < _SEEN * unit and sizes[-1] < _LONG * unit / 1000:
        unit /= 1000
    return MoneyScale(unit, _digits(sizes, unit))


def common_scales(columns: Sequence[Sequence[float | None]]) -> Sequence[MoneyScale]:
    """Return the scale of each column: one unit for all of them where no amount vanishes in it.

    >>> common_scales([[7_700_000, 0], [84_000, 201_000]])
    [MoneyScale(size=1000.0, digits=0), MoneyScale(size=1000.0, digits=0)]
    """
    every = [a for amounts in columns for a in amounts]
    unit = scale_of(every).size
    if any(0 < abs(a) < _SEEN * unit for a in every if a):
        return [scale_of(amounts) for amounts in columns]
    return [MoneyScale(unit, _digits(_sizes(amounts), unit)) for amounts in columns]


def _sizes(amounts: Iterable[float | None]) -> list[float]:
    return sorted({abs(a) for a in amounts if a})


def _whole_unit(sizes: list[float]) -> float:
    fitting = (s for s in _SIZES if sizes[-1] >= _EXACT * s and not any(a % s for a in sizes))
    return next(fitting, 1.0)


def _digits(sizes: list[float], unit: float) -> int:
    short = unit > 1 and bool(sizes) and sizes[0] < _SHORT * unit
    return 1 if short and sizes[-1] < _LONG * unit else 0

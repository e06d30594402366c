"""What if one reason of losses were mended: who would have stayed, and who could come back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol, TypeVar

from workbook.diagnostics.gates import within_money, within_population
from workbook.language.lemmas import bare
from workbook.stats import Interval, wilson
from workbook.stats.data_table import DataTable


class CountedReason(Protocol):
    """A reason as a register of losses counts it: one of losses, or a group of reasons."""

    @property
    def reason(self) -> str:
        """Its id."""

    @property
    def label(self) -> str:
        """Its name in the report's language."""

    @property
    def group(self) -> str:
        """Id of the upper level; a group's own id."""

    @property
    def any(self) -> int:
        """Losses that name it."""

    @property
    def fractional(self) -> float:
        """1/k of each loss with k reasons."""

    @property
    def sole(self) -> int:
        """Losses that name nothing else."""

    @property
    def revenue(self) -> float | None:
        """Annual revenue lost, fractional."""

    @property
    def revenue_any(self) -> float | None:
        """Annual revenue of the losses that name it."""

    @property
    def revenue_sole(self) -> float | None:
        """Annual revenue of the losses that name nothing else."""


R = TypeVar("R", bound=CountedReason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Returns:
    """Losses of all reasons, and how many have come back so far."""

    n: int
    returned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StillAway:
    """Losses of one reason that have not come back and may."""

    n: int
    revenue: float | None
    """Annual, where known; None where it never is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Customers and annual revenue, each with the range that it lies in."""

    customers: float
    low: float | None
    """None: no range, for the rate is the consultant's own."""
    high: float | None
    revenue: float | None
    """None where no revenue is known, or where it does not fit the whole (returned goods)."""
    revenue_low: float | None
    revenue_high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MendedReason:
    """What mending one reason would have kept, and what it may bring back."""

    label: str
    named: int
    """Losses that name it."""
    of_losses: int
    of_revenue: float | None
    """Annual revenue of all losses, where known."""
    revenue_known: int
    """Losses whose annual revenue is known."""
    leave_anyway: float | None
    """Share of the losses that name it that would leave anyway by their other reasons, each of k
    reasons weighing the same; None where no loss names it."""
    kept: Effect
    """Those who would have stayed.  The range is of assumptions, no interval of chance: all who
    name another reason too leave anyway, or none of them does."""
    away: StillAway
    won_back: Effect | None
    """Those still away x win-back rate; None where no rate is known.  The range is Wilson's
    interval of the rate."""
    rate: float | None
    returns: Returns | None
    """What the rate was counted on; None: it is the consultant's own, or there is none."""
    confidence: float
    """Of the interval of the rate."""


def named_reason(word: str, *levels: Sequence[R]) -> R | None:
    """Return the reason of that id or name; the first level that has it (groups first)."""
    wanted = bare(word)
    rows = (row for rows in levels for row in rows)
    return next((r for r in rows if wanted in (bare(r.reason), bare(r.label))), None)


def members(row: CountedReason, reasons: Iterable[CountedReason]) -> frozenset[str]:
    """Return the ids of the reasons that a row stands for: itself, and those of its group."""
    return frozenset({row.reason, *(r.reason for r in reasons if r.group == row.reason)})


def still_away(candidates: DataTable, ids: Collection[str]) -> StillAway:
    """Return the losses that may be won back and name one of the reasons.

    Parameters
    ----------
    candidates
        A row per loss with ``reasons`` (ids) and ``revenue`` (annual; missing where not known).
    """
    frame = candidates.frame
    rows = frame.loc[[not set(ids).isdisjoint(named) for named in frame["reasons"]]]
    known = rows["revenue"].dropna()
    return StillAway(n=len(rows), revenue=float(known.sum()) if len(known) else None)


def mended_reason(
    row: CountedReason,
    *,
    of_losses: int,
    of_revenue: float | None,
    revenue_known: int,
    away: StillAway,
    returns: Returns | None,
    win_back: float | None = None,
    confidence: float = 0.95,
) -> MendedReason:
    """Return what mending a reason would have kept, and what it may bring back.

    Parameters
    ----------
    row
        The reason as the register counts it.
    of_losses, of_revenue, revenue_known
        All losses, their annual revenue, and of how many of them it is known.
    away
        Of the losses of this reason those that have not come back and may.
    returns
        All losses and those that have come back; None: not known.
    win_back
        The consultant's own rate 0-1, which comes before the counted one.

    Raises
    ------
    ValueError
        When more losses name the reason than there are.
    """
    if within_population(row.any, of_losses) is not None:
        raise ValueError(f"{row.any} of {of_losses} losses name {row.reason}")
    rate, interval = _rate(returns, win_back, confidence)
    return MendedReason(
        label=row.label,
        named=row.any,
        of_losses=of_losses,
        of_revenue=of_revenue,
        revenue_known=revenue_known,
        leave_anyway=1 - row.fractional / row.any if row.any else None,
        kept=_kept(row, of_revenue),
        away=away,
        won_back=None if rate is None else _won_back(away, rate, interval, of_revenue),
        rate=rate,
        returns=returns if win_back is None and rate is not None else None,
        confidence=confidence,
    )


def _rate(
    returns: Returns | None, win_back: float | None, confidence: float
) -> tuple[float | None, Interval | None]:
    if win_back is not None:
        return win_back, None
    if returns is None or not returns.n:
        return None, None
    interval = wilson(returns.returned, returns.n, confidence=confidence)
    return returns.returned / returns.n, interval


def _kept(row: CountedReason, of_revenue: float | None) -> Effect:
    effect = Effect(
        customers=row.fractional,
        low=float(row.sole),
        high=float(row.any),
        revenue=row.revenue,
        revenue_low=row.revenue_sole,
        revenue_high=row.revenue_any,
    )
    return _fitting(effect, of_revenue)


def _won_back(
    away: StillAway, rate: float, interval: Interval | None, of_revenue: float | None
) -> Effect:
    customers = interval.times(away.n) if interval else None
    money = interval.times(away.revenue) if interval and away.revenue is not None else None
    effect = Effect(
        customers=away.n * rate,
        low=customers.low if customers else None,
        high=customers.high if customers else None,
        revenue=None if away.revenue is None else away.revenue * rate,
        revenue_low=money.low if money else None,
        revenue_high=money.high if money else None,
    )
    return _fitting(effect, of_revenue)


def _fitting(effect: Effect, whole: float | None) -> Effect:
    """Return the effect without its revenue where 0, range and whole do not rise in this order.

    A customer that brought back more than it bought has a revenue below 0, and parts of a sum
    with such ones may be larger than the sum, or their range the wrong way round.
    """
    money = [effect.revenue_low, effect.revenue, effect.revenue_high]
    chain = [0.0, *(value for value in money if value is not None), whole]
    if all(within_money(part, of) is None for part, of in pairwise(chain)):
        return effect
    return replace(effect, revenue=None, revenue_low=None, revenue_high=None)

"""ABC classes by cumulative share, compared exactly."""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.customer_ledger.months import Span
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints, Ledger
from workbook.stats.whole_order import order_by

CLASSES = "ABC"
Marks = npt.NDArray[np.int8]
"""Place in ``CLASSES``, -1 without a class."""


class AbcRules(Protocol):
    """The options of the classes."""

    @property
    def abc_measure(self) -> Literal["amount", "margin"]:
        """What customers are ranked by."""

    @property
    def abc_bounds(self) -> tuple[float, float]:
        """Cumulative percentages of A and B."""

    @property
    def abc_rule(self) -> Literal["start", "end"]:
        """Whether the share before the customer decides, or the share including it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranking:
    """Totals in falling order; every array is by rank unless it says otherwise."""

    order: Ints
    """Place of each rank's owner among all customers (or products)."""
    total: Ints
    before: Ints
    """Sum of the positive totals before the owner's tie block."""
    through: Ints
    """The same with the block."""
    base: int
    """Sum of the positive totals."""
    start: Marks
    """Class by the share before."""
    end: Marks
    """Class by the share including it."""
    tied: Bools
    straddling: Bools
    """In a tie block that lies across a bound of the rule asked for."""

    def classes(self, rule: str) -> Marks:
        """Return the classes of a rule, by rank."""
        return self.start if rule == "start" else self.end

    def spread(self, rule: str, n: int) -> Marks:
        """Return the classes of a rule by owner, -1 for those that are not ranked."""
        spread = np.full(n, -1, dtype=np.int8)
        spread[self.order] = self.classes(rule)
        return spread


def ranking(totals: Ints, present: Bools, params: AbcRules) -> Ranking:
    """Rank and class totals by the method's rules.

    The base is the sum of positive totals; totals of 0 or less are C.  Equal totals
    are one block and have one class: by the share before the block (``start``) or including
    all of it (``end``).

    Parameters
    ----------
    totals
        Exact units by owner.
    present
        Who has a line in the window; the others have no class.

    Examples
    --------
    By the share before it the second begins at 60 % of the base, which is B; the third at 90 %.

    >>> from workbook.diagnostics.customer_ledger.rules import LedgerRules
    >>> found = ranking(np.array([10, 60, 30]), np.ones(3, dtype=bool), LedgerRules())
    >>> found.order.tolist(), [CLASSES[mark] for mark in found.start]
    ([1, 2, 0], ['A', 'B', 'C'])
    """
    owners = np.flatnonzero(present)
    order = owners[order_by(-totals[owners])]
    total = totals[order]
    # What came back is in no class of customers: shares of the base stay between 0 and 1.
    positive = np.maximum(total, 0)
    through = np.cumsum(positive)
    before = through - positive
    base = int(positive.sum())
    first, last, tied = _blocks(total)
    start = _below(before[first], base, params)
    end = _within(through[last], base, params)
    alone = _below(before, base, params), _within(through, base, params)
    own = alone[0] if params.abc_rule == "start" else alone[1]
    for marks in (start, end):
        marks[total <= 0] = 2
    return Ranking(
        order=order,
        total=total,
        before=before[first],
        through=through[last],
        base=base,
        start=start,
        end=end,
        tied=tied,
        straddling=tied & (own[first] != own[last]) & (total > 0),
    )


def _blocks(total: Ints) -> tuple[Ints, Ints, Bools]:
    """Return the first and last rank of each rank's tie block, and whether it has others."""
    n = len(total)
    opens = np.ones(n, dtype=bool)
    opens[1:] = total[1:] != total[:-1]
    starts = np.flatnonzero(opens)
    block = np.cumsum(opens) - 1
    ends = np.append(starts[1:], n) - 1 if n else starts
    first, last = starts[block], ends[block]
    return first, last, last > first


def _bounds(base: int, params: AbcRules) -> tuple[Fraction, Fraction]:
    low, high = (Fraction(str(bound)) * base / 100 for bound in params.abc_bounds)
    return low, high


def _below(sums: Ints, base: int, params: AbcRules) -> Marks:
    """Return A below the first bound, B below the second, else C."""
    # Sums are whole: below a fraction is below the next whole number, and no float decides.
    low, high = (math.ceil(bound) for bound in _bounds(base, params))
    return np.where(sums < low, 0, np.where(sums < high, 1, 2)).astype(np.int8)


def _within(sums: Ints, base: int, params: AbcRules) -> Marks:
    """Return A up to and including the first bound, B up to the second, else C."""
    low, high = (math.floor(bound) for bound in _bounds(base, params))
    return np.where(sums <= low, 0, np.where(sums <= high, 1, 2)).astype(np.int8)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Abc:
    """Customers' classes in one window."""

    span: Span
    ranking: Ranking
    totals: Ints
    """By customer, of the measure."""
    marks: Marks
    """By customer, by the rule asked for."""


def abc(ledger: Ledger, window: Span, params: AbcRules) -> Abc:
    """Return the classes of customers in a window."""
    lines = ledger.within(window)
    totals = sums(ledger.customer[lines], measure(ledger, params)[lines], ledger.n)
    present = np.bincount(ledger.customer[lines], minlength=ledger.n) > 0
    ranked = ranking(totals, present, params)
    return Abc(
        span=window,
        ranking=ranked,
        totals=totals,
        marks=ranked.spread(params.abc_rule, ledger.n),
    )


def measure(ledger: Ledger, params: AbcRules) -> Ints:
    """Return what customers are ranked by, line by line.

    Raises
    ------
    ValueError
        When the margin is asked for and the sales have none.
    """
    if params.abc_measure == "amount":
        return ledger.amount
    if ledger.margin is None:
        raise ValueError("the sales have no margin")
    return ledger.margin


def sums(codes: Ints, values: Ints, n: int) -> Ints:
    """Return exact sums of integers by code; codes of -1 are nobody's.

    >>> sums(np.array([0, 1, 0, -1]), np.array([5, 7, 1, 9]), 2).tolist()
    [6, 7]
    """
    total = np.zeros(n + 1, dtype=np.int64)  # the last is nobody's
    np.add.at(total, codes, values)
    return total[:n]

"""The customers' view against the staff's own view of the same parameter."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from workbook.diagnostics.cells import natural
from workbook.diagnostics.loyalty.marks import Marks
from workbook.diagnostics.loyalty.marks_result import HiddenGap, StaffGap
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.survey_result import Verdict, verdict
from workbook.diagnostics.told_figures import Told
from workbook.stats import (
    Difference,
    Family,
    Procedure,
    clustered_difference,
    holm,
    welch,
)
from workbook.stats.bounded_marks import bounded_difference
from workbook.stats.clusters import cluster_codes
from workbook.stats.families import holm_family

PAIRED_BY = ("customer", "manager")
MIN_PAIRS = 2


def staff_gaps(
    customer: Marks, staff: Marks, params: Params, *, told: Told | None = None
) -> tuple[StaffGap | HiddenGap, ...]:
    """Return the gap per parameter that both sides marked, the largest overrating first.

    The gap is the difference of the two means of all marks.  Where both sides marked the same
    customers (else the same managers), what the pair has in common cancels out of its interval;
    one mark each gives the paired t interval.  Otherwise the interval is Welch's, or that over
    customers and colleagues where one of them gave several marks.  The verdicts hold for all
    parameters together (Holm).

    Parameters
    ----------
    told
        Parameters (``("", parameter)``) that may be told of both sides; the others are hidden.
        None: all.
    """
    every = sorted(set(customer.frame["parameter"]) & set(staff.frame["parameter"]), key=natural)
    parameters = [name for name in every if told is None or ("", name) in told]
    rows = [
        _gap(
            parameter,
            customer=customer.frame.loc[customer.frame["parameter"] == parameter],
            staff=staff.frame.loc[staff.frame["parameter"] == parameter],
            scale=(customer.low, customer.high),
            params=params,
        )
        for parameter in parameters
    ]
    together = holm([row.p_holm for row in rows])
    judged = [
        replace(
            row,
            p_holm=p_holm,
            differs=verdict(row.gap, p_holm, confidence=params.naming_confidence),
        )
        for row, p_holm in zip(rows, together, strict=True)
    ]
    shown = sorted(judged, key=lambda row: (-row.gap, natural(row.parameter)))
    return (*shown, *(HiddenGap(parameter=name) for name in every if name not in parameters))


def told_gaps(gaps: Sequence[StaffGap | HiddenGap]) -> list[StaffGap]:
    """Return the gaps that are told."""
    return [gap for gap in gaps if isinstance(gap, StaffGap)]


def staff_family(gaps: Sequence[StaffGap | HiddenGap], params: Params) -> Family | None:
    """Return the comparisons of staff with customers; None without any."""
    differ = [gap.differs is not Verdict.CANNOT_TELL for gap in told_gaps(gaps)]
    return holm_family("staff_gap", Procedure.MEANS, differ, alpha=1 - params.naming_confidence)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Sides:
    """The marks of one parameter and whose they are."""

    customer: pd.DataFrame
    staff: pd.DataFrame
    key: str
    """Column that pairs the two sides; empty without."""
    pairs: int

    @property
    def customer_clusters(self) -> list[tuple[str, object]]:
        """Whose each mark of a customer is."""
        return _clusters(self.customer, self.key, own="cluster", side="customer")

    @property
    def one_mark_each(self) -> bool:
        """Return whether all of a side gave the same mark, and the two sides different ones."""
        own, other = self.customer["mark"].unique(), self.staff["mark"].unique()
        return len(own) == len(other) == 1 and own[0] != other[0]

    @property
    def chance_of_order(self) -> float:
        """Chance that labels dealt out at random part the two sides as clearly, either way."""
        if self.key:
            return min(1.0, 2.0 * 0.5**self.pairs)
        n, m = len(set(self.customer_clusters)), len(set(self.staff_clusters))
        return min(1.0, 2.0 / math.comb(n + m, n))

    @property
    def staff_clusters(self) -> list[tuple[str, object]]:
        """Whose each mark of the staff is."""
        return _clusters(self.staff, self.key, own="giver", side="staff")


def _gap(
    parameter: str,
    *,
    customer: pd.DataFrame,
    staff: pd.DataFrame,
    scale: tuple[float, float],
    params: Params,
) -> StaffGap:
    """Return the gap of one parameter; its p value stands alone as yet."""
    key, pairs = _pairing(customer, staff)
    sides = _Sides(customer=customer, staff=staff, key=key, pairs=pairs)
    found = _difference(sides, confidence=params.confidence)
    span = scale[1] - scale[0]
    interval = found.interval.clipped(-span, span) if found.interval else None
    return StaffGap(
        parameter=parameter,
        customer=float(customer["mark"].mean()),
        staff=float(staff["mark"].mean()),
        customer_n=len(customer),
        staff_n=len(staff),
        gap=found.value,
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
        differs=Verdict.CANNOT_TELL,
        p_holm=_p_value(sides, low=scale[0], high=scale[1], spread=found.se is not None),
        pairs=pairs,
    )


def _difference(sides: _Sides, *, confidence: float) -> Difference:
    customer, staff = sides.customer_clusters, sides.staff_clusters
    marks = (sides.staff["mark"], sides.customer["mark"])
    if not sides.key and len({*customer, *staff}) == len(customer) + len(staff):
        return welch(*marks, confidence=confidence)
    return clustered_difference(
        *marks, first_clusters=staff, second_clusters=customer, confidence=confidence
    )


def _p_value(sides: _Sides, *, low: float, high: float, spread: bool) -> float:
    """Return the p value of the gap by added marks, variance over customers and colleagues.

    Not Student's t: of six parameters the smallest p counts, and that far out a t test of a dozen
    skewed marks named a gap that is none in 7 % of reports.  Where each side is of one mind
    (``spread`` is False) and the two differ, the exact chance of such an arrangement counts.
    """
    if not spread and sides.one_mark_each:
        return sides.chance_of_order
    codes = cluster_codes([*sides.customer_clusters, *sides.staff_clusters])
    found = bounded_difference(
        sides.customer["mark"],
        sides.staff["mark"],
        first_codes=codes[: len(sides.customer)],
        second_codes=codes[len(sides.customer) :],
        low=low,
        high=high,
    )
    return found.p_value if found else 1.0


def _pairing(customer: pd.DataFrame, staff: pd.DataFrame) -> tuple[str, int]:
    """Column that pairs the two sides with the number of pairs; ``("", 0)`` without."""
    for key in PAIRED_BY:
        pairs = len((set(customer[key]) & set(staff[key])) - {""})
        if pairs >= MIN_PAIRS:
            return key, pairs
    return "", 0


def _clusters(frame: pd.DataFrame, key: str, *, own: str, side: str) -> list[tuple[str, object]]:
    """Shared key, or the side's own cluster where there is none or it is blank."""
    shared = frame[key] if key else pd.Series("", index=frame.index)
    return [
        ("", name) if name else (side, mine) for name, mine in zip(shared, frame[own], strict=True)
    ]

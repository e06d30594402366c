"""The customers' view against the staff's own view of the same parameter."""

import math

import pandas as pd

from workbook.diagnostics.cells import natural
from workbook.diagnostics.loyalty.marks import Marks
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import StaffGap, Verdict
from workbook.stats import Difference, clustered_difference, welch

PAIRED_BY = ("customer", "manager")
MIN_PAIRS = 2


def staff_gaps(customer: Marks, staff: Marks, params: Params) -> tuple[StaffGap, ...]:
    """Return the gap per parameter that both sides marked, the largest overrating first.

    The gap is the difference of the two means of all marks.  Where both sides marked the same
    customers (else the same managers), what the pair has in common cancels out of its interval;
    one mark each gives the paired t interval.  Otherwise the interval is Welch's.
    """
    parameters = set(customer.frame["parameter"]) & set(staff.frame["parameter"])
    rows = [
        _gap(
            parameter,
            customer=customer.frame.loc[customer.frame["parameter"] == parameter],
            staff=staff.frame.loc[staff.frame["parameter"] == parameter],
            span=customer.high - customer.low,
            family=len(parameters),
            params=params,
        )
        for parameter in parameters
    ]
    return tuple(sorted(rows, key=lambda row: (-row.gap, natural(row.parameter))))


def _gap(
    parameter: str,
    *,
    customer: pd.DataFrame,
    staff: pd.DataFrame,
    span: float,
    family: int,
    params: Params,
) -> StaffGap:
    key, pairs = _pairing(customer, staff)
    found = _difference(staff, customer, key=key, confidence=params.confidence)
    strict = _difference(staff, customer, key=key, confidence=1 - (1 - params.confidence) / family)
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
        differs=_verdict(
            strict,
            chance=2 * 0.5**pairs if key else 2 / math.comb(len(customer) + len(staff), len(staff)),
            alpha=(1 - params.confidence) / family,
        ),
        pairs=pairs,
    )


def _difference(
    staff: pd.DataFrame, customer: pd.DataFrame, *, key: str, confidence: float
) -> Difference:
    if not key:
        return welch(staff["mark"], customer["mark"], confidence=confidence)
    return clustered_difference(
        staff["mark"],
        customer["mark"],
        first_clusters=_clusters(staff, key, "staff"),
        second_clusters=_clusters(customer, key, "customer"),
        confidence=confidence,
    )


def _verdict(found: Difference, *, chance: float, alpha: float) -> Verdict:
    """Tell whether the sides differ.

    Parameters
    ----------
    found
        The difference with the interval at 1 - alpha.
    chance
        Probability of such a gap by chance where nothing varies and no interval exists: the sign
        test of equal pairs, else the permutation test of two sides that each give one mark only.
    """
    if found.interval is None:
        sure = found.value != 0 and found.se is None and chance < alpha
    else:
        sure = not found.interval.low <= 0 <= found.interval.high
    if not sure:
        return Verdict.CANNOT_TELL
    return Verdict.UP if found.value > 0 else Verdict.DOWN


def _pairing(customer: pd.DataFrame, staff: pd.DataFrame) -> tuple[str, int]:
    """Column that pairs the two sides with the number of pairs; ``("", 0)`` without."""
    for key in PAIRED_BY:
        pairs = len((set(customer[key]) & set(staff[key])) - {""})
        if pairs >= MIN_PAIRS:
            return key, pairs
    return "", 0


def _clusters(frame: pd.DataFrame, key: str, side: str) -> list[tuple[str, object]]:
    """Shared key, or the row itself where the key is blank."""
    return [
        ("", name) if name else (side, row)
        for name, row in zip(frame[key], frame.index, strict=True)
    ]

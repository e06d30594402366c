"""Words and number formats of the marks, on the scale that they were given on."""

from collections.abc import Callable

from workbook.diagnostics.loyalty.report.loyalty_view import LoyaltyView
from workbook.diagnostics.mark_scale import MarkBounds, MarkScale, bounds_of


def mark_bounds(view: LoyaltyView) -> MarkBounds:
    """Return which marks are low: on the scale of the marks, else on the declared one."""
    declared = MarkScale(view.params.satisfaction_scale or MarkScale.FIVE)
    return view.result.mark_bounds or bounds_of(declared)


def mark_words(view: LoyaltyView) -> dict[str, str]:
    """Return the bounds of low marks as texts write them: "3", "1–2", "4" and their like."""
    bounds = mark_bounds(view)
    unit = 100 if bounds.scale is MarkScale.PERCENT else 1
    write = view.fmt("pct") if bounds.scale is MarkScale.PERCENT else view.fmt("count")
    steps = [
        round(bound * unit)
        for bound in (bounds.open, bounds.hidden, bounds.good, bounds.scale.high)
    ]
    starts = [round(bounds.scale.low * unit), *(step + 1 for step in steps[:-1])]
    names = ("open", "hidden", "good", "top_mark")
    ranges = {
        name: _marks(first, last, write=lambda mark: write(mark / unit))
        for name, first, last in zip(names, starts, steps, strict=True)
    }
    return ranges | {"low_mark": write(steps[1] / unit)}


def mark_format(view: LoyaltyView, *, whole: bool = False) -> str:
    """Return the number format of marks: a percentage, else two decimals (``whole``: none)."""
    if view.result.satisfaction_percent:
        return "pct"
    return "count" if whole else "dec2"


def _marks(first: int, last: int, *, write: Callable[[float], str]) -> str:
    """Write a range of marks; a dash where bounds that were set leave none."""
    if first > last:
        return "–"
    return write(last) if first == last else f"{first}–{write(last)}"

"""What several chapters of the loyalty report need."""

from collections.abc import Callable, Iterable

from workbook.diagnostics.loyalty import Params, Result
from workbook.diagnostics.loyalty.result import Nps
from workbook.diagnostics.loyalty.score_classes import ScoreClasses, score_classes
from workbook.diagnostics.mark_scale import MarkBounds, MarkScale, bounds_of
from workbook.report.table import TableColumn
from workbook.report.view import FLAGGED_BELOW, View

LoyaltyView = View[Result, Params]


def class_colours(view: LoyaltyView) -> tuple[str, str, str]:
    """Return the colours of detractors, passives and promoters."""
    return view.palette.secondary, "#c7ced6", view.palette.primary


def source(view: LoyaltyView, n: int, method: str = "") -> str:
    """Return the line under an exhibit: source, n and method."""
    parts = [view.text("source_n", n=n)]
    if method:
        parts.append(view.text(method, confidence=view.params.confidence))
    if n < FLAGGED_BELOW:
        parts.append(view.text("few_answers"))
    return " ".join(parts)


def effective_n(view: LoyaltyView, worth: Iterable[float | None]) -> tuple[TableColumn, ...]:
    """Return the column of effective n; none where every answer counts in full."""
    if all(n is None or n == round(n) for n in worth):
        return ()
    return (TableColumn(key="n_eff", heading=view.text("weighted.columns.n_eff"), fmt="dec1"),)


def classes_of(view: LoyaltyView) -> ScoreClasses:
    """Return the classes of the score on the scale of the survey."""
    nps = view.result.nps
    return nps.classes if nps else score_classes(view.params.scale)


def class_words(view: LoyaltyView) -> dict[str, str]:
    """Return the scale and the range of each class as texts write them."""
    classes = classes_of(view)
    first, last = classes.scores[0], classes.scores[-1]
    return {
        "scale": _range(first, last),
        "low": _range(*classes.detractors),
        "mid": _range(*classes.passives),
        "top": _range(*classes.promoters),
        "below_top": _range(first, classes.passives[1]),
    }


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


def _marks(first: int, last: int, *, write: Callable[[float], str]) -> str:
    """Write a range of marks; a dash where bounds that were set leave none."""
    if first > last:
        return "–"
    return write(last) if first == last else f"{first}–{write(last)}"


def _range(first: int, last: int) -> str:
    return f"{first}–{last}"


def class_parts(view: LoyaltyView, nps: Nps) -> dict[str, str]:
    """Say the three classes as shares, or as "k of n" where n is small."""
    return {
        "detractors": view.part(nps.detractors, nps.n),
        "passives": view.part(nps.passives, nps.n),
        "promoters": view.part(nps.promoters, nps.n),
    }


def mark_format(view: LoyaltyView, *, whole: bool = False) -> str:
    """Return the number format of marks: a percentage, else two decimals (``whole``: none)."""
    if view.result.satisfaction_percent:
        return "pct"
    return "count" if whole else "dec2"

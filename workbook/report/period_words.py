"""What changed, in words: figures and their differences in their units, and what can be said."""

from workbook.diagnostics.periods.changes import Change
from workbook.diagnostics.periods.measure import Unit
from workbook.report.view import AnyView

FORMATS = {
    Unit.POINTS: ("points", "points"),
    Unit.SHARE: ("pct", "points"),
    Unit.MARK: ("dec2", "signed2"),
    Unit.SCORE: ("signed2", "signed2"),
    Unit.MONEY: ("money", "money"),
    Unit.COUNT: ("count", "count"),
    Unit.RATIO: ("dec2", "signed2"),
    Unit.DAYS: ("count", "count"),
}
"""By unit: how a value is written, and how a difference."""
SHEET_FORMATS = {
    **FORMATS,
    Unit.SHARE: ("pct1", "pct_points"),
    Unit.MONEY: ("money_full", "signed_count"),
    Unit.COUNT: ("count", "signed_count"),
    Unit.DAYS: ("count", "signed_count"),
}
"""The same for the XLSX, where a share and its difference are 0-1."""
_UNSIGNED = frozenset({Unit.MONEY, Unit.COUNT, Unit.DAYS})
"""Units whose format writes no plus."""
_NOTHING = "–"


def figure_of(view: AnyView, name: str, label: str) -> str:
    """Return what a measure is called."""
    return view.text(f"measures.{name}", label=label).strip()


def write_value(view: AnyView, unit: Unit, value: float | None) -> str:
    """Write a figure in its unit."""
    return _NOTHING if value is None else view.texts.write(value, FORMATS[unit][0])


def write_difference(view: AnyView, unit: Unit, value: float | None) -> str:
    """Write a difference in its unit with its sign; of shares in percentage points."""
    if value is None:
        return _NOTHING
    written = _bare_difference(view, unit, value)
    return view.text("periods.share_points", value=written) if unit is Unit.SHARE else written


def write_interval(view: AnyView, unit: Unit, low: float | None, high: float | None) -> str:
    """Write the interval of a difference; its unit stands once."""
    if low is None or high is None:
        return _NOTHING
    written = view.text(
        "interval", low=_bare_difference(view, unit, low), high=_bare_difference(view, unit, high)
    )
    return view.text("periods.share_points", value=written) if unit is Unit.SHARE else written


def verdict_of(view: AnyView, one: Change) -> str:
    """Say what can be said of a change, and of a told one whether it is good news.

    Signs and words carry it, never colour alone.
    """
    course = view.text(f"periods.courses.{one.course}")
    if one.is_better is None:
        return course
    return view.text(f"periods.{'better' if one.is_better else 'worse'}", course=course)


def _bare_difference(view: AnyView, unit: Unit, value: float) -> str:
    shown = 100 * value if unit is Unit.SHARE else value
    written = view.texts.write(shown, FORMATS[unit][1])
    return f"+{written}" if unit in _UNSIGNED and value > 0 else written

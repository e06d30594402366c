"""Chapter of every report: what changed since the last period, and the trend over several."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from workbook.charts.chart import Chart
from workbook.charts.trends import Trend, trend_panels, trends_height
from workbook.diagnostics.periods.changes import Change, Changes
from workbook.diagnostics.periods.measure import Unit
from workbook.report.blocks import Block, Heading, Text
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
_SHOWN = 10
_PANELS = 6


def changes_chapter(view: AnyView, found: Changes) -> list[Block]:
    """Return the table of changes, the trend, and what reads otherwise than in the last report."""
    if not found.changes:
        return []
    told = len(found.told)
    tested = sum(change.p_value is not None for change in found.changes)
    key = "some" if told else "none" if tested else "counted"
    facts = {"n": told, "tested": tested, "all": len(found.changes), "against": found.against}
    return [
        Heading(
            text=view.text(f"periods.heading.{key}", **facts),
            short=view.text("periods.short"),
            caption=view.text("periods.caption"),
        ),
        Text(tuple(_reading(view, found))),
        *_trend(view, found),
        _table(view, found),
        *_restated(view, found),
    ]


def label(view: AnyView, name: str, of: str) -> str:
    """Return what a figure is called."""
    return view.text(f"measures.{name}", label=of)


def write_value(view: AnyView, unit: Unit, value: float | None) -> str:
    """Write a figure in its unit."""
    return "–" if value is None else view.texts.write(value, FORMATS[unit][0])


def write_difference(view: AnyView, unit: Unit, value: float | None) -> str:
    """Write a difference in its unit; of shares in percentage points."""
    if value is None:
        return "–"
    if unit is Unit.SHARE:
        return view.text("periods.share_points", value=view.texts.write(100 * value, "points"))
    written = view.texts.write(value, FORMATS[unit][1])
    return f"+{written}" if unit in _UNSIGNED and value > 0 else written


_UNSIGNED = frozenset({Unit.MONEY, Unit.COUNT, Unit.DAYS})


def _reading(view: AnyView, found: Changes) -> list[str]:
    told = [
        view.text(
            f"periods.told.{one.course}",
            figure=label(view, one.name, one.label),
            before=write_value(view, one.unit, one.before),
            now=write_value(view, one.unit, one.now),
        )
        for one in found.told[:3]
    ]
    if found.only_now or found.only_before:
        told.append(
            view.text("periods.unmatched", now=found.only_now, before=found.only_before,
                      against=found.against)
        )  # fmt: skip
    if found.unusable:
        told.append(view.text("periods.unusable", named=", ".join(found.unusable)))
    return told


def _table(view: AnyView, found: Changes) -> Block:
    return view.table(
        "period_changes",
        found.changes,
        ("periods.figure", lambda one: label(view, one.name, one.label), ""),
        ("periods.before", lambda one: _with_n(view, one, one.before, one.before_n), ""),
        ("periods.now", lambda one: _with_n(view, one, one.now, one.now_n), ""),
        ("periods.difference", lambda one: write_difference(view, one.unit, one.difference), ""),
        ("periods.interval", lambda one: _interval(view, one), ""),
        ("periods.course", lambda one: view.text(f"periods.courses.{one.course}"), ""),
        title=view.text("periods.title", against=found.against),
        note=view.text("periods.note"),
        shown=_SHOWN,
        facts={"against": found.against},
    )


def _with_n(view: AnyView, one: Change, value: float | None, n: int | None) -> str:
    written = write_value(view, one.unit, value)
    if value is None or n is None or one.unit in (Unit.COUNT, Unit.MONEY):
        return written
    return view.text("periods.with_n", value=written, n=n)


def _interval(view: AnyView, one: Change) -> str:
    if one.low is None or one.high is None:
        return "–"
    low, high = (write_difference(view, one.unit, bound) for bound in (one.low, one.high))
    return view.text("interval", low=low, high=high)


def _trend(view: AnyView, found: Changes) -> Sequence[Block]:
    """Return small multiples of the headline figures, from three periods on."""
    chosen = [one for one in found.changes if one.headline and one.series][:_PANELS]
    if not chosen:
        return []
    panels = [_panel(view, one) for one in chosen]

    def plot(figure: Figure) -> None:
        trend_panels(figure, panels, palette=view.palette)

    return [_chart(view, found, chosen, plot)]


def _chart(view: AnyView, found: Changes, chosen: Sequence[Change], plot: object) -> Chart:
    told = "; ".join(
        f"{label(view, one.name, one.label)}: "
        + ", ".join(
            f"{p.period} {write_value(view, one.unit, p.value)}"
            for p in one.series
            if p.value is not None
        )
        for one in chosen
    )
    return view.draw(
        plot,  # type: ignore[arg-type]
        title=view.text("periods.trend.title", n=len(found.periods)),
        alt=view.text("periods.trend.alt", told=told),
        note=view.text("periods.trend.note"),
        height=trends_height(len(chosen)),
    )


def _panel(view: AnyView, one: Change) -> Trend:
    return Trend(
        title=label(view, one.name, one.label),
        periods=[p.period for p in one.series],
        values=[p.value for p in one.series],
        lows=[p.low for p in one.series],
        highs=[p.high for p in one.series],
        write=lambda value: write_value(view, one.unit, value),
    )


def _restated(view: AnyView, found: Changes) -> Sequence[Block]:
    if not found.restated:
        return []
    return [
        view.table(
            "restated",
            found.restated,
            ("periods.figure", lambda one: label(view, one.name, one.label), ""),
            ("periods.printed", lambda one: write_value(view, one.unit, one.printed), ""),
            ("periods.like", lambda one: write_value(view, one.unit, one.now), ""),
            title=view.text("periods.restated", against=found.against),
            note=view.text("periods.restated_note"),
            shown=6,
            facts={"against": found.against},
        )
    ]

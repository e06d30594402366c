"""Chapter of every report: what changed since the last period, and the trend over several."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from workbook.charts.chart import Chart
from workbook.charts.trends import PERIODS, Trend, TrendPanels
from workbook.diagnostics.periods.changes import Change, Changes, Restated
from workbook.diagnostics.periods.measure import Unit
from workbook.report.blocks import Block, Heading, Text
from workbook.report.cells import Written
from workbook.report.period_words import (
    SHEET_FORMATS,
    figure_of,
    verdict_of,
    write_difference,
    write_interval,
    write_value,
)
from workbook.report.view import AnyView

SHEET = "period_changes"
"""Table of the XLSX with every figure as numbers."""
ROWS = 6
"""Rows of the page; the XLSX has all of them."""
PANELS = 6
"""Trends of the page."""
_SENTENCES = 3

Figured: TypeAlias = tuple[AnyView, Change]
"""A change, and the view whose texts name it."""
Figures: TypeAlias = Sequence[Figured]
Column: TypeAlias = tuple[str, Callable[[Figured], str], str]
"""Text key of the heading, cell and number format."""


def changes_chapter(view: AnyView, found: Changes) -> list[Block]:
    """Return the table of changes, the trend, and what reads otherwise than in the last report."""
    if not found.changes:
        return _not_compared(view, found)
    figures = [(view, one) for one in found.changes]
    told, tested = len(found.told), sum(one.p_value is not None for one in found.changes)
    return [
        Heading(
            text=heading(view, told=told, tested=tested, against=found.against),
            short=view.text("periods.short"),
            caption=view.text("periods.caption", against=found.against),
        ),
        *_paragraph(_reading(view, found)),
        *trend_chart(view, [row for row in figures if row[1].is_shown], PANELS),
        *changes_tables(view, SHEET, figures, found),
        *_restated(view, found),
    ]


def heading(view: AnyView, *, told: int, tested: int, against: str) -> str:
    """Say how many of the tested figures changed."""
    key = "some" if told else "none" if tested else "counted"
    return view.text(f"periods.heading.{key}", n=told, tested=tested, against=against)


def _not_compared(view: AnyView, found: Changes) -> list[Block]:
    """Say that the periods before could not be computed; nothing without one."""
    if not found.unusable:
        return []
    return [
        Heading(text=view.text("periods.heading.unusable"), short=view.text("periods.short")),
        Text((_unusable(view, found),)),
    ]


def _unusable(view: AnyView, found: Changes) -> str:
    named = ", ".join(map(view.period, found.unusable))
    return view.text("periods.unusable", named=named)


def _paragraph(sentences: Sequence[str]) -> list[Block]:
    return [Text(tuple(sentences))] if sentences else []


def _reading(view: AnyView, found: Changes) -> list[str]:
    told = [
        view.text(
            f"periods.told.{one.course}",
            figure=figure_of(view, one.name, one.label),
            before=write_value(view, one.unit, one.before),
            now=write_value(view, one.unit, one.now),
        )
        for one in found.told[:_SENTENCES]
    ]
    counts = {"now": found.only_now, "before": found.only_before}
    alone = [
        view.text(f"periods.only_{when}", n=n, against=found.against)
        for when, n in counts.items()
        if n
    ]
    told += [" ".join(alone)] if alone else []
    if found.unusable:
        told.append(_unusable(view, found))
    return told


def changes_tables(
    view: AnyView, name: str, figures: Figures, found: Changes, *more: Column
) -> list[Block]:
    """Return the figures in words for the page, and all of them as numbers for the XLSX.

    Parameters
    ----------
    name
        Of the sheet.
    figures
        Changes in their order, each with the view whose texts name it.
    found
        The period before, and the confidence.
    more
        Columns after the name of the figure.
    """
    return [
        _on_page(view, f"{name}_page", figures, found, more),
        _sheet(view, name, figures, found, more),
    ]


def _on_page(
    view: AnyView, name: str, figures: Figures, found: Changes, more: Sequence[Column]
) -> Block:
    table = view.table(
        name,
        [row for row in figures if row[1].is_shown],
        ("periods.figure", _name, ""),
        *more,
        ("periods.before", lambda row: _with_n(row, row[1].before, row[1].before_n), ""),
        ("periods.now", lambda row: _with_n(row, row[1].now, row[1].now_n), ""),
        ("periods.difference", _difference, ""),
        ("periods.interval", _interval, ""),
        ("periods.course", lambda row: verdict_of(*row), ""),
        title=view.text("periods.title", against=found.against),
        note=view.text("periods.note", level=found.confidence),
        shown=ROWS,
        facts={"against": found.against, "level": found.confidence},
    )
    return replace(table, page_only=True)


def _name(row: Figured) -> str:
    view, one = row
    return figure_of(view, one.name, one.label)


def _difference(row: Figured) -> str:
    view, one = row
    return write_difference(view, one.unit, one.difference)


def _interval(row: Figured) -> str:
    view, one = row
    return write_interval(view, one.unit, one.low, one.high)


def _figure(row: Figured, value: float | None) -> Written:
    return Written(value, SHEET_FORMATS[row[1].unit][0])


def _change(row: Figured, value: float | None) -> Written:
    return Written(value, SHEET_FORMATS[row[1].unit][1])


def _with_n(row: Figured, value: float | None, n: int | None) -> str:
    view, one = row
    written = write_value(view, one.unit, value)
    if value is None or n is None or one.unit in (Unit.COUNT, Unit.MONEY):
        return written
    return view.text("periods.with_n", value=written, n=n)


def _sheet(
    view: AnyView, name: str, figures: Figures, found: Changes, more: Sequence[Column]
) -> Block:
    """Return every figure as numbers; shares are 0-1."""
    return view.table(
        name,
        figures,
        ("periods.figure", _name, ""),
        *more,
        ("periods.unit", lambda row: view.text(f"periods.units.{row[1].unit}"), ""),
        ("periods.before", lambda row: _figure(row, row[1].before), "dec3"),
        ("periods.n_before", lambda row: row[1].before_n, "count"),
        ("periods.now", lambda row: _figure(row, row[1].now), "dec3"),
        ("periods.n_now", lambda row: row[1].now_n, "count"),
        ("periods.difference", lambda row: _change(row, row[1].difference), "dec3"),
        ("periods.low", lambda row: _change(row, row[1].low), "dec3"),
        ("periods.high", lambda row: _change(row, row[1].high), "dec3"),
        ("periods.p_value", lambda row: row[1].p_value, "p"),
        ("periods.p_holm", lambda row: row[1].p_holm, "p"),
        ("periods.course", lambda row: verdict_of(*row), ""),
        ("periods.since_first", lambda row: _change(row, row[1].since_first), "dec3"),
        title=view.text("periods.title", against=found.against),
        note=view.text("periods.note", level=found.confidence),
        appendix_only=True,
        facts={"against": found.against, "first": found.periods[0] if found.periods else ""},
    )


def trend_chart(view: AnyView, figures: Figures, panels: int) -> Sequence[Block]:
    """Return small multiples of headline figures over their periods, from three periods on.

    Parameters
    ----------
    figures
        Changes, each with the view whose texts name it.
    panels
        How many are drawn at most: the first ones.
    """
    chosen = [(own, one) for own, one in figures if one.headline and one.series][:panels]
    if not chosen:
        return []
    drawn = [_panel(own, one) for own, one in chosen]

    return [_chart(view, chosen, drawn)]


def _chart(view: AnyView, chosen: Figures, drawn: Sequence[Trend]) -> Chart:
    several = max(len(panel.periods) for panel in drawn)
    told = "; ".join(_ends(own, one) for own, one in chosen)
    return view.draw(
        TrendPanels(trends=drawn, palette=view.palette),
        title=view.text("periods.trend.title", n=several),
        alt=view.text("periods.trend.alt", told=told),
        note=view.text("periods.trend.note"),
    )


def _ends(view: AnyView, one: Change) -> str:
    """Say a figure in the first and the last of the periods that are drawn: the table has all."""
    known = [point for point in one.series[-PERIODS:] if point.value is not None]
    ends = known[:1] + known[1:][-1:]
    values = [(view.period(p.period), write_value(view, one.unit, p.value)) for p in ends]
    told = ", ".join(f"{period} {value}" for period, value in values)
    return f"{figure_of(view, one.name, one.label)}: {told}"


def _panel(view: AnyView, one: Change) -> Trend:
    points = one.series[-PERIODS:]
    return Trend(
        title=figure_of(view, one.name, one.label),
        periods=[view.period(p.period, "short") for p in points],
        values=[p.value for p in points],
        lows=[p.low for p in points],
        highs=[p.high for p in points],
        write=lambda value: write_value(view, one.unit, value),
    )


def _restated(view: AnyView, found: Changes) -> Sequence[Block]:
    if not found.restated:
        return []
    return [
        view.table(
            "restated",
            found.restated,
            ("periods.figure", lambda one: figure_of(view, one.name, one.label), ""),
            ("periods.printed", lambda one: _written(view, one.unit, one.printed), "text"),
            ("periods.like", lambda one: _written(view, one.unit, one.now), "text"),
            ("periods.why", lambda one: _why(view, one), ""),
            title=view.text("periods.restated", against=found.against),
            note=view.text("periods.restated_note", against=found.against),
            shown=6,
            facts={"against": found.against},
        )
    ]


def _written(view: AnyView, unit: Unit, value: float | None) -> Written:
    return Written(value, SHEET_FORMATS[unit][0], write_value(view, unit, value))


def _why(view: AnyView, one: Restated) -> str:
    """Say why a figure reads otherwise: options, rows that came later, this period's files."""
    told = []
    if one.options:
        told.append(view.text("periods.because.options"))
    if one.tables:
        named = ", ".join(view.text(f"tables.{name}") for name in one.tables)
        told.append(view.text("periods.because.rows", named=named))
    if one.newer:
        told.append(view.text("periods.because.newer"))
    return "; ".join(told)

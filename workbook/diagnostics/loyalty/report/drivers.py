"""Chapter: what goes with a readiness to recommend."""

from workbook.charts.chart import Chart
from workbook.charts.dot_plot import DotPlot
from workbook.charts.estimates import Estimate
from workbook.diagnostics.loyalty.marks_result import Driver
from workbook.diagnostics.loyalty.report.loyalty_view import (
    LoyaltyView,
    heading_facts,
    interval_column,
    source,
)
from workbook.diagnostics.loyalty.report.mark_words import mark_format
from workbook.diagnostics.loyalty.report.score_words import class_words
from workbook.diagnostics.loyalty.standouts import drivers_by_importance
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.table import Table


def chapter(view: LoyaltyView) -> list[Block]:
    """Return the chapter on key drivers."""
    drivers = drivers_by_importance(view.result)
    if not drivers:
        return view.left_out("drivers")
    return [
        Heading(
            text=_heading(view, drivers),
            short=view.text("short.drivers"),
            caption=view.text("drivers.caption", **class_words(view)),
        ),
        Text((_text(view),)),
        _chart(view, drivers),
        *view.limitation(view.text("drivers.association")),
        *details(_table(view, drivers)),
    ]


def _heading(view: LoyaltyView, drivers: list[Driver]) -> str:
    leaders, test = view.result.driver_leaders, view.result.driver_test
    if test is None or not test.beyond_chance:
        return view.text("drivers.chance")
    if len(drivers) == 1:
        return view.text("drivers.only", parameter=leaders[0], r2=view.result.drivers_r2)
    if len(leaders) == 1:
        return view.text("drivers.heading", parameter=leaders[0], share=_of_r2(view, drivers[0]))
    if len(leaders) == len(drivers):
        return view.text("drivers.none", n=len(drivers))
    return view.text(
        "drivers.tied", named=", ".join(view.text("drivers.named", name=name) for name in leaders)
    )


def _text(view: LoyaltyView) -> str:
    test = view.result.driver_test
    sure = test is not None and test.beyond_chance
    return view.text(
        "drivers.text" if sure else "drivers.text_chance",
        r2=view.result.drivers_r2,
        adjusted=test.r2_adjusted if test else None,
        p=test.p_value if test else None,
        n=view.result.drivers_n,
    )


def _level(drivers: list[Driver]) -> float | None:
    """Return the largest share that chance alone gives to one of the parameters."""
    return max((d.chance for d in drivers if d.chance is not None), default=None)


def _of_r2(view: LoyaltyView, driver: Driver) -> str:
    r2 = view.result.drivers_r2 or 0.0
    return view.texts.write(driver.lmg / r2 if r2 else None, "pct")


def _chart(view: LoyaltyView, drivers: list[Driver]) -> Chart:
    rows = [
        Estimate(
            label=d.parameter,
            value=d.lmg,
            low=d.ci_low,
            high=d.ci_high,
            text=view.text("drivers.dot", lmg=d.lmg, mean=_mean(view, d)),
        )
        for d in drivers
    ]
    by_chance = _level(drivers)
    level = None if by_chance is None else (by_chance, view.text("drivers.chart.level"))
    told = "; ".join(
        view.text("drivers.chart.one", parameter=d.parameter, lmg=d.lmg, mean=_mean(view, d))
        for d in drivers
    )
    return view.draw(
        DotPlot(
            rows=rows,
            palette=view.palette,
            write=view.fmt("pct"),
            reference=level,
            limits=(0, 1),
        ),
        title=view.text("drivers.chart.title"),
        alt=view.text("drivers.chart.alt", values=told, level=by_chance),
        note=source(view, view.result.drivers_n or 0, "method.drivers"),
    )


def _mean(view: LoyaltyView, driver: Driver) -> str:
    return view.texts.write(driver.mean, mark_format(view))


def _table(view: LoyaltyView, drivers: list[Driver]) -> Table:
    return view.table(
        "drivers",
        drivers,
        ("satisfaction.table.parameter", lambda d: d.parameter, ""),
        ("drivers.table.lmg", lambda d: d.lmg, "pct1"),
        interval_column("pct1"),
        ("drivers.table.chance", lambda d: d.chance, "pct1"),
        ("satisfaction.table.mean", lambda d: d.mean, mark_format(view)),
        title=view.text("drivers.table.title"),
        note=view.text("drivers.table.note", confidence=view.params.confidence),
        facts=heading_facts(view),
    )

"""Chapter: what goes with a readiness to recommend."""

from matplotlib.figure import Figure

from workbook.blocks import Block, Heading, Text
from workbook.chart import Chart
from workbook.diagnostics.loyalty.result import Driver
from workbook.diagnostics.loyalty.standouts import drivers_by_importance
from workbook.exhibits import scatter_named
from workbook.table import Table, TableColumn, Value
from workbook.views.loyalty.satisfaction import mark_format
from workbook.views.loyalty.shared import LoyaltyView, class_words, source
from workbook.views.parts import left_out


def chapter(view: LoyaltyView) -> list[Block]:
    """Return the chapter on key drivers."""
    drivers = drivers_by_importance(view.result)
    if not drivers:
        return left_out(view, "drivers")
    r2 = view.result.drivers_r2
    return [
        Heading(
            text=_heading(view, drivers),
            short=view.say("short.drivers"),
            caption=view.say("drivers.caption", **class_words(view)),
        ),
        Text((view.say("drivers.text", r2=r2, n=view.result.drivers_n),)),
        _chart(view, drivers),
        _table(view, drivers),
        *view.limitation(view.say("drivers.association")),
    ]


def _heading(view: LoyaltyView, drivers: list[Driver]) -> str:
    leaders = view.result.driver_leaders
    if len(leaders) == 1:
        return view.say("drivers.heading", parameter=leaders[0], share=_of_r2(view, drivers[0]))
    if len(leaders) == len(drivers):
        return view.say("drivers.none", n=len(drivers))
    return view.say(
        "drivers.tied", named=", ".join(view.say("drivers.named", name=name) for name in leaders)
    )


def _of_r2(view: LoyaltyView, driver: Driver) -> str:
    r2 = view.result.drivers_r2 or 0.0
    return view.texts.write(driver.lmg / r2 if r2 else None, "pct")


def _chart(view: LoyaltyView, drivers: list[Driver]) -> Chart:
    fmt = "pct" if view.result.satisfaction_percent else "dec1"
    points = [(d.mean, d.lmg, d.parameter) for d in drivers]

    def plot(figure: Figure) -> None:
        scatter_named(
            figure.add_subplot(), points, palette=view.palette,
            write_x=view.fmt(fmt), write_y=view.fmt("pct"),
            names=(view.say("drivers.chart.x"), view.say("drivers.chart.y")),
        )  # fmt: skip

    told = "; ".join(
        view.say("drivers.chart.one", parameter=d.parameter, lmg=d.lmg,
                 mean=view.texts.write(d.mean, mark_format(view)))
        for d in drivers
    )  # fmt: skip
    return view.draw(
        plot,
        title=view.say("drivers.chart.title"),
        alt=view.say("drivers.chart.alt", values=told),
        note=source(view, view.result.drivers_n or 0, "method.drivers"),
        height=3.2,
    )


def _table(view: LoyaltyView, drivers: list[Driver]) -> Table:
    rows: list[dict[str, Value]] = [
        {
            "parameter": d.parameter,
            "lmg": d.lmg,
            "interval": view.interval(d.ci_low, d.ci_high, "pct1"),
            "mean": d.mean,
        }
        for d in drivers
    ]
    return Table(
        name="drivers",
        title=view.say("drivers.table.title"),
        columns=(
            TableColumn(key="parameter", heading=view.say("satisfaction.table.parameter")),
            TableColumn(key="lmg", heading=view.say("drivers.table.lmg"), fmt="pct1"),
            TableColumn(
                key="interval",
                heading=view.say("columns.interval", confidence=view.params.confidence),
                fmt="text",
            ),
            TableColumn(
                key="mean", heading=view.say("satisfaction.table.mean"), fmt=mark_format(view)
            ),
        ),
        rows=rows,
        texts=view.texts,
        note=view.say("drivers.table.note"),
    )

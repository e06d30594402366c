"""Chapter: the lines of the statement against the year before."""

from matplotlib.figure import Figure

from workbook.blocks import Block, Heading, Text
from workbook.changes import change_rows
from workbook.chart import Chart
from workbook.diagnostics.financial_quartiles.result import Growth, Organisation
from workbook.table import Table
from workbook.views.financial_quartiles.shared import (
    FinancialView,
    lead,
    source_line,
)
from workbook.views.parts import left_out, table_columns

MAIN_LINES = ("revenue", "net_profit", "assets")
"""Lines whose growth the heading tells, the first that is known."""
SHOWN_LINES = 18
ROW = 0.198
"""Inches of height of one row of the chart: beside the table it is to fit on one page."""


def chapter(view: FinancialView) -> list[Block]:
    """Return the chapter on growth."""
    row = lead(view)
    if row is None or not grown(row):
        return left_out(view, "growth")
    return [
        Heading(
            text=_heading(view, row),
            short=view.say("short.growth"),
            caption=view.say("growth.caption", organisation=row.organisation, year=row.year),
        ),
        Text((_reading(view, row),)),
        *_chart(view, row),
        _table(view, row),
    ]


def grown(row: Organisation) -> list[Growth]:
    """Return the lines that have an amount in one of the years."""
    return [g for g in row.growth if g.before or g.now]


def main_growth(row: Organisation) -> Growth | None:
    """Return the growth that matters most: of revenue, else of the first line that is known."""
    known = {g.line: g for g in row.growth if g.change is not None}
    return next(
        (known[name] for name in MAIN_LINES if name in known), next(iter(known.values()), None)
    )


def growth_words(view: FinancialView, one: Growth) -> str:
    """Say a growth: "in 1.56 times" from the bound on, else in per cent; or why neither."""
    if one.change is None or one.times is None:
        return view.say("growth.from_nil" if one.before == 0 else "growth.sign")
    if one.as_times:
        return view.say("growth.times", times=one.times)
    written = view.texts.numbers.percent(one.change, 1)
    return ("+" if one.change > 0 and written[0].isdigit() else "") + written


def amounts(view: FinancialView, one: Growth) -> dict[str, str]:
    """Write both amounts shortly, or in full where they would read the same."""
    write = view.texts.write
    fmt = "money" if write(one.before, "money") != write(one.now, "money") else "money_full"
    return {"before": write(one.before, fmt), "now": write(one.now, fmt)}


def _heading(view: FinancialView, row: Organisation) -> str:
    main = main_growth(row)
    if main is None:
        return view.say("growth.heading.none", n=len(grown(row)), year=row.year)
    return view.say(
        "growth.heading.line", line=main.label, growth=growth_words(view, main),
        **amounts(view, main), year=row.year,
    )  # fmt: skip


def _reading(view: FinancialView, row: Organisation) -> str:
    lines = grown(row)
    up = sum(abs(g.now) > abs(g.before) for g in lines)
    down = sum(abs(g.now) < abs(g.before) for g in lines)
    told = [view.say("growth.text", n=len(lines), up=up, down=down)]
    prior = [g for g in lines if g.from_prior_column]
    if prior:
        told.append(view.say("growth.prior", n=len(prior), year=row.year))
    return " ".join(told)


def _chart(view: FinancialView, row: Organisation) -> list[Chart]:
    known = [(g, g.change) for g in row.growth if g.change is not None]
    if len(known) < 2:
        return []
    known.sort(key=lambda pair: -pair[1])
    labels = [g.label for g, _ in known]
    texts = [growth_words(view, g) for g, _ in known]

    def plot(figure: Figure) -> None:
        change_rows(
            figure.add_subplot(), labels, [c for _, c in known], texts, palette=view.palette
        )

    values = "; ".join(f"{label}: {text}" for label, text in zip(labels, texts, strict=True))
    chart = view.draw(
        plot,
        title=view.say("growth.chart.title", year=row.year),
        alt=view.say("growth.chart.alt", values=values),
        note=source_line(view, view.say("growth.chart.note"), compared=False),
        height=0.2 + ROW * max(len(known), 2),
    )
    return [chart]


def _table(view: FinancialView, row: Organisation) -> Table:
    return Table(
        name="growth",
        title=view.say("growth.table", year=row.year),
        columns=table_columns(
            view,
            ("line", "columns.line", ""),
            ("before", "growth.columns.before", "money_full"),
            ("now", "growth.columns.now", "money_full"),
            ("growth", "growth.columns.growth", "text"),
        ),
        rows=[
            {
                "line": g.label,
                "before": g.before,
                "now": g.now,
                "growth": growth_words(view, g),
            }
            for g in grown(row)
        ],
        texts=view.texts,
        shown=SHOWN_LINES,
        note=source_line(
            view, view.say("growth.note", times=view.params.times_from), compared=False
        ),
    )

"""Chapter: the lines of the statement against the year before."""

from workbook.charts.bars import ChangeBars
from workbook.charts.chart import Chart
from workbook.diagnostics.financial_quartiles.organisation_result import Growth, Organisation
from workbook.diagnostics.financial_quartiles.report.financial_view import (
    FinancialView,
    source_line,
)
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.cells import Written
from workbook.report.table import Table

SHOWN_LINES = 18


def chapter(view: FinancialView) -> list[Block]:
    """Return the chapter on growth."""
    row = view.result.lead
    if row is None or not row.grown:
        return view.left_out("growth")
    return [
        Heading(
            text=_heading(view, row),
            short=view.text("short.growth"),
            caption=view.text("growth.caption", organisation=row.organisation, year=row.year),
        ),
        Text(tuple(_reading(view, row))),
        *_exhibits(view, row),
    ]


def _exhibits(view: FinancialView, row: Organisation) -> list[Block]:
    """Return the chart with the table behind it, or the table where nothing can be drawn."""
    chart = _chart(view, row)
    return [*chart, *details(_table(view, row))] if chart else [_table(view, row)]


def percent(view: FinancialView, share: float) -> str:
    """Write a change in per cent, a rise with its sign."""
    written = view.texts.numbers.percent(share, 1)
    return ("+" if share > 0 and written[0].isdigit() else "") + written


def moved_words(view: FinancialView, row: Organisation) -> str:
    """Say how the lines changed that tell the year."""
    told = [g for line in row.moved for g in row.growth if g.line == line]
    return ", ".join(_moved(view, g) for g in told)


def _moved(view: FinancialView, one: Growth) -> str:
    line = one.label[:1].lower() + one.label[1:]
    if one.change is None or one.as_times:
        return view.text("growth.moved.amounts", line=line, **amounts(view, one))
    return view.text("growth.moved.share", line=line, share=percent(view, one.change))


def growth_words(view: FinancialView, one: Growth) -> str:
    """Say a growth: "in 1.56 times" from the bound on, else in per cent; or why neither."""
    if one.change is None or one.times is None:
        return view.text("growth.from_nil" if one.before == 0 else "growth.sign")
    if one.as_times:
        return view.text("growth.times", times=one.times)
    return percent(view, one.change)


def amounts(view: FinancialView, one: Growth) -> dict[str, str]:
    """Write both amounts shortly, or in full where they would read the same."""
    write = view.texts.write
    fmt = "money" if write(one.before, "money") != write(one.now, "money") else "money_full"
    return {"before": write(one.before, fmt), "now": write(one.now, fmt)}


def _heading(view: FinancialView, row: Organisation) -> str:
    if not row.moved:
        return view.text("growth.heading.none", n=len(row.grown), year=row.year)
    told = moved_words(view, row)
    return view.text("growth.heading.moved", moves=told[:1].upper() + told[1:], year=row.year)


def _reading(view: FinancialView, row: Organisation) -> list[str]:
    lines = row.grown
    own = [g for g in lines if not g.from_prior_column]
    key = "growth.own" if len(own) == len(lines) else "growth.prior"
    return [view.text(key, n=len(own) or len(lines), year=row.year, before=row.year - 1)]


def _chart(view: FinancialView, row: Organisation) -> list[Chart]:
    known = [(g, g.change) for g in row.growth if g.change is not None]
    if len(known) < 2:
        return []
    known.sort(key=lambda pair: -pair[1])
    labels = [g.label for g, _ in known]
    texts = [growth_words(view, g) for g, _ in known]

    values = "; ".join(f"{label}: {text}" for label, text in zip(labels, texts, strict=True))
    chart = view.draw(
        ChangeBars(
            labels=labels,
            changes=[c for _, c in known],
            texts=texts,
            good=[g.is_good for g, _ in known],
            palette=view.palette,
            fmt="pct1",
        ),
        title=view.text("growth.chart.title", year=row.year),
        alt=view.text("growth.chart.alt", values=values),
        note=source_line(view, view.text("growth.chart.note"), compared=False),
    )
    return [chart]


def _table(view: FinancialView, row: Organisation) -> Table:
    times = view.result.thresholds.times_from
    return view.table(
        "growth",
        row.grown,
        ("columns.line", lambda g: g.label, ""),
        ("growth.columns.before", lambda g: g.before, "money_full"),
        ("growth.columns.now", lambda g: g.now, "money_full"),
        (
            "growth.columns.growth",
            lambda g: Written(g.change, "pct_points", growth_words(view, g)),
            "text",
        ),
        title=view.text("growth.table", year=row.year),
        shown=SHOWN_LINES,
        note=source_line(view, view.text("growth.note", times=times), compared=False),
    )

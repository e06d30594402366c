"""Chapter: how much of the dissatisfaction is heard, and what happens to it."""

from workbook.charts.bars import Bars
from workbook.charts.chart import Chart
from workbook.diagnostics.loyalty.complaints_result import (
    ComplaintRetention,
    Complaints,
    StayOutcome,
)
from workbook.diagnostics.loyalty.criteria_result import SilenceWindow
from workbook.diagnostics.loyalty.report.follow_up import silent_customers
from workbook.diagnostics.loyalty.report.loyalty_view import (
    LoyaltyView,
    heading_facts,
    interval_column,
    source,
)
from workbook.diagnostics.loyalty.report.mark_words import mark_words
from workbook.report.blocks import Block, Heading, Text, Tile, Tiles, details
from workbook.report.table import Table


def chapter(view: LoyaltyView) -> list[Block]:
    """Return the chapter on the iceberg and the register of complaints."""
    complaints = view.result.complaints
    if complaints is None:
        return view.left_out("complaints")
    caption = view.text("complaints.caption", start=complaints.start, end=complaints.end)
    if complaints.n == 0:
        return [
            Heading(
                text=view.text("complaints.none.heading", when=within(view, complaints)),
                short=view.text("short.complaints"),
                caption=caption,
            ),
            Text((view.text("complaints.none.text"), *_stock(view, complaints))),
            *_silent(view, complaints),
        ]
    return [
        Heading(
            text=_heading(view, complaints),
            short=view.text("short.complaints"),
            caption=caption,
        ),
        _iceberg(view, complaints),
        Text((_days(view, complaints), _low_marks(view, complaints), *_stock(view, complaints))),
        *([Text((_unnamed(view, complaints),))] if complaints.unnamed else []),
        *([_chart(view, complaints)] if complaints.steps else []),
        *_silent(view, complaints),
        *after_complaint(view),
        *details(*view.how_to_read(_assumptions(view, complaints))),
    ]


def _heading(view: LoyaltyView, complaints: Complaints) -> str:
    when = within(view, complaints)
    if complaints.process_mended is None:
        return view.text("complaints.heading_unknown", n=complaints.n, when=when)
    mended = view.part(complaints.process_mended, complaints.n)
    return view.text("complaints.heading", n=complaints.n, mended=mended, when=when)


def within(view: LoyaltyView, complaints: Complaints) -> str:
    """Return the days in which complaints are counted, in words."""
    key = "complaints.when.year" if complaints.of_year else "complaints.when.period"
    return view.text(key, start=complaints.start, end=complaints.end)


def _stock(view: LoyaltyView, complaints: Complaints) -> list[str]:
    """Say what the whole register holds, where it is carried on from an earlier period."""
    if complaints.stock is None:
        return []
    told = view.text("complaints.stock", n=complaints.stock)
    if complaints.stock_open is None:
        return [told]
    return [told, view.text("complaints.stock_open", n=complaints.stock_open)]


def _iceberg(view: LoyaltyView, complaints: Complaints) -> Tiles:
    count = view.fmt("count")
    tiles = [
        Tile(
            label=view.text("complaints.tile.heard"),
            value=count(complaints.complaining_customers),
            base=view.text("complaints.tile.heard_base", n=complaints.n),
        ),
    ]
    if complaints.low_marks is not None:
        tiles.append(
            Tile(
                label=view.text("complaints.tile.low", **mark_words(view)),
                value=count(complaints.low_marks),
                base=view.text("complaints.tile.low_base"),
            )
        )
    if complaints.silent_unhappy is not None:
        tiles.append(
            Tile(
                label=view.text("complaints.tile.unheard"),
                value=count(complaints.silent_unhappy),
                base=view.text("complaints.tile.unheard_base"),
            )
        )
    return Tiles(tuple(tiles))


def _days(view: LoyaltyView, complaints: Complaints) -> str:
    if complaints.median_days is None:
        return view.text("complaints.no_days")
    return view.text(
        "complaints.days", closed=complaints.closed, days=round(complaints.median_days)
    )


def _low_marks(view: LoyaltyView, complaints: Complaints) -> str:
    if complaints.low_marks is None:
        return ""
    return view.text("complaints.low_marks", low=complaints.low_marks, **mark_words(view),
                    heard=complaints.complaining_customers)  # fmt: skip


def _unnamed(view: LoyaltyView, complaints: Complaints) -> str:
    return view.text("complaints.unnamed", n=complaints.unnamed)


def _silent(view: LoyaltyView, complaints: Complaints) -> list[Block]:
    """Say how many customers are known to be unhappy and have not complained; who, where it may
    be told.
    """
    if not complaints.silent_unhappy:
        return []
    heading = view.text("complaints.silent.heading", n=complaints.silent_unhappy)
    when = within(view, complaints)
    note = view.text("complaints.silent.note", when=when, **mark_words(view))
    return [Heading(text=heading, level=3), *(silent_customers(view, when=when) or [Text((note,))])]


def _chart(view: LoyaltyView, complaints: Complaints) -> Chart:
    names = [view.text("complaints.step.all")]
    names += [view.text(f"complaints.step.{s.step}") for s in complaints.steps]
    counts = [complaints.n, *(s.n for s in complaints.steps)]
    texts = [_figure(view, n, complaints) if i else str(n) for i, n in enumerate(counts)]
    colours = ["#7a7f87"] + [view.palette.primary] * len(complaints.steps)

    told = "; ".join(f"{name}: {text}" for name, text in zip(names, texts, strict=True))
    return view.draw(
        Bars(labels=names, values=counts, texts=texts, colours=colours, fmt="count"),
        title=view.text("complaints.chart.title"),
        alt=view.text("complaints.chart.alt", values=told),
        note=source(view, complaints.n, "complaints.chart.note"),
    )


def _figure(view: LoyaltyView, n: int, complaints: Complaints) -> str:
    if not view.in_percent(complaints.n):
        return view.texts.write(n, "count")
    return view.text("complaints.bar", n=n, part=view.part(n, complaints.n))


def _assumptions(view: LoyaltyView, complaints: Complaints) -> str:
    """Say what the assumption leads to, or that these data refute it."""
    told = view.text(
        "complaints.assumptions",
        share=complaints.complaint_share,
        satisfied=complaints.told_by_satisfied,
        dissatisfied=complaints.told_by_dissatisfied,
    )
    if complaints.assumption_refuted and complaints.customers is not None:
        refuted = view.text(
            "complaints.refuted",
            heard=complaints.complaining_customers,
            n=complaints.customers,
            part=complaints.complaining_customers / complaints.customers,
            share=complaints.complaint_share,
        )
        return f"{told} {refuted}"
    if complaints.silent_estimate:
        implied = view.text(
            "complaints.implied",
            unhappy=complaints.unhappy_estimate,
            silent=complaints.silent_estimate,
            n=complaints.customers,
        )
        return f"{told} {implied}"
    return told


def after_complaint(view: LoyaltyView) -> list[Block]:
    """Return what became of the customers who complained; nothing without their purchases."""
    outcome, window = (
        view.result.complaint_retention_outcome,
        view.result.complaint_retention_window,
    )
    if outcome is None or window is None:
        return []
    return [
        Heading(text=_stay_heading(view, outcome, window), level=3),
        Text((_stay_reading(view, window),)),
        *details(_stay_table(view)),
    ]


def _stay_heading(view: LoyaltyView, outcome: StayOutcome, window: SilenceWindow) -> str:
    shares = {_kind(row): row.share for row in view.result.complaint_retention}
    told = next((row for row in view.result.complaint_retention if row.share is not None), None)
    return view.text(
        f"stays.heading.{outcome.value}",
        months=view.params.stay_months,
        silence=window.months,
        n=sum(row.n for row in view.result.complaint_retention),
        handled=shares.get("handled"),
        open=shares.get("open"),
        kind=view.text(f"stays.kind.{_kind(told)}") if told else "",
        share=told.share if told else None,
    )


def _stay_reading(view: LoyaltyView, window: SilenceWindow) -> str:
    told = view.text("stays.text", silence=window.months)
    if view.result.complaints_not_buying:
        told += " " + view.text("stays.not_buying", n=view.result.complaints_not_buying)
    return told


def _kind(row: ComplaintRetention) -> str:
    return {True: "handled", False: "open", None: "unknown"}[row.handled]


def _stay_table(view: LoyaltyView) -> Table:
    return view.table(
        "complaint_retention",
        view.result.complaint_retention,
        ("stays.table.kind", lambda row: view.text(f"stays.kind.{_kind(row)}"), ""),
        ("stays.table.n", lambda row: row.n, "count"),
        ("stays.table.kept", lambda row: row.kept, "count"),
        ("stays.table.gone", lambda row: row.gone, "count"),
        ("stays.table.share", lambda row: row.share, "pct"),
        interval_column("pct"),
        title=view.text("stays.table.title", months=view.params.stay_months),
        note=view.text("stays.table.note", min_n=view.params.min_n),
        facts=heading_facts(view),
    )

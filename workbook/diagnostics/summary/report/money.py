"""The money of all customers: what is kept, at risk and lost, and what could be sold."""

from workbook.charts.chart import GREY
from workbook.charts.waterfall import Fall, Waterfall, falling
from workbook.diagnostics.summary.money import Money
from workbook.diagnostics.summary.report.summary_view import SummaryView
from workbook.report.blocks import Block, Heading


def money_line(view: SummaryView) -> str:
    """Say in one line what becomes of the revenue; empty without sales."""
    found = view.result.money
    if found is None or not found.tellable:
        return ""
    figures = _figures(found)
    told = [view.text("money.line" if found.lost else "money.line_none_lost", **figures)]
    if found.could_be_sold:
        told.append(view.text("money.more", **figures))
    return " ".join(told)


def chapter(view: SummaryView) -> list[Block]:
    """Return the waterfall of the revenue."""
    found = view.result.money
    if found is None or not found.tellable:
        return view.left_out("money")
    write = view.fmt("money")
    parts = [
        ("kept", found.kept, view.palette.primary),
        ("at_risk", found.at_risk, view.palette.secondary),
        ("lost", found.lost, GREY),
    ]
    bars = falling(
        (view.text("money.revenue"), found.revenue, write(found.revenue)),
        [(view.text(f"money.{k}"), part, write(part), ink) for k, part, ink in parts if part],
        colour=view.palette.primary,
    )
    if found.could_be_sold:
        bars.append(
            Fall(
                label=view.text("money.could_be_sold"),
                start=found.revenue,
                end=found.revenue + found.could_be_sold,
                words=write(found.could_be_sold),
                colour=view.palette.primary,
                open=True,
            )
        )

    told = "; ".join(f"{bar.label}: {bar.words}" for bar in bars)
    return [
        Heading(
            text=view.text(
                "money.heading" if found.lost else "money.heading_none_lost", **_figures(found)
            ),
            short=view.text("short.money"),
            caption=view.text("money.caption"),
        ),
        view.draw(
            Waterfall(bars=bars, fmt="money"),
            title=view.text("money.title"),
            alt=view.text("money.alt", values=told),
            note=view.source(found.customers, view.text("money.note"), view.text("money.union")),
        ),
        view.table(
            "money",
            bars,
            ("money.part", lambda bar: bar.label, ""),
            ("money.amount", lambda bar: bar.end - bar.start, "money"),
            title=view.text("money.title"),
            appendix_only=True,
        ),
    ]


def _figures(found: Money) -> dict[str, object]:
    return {
        "revenue": found.revenue,
        "kept": found.kept,
        "at_risk": found.at_risk,
        "lost": found.lost,
        "could_be_sold": found.could_be_sold,
        "n": found.customers,
        "risky": found.at_risk_customers,
        "gone": found.lost_customers,
    }

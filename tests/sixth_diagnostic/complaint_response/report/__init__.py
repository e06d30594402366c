"""The report: one chapter, its words from the claims of the result."""

from typing import TypeAlias

from workbook.diagnostics.complaint_response.params import Params
from workbook.diagnostics.complaint_response.result import Result

from workbook.charts.bars import Bars
from workbook.diagnostics.claims import Claim
from workbook.report.blocks import Block, Heading, Tile
from workbook.report.diagnostic_report import Report
from workbook.report.finding import worded
from workbook.report.method_box import method_box
from workbook.report.page_two import PageTwo
from workbook.report.view import View

ResponseView: TypeAlias = View[Result, Params]


def page_two(view: ResponseView) -> PageTwo:
    """Return the draft of page 2."""
    return PageTwo(
        answer=_answer(view),
        tiles=[_tile(view, claim) for claim in view.result.tiles],
        findings=[worded(view, claim) for claim in view.result.findings],
    )


def categories(view: ResponseView) -> list[Block]:
    """Return the chapter on categories of complaints."""
    found = view.result.categories
    if not found:
        return view.left_out("categories")
    shares = [row.in_time / row.n for row in found]
    words = [view.part(row.in_time, row.n) for row in found]
    names = [row.name for row in found]
    colours = [view.palette.primary] * len(found)
    told = "; ".join(f"{name}: {text}" for name, text in zip(names, words, strict=True))
    return [
        Heading(
            text=view.text("categories.heading", n=len(found)), short=view.text("short.categories")
        ),
        view.draw(
            Bars(labels=names, values=shares, texts=words, colours=colours, fmt="pct"),
            title=view.text("categories.title"),
            alt=view.text("categories.alt", values=told),
            note=view.source(view.result.n),
        ),
        view.table(
            "categories",
            found,
            ("categories.name", lambda row: row.name, ""),
            ("columns.n", lambda row: row.n, "count"),
            ("categories.in_time", lambda row: row.in_time, "count"),
            title=view.text("categories.title"),
        ),
    ]


def method(view: ResponseView) -> list[Block]:
    """Return the method box."""
    return method_box(view, ("in_time",), days=view.params.days)


def _answer(view: ResponseView) -> str:
    claim = view.result.answer
    return view.text("head.none") if claim is None else view.text("head.share", **claim.figures)


def _tile(view: ResponseView, claim: Claim) -> Tile:
    result = view.result
    return Tile(
        label=view.text(f"tiles.{claim.id}", **claim.figures),
        value=view.part(result.in_time, result.n),
        base=view.interval(result.ci_low, result.ci_high, "pct"),
    )


REPORT: Report[Result, Params] = Report(
    page_two=page_two,
    chapters={"categories": categories},
    method=method,
    best=("categories",),
)

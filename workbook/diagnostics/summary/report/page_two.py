"""Page 2 of the summary: one sentence, the money, three findings, three steps."""

from workbook.diagnostics.claims import Claim
from workbook.diagnostics.summary.report.summary_view import (
    SummaryView,
    report_of,
    view_of,
)
from workbook.report.blocks import Tile
from workbook.report.finding import Finding, worded
from workbook.report.page_two import PageTwo


def page_two(view: SummaryView) -> PageTwo:
    """Return the program's draft of page 2."""
    answer = view.result.answer
    return PageTwo(
        answer=view.text("head.none") if answer is None else _said(view, answer),
        tiles=[_tile(view, claim) for claim in view.result.tiles],
        findings=findings(view),
    )


def findings(view: SummaryView) -> list[Finding]:
    """Return all findings in words: those of a diagnostic as its own report says them."""
    told = {
        (one.name, found.id): found
        for one in view.result.joined
        for found in report_of(one).page_two(view_of(view, one)).findings
    }
    return [
        worded(view, one.claim) if one.own else told[one.diagnostics[0], one.claim.id]
        for one in view.result.told
    ]


def _said(view: SummaryView, claim: Claim) -> str:
    return view.text(f"head.{claim.id}", **claim.figures)


def _tile(view: SummaryView, claim: Claim) -> Tile:
    key = f"tiles.{claim.id}"
    return Tile(
        label=view.text(f"{key}.label", **claim.figures),
        value=view.text(f"{key}.value", **claim.figures),
        base=view.text(f"{key}.base", **claim.figures),
    )

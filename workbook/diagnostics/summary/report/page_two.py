"""Page 2 of the summary: what is done first, the money, three findings, three steps."""

from workbook.diagnostics.claims import Claim
from workbook.diagnostics.summary.report.money import money_line
from workbook.diagnostics.summary.report.own_findings import own_finding
from workbook.diagnostics.summary.report.summary_view import (
    SummaryView,
    report_of,
    view_of,
)
from workbook.report.blocks import Tile
from workbook.report.finding import Finding
from workbook.report.page_two import PageTwo


def page_two(view: SummaryView) -> PageTwo:
    """Return the program's draft of page 2."""
    found = findings(view)
    return PageTwo(
        answer=_answer(view, found),
        lead=(money_line(view),),
        tiles=[_tile(view, claim) for claim in view.result.tiles],
        findings=found,
        limitation=_limitation(view),
    )


def findings(view: SummaryView) -> list[Finding]:
    """Return all findings in words: those of a diagnostic as its own report says them."""
    told = {
        (one.name, found.id): found
        for one in view.result.joined
        for found in report_of(one).page_two(view_of(view, one)).findings
    }
    return [
        own_finding(view, one.claim) if one.own else told[one.claim.diagnostics[0], one.claim.id]
        for one in view.result.told
    ]


def _answer(view: SummaryView, found: list[Finding]) -> str:
    claim = view.result.answer
    step = next((one.step for one in found if one.step is not None), None)
    if claim is None or step is None:
        return view.text("head.none")
    return view.text(f"head.{claim.id}", **claim.figures, what=_first_sentence(step.what))


def _first_sentence(text: str) -> str:
    """Return the first of several sentences, without its full stop."""
    return text.partition(". ")[0].rstrip(".")


def _tile(view: SummaryView, claim: Claim) -> Tile:
    key = f"tiles.{claim.id}"
    base = f"{key}.base"
    return Tile(
        label=view.text(f"{key}.label", **claim.figures),
        value=view.text(f"{key}.value", **claim.figures),
        base=view.text(base, **claim.figures) if base in view.texts else "",
    )


def _limitation(view: SummaryView) -> str:
    """Say what of the first finding's report could change the decision."""
    first = next((one for one in view.result.told if one.claim.action is not None), None)
    named = view.result.joined if first is None else [
        one for one in view.result.joined if one.name in first.claim.diagnostics
    ]  # fmt: skip
    limits = (report_of(one).page_two(view_of(view, one)).limitation for one in named)
    return next((limit for limit in limits if limit), "")

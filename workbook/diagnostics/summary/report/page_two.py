"""Page 2 of the summary: what is done first, the money, three findings, three steps."""

from collections.abc import Mapping

from workbook.diagnostics.claims import Claim
from workbook.diagnostics.summary.report.money import money_line
from workbook.diagnostics.summary.report.own_findings import own_finding
from workbook.diagnostics.summary.report.summary_view import Sister, SummaryView, sisters
from workbook.report.blocks import Tile
from workbook.report.finding import Finding, Step
from workbook.report.page_two import PageTwo


def page_two(view: SummaryView) -> PageTwo:
    """Return the program's draft of page 2."""
    reports = {sister.one.name: sister for sister in sisters(view)}
    found = _findings(view, reports)
    return PageTwo(
        answer=_answer(view, found, reports),
        lead=(money_line(view),),
        tiles=[_tile(view, claim) for claim in view.result.tiles],
        findings=found,
        limitation=_limitation(view, reports),
        steps=_steps(view, found, reports),
        author=_author(view, reports),
    )


def _findings(view: SummaryView, reports: Mapping[str, Sister]) -> list[Finding]:
    """Return all findings in words: those of a diagnostic as its own report says them."""
    told = {
        (name, found.id): found
        for name, sister in reports.items()
        for found in sister.draft.findings
    }
    return [
        own_finding(view, one.claim) if one.own else told[one.claim.diagnostics[0], one.claim.id]
        for one in view.result.told
    ]


def _steps(view: SummaryView, found: list[Finding], reports: Mapping[str, Sister]) -> list[Step]:
    """Return one plan: a step for each finding in their order, then what is left.

    Where the consultant recommends steps in a report, these stand for all of that report's.
    """
    own = {name: list(sister.own_steps) for name, sister in reports.items()}
    instead = frozenset(name for name, steps in own.items() if steps)
    steps: list[Step] = []
    for one, finding in zip(view.result.told, found, strict=True):
        name = "" if one.own else one.claim.diagnostics[0]
        if name not in instead:
            steps += [finding.step] if finding.step else []
        elif own[name]:
            steps.append(own[name].pop(0))
    return [*steps, *(step for left in own.values() for step in left)]


def _answer(view: SummaryView, found: list[Finding], reports: Mapping[str, Sister]) -> str:
    """Say what is done first: in the consultant's words where that report's answer is theirs."""
    claim = view.result.answer
    if claim is None:
        return view.text("head.none")
    first, told = next(
        (finding, one)
        for finding, one in zip(found, view.result.told, strict=True)
        if finding.step is not None
    )
    sister = None if told.own else reports[told.claim.diagnostics[0]]
    if sister is not None and sister.own_answer:
        return sister.shown.answer
    what = _first_sentence(first.step.what) if first.step else ""
    return view.text(f"head.{claim.id}", **claim.figures, what=what)


def _author(view: SummaryView, reports: Mapping[str, Sister]) -> str:
    """Return whose words stand on the page beside the program's; empty where nobody's do."""
    theirs = any(sister.own_answer or sister.own_steps for sister in reports.values())
    return (view.engagement.brand.author or view.text("notes.consultant")) if theirs else ""


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


def _limitation(view: SummaryView, reports: Mapping[str, Sister]) -> str:
    """Say what of the first finding's report could change the decision."""
    first = next((one for one in view.result.told if one.claim.action is not None), None)
    names = list(reports) if first is None else first.claim.diagnostics
    limits = (reports[name].shown.limitation for name in names if name in reports)
    return next((limit for limit in limits if limit), "")

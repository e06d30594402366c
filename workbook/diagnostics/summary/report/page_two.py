"""Page 2 of the summary: what is done first, the money, three findings, three steps."""

from collections.abc import Mapping, Sequence

from workbook.diagnostics.claims import Claim
from workbook.diagnostics.summary.headline import acts_first
from workbook.diagnostics.summary.report.changes import with_carried_over
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
        tiles=_tiles(view, reports),
        findings=found,
        limitation=_limitation(view, reports),
        steps=_steps(view, found, reports),
        author=_author(view, reports),
    )


def _tiles(view: SummaryView, reports: Mapping[str, Sister]) -> Sequence[Tile]:
    """Return the money in tiles; without sales those of the report of the first finding."""
    if view.result.tiles:
        return [_tile(view, claim) for claim in view.result.tiles]
    told = (name for one in view.result.told for name in one.claim.diagnostics)
    first = next((name for name in (*told, *reports) if name in reports), "")
    return reports[first].draft.tiles if first else ()


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
    """Return one plan: a step for each finding in their order, what is left, what is still open.

    Where the consultant recommends steps in a report, these stand for all of that report's, and
    come before the program's for a rule that rests on it: nobody is told to see the bank by one
    page and to wait by the other.
    """
    own = {name: list(sister.own_steps) for name, sister in reports.items()}
    instead = frozenset(name for name, steps in own.items() if steps)
    steps: list[Step] = []
    for one, finding in zip(view.result.told, found, strict=True):
        name = next(iter(one.claim.diagnostics), "")
        if own.get(name):
            steps.append(own[name].pop(0))
        elif finding.step and (one.own or name not in instead):
            steps.append(finding.step)
    left = (step for rest in own.values() for step in rest)
    return with_carried_over(view, [*steps, *left])


def _answer(view: SummaryView, found: list[Finding], reports: Mapping[str, Sister]) -> str:
    """Say what is done first: what a consultant wrote before what the program drafts."""
    claim, lead = view.result.answer, _leading(view, reports)
    if claim is None:
        return view.text("head.none")
    if lead is not None:
        return lead.shown.answer
    told = acts_first(view.result.told)
    words = zip(view.result.told, found, strict=True)
    step = next((finding.step for one, finding in words if one is told), None)
    what = _first_sentence(step.what) if step else ""
    return view.text(f"head.{claim.id}", **claim.figures, what=what)


def _leading(view: SummaryView, reports: Mapping[str, Sister]) -> Sister | None:
    """Return the report with the most important finding of those with a consultant's answer."""
    acted = (one.claim for one in view.result.told if not one.own and one.claim.action is not None)
    of = (reports[claim.diagnostics[0]] for claim in acted)
    return next((sister for sister in of if sister.own_answer), None)


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
    """Say what of the report that the answer comes from could change the decision."""
    lead = _leading(view, reports)
    if lead is not None and lead.shown.limitation:
        return lead.shown.limitation
    first = next((one for one in view.result.told if one.claim.action is not None), None)
    names = list(reports) if first is None else first.claim.diagnostics
    limits = (reports[name].shown.limitation for name in names if name in reports)
    return next((limit for limit in limits if limit), "")

"""A finding: the sentence of the summary and the row of the action plan that follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbook.diagnostics.claims import Claim, on_page_two, recommended
from workbook.report.blocks import Block, Bullets, Heading, Text
from workbook.report.table import Table, TableColumn
from workbook.report.view import P, R, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding with what to do about it."""

    id: str
    problem: bool
    """False for good news and for what cannot be told: no recommendation comes from these."""
    text: str
    action: str
    effect: str


def finding(view: View[R, P], key: str, *, problem: bool = True, **values: object) -> Finding:
    """Return the finding whose sentences are under ``findings.<key>`` of the report's texts."""
    return Finding(
        id=key,
        problem=problem,
        text=view.text(f"findings.{key}.text", **values),
        action=view.text(f"findings.{key}.action", **values),
        effect=view.text(f"findings.{key}.effect", **values),
    )


def worded(view: View[R, P], claim: Claim, **words: object) -> Finding:
    """Return the finding that a claim is told as.

    Parameters
    ----------
    words
        What only a report knows: labels, names of cuts, numbers in a format of their own; they
        come before the claim's own figures.
    """
    return finding(view, claim.id, problem=claim.problem, **{**claim.figures, **words})


def summary_findings(view: View[R, P], found: Sequence[Finding]) -> list[Block]:
    """Return the first three findings and the one recommendation of the summary page."""
    if not found:
        return []
    return [
        Heading(text=view.text("summary.findings"), level=3),
        Bullets(tuple(f.text for f in on_page_two(found)), ordered=True),
        *view.recommendation(recommended(found).action),
    ]


def action_plan(view: View[R, P], found: Sequence[Finding]) -> list[Block]:
    """Return the action plan: proposed steps with empty cells for people and dates."""
    heading = Heading(
        text=view.text("actions.heading", n=len(found)),
        short=view.text("short.actions"),
        caption=view.text("actions.caption"),
        new_page=True,
    )
    if not found:
        return [heading, Text((view.text("actions.none"),))]
    table = Table(
        name="actions",
        title=view.text("actions.title"),
        columns=(
            TableColumn(key="action", heading=view.text("actions.action")),
            TableColumn(key="why", heading=view.text("actions.why")),
            TableColumn(key="effect", heading=view.text("actions.effect")),
            TableColumn(key="owner", heading=view.text("actions.owner"), fill=True),
            TableColumn(key="due", heading=view.text("actions.due"), fill=True),
        ),
        rows=[{"action": f.action, "why": f.text, "effect": f.effect} for f in found],
        texts=view.texts,
        note=view.text("actions.note"),
    )
    return [heading, table]

"""The result file says in words what the report says: findings, their steps and page 2."""

from collections.abc import Sequence
from typing import Any

from workbook.diagnostics.periods.changes import Change, Changes
from workbook.report.finding import Finding, Step
from workbook.report.page_two import PageTwo
from workbook.report.period_words import figure_of, write_difference, write_value
from workbook.report.plain_data import plain_data
from workbook.report.view import AnyView


def with_words(
    name: str, data: dict[str, Any], *, draft: PageTwo, shown: PageTwo
) -> dict[str, Any]:
    """Return a result as plain data with the sentences of its findings, and page 2 as shown.

    Parameters
    ----------
    name
        Of the diagnostic.
    draft
        What the program drafted: one finding for each of ``data["findings"]``, in that order.
    shown
        Page 2 of the report, with what the consultant wrote.
    """
    findings = [
        row | {"diagnostics": row["diagnostics"] or [name]} | _words(found)
        for row, found in zip(data.get("findings", []), draft.findings, strict=True)
    ]
    page = {
        "answer": shown.answer,
        "findings": [found.text for found in shown.findings],
        "actions": [action(step, draft.findings) for step in shown.plan],
        "limitation": shown.limitation,
        "author": shown.author,
    }
    return data | {"findings": findings, "page_two": page}


def _words(found: Finding) -> dict[str, Any]:
    step = None if found.step is None else action(found.step, [found])
    return {
        "text": found.text,
        "evidence": found.evidence,
        "action": step,
        "earlier": plain_data(found.earlier),
    }


def changes_in_words(view: AnyView, changed: Changes) -> dict[str, Any]:
    """Return what changed as plain data: each figure by name, headline figures as they are told.

    ``headline`` holds, for the consultant's overview, what :func:`headline_figure` says.
    """
    data: dict[str, Any] = plain_data(changed)
    for row, one in zip(data["changes"], changed.changes, strict=True):
        row["figure"] = figure_of(view, one.name, one.label)
    told = [headline_figure(view, changed, one) for one in changed.changes if one.headline]
    return data | {"headline": told}


def headline_figure(view: AnyView, changed: Changes, one: Change) -> dict[str, Any]:
    """Return a headline figure as it is told: its value in each period, its change, the verdict."""
    known = [(point.period, point.value) for point in one.series]
    known = known or [(changed.against, one.before), (changed.periods[-1], one.now)]
    better = {True: "better", False: "worse", None: ""}
    return {
        "measure": f"{one.name}|{one.key}".replace("\0", "|"),
        "figure": figure_of(view, one.name, one.label),
        "values": {period: write_value(view, one.unit, value) for period, value in known},
        "difference": write_difference(view, one.unit, one.difference),
        "course": one.course.value,
        "judged": better[one.is_better],
    }


def action(step: Step, findings: Sequence[Finding]) -> dict[str, Any]:
    """Return a step as the result file has it; its range in money is that of its finding."""
    claims = {found.id: found.claim for found in findings if found.claim is not None}
    claim = claims.get(step.source)
    return {
        "what": step.what,
        "who": step.who,
        "by_when": plain_data(step.by_when),
        "effect": step.effect,
        "effect_low": None if claim is None else claim.effect_low,
        "effect_high": None if claim is None else claim.effect_high,
        "metric": step.metric,
        "source": step.source,
    }

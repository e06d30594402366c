"""The result file says in words what the report says: findings, their steps and page 2."""

from collections.abc import Sequence
from typing import Any

from workbook.report.finding import Finding, Step
from workbook.report.page_two import PageTwo
from workbook.report.plain_data import plain_data


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

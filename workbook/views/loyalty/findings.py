"""The words of the findings: sentences of the summary and rows of the action plan."""

from collections.abc import Callable

from workbook.diagnostics.claims import Claim
from workbook.views.finding import Finding, worded
from workbook.views.loyalty.satisfaction import mark_format
from workbook.views.loyalty.shared import LoyaltyView, mark_words


def findings(view: LoyaltyView) -> list[Finding]:
    """Return what the report found, most important first."""
    return [worded(view, claim, **_words(view, claim)) for claim in view.result.findings]


def _words(view: LoyaltyView, claim: Claim) -> dict[str, str]:
    """Return the figures of a claim that only a report can write."""
    written = {key: write(view, claim) for key, write in WRITTEN.items() if key in claim.figures}
    scale = SCALES.get(claim.id)
    return written | (scale(view) if scale else {})


def _by(view: LoyaltyView, claim: Claim) -> str:
    return view.say(f"by.{claim.figures['by']}")


def _mean(view: LoyaltyView, claim: Claim) -> str:
    return view.texts.write(claim.figures["mean"], mark_format(view))


WRITTEN: dict[str, Callable[[LoyaltyView, Claim], str]] = {"by": _by, "mean": _mean}

SCALES: dict[str, Callable[[LoyaltyView], dict[str, str]]] = {
    "marks": lambda view: {"low_mark": mark_words(view)["low_mark"]},
    "marks_alike": lambda view: {"low_mark": mark_words(view)["low_mark"]},
}
"""Words of the scale in use that a finding needs."""

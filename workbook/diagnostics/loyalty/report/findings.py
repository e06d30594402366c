"""The words of the findings: sentences of the summary and rows of the action plan."""

from collections.abc import Callable
from dataclasses import replace

from workbook.diagnostics.claims import Claim
from workbook.diagnostics.loyalty.report.loyalty_view import LoyaltyView
from workbook.diagnostics.loyalty.report.mark_words import mark_format, mark_words
from workbook.report.finding import Finding, worded


def findings(view: LoyaltyView) -> list[Finding]:
    """Return what the report found, most important first."""
    return [_worded(view, claim) for claim in view.result.findings]


def _worded(view: LoyaltyView, claim: Claim) -> Finding:
    """Return a finding; what to do is another thing where nobody may know who answered what."""
    words = _words(view, claim)
    told = worded(view, claim, **words)
    key = f"findings.{claim.id}.action_anonymous"
    if told.step is None or view.result.answers_by_name or key not in view.texts:
        return told
    what = view.text(key, **{**claim.figures, **words})
    return replace(told, step=replace(told.step, what=what))


def first_words(view: LoyaltyView, first: str) -> str:
    """Say what to do first, as the end of the answer: the step of that finding."""
    claims = {claim.id: claim for claim in view.result.findings}
    values: dict[str, object] = {}
    for name in TOGETHER.get(first, (first,)):
        if name in claims:
            values = {**claims[name].figures, **_words(view, claims[name]), **values}
    return view.text(f"first.{first}", **values)


def _words(view: LoyaltyView, claim: Claim) -> dict[str, str]:
    """Return the figures of a claim that only a report can write."""
    written = {
        name: write(view, claim)
        for name, (figure, write) in WRITTEN.items()
        if figure in claim.figures
    }
    scale = SCALES.get(claim.id)
    return {"worth": "", "worth_in": ""} | written | (scale(view) if scale else {})


def _worth(view: LoyaltyView, claim: Claim, key: str = "worth") -> str:
    """Say what the customers bring a year; nothing where it is not known."""
    revenue = claim.figures["revenue"]
    return "" if revenue is None else view.text(f"{key}.{claim.figures['worth']}", revenue=revenue)


def _worth_in(view: LoyaltyView, claim: Claim) -> str:
    """Say it within brackets."""
    return _worth(view, claim, "worth_in")


def _by(view: LoyaltyView, claim: Claim) -> str:
    return view.text(f"by.{claim.figures['by']}")


def _by_of(view: LoyaltyView, claim: Claim) -> str:
    return view.text(f"by_of.{claim.figures['by']}")


def _mean(view: LoyaltyView, claim: Claim) -> str:
    return view.texts.write(claim.figures["mean"], mark_format(view))


WRITTEN: dict[str, tuple[str, Callable[[LoyaltyView, Claim], str]]] = {
    "by": ("by", _by),
    "by_of": ("by", _by_of),
    "mean": ("mean", _mean),
    "worth": ("worth", _worth),
    "worth_in": ("worth", _worth_in),
}
"""How a word is made, and of claims with which figure."""
TOGETHER = {"group_driver": ("group", "driver", "driver_low")}
"""Findings that are dealt with in one step; the first of them has the say."""

SCALES: dict[str, Callable[[LoyaltyView], dict[str, str]]] = {
    "marks": lambda view: {"low_mark": mark_words(view)["low_mark"]},
    "marks_alike": lambda view: {"low_mark": mark_words(view)["low_mark"]},
}
"""Words of the scale in use that a finding needs."""

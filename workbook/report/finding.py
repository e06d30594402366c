"""A finding in words: the sentence of page 2, and the step of the action plan that follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from workbook.diagnostics.claims import Claim
from workbook.report.cells import Value
from workbook.report.period_words import figure_of, verdict_of, write_difference, write_value
from workbook.report.table import TableColumn
from workbook.report.view import P, R, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the action plan."""

    what: str
    who: str
    """By role, never by name, unless a consultant writes one."""
    by_when: date | str
    """A day, or the consultant's own words."""
    effect: str
    """What it is expected to bring, with its range."""
    metric: str = ""
    """What would prove it."""
    source: str = ""
    """Id of the finding that it follows from; empty for a consultant's own."""

    @property
    def row(self) -> Mapping[str, Value]:
        """Its cells by column."""
        return {
            "what": self.what,
            "who": self.who,
            "by_when": self.by_when,
            "effect": self.effect,
            "metric": self.metric,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What the figure of a claim was in the period before, and what a test says of the change."""

    period: str
    value: float | None
    difference: float | None
    course: str
    text: str
    """As page 2 says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding with what to do about it."""

    id: str
    claim: Claim | None
    """What it words; None for a consultant's own."""
    text: str
    evidence: str = ""
    """Short name of the chapter that it rests on."""
    step: Step | None = None
    earlier: Earlier | None = None
    """None without an earlier period, and where the claim's figure has no counterpart in it."""

    @property
    def problem(self) -> bool:
        """False for good news and for what cannot be told: no step follows."""
        return self.claim is None or self.claim.problem


def worded(view: View[R, P], claim: Claim, **words: object) -> Finding:
    """Return the finding that a claim is told as.

    Its sentences are under ``findings.<id>`` of the report's texts: ``text``, and where a step
    follows ``action``, ``owner``, ``effect`` and ``metric``.

    Parameters
    ----------
    words
        What only a report knows: labels, names of cuts, numbers in a format of their own; they
        come before the claim's own figures.
    """
    values = {**claim.figures, **words}
    evidence = f"short.{claim.evidence}"
    return Finding(
        id=claim.id,
        claim=claim,
        text=view.text(f"findings.{claim.id}.text", **values),
        evidence=view.text(evidence) if evidence in view.texts else "",
        step=_step(view, claim, values) if claim.action else None,
        earlier=earlier_of(view, claim),
    )


def earlier_of(view: View[R, P], claim: Claim | None) -> Earlier | None:
    """Return what the figure of a claim was in the period before; None where that is not known."""
    measure = claim.measure if claim else None
    found = view.changed.of(*measure) if measure else None
    if found is None:
        return None
    told = view.text(
        "periods.earlier",
        figure=figure_of(view, found.name, found.label),
        against=view.changed.against,
        before=write_value(view, found.unit, found.before),
        now=write_value(view, found.unit, found.now),
        difference=write_difference(view, found.unit, found.difference),
        verdict=verdict_of(view, found),
    )
    return Earlier(
        period=view.changed.against,
        value=found.before,
        difference=found.difference,
        course=found.course.value,
        text=told,
    )


def _step(view: View[R, P], claim: Claim, values: Mapping[str, object]) -> Step:
    key = f"findings.{claim.id}"
    return Step(
        what=view.text(f"{key}.action", **values),
        who=view.text(f"{key}.owner", **values),
        by_when=view.engagement.as_of + timedelta(days=claim.due_days),
        effect=_effect(view, claim, values),
        metric=view.text(f"{key}.metric", **values),
        source=claim.id,
    )


def _effect(view: View[R, P], claim: Claim, values: Mapping[str, object]) -> str:
    """Say what a step is expected to bring: its range in money where there is one."""
    told = view.text(f"findings.{claim.id}.effect", **values)
    if claim.effect_low is None or claim.effect_high is None:
        return told
    low, high = claim.effect_low, claim.effect_high
    key = "actions.effect_up_to" if low <= 0 else "actions.effect_range"
    return view.text(key, told=told, low=low, high=high)


def step_cells(view: View[R, P], keys: Sequence[str]) -> list[TableColumn]:
    """Return columns of an action plan; ``done`` is left to be marked."""
    return [
        TableColumn(
            key=key,
            heading=view.text(f"actions.{key}"),
            fmt="day_short" if key == "by_when" else "",
            fill=key == "done",
        )
        for key in keys
    ]

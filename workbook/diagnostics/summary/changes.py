"""What changed: every key figure with what it was, and what its own test says of the difference.

A difference that nobody has tested is shown and called neither up nor down (the method: periods,
2).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workbook.diagnostics.summary.joined import Joined

REASON = "reason"
"""Name of the change of a reason's share of losses."""


class Course(StrEnum):
    """What may be said of a change."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    CANNOT_TELL = "cannot_tell"
    """Tested, and it may be chance."""
    NOT_TESTED = "not_tested"
    """Counted before and now; no test stands behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure before and now."""

    diagnostic: str
    name: str
    """Of the key figure; ``reason`` for a reason of leaving."""
    label: str = ""
    """What it is of, in words of the client's data or of a questionnaire; mostly empty."""
    before: float
    now: float
    unit: str
    course: Course
    against: str = ""
    """What it is compared with: a wave, a period, a year; empty for the 12 months before."""

    @property
    def difference(self) -> float:
        """Now less before, in the unit of the figure; of shares in percentage points."""
        return (self.now - self.before) * (100 if self.unit == "share" else 1)

    @property
    def is_told(self) -> bool:
        """A test says that it rose or fell."""
        return self.course in (Course.UP, Course.DOWN)


def changes(joined: Sequence[Joined]) -> tuple[Change, ...]:
    """Return what changed by diagnostic, then reasons of leaving, confirmed ones first."""
    found = [change for one in joined for change in _of(one)]
    return tuple(
        sorted(found, key=lambda c: (c.name == REASON, c.name == REASON and not c.is_told))
    )


def _of(one: Joined) -> Iterator[Change]:
    if one.name == "churn_reasons":
        yield from _of_losses(one.result)
        return
    for figure in one.key_figures:
        if figure.value is None or figure.previous is None:
            continue
        tested = _TESTS.get(one.name, _untested)(one.result, figure.name)
        yield Change(
            diagnostic=one.name,
            name=tested.name or figure.name,
            label=tested.label,
            before=figure.previous,
            now=figure.value,
            unit=figure.unit,
            course=tested.course,
            against=tested.against,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tested:
    """What a diagnostic's own test says of one of its figures."""

    course: Course = Course.NOT_TESTED
    against: str = ""
    name: str = ""
    label: str = ""


def _untested(result: Any, name: str) -> _Tested:
    return _Tested()


def _loyalty(result: Any, name: str) -> _Tested:
    change = result.change
    if name != "nps" or change is None or not change.headline:
        return _Tested()
    return _Tested(course=Course(str(change.verdict)), against=change.against)


def _controllability(result: Any, name: str) -> _Tested:
    one = next((q for q in result.questionnaires if name == f"{q.id}_index"), None)
    if one is None or one.change is None:
        return _Tested()
    found = one.change
    course = Course.NOT_TESTED
    if found.test is not None and found.test.testable:
        course = Course(found.direction) if found.test.told else Course.CANNOT_TELL
    return _Tested(course=course, against=found.against, name="index", label=one.title)


_FINANCIAL = {
    "significantly_improved": Course.UP,
    "improved": Course.UP,
    "unchanged": Course.SAME,
    "worsened": Course.DOWN,
    "significantly_worsened": Course.DOWN,
}


def _financial(result: Any, name: str) -> _Tested:
    """Return the verdict on the mean score; money of the statement is counted."""
    lead = result.lead
    against = str(lead.year - 1)
    if name != "score_industry" or lead.change_verdict is None:
        return _Tested(against=against)
    return _Tested(course=_FINANCIAL[str(lead.change_verdict)], against=against)


_TESTS: Mapping[str, Any] = {
    "loyalty": _loyalty,
    "controllability": _controllability,
    "financial_quartiles": _financial,
}


def _of_losses(result: Any) -> Iterator[Change]:
    """Yield the losses of this period against those of the last one, and each reason's share.

    Each loss belongs to one period: a register that was carried on is not compared with itself.
    """
    wave = result.wave
    if wave is None:
        return
    counts = {
        "lost_customers": (wave.before_n, wave.now_n, "count"),
        "lost_revenue": (wave.before_revenue, wave.now_revenue, "money"),
    }
    for name, (before, now, unit) in counts.items():
        if before is not None and now is not None:
            yield Change(
                diagnostic="churn_reasons", name=name, before=before, now=now, unit=unit,
                course=Course.NOT_TESTED, against=wave.against,
            )  # fmt: skip
    for reason in wave.reasons:
        yield Change(
            diagnostic="churn_reasons",
            name=REASON,
            label=reason.label,
            before=reason.before_share,
            now=reason.now_share,
            unit="share",
            course=Course(str(reason.verdict)),
            against=wave.against,
        )

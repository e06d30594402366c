"""What changed, of all reports: what a test tells, and the figures that stand for each of them.

Every change is as the diagnostic's own report has it (:mod:`workbook.diagnostics.compared`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from workbook.diagnostics.periods.changes import Change
from workbook.diagnostics.summary.joined import Joined


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryChange(Change):
    """One figure of a diagnostic before and now."""

    diagnostic: str
    against: str
    """The period that it is compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCounts:
    """How many figures of all reports are compared, tested, and told to have changed."""

    compared: int
    tested: int
    told: int


def changes(joined: Sequence[Joined]) -> tuple[SummaryChange, ...]:
    """Return told changes, then the headline figures of each diagnostic, in their order."""
    found = [_of(one, change) for one in joined for change in one.changed.changes]
    chosen = (change for change in found if change.is_told or change.headline)
    return tuple(sorted(chosen, key=lambda change: not change.is_told))


def change_counts(joined: Sequence[Joined]) -> ChangeCounts | None:
    """Return how many figures were compared; None where none was."""
    found = [change for one in joined for change in one.changed.changes]
    if not found:
        return None
    return ChangeCounts(
        compared=len(found),
        tested=sum(change.p_value is not None for change in found),
        told=sum(change.is_told for change in found),
    )


def _of(one: Joined, change: Change) -> SummaryChange:
    known = {f.name: getattr(change, f.name) for f in fields(Change)}
    return SummaryChange(diagnostic=one.name, against=one.changed.against, **known)

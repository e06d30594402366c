"""What of the last action plan was done: its steps with the marks that people gave them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAction:
    """One step of the last plan, in the words of that plan."""

    what: str
    who: str = ""
    by_when: date | str = ""
    effect: str = ""
    metric: str = ""
    done: bool | None = None
    """None: nobody has marked it."""

    @property
    def is_open(self) -> bool:
        """Not done, as far as anybody has said."""
        return self.done is not True


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCounts:
    """Steps of the last plan: done + not done + not marked = all."""

    steps: int
    done: int
    not_done: int
    not_marked: int


def plan_counts(actions: Sequence[EarlierAction]) -> PlanCounts | None:
    """Return how many steps were done; None without an earlier plan.

    Examples
    --------
    >>> marks = [True, False, None, True]
    >>> plan_counts([EarlierAction(what=str(i), done=mark) for i, mark in enumerate(marks)])
    PlanCounts(steps=4, done=2, not_done=1, not_marked=1)
    """
    if not actions:
        return None
    marks = [one.done for one in actions]
    return PlanCounts(
        steps=len(marks),
        done=sum(mark is True for mark in marks),
        not_done=sum(mark is False for mark in marks),
        not_marked=sum(mark is None for mark in marks),
    )

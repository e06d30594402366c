"""Claims: what page 2 of a report tells, each with the facts that its gates check.

A diagnostic decides what is told; its view only words it.  A claim (headline, tile, finding and
the action that follows from it) is told when it passes every gate of
:mod:`workbook.diagnostics.gates` that concerns it; else it becomes a refusal, kept in the result
file, and the report says nothing of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias, TypeVar

from workbook.diagnostics.gates import Gate, is_tested, within_money, within_population

ON_PAGE_TWO = 3
"""Findings that page 2 tells; all others are in the action plan and the result file."""

T = TypeVar("T")
Figure: TypeAlias = float | int | str | None


class MoneyKind(StrEnum):
    """What the money of a claim is."""

    REVENUE = "revenue"
    LOST = "lost"
    AT_RISK = "at_risk"
    EXPOSED = "exposed"
    """It rests on one person or a few accounts; nothing says yet that it will go."""
    POTENTIAL = "potential"
    COST = "cost"


class Confidence(StrEnum):
    """What a claim rests on."""

    TESTED = "tested"
    """A test of its difference, in its family."""
    COUNTED = "counted"
    """A count or a sum of the client's own rows."""
    ASSUMED = "assumed"
    """An assumption that the data do not refute."""


WEIGHT = {Confidence.TESTED: 1.0, Confidence.COUNTED: 0.9, Confidence.ASSUMED: 0.5}
"""What money counts for in the order of findings (the project's own)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing told on page 2.

    Shares are 0-1, money is in the engagement's currency, both as the sentence writes them.
    """

    id: str
    """Key of its words in the report's texts (``findings.<id>``, ``head.<id>``, ``tiles.<id>``)."""
    figures: Mapping[str, Figure]
    """Every number and name that its sentence writes, unformatted."""
    problem: bool = True
    """False for good news and for what cannot be told: no recommendation comes from these."""
    count: int | None = None
    """How many (customers, losses, answers, deals …) it speaks of."""
    population: int | None = None
    """Of how many at most; needed wherever there is a count."""
    customers: int | None = None
    """How many of the client's customers it concerns; None where it is about something else."""
    money: float | None = None
    money_of: float | None = None
    """The whole that the money is a part of; None where it is none (potential)."""
    money_kind: MoneyKind | None = None
    confidence: Confidence = Confidence.COUNTED
    singled_out: tuple[str, ...] = ()
    """Groups or people that it sets apart from others: a test is needed, and it says so."""
    customer_ids: tuple[str, ...] = ()
    """Whom of the client's customers it concerns, where that may be told: money at stake of
    several claims counts each of them once."""
    evidence: str = ""
    """Chapter of the report that it rests on."""
    diagnostics: tuple[str, ...] = ()
    """Whose results it rests on; its own diagnostic's alone where none is named."""
    action: str | None = None
    """Key of the step that follows from it; None: no step follows."""
    measure: tuple[str, str] | None = None
    """Name and label (or key) of the measure whose change is that of the figure it tells (see
    :mod:`workbook.diagnostics.periods.measure`); None: it has no earlier value."""
    due_days: int = 30
    """By when the step is due, in days from the as-of date."""
    effect_low: float | None = None
    effect_high: float | None = None
    """What the step is expected to bring, in money a year; None where that is not known."""

    def __post_init__(self) -> None:
        if self.count is not None and self.population is None:
            raise ValueError(f"claim {self.id}: a count needs its population")
        if self.money is not None and self.money_kind is None:
            raise ValueError(f"claim {self.id}: money needs its kind")
        if (self.effect_low is None) != (self.effect_high is None):
            raise ValueError(f"claim {self.id}: an effect is a range")
        named, told = self.customer_ids, self.customers
        if told is not None and len(named) > told and len(set(named)) > told:
            raise ValueError(f"claim {self.id}: more customers named than counted")

    @property
    def stake(self) -> float:
        """Money at stake times what stands behind it; 0 where there is none at stake."""
        if self.money is None or self.money_kind is MoneyKind.REVENUE:
            return 0.0
        return self.money * WEIGHT[self.confidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A claim that is not told, and the gate that it did not pass."""

    id: str
    gate: Gate


Judged: TypeAlias = Claim | Refusal


def judge(claim: Claim, *verdicts: Gate | None) -> Judged:
    """Return the claim where it passes, else its refusal.

    Population, money and test are checked from the claim itself; ``verdicts`` are the answers of
    the other gates (None: passed).

    Examples
    --------
    >>> judge(Claim(id="silent", figures={}, count=30, population=10)).gate
    <Gate.POPULATION: 'population'>
    >>> judge(Claim(id="silent", figures={}, count=3, population=10)).id
    'silent'
    """
    own = (
        within_population(claim.count, claim.population),
        within_money(claim.money, claim.money_of),
        is_tested(claim.confidence is Confidence.TESTED) if claim.singled_out else None,
    )
    failed = next((gate for gate in (*own, *verdicts) if gate is not None), None)
    return claim if failed is None else Refusal(id=claim.id, gate=failed)


def sorted_out(judged: Iterable[Judged | None]) -> tuple[tuple[Claim, ...], tuple[Refusal, ...]]:
    """Return what is told and what is refused, each in the order given; None is neither."""
    known = [one for one in judged if one is not None]
    told = tuple(one for one in known if isinstance(one, Claim))
    return told, tuple(one for one in known if isinstance(one, Refusal))


def told_findings(
    judged: Iterable[Judged | None],
) -> tuple[tuple[Claim, ...], tuple[Refusal, ...]]:
    """Return findings in the order of importance and refusals; from each problem a step follows.

    Examples
    --------
    >>> good = Claim(id="rose", figures={}, problem=False)
    >>> told, _ = told_findings([Claim(id="silent", figures={}), good])
    >>> [claim.action for claim in told]
    ['silent', None]
    """
    told, refused = sorted_out(judged)
    acted = (replace(c, action=c.action or c.id) if c.problem else c for c in told)
    return by_importance(acted), refused


def by_importance(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return claims by money at stake times confidence, then by number of customers.

    Good news follows what is to be done, and a claim without money at stake those with it; equals
    keep their order (the method: summary, 2).

    Examples
    --------
    A potential is an assumption and counts for half.

    >>> known = Claim(id="fall", figures={}, money=60.0, money_kind=MoneyKind.LOST)
    >>> hoped = Claim(
    ...     id="offer", figures={}, money=100.0, money_kind=MoneyKind.POTENTIAL,
    ...     confidence=Confidence.ASSUMED,
    ... )
    >>> [claim.id for claim in by_importance([hoped, known])]
    ['fall', 'offer']
    """
    return tuple(sorted(claims, key=lambda c: (not c.problem, -c.stake, -(c.customers or 0))))


def on_page_two(findings: Sequence[T]) -> Sequence[T]:
    """Return those that page 2 has room for: the first :data:`ON_PAGE_TWO` findings or steps."""
    return findings[:ON_PAGE_TWO]

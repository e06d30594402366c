"""Families of claims: what is tested together, and how their number is corrected for.

A report that looks at thirty managers finds one that stands out by chance.  So all comparisons of
one kind that a report could name are one family with one correction, and the appendix says which
families there were, how many comparisons each held and how many passed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

Key = TypeVar("Key")


class Procedure(StrEnum):
    """How one comparison is tested; each has its words in the reports (``tested.procedures``)."""

    SCORE = "score"
    """Difference of two indices or shares, variance over customers."""
    MEANS = "means"
    """Difference of two means, variance over customers."""
    EXACT = "exact"
    """Exact distribution of counts (binomial, Poisson, Fisher)."""
    PERMUTATION = "permutation"
    """The same statistic after what should not matter was dealt out anew."""
    BOOTSTRAP = "bootstrap"
    """Interval over resampled customers."""
    RANKS = "ranks"
    """Mann-Whitney on amounts."""


class Correction(StrEnum):
    """How a family corrects for its number of comparisons (``tested.corrections``)."""

    HOLM = "holm"
    SINGLE = "single"
    """One comparison, nothing to correct."""
    SIMULTANEOUS = "simultaneous"
    """One distribution of the largest of all statistics, or intervals that hold together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One kind of claim that a report tested, as its appendix and the result file tell it."""

    id: str
    """Key of its name in the report's texts (``families.<id>``)."""
    procedure: Procedure
    correction: Correction
    comparisons: int
    passed: int
    """Comparisons that the report may name."""
    alpha: float
    """Chance that any is named although there is nothing to name."""

    def __post_init__(self) -> None:
        if not 0 <= self.passed <= self.comparisons:
            raise ValueError(f"family {self.id}: {self.passed} of {self.comparisons} passed")
        object.__setattr__(self, "alpha", round(self.alpha, 9))  # 1 - 0.95 is 0.05


class HasFamilies(Protocol):
    """A result that says what was tested before anything was named."""

    @property
    def families(self) -> tuple[Family, ...]:
        """The families of its claims."""


def holm_family(
    id_: str, procedure: Procedure, passed: Iterable[bool], *, alpha: float
) -> Family | None:
    """Return the family of these comparisons, corrected by Holm; None of none.

    Parameters
    ----------
    passed
        For every comparison, whether the report may name it.

    Examples
    --------
    >>> holm_family("groups", Procedure.SCORE, [True], alpha=0.05).correction
    <Correction.SINGLE: 'single'>
    """
    told = list(passed)
    if not told:
        return None
    return Family(
        id=id_,
        procedure=procedure,
        correction=Correction.HOLM if len(told) > 1 else Correction.SINGLE,
        comparisons=len(told),
        passed=sum(told),
        alpha=alpha,
    )


def holm_of(p_values: Mapping[Key, float]) -> dict[Key, float]:
    """Return :func:`holm`'s p values under the names that the raw ones came with.

    Examples
    --------
    >>> holm_of({"North": 0.01, "South": 0.5})
    {'North': 0.02, 'South': 0.5}
    """
    return dict(zip(p_values, holm(list(p_values.values())), strict=True))


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p values corrected for their number, in the order given.

    Source: Holm (1979), Scand. J. Stat. 6, 65-70.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03])
    (0.03, 0.06, 0.06)
    """
    adjusted = [0.0] * len(p_values)
    worst = 0.0
    for rank, i in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        worst = max(worst, min(1.0, (len(p_values) - rank) * p_values[i]))
        adjusted[i] = worst
    return tuple(adjusted)

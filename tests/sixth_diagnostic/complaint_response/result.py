"""What the diagnostic found."""

from dataclasses import dataclass

from workbook.diagnostics.claims import Claim, Refusal
from workbook.stats.families import Family


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """Complaints of one category: how many there are, and how many were answered in time."""

    name: str
    n: int
    in_time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Complaints answered in time; shares 0-1, None where there is nothing to tell."""

    n: int = 0
    """Complaints that are closed, or open for longer than the days allowed."""
    in_time: int = 0
    share: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    categories: tuple[Category, ...] = ()
    answer: Claim | None = None
    tiles: tuple[Claim, ...] = ()
    findings: tuple[Claim, ...] = ()
    refused_findings: tuple[Refusal, ...] = ()
    families: tuple[Family, ...] = ()

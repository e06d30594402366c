"""What the summary finds: frozen records named as in the result file.

Units: money in the engagement's currency a year, shares 0-1.  A value that cannot be told is None.
"""

from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

from workbook.diagnostics.claims import Claim, Refusal
from workbook.diagnostics.customer_ledger.ledger_result import (
    DIFFERENCES,
    CustomerLedger,
    StateCounts,
)
from workbook.diagnostics.summary.changes import ChangeCounts, SummaryChange
from workbook.diagnostics.summary.contradictions import Contradiction
from workbook.diagnostics.summary.customer_list import AT_STAKE
from workbook.diagnostics.summary.definitions import Definition
from workbook.diagnostics.summary.earlier_actions import EarlierAction, PlanCounts
from workbook.diagnostics.summary.joined import Joined
from workbook.diagnostics.summary.money import Money
from workbook.diagnostics.summary.what_if_pages import WhatIfPages
from workbook.stats import Family
from workbook.stats.data_table import DataTable


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryFigure:
    """One key figure of a diagnostic."""

    diagnostic: str
    name: str
    value: float | None
    previous: float | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding of the summary: its own, or one of a diagnostic."""

    claim: Claim
    own: bool
    """A rule across diagnostics; False: a finding of the one diagnostic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All findings."""

    APART: ClassVar[frozenset[str]] = frozenset({"joined", "told", "ledger"})
    """Fields that the result file has elsewhere: each diagnostic in its own, findings once."""

    joined: tuple[Joined, ...] = ()
    """The diagnostics that it rests on, in the order of their reports."""
    absent: tuple[str, ...] = ()
    """Diagnostics that there are no data for."""
    key_figures: tuple[SummaryFigure, ...] = ()
    ledger: CustomerLedger | None = None
    states: StateCounts | None = None
    """Customers by state: prospects, lost by register, contract and silence, and the active."""
    money: Money | None = None
    """None without sales."""
    customers: DataTable = field(default_factory=partial(DataTable.empty, AT_STAKE))
    """:data:`~.customer_list.AT_STAKE`: most money at stake first."""
    definitions: tuple[Definition, ...] = ()
    differences: DataTable = field(default_factory=partial(DataTable.empty, DIFFERENCES))
    """Contradictions between the tables about one customer."""
    contradictions: tuple[Contradiction, ...] = ()
    """All of them: between tables, of answers, of what reports say."""
    changes: tuple[SummaryChange, ...] = ()
    """What a test tells to have changed, then the headline figures of each diagnostic."""
    change_counts: ChangeCounts | None = None
    """Of all their figures; None without an earlier period."""
    earlier_actions: tuple[EarlierAction, ...] = ()
    """The last action plan with its marks."""
    earlier_counts: PlanCounts | None = None
    """None without an earlier plan."""
    what_if: WhatIfPages = field(default_factory=WhatIfPages)
    answer: Claim | None = None
    """The headline of page 2."""
    tiles: tuple[Claim, ...] = ()
    told: tuple[Told, ...] = ()
    """All findings, most important first."""
    findings: tuple[Claim, ...] = ()
    """Their claims, in the same order."""
    refused_findings: tuple[Refusal, ...] = ()
    families: tuple[Family, ...] = ()

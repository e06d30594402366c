"""What a rule across diagnostics may look at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from workbook.diagnostics.claims import Judged
from workbook.diagnostics.customer_ledger.ledger_result import CustomerLedger
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.summary.joined import Joined, result_of
from workbook.diagnostics.summary.links import Links
from workbook.diagnostics.summary.money import Money
from workbook.diagnostics.summary.params import Params


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossFacts:
    """The tables, the ledger and the results of all diagnostics."""

    inputs: Inputs
    joined: tuple[Joined, ...]
    params: Params
    links: Links = field(default_factory=Links)
    """What belongs together across diagnostics."""
    money: Money | None = None
    """What becomes of the revenue, for rules that come after it; None before, and without sales."""

    @property
    def ledger(self) -> CustomerLedger:
        """Every customer once."""
        return self.inputs.ledger

    def result(self, name: str) -> Any:
        """Return the result of a diagnostic; None where it is not there."""
        return result_of(self.joined, name)

    def present(self, *names: str) -> tuple[str, ...]:
        """Return those of the diagnostics that are there."""
        there = {one.name for one in self.joined}
        return tuple(name for name in names if name in there)


Rule: TypeAlias = Callable[[CrossFacts], Iterable[Judged]]
"""A small function; it yields nothing where a table or a result that it needs is not there.

Its claims say in ``diagnostics`` whose results they rest on.
"""

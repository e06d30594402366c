"""What every diagnostic computes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

import pandas as pd

from workbook.diagnostics.customer_ledger.customers import customer_ledger
from workbook.diagnostics.customer_ledger.ledger_result import CustomerLedger
from workbook.diagnostics.customer_ledger.months import Span, compared_span
from workbook.diagnostics.customer_ledger.rules import LedgerRules
from workbook.diagnostics.customer_ledger.sales_ledger import Ledger, sales_ledger
from workbook.diagnostics.verbatims import AS_WRITTEN, Verbatims


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Checked tables and the facts of the engagement that computations need.

    ``tables`` maps a table's name to its typed frame (dtypes of
    :class:`workbook.intake.schema.ColumnType`; optional columns that the client left out are
    absent; the index is the row number in the client's file).  A table that is not there is not a
    key.
    Frames are never modified.
    """

    tables: Mapping[str, pd.DataFrame]
    as_of: date
    language: str = "en"
    anonymity_threshold: int = 5
    label: str = ""
    """The engagement's period (``2025-Q4``), as its wave is called where it has no own name."""
    verbatims: Verbatims = AS_WRITTEN
    """Whether and how free text may be shown."""
    previous: Self | None = None
    """The period before, itself with the one before it; its tables hold the rows that belong to
    it, and nothing that stands in a later period's too."""
    as_made: Self | None = None
    """Of an earlier period: its tables and rules as its own report had them; None where they are
    the same today."""
    since: date | None = None
    """Last day of the period before: what is dated later is of this period; None of a first one."""
    before: date | None = None
    """Last day of the period that sales are compared with, in windows as long as this period's;
    None: with what lies right before (``compare = "window"``, or a first period)."""
    window: Span | None = None
    """The days that are counted where counts are compared: as long in every period of a chain,
    up to its last day; None where nothing is compared."""
    rules: LedgerRules = field(default_factory=LedgerRules)
    """What decides about customers in every report alike."""
    _ledger: CustomerLedger | None = field(init=False, default=None, compare=False, repr=False)
    _computed: Mapping[str, Any] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )
    _sales: Ledger | None = field(init=False, default=None, compare=False, repr=False)

    @property
    def ledger(self) -> CustomerLedger:
        """Every customer once, with its state: made when first asked for, then kept."""
        made = self._ledger or customer_ledger(self, self.rules)
        object.__setattr__(self, "_ledger", made)
        return made

    @property
    def computed(self) -> Mapping[str, Any]:
        """What was computed of these very tables before, by the name of the diagnostic.

        Each is a :class:`workbook.diagnostics.diagnostic.Computed`.  Whoever joins one that is not
        here computes it.
        """
        return self._computed

    def hand_on(self, computed: Mapping[str, Any]) -> None:
        """Give what was computed of these tables elsewhere, to whom joins it."""
        object.__setattr__(self, "_computed", computed)

    @property
    def sales(self) -> Ledger:
        """The counted sales lines without documents: made when first asked for, then kept."""
        made = self._sales or sales_ledger(self)
        object.__setattr__(self, "_sales", made)
        return made

    @property
    def periods(self) -> tuple[Self, ...]:
        """Every period in order of time, this one last.

        >>> now = Inputs(tables={}, as_of=date(2025, 12, 31), previous=Inputs(
        ...     tables={}, as_of=date(2025, 6, 30)))
        >>> [period.as_of.month for period in now.periods]
        [6, 12]
        """
        return (*(self.previous.periods if self.previous else ()), self)

    def earlier(self, months: int) -> Span:
        """Return the window that the last months to the as-of date are compared with.

        One rule for every report: as :attr:`before` has it.

        >>> half = Inputs(tables={}, as_of=date(2026, 6, 30), before=date(2025, 12, 31))
        >>> half.earlier(12).first.isoformat(), half.earlier(12).last.isoformat()
        ('2025-01-01', '2025-12-31')
        """
        return compared_span(self.as_of, months, before=self.before)

    @property
    def answers_by_name(self) -> bool:
        """Whether what one customer answered may be told beside its name: a threshold of 1."""
        return self.anonymity_threshold <= 1

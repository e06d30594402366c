"""Ledgers of small tables."""

from collections.abc import Callable
from typing import Any

import pytest

from workbook.diagnostics.customer_ledger.customers import customer_ledger
from workbook.diagnostics.customer_ledger.ledger_result import CustomerLedger
from workbook.diagnostics.customer_ledger.rules import LedgerRules


@pytest.fixture(scope="session")
def ledger(inputs: Any) -> Callable[..., CustomerLedger]:
    """Build the ledger of tables as of the end of 2025; the bound of its window is 30 September."""

    def build(rules: LedgerRules | None = None, **tables: Any) -> CustomerLedger:
        return customer_ledger(inputs(**tables), rules or LedgerRules())

    return build


@pytest.fixture(scope="session")
def row() -> Callable[..., dict[str, Any]]:
    """Return what a ledger says of one customer."""

    def find(made: CustomerLedger, customer: str = "a") -> dict[str, Any]:
        (found,) = made.customers.where(made.customers["customer_id"] == customer).records()
        return found

    return find

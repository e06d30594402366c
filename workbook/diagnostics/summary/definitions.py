"""What each report calls lost, and how the numbers relate: one table (the method, 5)."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbook.diagnostics.customer_ledger.ledger_result import CustomerLedger
from workbook.diagnostics.summary.joined import Joined, result_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One number of customers and what it counts."""

    id: str
    """Key of its words (``definitions.<id>``)."""
    n: int
    of: int | None
    """Of how many."""
    revenue: float | None = None
    """Annual revenue, as the report with this number counts it."""


def definitions(ledger: CustomerLedger, joined: Sequence[Joined]) -> tuple[Definition, ...]:
    """Return every number of lost customers that a report of the engagement tells."""
    found: list[Definition] = []
    counts = ledger.counts
    churn = result_of(joined, "churn_reasons")
    if churn is not None and churn.register.n:
        register = churn.register
        found.append(Definition(id="churn_losses", n=register.n, of=None, revenue=register.revenue))
    if counts.register_known:
        found.append(Definition(id="registered_loss", n=counts.registered_loss, of=counts.bought))
    if "contract_end" in ledger.known:
        found.append(Definition(id="contract_ended", n=counts.contract_ended, of=counts.bought))
    if ledger.silence_known:
        found += [
            Definition(id="silent", n=counts.silent, of=counts.bought),
            Definition(id="all_silent", n=counts.all_silent, of=counts.bought),
        ]
    found.append(Definition(id="lost", n=counts.lost, of=counts.bought))
    retention = getattr(result_of(joined, "loyalty"), "retention", None)
    if retention is not None:
        found.append(
            Definition(
                id="not_retained",
                n=retention.before - retention.kept,
                of=retention.before,
                revenue=retention.revenue_gone,
            )
        )
    return tuple(found)

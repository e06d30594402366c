"""What contradicts what: tables, answers and data, reports; in one list (the method: summary)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from workbook.diagnostics.claims import Claim, Figure
from workbook.diagnostics.customer_ledger.ledger_result import CustomerLedger
from workbook.diagnostics.summary.joined import Joined, result_of

OF_CLAIMS = frozenset(
    {
        "sales_above_statement",
        "sales_below_statement",
        "complaint_handling",
        "complaint_handling_leaving",
    }
)
"""Findings across diagnostics in which one report denies another."""
_OF_CUSTOMERS = ("churn_reasons", "segmentation_matrix")
"""Whose tables the customer ledger sets against each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two sources that say otherwise of the same thing."""

    id: str
    """A kind of difference between tables, ``answers``, or the id of a finding."""
    diagnostics: tuple[str, ...]
    """Whose results or tables contradict each other."""
    figures: Mapping[str, Figure] = field(default_factory=lambda: MappingProxyType({}))
    """What its sentence writes."""
    customers: tuple[str, ...] = ()
    """Whom it concerns; nobody where it is of no single customer."""


def contradictions(
    ledger: CustomerLedger, joined: Sequence[Joined], claims: Iterable[Claim]
) -> tuple[Contradiction, ...]:
    """Return every contradiction: between tables, of answers, and of what the rules found.

    Parameters
    ----------
    claims
        What the rules across diagnostics tell.
    """
    return (
        *_between_tables(ledger, joined),
        *_of_answers(joined),
        *(
            Contradiction(
                id=claim.id,
                diagnostics=claim.diagnostics,
                figures=claim.figures,
                customers=claim.customer_ids,
            )
            for claim in claims
            if claim.id in OF_CLAIMS
        ),
    )


def _between_tables(ledger: CustomerLedger, joined: Sequence[Joined]) -> Iterator[Contradiction]:
    kinds, ids = ledger.differences.values("kind"), ledger.differences.values("customer_id")
    there = {one.name for one in joined}
    for kind in dict.fromkeys(kinds):
        yield Contradiction(
            id=kind,
            diagnostics=tuple(name for name in _OF_CUSTOMERS if name in there),
            customers=tuple(one for one, of in zip(ids, kinds, strict=True) if of == kind),
        )


def _of_answers(joined: Sequence[Joined]) -> Iterator[Contradiction]:
    """Yield the high marks of the lead questionnaire that the client's own records deny."""
    lead = getattr(result_of(joined, "controllability"), "lead", None)
    if lead is None:
        return
    for check in lead.contradictions:
        yield Contradiction(
            id="answers",
            diagnostics=("controllability",),
            figures={
                "check": check.check,
                "item": lead.labels[check.item],
                "score": check.score,
                "value": check.value,
                "n": check.n,
                "base": check.base,
                "unit": check.unit,
            },
        )

"""Page 2 of the summary: what is done first, and the money in four tiles."""

from collections.abc import Sequence

from workbook.diagnostics.claims import Claim, MoneyKind
from workbook.diagnostics.summary.money import Money
from workbook.diagnostics.summary.result import Told


def acts_first(told: Sequence[Told]) -> Told | None:
    """Return the first finding that a step follows from; one that names a manager heads no page."""
    may = (one for one in told if "manager" not in one.claim.figures)
    return next((one for one in may if one.claim.action is not None), None)


def answer(told: Sequence[Told], found: Money | None) -> Claim | None:
    """Return the headline: the step of the first finding that has one, and its money."""
    first = acts_first(told)
    if first is None:
        return None
    claim = first.claim
    kind = claim.money_kind
    figures = {
        "money": claim.money,
        "revenue": None if found is None else found.revenue,
        "kind": None if kind is None else kind.value,
    }
    known = claim.money is not None and kind is not MoneyKind.REVENUE
    return Claim(
        id=f"first_{kind.value}" if known and kind is not None else "first",
        figures=figures,
        money=claim.money if known else None,
        money_kind=kind if known else None,
    )


def tiles(found: Money | None) -> tuple[Claim, ...]:
    """Return revenue, what of it is at risk and lost, and what more could be sold.

    Customers lost long ago bring nothing to lose: that is told by what they brought, not as no
    loss at all.
    """
    if found is None or not found.tellable:
        return ()
    told = [
        Claim(
            id="revenue",
            figures={"value": found.revenue, "n": found.customers},
            problem=False,
            count=found.customers,
            population=found.customers,
        ),
        _part("at_risk", found.at_risk, found.at_risk_customers, found, MoneyKind.AT_RISK),
    ]
    if found.lost_customers:
        told.append(_part("lost", found.lost, found.lost_customers, found, MoneyKind.LOST))
    if found.could_be_sold:
        told.append(
            Claim(
                id="could_be_sold",
                figures={"value": found.could_be_sold},
                money=found.could_be_sold,
                money_kind=MoneyKind.POTENTIAL,
            )
        )
    return tuple(told)


def _part(name: str, value: float, customers: int, of: Money, kind: MoneyKind) -> Claim:
    return Claim(
        id=name,
        figures={"value": value, "n": customers, "all": of.customers},
        count=customers,
        population=of.customers,
        money=value,
        money_of=of.revenue,
        money_kind=kind,
    )

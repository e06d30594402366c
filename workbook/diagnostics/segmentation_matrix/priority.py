"""The order of claims: money at stake times what it rests on, then the number concerned."""

from collections.abc import Iterable

from workbook.diagnostics.claims import Claim, Confidence, MoneyKind

_WEIGHT = {Confidence.TESTED: 1.0, Confidence.COUNTED: 1.0, Confidence.ASSUMED: 0.5}
"""What a sum of money counts for: half where it rests on an assumption (the project's own)."""
_AT_STAKE = {MoneyKind.LOST, MoneyKind.AT_RISK, MoneyKind.POTENTIAL, MoneyKind.COST}


def ranked(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return claims, problems with most money at stake first; equals keep their order.

    Good news follows what is to be done; a claim without money at stake follows those with it.
    """
    return tuple(sorted(claims, key=_rank))


def _rank(claim: Claim) -> tuple[bool, float]:
    money = claim.money if claim.money_kind in _AT_STAKE else None
    return not claim.problem, -(money or 0.0) * _WEIGHT[claim.confidence]

"""What page 2 of the churn report tells: the answer, its tiles and findings, each through gates."""

from collections.abc import Iterator
from dataclasses import replace

from workbook.diagnostics.churn_reasons.customers_concerned import CustomersConcerned
from workbook.diagnostics.churn_reasons.headline import answers, tiles
from workbook.diagnostics.churn_reasons.keeping_claims import (
    signal,
    silent,
    still_buying,
    verified,
    waiting,
    winback,
)
from workbook.diagnostics.churn_reasons.leading import unjudged
from workbook.diagnostics.churn_reasons.limits import limitation
from workbook.diagnostics.churn_reasons.loss_claims import (
    behind,
    groups,
    key_family,
    key_losses,
    money,
    pair,
    reason,
)
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.result import Result
from workbook.diagnostics.claims import Judged, sorted_out, told_findings

_TILES = 4


def told(result: Result, params: Params, concerned: CustomersConcerned) -> Result:
    """Return the result with what page 2 tells of it, and what its gates refused."""
    headlines, not_told = sorted_out(answers(result, params, concerned))
    shown, _ = sorted_out(tiles(result, params, concerned))
    findings, refused = told_findings(_findings(result, params, concerned))
    return replace(
        result,
        answer=headlines[0],
        tiles=shown[:_TILES],
        findings=findings,
        refused_findings=tuple(dict.fromkeys((*not_told, *refused))),
        limitation=limitation(result),
        families=(*result.families, *(f for f in [key_family(params, concerned)] if f)),
    )


def _findings(
    result: Result, params: Params, concerned: CustomersConcerned
) -> Iterator[Judged | None]:
    """Everything that page 2 could tell; equals are told in this order."""
    if not result.base.n:
        return
    yield unjudged(result, params)
    yield key_losses(result, params, concerned)
    yield money(result, params, concerned)
    yield from groups(result, concerned)
    yield signal(result)
    yield waiting(result)
    yield reason(result, params, concerned)
    yield behind(result, params)
    yield silent(result)
    yield pair(result, concerned)
    yield winback(result)
    yield still_buying(result)
    yield verified(result)

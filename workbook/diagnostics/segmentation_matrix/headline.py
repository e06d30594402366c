"""The answer of page 2: the decision that most depends on, with what to do first."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from workbook.diagnostics.claims import Claim, Figure, Judged, by_importance, judge
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.range_claims import best_target
from workbook.diagnostics.segmentation_matrix.result import Result

_PEOPLE = frozenset({"only_repeat", "points"})
"""Findings that name a person: none is a headline."""
_SAID_AS = {"lost_register": "lost", "turnover_down_buying": "turnover_down"}
"""Findings whose decision is that of another: whatever makes customers lost, they are asked."""
_DOWN = ("turnover_down", "turnover_down_buying")
_SILENT = ("silent", "silent_one", "silent_partly", "silent_registered")


def answers(result: Result, found: Iterable[Claim], params: Params) -> Iterator[Judged | None]:
    """Return what may be the answer, the decision with most at stake first.

    Parameters
    ----------
    found
        What passed its gates.
    """
    told = {claim.id: claim for claim in found}
    yield from by_importance(_decisions(told))
    yield _open_cells(result)
    then = "_then" if any(claim.problem for claim in told.values()) else ""
    yield _rise(result, params, then)
    yield _turnover(result, params, then)
    yield _everybody(result, then)


def _decisions(told: dict[str, Claim]) -> Iterator[Claim]:
    """Return what is to be decided about money: a fall with the silent that it begins with."""
    down, silent = (
        next((told[name] for name in names if name in told), None) for names in (_DOWN, _SILENT)
    )
    parts = (down, silent) if down is not None and silent is not None else ()
    if down is not None and silent is not None:
        first = max((down, silent), key=lambda claim: claim.stake)
        figures = {**silent.figures, **down.figures}
        yield replace(first, id="turnover_down_silent", figures=figures, action=None)
    for claim in told.values():
        if claim.stake and claim.id not in _PEOPLE and claim not in parts:
            yield replace(claim, id=_SAID_AS.get(claim.id, claim.id), action=None)


def _open_cells(result: Result) -> Judged | None:
    """Tell what is not sold to active customers, where nobody can say what it is worth."""
    parts, best = result.white_space_parts, best_target(result)
    if parts is None or not parts.open.cells or parts.open.valued:
        return None
    figures: dict[str, Figure] = {
        "n": parts.open.cells,
        "customers": parts.open.customers,
        "buying": result.buying,
        "product": None if best is None else best.product,
        "segment": None if best is None else best.segment,
    }
    claim = Claim(
        id="cells" if best is None else "cells_first",
        measure=("white_space_customers", ""),
        figures=figures,
        count=parts.open.customers,
        population=result.buying,
        customers=parts.open.customers,
    )
    return judge(claim)


def _rise(result: Result, params: Params, then: str) -> Judged | None:
    total = result.turnover
    if total is None or total.growth is None or total.growth < 0:
        return None
    figures = {"total": total.total, "change": total.growth, "months": params.window_months}
    return judge(
        Claim(
            id=f"turnover_up{then}",
            figures=figures,
            problem=False,
            measure=("turnover", ""),
        )
    )


def _turnover(result: Result, params: Params, then: str) -> Judged | None:
    total = result.turnover
    if total is None or total.growth is not None:
        return None
    figures = {"total": total.total, "months": params.window_months}
    return judge(
        Claim(id=f"turnover{then}", figures=figures, problem=False, measure=("turnover", ""))
    )


def _everybody(result: Result, then: str) -> Judged:
    n = result.customers_n
    return judge(Claim(id=f"customers{then}", figures={"n": n}, problem=False, customers=n))

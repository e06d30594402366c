"""The one limitation of the answer: the first rule that applies to what page 2 decides."""

from collections.abc import Callable
from dataclasses import dataclass

from workbook.diagnostics.claims import Claim, on_page_two
from workbook.diagnostics.limitation import Limitation, first_of
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Result

_SILENCE = frozenset(
    f"{name}{more}"
    for name in ("silent", "silent_one", "silent_partly", "silent_registered", "quiet",
                 "quiet_back", "quiet_others", "quiet_others_back", "turnover_down_silent")
    for more in ("", "_plain")
)  # fmt: skip
_RANGE = frozenset(
    {"neighbour", "neighbour_plain", "unsold", "unsold_plain", "cells", "cells_first"}
)
_FEW_SEGMENTS, _MANY_OUTSIDE = 0.5, 0.2
"""Targets for fewer than so many of the segments, and more than so many customers without a
segment, limit what is said of the range: the project's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFacts:
    """What the rules look at."""

    result: Result
    params: Params
    answer: str
    told: frozenset[str]
    """The answer and the findings that page 2 tells."""


def limitation(
    result: Result, params: Params, *, answer: Claim | None, findings: tuple[Claim, ...]
) -> Limitation | None:
    """Return the limitation that could change the decision; None without one."""
    head = "" if answer is None else answer.id
    told = frozenset({head, *(claim.id for claim in on_page_two(findings))})
    facts = LimitFacts(result=result, params=params, answer=head, told=told)
    order = (*OF_RANGE, *OF_SILENCE) if head in _RANGE else (*OF_SILENCE, *OF_RANGE)
    return first_of(order, facts)


def _window(facts: LimitFacts) -> Limitation | None:
    """Tell that many of the silent usually return, or that many pause for longer."""
    window, basis = facts.result.lifecycle_window, facts.result.lifecycle_basis
    if window is None or basis is None or window.fits is not False or not facts.told & _SILENCE:
        return None
    returns = window.share_returned or 0.0
    kind = "window_returns" if returns > facts.params.window_tolerance else "window_pauses"
    return Limitation(
        id=kind if window.fitting_months else f"{kind}_none_fits",
        figures={
            "months": basis.months,
            "returned": window.returned,
            "of": window.returned_of,
            "longer": window.longer,
            "longer_of": window.longer_of,
            "fitting": window.fitting_months,
        },
    )


def _history(facts: LimitFacts) -> Limitation | None:
    """Tell that the data begin within a window that the answer compares."""
    codes = {caution.code for caution in facts.result.warnings}
    if "window_longer_than_data" in codes:
        return Limitation(id="short_data", figures={"months": facts.params.window_months})
    if "previous_window_partial" in codes:
        return Limitation(id="no_year_before", figures={"months": facts.params.window_months})
    return None


def _no_offers(facts: LimitFacts) -> Limitation | None:
    """Tell that nobody knows what was offered already."""
    if facts.result.offers_recorded or not facts.told & _RANGE:
        return None
    return Limitation(id="offers_unknown")


def _few_targets(facts: LimitFacts) -> Limitation | None:
    """Tell that only some segments have targets."""
    rows = [row for row in facts.result.segments if row.segment is not None and row.n]
    meant = {cell.segment for cell in facts.result.matrix if cell.need == "target"}
    n = sum(row.segment in meant for row in rows)
    if not facts.told & _RANGE or not rows or n >= _FEW_SEGMENTS * len(rows):
        return None
    return Limitation(id="few_targets", figures={"k": n, "n": len(rows)})


def _outside(facts: LimitFacts) -> Limitation | None:
    """Tell that many customers stand in no segment."""
    check, n = facts.result.rule_check, facts.result.customers_n
    if check is None or not facts.told & _RANGE:
        return None
    outside = check.unassigned + check.undetermined
    if outside <= _MANY_OUTSIDE * n:
        return None
    return Limitation(id="no_segment", figures={"k": outside, "n": n})


Rule = Callable[[LimitFacts], Limitation | None]
OF_RANGE: tuple[Rule, ...] = (_no_offers, _few_targets, _outside)
OF_SILENCE: tuple[Rule, ...] = (_window, _history)

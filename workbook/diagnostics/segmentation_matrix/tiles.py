"""The key figures of page 2, as claims."""

from math import fsum

from workbook.diagnostics.claims import Claim, Confidence, Judged, MoneyKind, judge
from workbook.diagnostics.gates import says_something
from workbook.diagnostics.segmentation_matrix.customer_claims import lost_by
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Result


def tiles(result: Result, params: Params) -> list[Judged | None]:
    """Return the key figures in the order in which they are told."""
    return [
        _sold(result, params),
        _could_sell(result),
        _maturity(result),
        _stopped(result),
        _gone_silent(result),
        _known(result),
        _buying(result),
    ]


def _sold(result: Result, params: Params) -> Judged | None:
    total = result.turnover
    if total is None:
        return None
    kind = "turnover"
    if total.growth is not None:
        kind = "turnover_up" if total.growth >= 0 else "turnover_down"
    return judge(
        Claim(
            id=kind,
            figures={
                "total": total.total,
                "change": None if total.growth is None else abs(total.growth),
                "months": params.window_months,
            },
        )
    )


def _could_sell(result: Result) -> Judged | None:
    parts = result.white_space_parts
    if parts is None or parts.open.value is None or not parts.open.cells:
        return None
    return judge(
        Claim(
            id="white_space",
            figures={"value": parts.open.value, "n": parts.open.customers},
            count=parts.open.customers,
            population=result.buying,
            customers=parts.open.customers,
            money=parts.open.value,
            money_kind=MoneyKind.POTENTIAL,
            confidence=Confidence.ASSUMED,
        )
    )


def _maturity(result: Result) -> Judged | None:
    if result.pooled_maturity is None:
        return None
    figures = {"share": result.pooled_maturity, "n": result.maturity_n}
    return judge(Claim(id="maturity", figures=figures, customers=result.maturity_n))


def _stopped(result: Result) -> Judged | None:
    counts, basis, window = result.lifecycle_counts, result.lifecycle_basis, result.lifecycle_window
    if counts is None or basis is None or window is None:
        return None
    bought = result.customers_n - counts.potential
    if not bought:
        return None
    lost = window.called == "lost"
    n = counts.lost if lost else window.silent
    kind = lost_by(counts.lost, silent=window.silent, ended=basis.contract_ended)
    return judge(
        Claim(
            id=kind if lost else "quiet",
            figures={"n": n, "all": bought, "months": basis.months},
            count=n,
            population=bought,
            customers=n,
        ),
        says_something(by_definition=not n and not basis.silence_possible),
    )


def _gone_silent(result: Result) -> Judged | None:
    """Tell how many are silent; none found is no zero: one purchase has no usual interval."""
    basis = result.abc_basis
    if basis is None or not result.silent:
        return None
    return judge(
        Claim(
            id="silent_a",
            figures={"n": len(result.silent), "amount": fsum(result.silent["amount"])},
            count=len(result.silent),
            population=basis.n + basis.no_sales,
            customers=len(result.silent),
        )
    )


def _known(result: Result) -> Judged | None:
    n = result.customers_n
    return judge(Claim(id="customers", figures={"n": n}, customers=n))


def _buying(result: Result) -> Judged | None:
    basis = result.abc_basis
    if basis is None:
        return None
    return judge(
        Claim(
            id="buyers",
            figures={"n": basis.buyers},
            count=basis.buyers,
            population=basis.n + basis.no_sales,
            customers=basis.buyers,
        )
    )

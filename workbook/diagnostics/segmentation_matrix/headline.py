"""The headline of page 2 and its key figures, as claims."""

from math import fsum

from workbook.diagnostics.claims import Claim, Confidence, Judged, MoneyKind, judge
from workbook.diagnostics.gates import says_something
from workbook.diagnostics.segmentation_matrix.customer_claims import lost_by
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Result


def answers(result: Result, params: Params) -> list[Judged | None]:
    """Return what may be the headline; the one with most at stake is told."""
    return [
        _fall(result, params),
        _open_value(result),
        _silent(result),
        _open_cells(result),
        _rise(result, params),
        _turnover(result, params),
        _everybody(result),
    ]


def _everybody(result: Result) -> Judged:
    n = result.customers_n
    return judge(Claim(id="customers", figures={"n": n}, problem=False, customers=n))


def _fall(result: Result, params: Params) -> Judged | None:
    total = result.turnover
    if total is None or total.growth is None or total.total_before is None or total.growth >= 0:
        return None
    lost = total.total_before - total.total
    claim = Claim(
        id="turnover_down",
        figures={
            "total": total.total,
            "change": -total.growth,
            "difference": lost,
            "months": params.window_months,
        },
        money=lost,
        money_of=total.total_before,
        money_kind=MoneyKind.LOST,
    )
    # Returns above sales make a negative total: then the fall is above what there was.
    return judge(claim)


def _rise(result: Result, params: Params) -> Judged | None:
    total = result.turnover
    if total is None or total.growth is None or total.growth < 0:
        return None
    figures = {"total": total.total, "change": total.growth, "months": params.window_months}
    return judge(Claim(id="turnover_up", figures=figures, problem=False))


def _turnover(result: Result, params: Params) -> Judged | None:
    total = result.turnover
    if total is None or total.growth is not None:
        return None
    figures = {"total": total.total, "months": params.window_months}
    return judge(Claim(id="turnover", figures=figures, problem=False))


def _open_value(result: Result) -> Judged | None:
    parts = result.white_space_parts
    if parts is None or not parts.open.valued:
        return None
    claim = Claim(
        id="white_space",
        figures={
            "value": parts.open.value,
            "n": parts.open.cells,
            "valued": parts.open.valued,
            "customers": parts.open.customers,
            "buying": result.buying,
        },
        count=parts.open.customers,
        population=result.buying,
        customers=parts.open.customers,
        money=parts.open.value,
        money_kind=MoneyKind.POTENTIAL,
        confidence=Confidence.ASSUMED,
    )
    return judge(claim)


def _open_cells(result: Result) -> Judged | None:
    parts = result.white_space_parts
    if parts is None or not parts.open.cells or parts.open.valued:
        return None
    figures = {
        "n": parts.open.cells,
        "customers": parts.open.customers,
        "buying": result.buying,
    }
    claim = Claim(
        id="cells",
        figures=figures,
        count=parts.open.customers,
        population=result.buying,
        customers=parts.open.customers,
    )
    return judge(claim)


def _silent(result: Result) -> Judged | None:
    silent, basis = result.silent, result.abc_basis
    if not silent or basis is None:
        return None
    amount = fsum(silent["amount"])
    claim = Claim(
        id="silent_a",
        figures={"n": len(silent), "amount": amount},
        count=len(silent),
        population=basis.n + basis.no_sales,
        customers=len(silent),
        money=amount,
        money_kind=MoneyKind.AT_RISK,
    )
    return judge(claim)


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

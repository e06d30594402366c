"""What page 2 tells of customers without a purchase: silent, lost, or lost by contract."""

from math import fsum

from workbook.diagnostics.claims import Claim, Judged, MoneyKind, judge
from workbook.diagnostics.gates import fits
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Result


def lost_by(n: int, *, silent: int, ended: int) -> str:
    """Return the claim by what makes customers lost: silence, ended contracts, the register too.

    Examples
    --------
    >>> lost_by(5, silent=5, ended=0), lost_by(5, silent=3, ended=2), lost_by(5, silent=3, ended=1)
    ('lost', 'lost_contracts', 'lost_register')
    """
    if n > silent + ended:
        return "lost_register"
    return "lost_contracts" if ended else "lost"


def lost(result: Result, params: Params) -> Judged | None:
    """Tell how many are lost, where the window fits their rhythm."""
    counts, basis, window = result.lifecycle_counts, result.lifecycle_basis, result.lifecycle_window
    if counts is None or basis is None or window is None or not counts.lost:
        return None
    bought = result.customers_n - counts.potential
    claim = Claim(
        id=lost_by(counts.lost, silent=window.silent, ended=basis.contract_ended),
        figures={
            "n": counts.lost,
            "all": bought,
            "months": basis.months,
            "renewed": counts.renewed,
            "silent": window.silent,
            "ended": basis.contract_ended,
            "others": counts.lost - window.silent,
        },
        count=counts.lost,
        population=bought,
        customers=counts.lost,
    )
    return judge(claim, fits(window.called == "lost"))


def quiet(result: Result, params: Params) -> Judged | None:
    """Tell how many are silent where they cannot be called lost, and how many usually return."""
    counts, basis, window = result.lifecycle_counts, result.lifecycle_basis, result.lifecycle_window
    if counts is None or basis is None or window is None:
        return None
    if window.called == "lost" or not window.silent:
        return None
    bought = result.customers_n - counts.potential
    known = window.share_returned is not None
    claim = Claim(
        id="quiet_back" if known else "quiet",
        figures={
            "n": window.silent,
            "all": bought,
            "months": basis.months,
            "k": window.returned if known else None,
            "of": window.returned_of if known else None,
            "share": window.share_returned,
        },
        count=window.silent,
        population=bought,
        customers=window.silent,
    )
    return judge(claim)


def ended(result: Result, params: Params) -> Judged | None:
    """Return whose contract ended without a purchase since: lost in any window."""
    counts, basis, window = result.lifecycle_counts, result.lifecycle_basis, result.lifecycle_window
    if counts is None or basis is None or window is None or window.called == "lost":
        return None
    if not basis.contract_ended:
        return None
    bought = result.customers_n - counts.potential
    return judge(
        Claim(
            id="ended",
            figures={"n": basis.contract_ended, "all": bought},
            count=basis.contract_ended,
            population=bought,
            customers=basis.contract_ended,
        )
    )


def lapsed(result: Result, params: Params) -> Judged | None:
    """Tell of A customers that are silent for longer than is usual for them."""
    silent, basis = result.silent, result.abc_basis
    if not silent or basis is None:
        return None
    (first,), amount = silent.head(1).records(), fsum(silent["amount"])
    claim = Claim(
        id="silent",
        figures={
            "customer": _name(result, first["customer_id"]),
            "days": first["silent_days"],
            "usual": round(first["usual_days"]),
            "amount": first["amount"],
            "n": len(silent),
            "sum": amount,
        },
        count=len(silent),
        population=basis.n + basis.no_sales,
        customers=len(silent),
        money=amount,
        money_kind=MoneyKind.AT_RISK,
    )
    return judge(claim)


def _name(result: Result, customer: str) -> str:
    """Return the name of a customer, its id where it has none."""
    named = result.customers["name"].loc[result.customers["customer_id"] == customer].dropna()
    return str(named.iloc[0]) if len(named) else customer

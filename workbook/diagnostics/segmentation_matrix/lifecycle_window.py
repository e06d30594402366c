"""Whether the lifecycle window matches the customers' own rhythm, and which window would."""

from dataclasses import dataclass, replace

import numpy as np

from workbook.diagnostics.customer_ledger.months import back, span
from workbook.diagnostics.customer_ledger.purchases import Purchases, usual_intervals
from workbook.diagnostics.customer_ledger.sales_ledger import Ledger
from workbook.diagnostics.customer_ledger.states import all_silent, contract_ended, running
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.value_result import LifecycleWindow
from workbook.stats import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """The two back-tests of one window."""

    longer: int
    longer_of: int
    returned: int
    returned_of: int
    reached: bool
    """The data begin two windows before the as-of date or earlier."""

    @property
    def share_longer(self) -> float | None:
        """Part of the active customers that usually pause for longer than the window."""
        return self.longer / self.longer_of if self.longer_of else None

    @property
    def share_returned(self) -> float | None:
        """Part of those called lost one window ago that bought again since."""
        return self.returned / self.returned_of if self.returned_of else None

    def fits(self, tolerance: float) -> bool | None:
        """Return whether both shares keep the tolerance.

        One share above it is enough to say no.  Yes needs data of two windows and at least one
        share; else it cannot be told.
        """
        shares = [s for s in (self.share_longer, self.share_returned) if s is not None]
        if any(share > tolerance for share in shares):
            return False
        return True if shares and self.reached else None


def window(ledger: Ledger, bought: Purchases, params: Params) -> LifecycleWindow:
    """Return how the window of ``params`` fits (the method, section 6)."""
    usual = usual_intervals(bought)
    since = back(ledger.as_of, params.lifecycle_months)
    told = usual[~np.isnan(usual)]
    found = backtest(ledger, bought, params, usual=usual)
    fits = found.fits(params.window_tolerance)
    silent = all_silent(ledger, bought, day=ledger.as_of, since=since)
    noted = bool((ledger.register.gone(np.datetime64(ledger.as_of, "D")) & ~silent).any())
    return LifecycleWindow(
        own_median_days=float(np.median(told)) if len(told) else None,
        with_interval=len(told),
        share_longer=found.share_longer,
        longer=found.longer,
        longer_of=found.longer_of,
        share_returned=found.share_returned,
        returned=found.returned,
        returned_of=found.returned_of,
        fits=fits,
        fitting_months=_fitting(ledger, bought, params, usual=usual, fits=fits),
        called="lost" if fits else "silent",
        named="lost" if fits else "either" if noted else "silent",
        silent=int(silent.sum()),
        silent_before=_silent_before(ledger, bought, params),
    )


def _silent_before(ledger: Ledger, bought: Purchases, params: Params) -> int | None:
    day, skipped = ledger.then(params.lifecycle_months)
    then, since = back(day, skipped), back(day, skipped + params.lifecycle_months)
    if not ledger.reaches(since):
        return None
    return int(all_silent(ledger, bought, day=then, since=since).sum())


def backtest(ledger: Ledger, bought: Purchases, params: Params, *, usual: Floats) -> Backtest:
    """Return both back-tests of the window of ``params``.

    Active are those who bought within the window; only those with at least one interval between
    purchases (two purchase days) can be asked whether they usually pause for longer.  Customers
    whose contract had ended, or that stood in the register of losses, were lost by that and not
    by the window: they are not asked whether they came back.

    Parameters
    ----------
    usual
        Each customer's median interval in days, NaN with fewer than two purchase days.
    """
    months = params.lifecycle_months
    here, earlier = (span(ledger.as_of, months, ago=ago) for ago in (0, 1))
    until_now, until_then = bought.until(here.last), bought.until(here.after)
    until_before = bought.until(earlier.after)
    bought_here = until_now > until_then
    asked = bought_here & ~np.isnan(usual)
    quiet = (until_then == until_before) & (until_then > 0)
    quiet &= ~running(ledger, here.after) & ~contract_ended(ledger, bought, here.after)
    quiet &= ~ledger.register.gone(np.datetime64(here.after, "D"))
    return Backtest(
        longer=int((asked & (usual > (here.last - here.after).days)).sum()),
        longer_of=int(asked.sum()),
        returned=int((quiet & bought_here).sum()),
        returned_of=int(quiet.sum()),
        reached=ledger.reaches(earlier.first),
    )


def _fitting(
    ledger: Ledger, bought: Purchases, params: Params, *, usual: Floats, fits: bool | None
) -> int | None:
    """Return the smallest window in months under which both back-tests hold.

    Where the window of ``params`` does not fit, only longer ones are tried: under a shorter one
    fewer come back within it, but that is for want of time.
    """
    first = params.lifecycle_months + 1 if fits is False else 1
    for months in range(first, params.longest_window_months + 1):
        tried = replace(params, lifecycle_months=months)
        found = backtest(ledger, bought, tried, usual=usual)
        if not found.reached:
            return None  # nor do the data reach two longer ones
        if found.fits(params.window_tolerance):
            return months
    return None

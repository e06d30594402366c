"""The key figures of the period before, by the functions that measure both."""

from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.before_result import Before
from workbook.diagnostics.loyalty.complaints import done
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.practice_measures import (
    LAST_STEP,
    complaints_compared,
    complaints_in_window,
    mean_marks,
)
from workbook.diagnostics.loyalty.result import Result


def before(result: Result, inputs: Inputs, params: Params) -> Before | None:
    """Return what the period before had of the key figures; None of a first period.

    Parameters
    ----------
    result
        Of this period: its lowest mark is looked for in the other.
    """
    last = inputs.previous
    if last is None:
        return None
    return Before(
        lowest_mark=_lowest_then(result, last, params),
        complaints=complaints_in_window(last) if "complaints" in last.tables else None,
        process_mended=_mended_then(last),
    )


def _lowest_then(result: Result, last: Inputs, params: Params) -> float | None:
    told = [row for row in result.satisfaction if row.mean is not None]
    if not told:
        return None
    lowest = min(told, key=lambda row: row.mean or 0.0).parameter.casefold()
    return next((m.value for m in mean_marks(last, params) if m.key == lowest), None)


def _mended_then(last: Inputs) -> int | None:
    if "complaints" not in last.tables or LAST_STEP not in last.tables["complaints"]:
        return None
    return int(done(complaints_compared(last), LAST_STEP).sum())

"""Complaints: the register, the iceberg under it, who still buys after one, whom to call.

Units as in :mod:`workbook.diagnostics.loyalty.result`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workbook.diagnostics.loyalty.criteria_result import SilenceWindow
from workbook.stats.data_table import day, flag, number, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the complaint register."""

    step: str
    """registered, cause_found, cause_removed, process_mended."""
    n: int
    share: float
    median_days: float | None = None
    """From the complaint to this step, where the register holds dates instead of yes or no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaints:
    """The register of complaints and the iceberg under it."""

    n: int
    registered: int | None
    """Complaints that took the step; None when the register has no such column."""
    cause_found: int | None
    cause_removed: int | None
    process_mended: int | None
    steps: tuple[Step, ...]
    closed: int
    median_days: float | None
    """From the complaint to its closing."""
    start: date
    end: date
    """The days that are counted: 12 months to the as-of date, or since the period before."""
    complaint_share: float
    """Assumed share of unhappy customers who complain."""
    complaining_customers: int
    """Different customers whom the register names."""
    unnamed: int
    """Complaints without a customer: of anybody, so they count in ``n`` only."""
    customers: int | None
    """Customers known to the engagement, or ``Params.population``; None where neither is."""
    unhappy_estimate: int | None
    """Unhappy customers implied by the assumption: complaining / complaint_share.  None where the
    data refute it, or where the number of customers is not known."""
    silent_estimate: int | None
    """Of them, those who did not complain; None likewise."""
    assumption_refuted: bool
    """More customers would be unhappy than there are."""
    silent_unhappy: int | None
    """Customers with a low mark or score in the period and no complaint; None where neither marks
    nor scores name customers, or where few would be told of.  Who they are is not told."""
    low_marks: int | None
    """Customers with a low mark in the same period; None without marks, or where few gave any."""
    told_by_satisfied: int
    told_by_dissatisfied: int
    """Word of mouth, stated assumptions: at most 5, at least 10."""
    of_year: bool = True
    """These days are 12 months."""
    stock: int | None = None
    """Complaints of the whole register, carried on over periods; None in a first period."""
    stock_open: int | None = None
    """Of them, not closed; None likewise, and without closing dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRetention:
    """Customers after a complaint that was handled, or was not."""

    handled: bool | None
    """None: the register does not say."""
    n: int
    """Customers who complained while they were buying."""
    kept: int | None
    """Of them, known to still buy ``Params.stay_months`` later; None where the window of silence
    does not fit."""
    gone: int | None
    """Of them, fallen silent before; of the others that day is yet to come.  None likewise."""
    share: float | None
    """Still buying by then, Kaplan-Meier, 0-1; None of fewer than ``Params.min_n``."""
    ci_low: float | None
    ci_high: float | None
    """Log-log interval; Wilson where the share is 0 or 1."""


class StayOutcome(StrEnum):
    """What can be told of the customers who complained."""

    DIFFER = "differ"
    """Handled and not handled differ by more than chance would explain."""
    CANNOT_TELL = "cannot_tell"
    """They cannot be told apart."""
    ONE = "one"
    """Only one of the two has enough customers, or the register does not say."""
    TOO_FEW = "too_few"
    NO_FIT = "no_fit"
    """The window of silence does not fit the customers' pauses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterComplaint:
    """What became of the customers who complained."""

    rows: tuple[ComplaintRetention, ...] = ()
    p_value: float | None = None
    """Log-rank test of handled against not handled; None where it cannot be tested."""
    outcome: StayOutcome | None = None
    """None without complaints of customers who bought."""
    window: SilenceWindow | None = None
    not_buying: int = 0
    """Customers who complained without having bought, or after they had fallen silent."""


_CUSTOMER = text("customer_id", "The customer.")
_NAME = text("name", "As the table customers has it; empty where it has none.")
_OWNER = text("owner", "The customer's manager; empty where not known.")

COMPLAINT_LIST = (
    _CUSTOMER,
    _NAME,
    text("respondent_id", "Who gave the mark."),
    text("product", "What was rated; empty where the table does not say."),
    text("parameter", "The parameter of it."),
    number("mark", "The low mark, on the scale of the marks."),
    day("date", "When it was given; the as-of date where the table does not say."),
    _OWNER,
    day("deadline", "That date plus the option complaint_days."),
)
"""A row per low mark that is to be handled like a complaint."""

SILENT_NAMED = (
    _CUSTOMER,
    _NAME,
    number("lowest_mark", "Low mark of the period; none: the score alone tells.", optional=True),
    flag("detractor", "A score of the lowest class in the period."),
    _OWNER,
)
"""A row per customer who is known to be unhappy and has not complained in the 12 months."""

"""Records of what comes before and after a loss: signals, win-back, audit.

Units as in :mod:`workbook.diagnostics.churn_reasons.result`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workbook.stats.data_table import choice, day, flag, number, parts, text


class Signal(StrEnum):
    """What can be seen before a customer leaves."""

    TURNOVER = "turnover"
    """Sales falling against the customer's own year before."""
    GAP = "gap"
    """No purchase for longer than the customer's own interval."""
    COMPLAINT = "complaint"
    """A complaint without a closing date."""
    LOW_MARK = "low_mark"
    """The mean of the latest marks is 3 or less."""
    DETRACTOR = "detractor"
    """The last score is 6 or less."""
    FEWER_LINES = "fewer_lines"
    """Fewer product lines than half a year before."""
    SINGLE_CONTACT = "single_contact"
    """One person only has ever answered for the customer."""


class Instrument(StrEnum):
    """How the source brings a customer back."""

    COMPETITOR_ANALYSIS = "competitor_analysis"
    """Show the customer what the competitor's work is worth."""
    SERVICE_GUARANTEE = "service_guarantee"
    """Guarantee polite and attentive service."""
    MAKING_GOOD = "making_good"
    """Make the fault good, not with words alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalTest:
    """One signal tested on what was known ``Params.blind_days`` before each loss."""

    signal: Signal
    hit_rate: float | None
    """Share of losses before which it was on; None: not back-tested."""
    hit_low: float | None
    hit_high: float | None
    false_alarm_rate: float | None
    """Share of looks at customers who stayed at which it was on."""
    ratio: float | None
    """hit_rate / false_alarm_rate; None where there is no false alarm at all, or no back-test."""
    p_value: float | None
    """Chance of so many hits if, on the day of each loss, any of the customers there could have
    been the one who left."""
    p_holm: float | None
    """Over all signals that were back-tested."""
    lead_days: float | None
    """Median days from its start to the loss, where it was on."""
    n: int
    """Losses it could be judged for."""
    hits: int
    stayed: int
    """Customers who stayed it could be judged for."""
    on_now: int
    """Active customers for whom it is on now."""
    backtested: bool
    useful: bool | None
    """Better than chance: ``p_holm`` is small, and the hit rate is at least
    ``Params.least_ratio`` times that of false alarms; None without a back-test."""


WATCHED = (
    text("customer_id", "An active customer with a signal on."),
    text("name", "Its name; empty where no table has one."),
    text("manager", "Who looks after it; empty where not known."),
    text("segment", "Empty where not known."),
    text("region", "Empty where not known."),
    parts("signals", "The signals that are on, as the texts name them."),
    number(
        "revenue_at_risk",
        "Net sales of the last 12 months; missing without sales.",
        unit="money",
        optional=True,
    ),
    day("last_purchase", "Day of its latest purchase.", optional=True),
    flag(
        "silent",
        "Nothing bought for longer than the window: the segmentation calls it lost; "
        "missing without sales.",
        optional=True,
    ),
    day("contract_end", "Last day of its contract.", optional=True),
)
"""Columns of the watch list: most revenue at risk first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Iceberg:
    """Who had complained before leaving."""

    complained: int
    base: int
    """Losses of which it is known."""
    share: float | None
    ci_low: float | None
    ci_high: float | None
    assumed: float
    """The source: a tenth complains, most leave silently."""
    source: str
    """``lost_customers`` (column complained) or ``complaints`` (dated before the loss)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Winback:
    """Losses that came back: so far, and how likely a loss is to come back in time.

    Recent losses have had little time to return, so ``rate`` is no chance of a return.
    """

    n: int
    returned: int
    """So far."""
    rate: float | None
    """returned / n."""
    ci_low: float | None
    ci_high: float | None
    chance: float | None
    """Of a return within ``chance_months`` of the loss (Kaplan-Meier); None: fewer than
    ``Params.min_losses`` losses are half a year old."""
    chance_low: float | None
    chance_high: float | None
    chance_months: int | None
    """12, or 6 where too few losses are 12 months old."""
    median_days: float | None
    revenue_returned: float | None
    revenue_gone: float | None
    """Yearly revenue of those that have not returned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What was used to win customers back."""

    offer: str
    returned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where the customers went."""

    destination: str
    """competitor, freelancer, in_house, none, or "" : not known."""
    n: int
    returned: int
    rate: float
    ci_low: float
    ci_high: float
    median_days: float | None
    revenue: float | None
    offers: tuple[Offer, ...]


CANDIDATES = (
    text("customer_id", "A lost customer worth the attempt."),
    text("name", "Its name; empty where no table has one."),
    text("manager", "Who looked after it; empty where not known."),
    day("lost_date", "Day of the loss."),
    text("destination", "Where it went; empty where not known."),
    text("competitor", "To whom; empty where not known."),
    parts("reasons", "Ids of its reasons, the most frequent of the register first."),
    parts("labels", "Their names in the report's language."),
    number("revenue", "Yearly revenue.", unit="money", optional=True),
    number(
        "preventable_part",
        "Share of its reasons that are preventable; an unjudged one counts half.",
        unit="0-1",
    ),
    number("recency", "Halves every Params.recency_half_life_days.", unit="0-1"),
    number(
        "score",
        "revenue x preventable_part x recency (revenue 1 where no revenue is known at all).",
    ),
    choice("instrument", "How to bring it back (the source).", Instrument, optional=True),
    flag(
        "cause_mended",
        "The process behind its complaints is mended; missing without such a complaint.",
        optional=True,
    ),
)
"""Columns of the candidates for winning back, by value x preventable x recency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentUse:
    """One of the six instruments of keeping customers, by what its own record shows."""

    instrument: str
    """needs, volumes, feedback, satisfaction, complaints, reasons."""
    kind: str
    """preventive (the first four), corrective, last_chance."""
    record: tuple[str, ...]
    """Tables that record it and are there; (): no data."""
    have: int | None
    """Customers, complaints or losses that the record shows it for; None without record."""
    of: int | None
    """Active customers, complaints of 12 months, or losses; None where they are not known."""
    share: float | None
    """have / of."""
    last: date | None
    """Latest day on which it was used."""

"""Records of what comes before and after a loss: signals, win-back, audit.

Units as in :mod:`workbook.diagnostics.churn_reasons.result`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """An active customer with signals on, most revenue at risk first."""

    customer_id: str
    name: str
    manager: str
    segment: str
    region: str
    signals: tuple[Signal, ...]
    revenue_at_risk: float | None
    """Net sales of the last 12 months; None without sales."""
    last_purchase: date | None
    silent: bool | None
    """Nothing bought for longer than ``Params.silent_months``: the segmentation calls it lost;
    None without sales."""
    contract_end: date | None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A lost customer worth the attempt, by value x preventable x recency."""

    customer_id: str
    name: str
    manager: str
    lost_date: date
    destination: str
    competitor: str
    reasons: tuple[str, ...]
    labels: tuple[str, ...]
    revenue: float | None
    preventable_part: float
    """Share of its reasons that are preventable; an unjudged one counts half."""
    recency: float
    """Halves every ``Params.recency_half_life_days``."""
    score: float
    """revenue x preventable_part x recency (revenue 1 where no revenue is known at all)."""
    instrument: Instrument | None
    cause_mended: bool | None
    """The process behind this customer's complaints is mended; None: no such complaint."""


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

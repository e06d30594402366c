"""Records of the marks against the client's own data."""

from dataclasses import dataclass
from enum import StrEnum

from workbook.diagnostics.claims import Confidence, MoneyKind


class CheckStatus(StrEnum):
    """What became of one check against the client's own data."""

    CONTRADICTION = "contradiction"
    """Claimed, and the data say otherwise."""
    CONSISTENT = "consistent"
    """Claimed, and the data do not contradict."""
    NOT_CLAIMED = "not_claimed"
    """The item is not marked high, so that nothing can be contradicted."""
    NO_ANSWER = "no_answer"
    """The item is off or has no mark."""
    NO_DATA = "no_data"
    """A table or column is missing, or holds too few records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """What the records that contradict a mark weigh, in the engagement's currency."""

    kind: MoneyKind
    amount: float
    """Of offers, or a year's turnover of the customers concerned."""
    money: float
    """Of it at stake: what is won of offers at the rate so far, else all of it."""
    whole: float | None
    """What it is a part of; None of offers."""
    confidence: Confidence
    customer_ids: tuple[str, ...]
    effect_low: float | None
    effect_high: float | None
    """Interval of what is won of the offers; None where nothing tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCheck:
    """One item against one figure of the client's own data."""

    check: str
    """Id of the check."""
    item: str
    status: CheckStatus
    mark: str
    """The mark that the mean is told as: ``+`` from ``claimed_score``, ``-`` below
    ``unmanaged_below``, ``+/-`` between; "" without one."""
    score: float | None
    measured: str
    """Id of the figure: the texts name it."""
    unit: str
    """``share`` (0-1), ``count`` or ``months``."""
    value: float | None
    """The figure; None where it could not be measured."""
    n: int | None
    """Records that speak against the mark."""
    base: int | None
    """Records looked at."""
    customers: int | None
    """Those of ``n`` where they are the client's customers, present or lost; None of others."""
    bound: float
    """A value at or above this contradicts the mark."""
    tables: tuple[str, ...]
    """Tables that it reads."""
    missing: tuple[str, ...]
    """Tables and columns that are not there (``offers``, ``complaints.cause_found``); with status
    ``no_data`` and nothing missing, there are fewer records than ``least_records``."""
    stake: Stake | None = None
    """What the records weigh; None where the tables do not tell, or nothing is contradicted."""

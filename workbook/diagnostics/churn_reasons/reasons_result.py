"""Records of the register and its reasons: counts, pairs, verification, waves.

Units as in :mod:`workbook.diagnostics.churn_reasons.result`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Basis(StrEnum):
    """Which losses the reasons are told of."""

    PERIOD = "period"
    """Those of this period; in a first one all of the register."""
    REGISTER = "register"
    """The whole register: those of this period are fewer than ``Params.min_losses``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """The losses of this period; in a first one all of the register."""

    n: int
    revenue: float | None
    """Sum of the yearly revenue of the losses where known; None when never known."""
    revenue_known: int
    """Losses whose yearly revenue is known (own column, else sales of the year before)."""
    customers: int
    """Different customers."""
    first: date | None
    last: date | None
    """Days of the earliest and the latest loss."""
    since: date | None
    """First day whose losses are counted: of the period, or of the register if that is later."""
    since_known: bool
    """It is stated, or guessed from losses spread over ``Params.register_months``; else it is no
    more than the month of the first loss."""
    at_risk: int | None
    """Relationships at risk since then; None without a portfolio."""
    rate: float | None
    """n / at_risk."""
    ci_low: float | None
    ci_high: float | None
    """Wilson interval of ``rate``."""
    superseded: int
    """Rows left out: the customer is lost again later without a return in between."""
    future: int
    """Rows left out: lost after the as-of date."""
    unlisted: int | None
    """Customers without a purchase in the last 12 months who are in no list of losses; None
    without sales."""
    returned: int | None = None
    """Of the ``n`` losses, so far; None where returns are not recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All losses that are on record: this period's, and those carried on from earlier ones."""

    n: int = 0
    revenue: float | None = None
    """Sum of the yearly revenue where known; None when never known."""
    revenue_known: int = 0
    customers: int = 0
    not_returned: int = 0
    """Losses without a return by the as-of date; one for each such customer."""
    since: date | None = None
    """Its first day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LostDefinitions:
    """How the register of losses relates to the customers that fell silent, in customers.

    None of what sales would tell where there are none.
    """

    register: int
    """In the whole register and not returned."""
    silent: int | None
    """No purchase for longer than the window."""
    both: int | None
    register_still_buying: int | None
    """In the register, though a purchase after the loss lies in the window."""
    silent_not_in_register: int | None
    """Silent and never entered in the register, returned or not."""
    window_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason (or one group of reasons, or one owner system), most often named first."""

    reason: str
    """Id in the taxonomy; the words as given (folded) where the taxonomy does not know them."""
    label: str
    """Its name in the report's language; "" for an owner system, whose id the texts name."""
    group: str
    """Id of the upper level; "" for words the taxonomy does not know."""
    owner: str
    """Owner system: marketing, sales, staff_training, motivation, service_quality,
    business_processes, product, external; "" where not known."""
    known: bool
    """In the taxonomy."""
    any: int
    """Losses that name it (sums over 100 %)."""
    fractional: float
    """1/k of each loss with k reasons (sums to ``Lost.n``)."""
    sole: int
    """Losses that name nothing else."""
    revenue: float | None = None
    """Revenue lost, fractional (sums to ``Lost.revenue``); None where it is never known."""
    revenue_any: float | None = None
    revenue_sole: float | None = None
    share: float
    """any / Lost.n."""
    ci_low: float
    ci_high: float
    """Wilson interval of ``share``."""
    revenue_share: float | None = None
    """revenue / Lost.revenue."""
    revenue_ci_low: float | None = None
    revenue_ci_high: float | None = None
    """Wilson interval on the effective number of losses (Kish)."""
    revenue_rank: int = 0
    """1: the most revenue."""
    tied_with_next: bool = False
    """The next reason by number may be as frequent (McNemar, exact)."""
    revenue_tied_with_next: bool = False
    """The next reason by revenue may cost as much (sign change of the differences per loss)."""
    preventable: bool | None
    """None where nobody has judged (unknown reasons)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MendedReason:
    """A typing slip, counted under the reason that was meant."""

    found: str
    """As the client wrote it (first spelling)."""
    reason: str
    """Id of the reason meant."""
    counted_as: str
    """Its label."""
    n: int
    """Losses."""
    column: str
    """``reasons`` or ``stated_reasons``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPreventable:
    """A reason that the taxonomy in use calls not preventable."""

    reason: str
    label: str
    n: int
    """Losses that name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownReason:
    """Words that the taxonomy does not know; counted under their own name."""

    given: str
    """As the client wrote it (first spelling)."""
    n: int
    nearest: str
    """Label of the nearest known reason; "" when none is alike."""
    column: str
    """``reasons`` or ``stated_reasons``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two reasons that are named together, most often first."""

    a: str
    b: str
    label_a: str
    label_b: str
    n: int
    expected: float
    """Together by chance, with as many reasons for each loss and losses for each reason."""
    ratio: float
    """n / expected."""
    lift: float
    """Together / expected together if independent, however many reasons a loss has."""
    jaccard: float
    """Both / either."""
    p_value: float
    """Share of arrangements by chance (as for ``expected``) with as many together or more."""
    p_holm: float
    """Over all pairs of reasons that are both named ``Params.min_pair_n`` times (step-down, by
    the most surprising pair of each arrangement)."""
    stands_out: bool
    """More often together than by chance, by ``p_holm``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """One set of reasons and the losses with exactly this set (the UpSet chart)."""

    reasons: tuple[str, ...]
    labels: tuple[str, ...]
    n: int
    revenue: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preventable:
    """Losses that need not have been, over the losses whose reasons are judged.

    A loss is judged when one of its reasons is preventable, or when none of them is; a loss with
    a reason that the taxonomy does not judge, and none that is preventable, is neither.
    """

    n: int
    """Losses with at least one preventable reason."""
    share: float | None
    """n / judged; None where nothing is judged."""
    ci_low: float | None
    ci_high: float | None
    """Wilson interval of ``share``."""
    judged: int
    unjudged: int
    """judged + unjudged: all losses."""
    low: float
    high: float
    """Bounds of the share over all losses: none, or all, of the unjudged were preventable."""
    enough_judged: bool
    """At most ``Params.most_unjudged`` are unjudged: the share may be told."""
    by_definition: bool
    """No loss names a reason that is not preventable: the share says nothing."""
    revenue: float | None
    """Of the ``n`` losses."""
    revenue_share: float | None
    """Of the revenue of the judged losses."""
    fractional: float
    """Preventable part of the fractional count."""
    sole: int
    """Losses all of whose reasons are preventable."""
    revenue_fractional: float | None
    revenue_sole: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LossShare:
    """A number of losses and their share of those it can be said of."""

    n: int
    base: int
    share: float | None
    ci_low: float | None
    ci_high: float | None
    """Wilson interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """How many reasons were verified and what that changed."""

    n: int
    """Losses whose reasons were verified."""
    base: int
    share: float | None
    ci_low: float | None
    ci_high: float | None
    differs: int | None
    """Verified losses whose stated reasons are others than the verified ones; None when no
    stated reasons are given."""
    compared: int
    """Verified losses with stated reasons."""
    differs_share: float | None
    differs_low: float | None
    differs_high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedReason:
    """What customers said against what was found, per reason, verified losses with both."""

    reason: str
    label: str
    stated: int
    verified: int
    both: int
    """Stated and confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """Another reason found behind a stated one."""

    stated: str
    stated_label: str
    verified: str
    verified_label: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LossWave:
    """Losses of this period against those of the period before, in windows of equal length.

    None where the register does not cover that window.
    """

    against: str
    before_n: int | None
    now_n: int | None
    before_revenue: float | None
    now_revenue: float | None
    before_rate: float | None
    before_preventable: float | None
    before_verified: float | None
    """Shares as of the key figures, of the losses of the period before."""
    compared: bool
    """Both periods have ``min_losses``: their reasons are compared."""

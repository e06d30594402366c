"""What the churn-reasons diagnostic finds: frozen records named as in the result file.

Units: shares 0-1, money in the engagement's currency, time and leads in days, intervals at
``Params.confidence``.  A value that cannot be told is None, never NaN.  A *loss* is one row of
``lost_customers`` that counts: a customer that came back and left again is lost twice.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import partial

from workbook.diagnostics.churn_reasons.portfolio_result import Dimension, GroupLosses
from workbook.diagnostics.churn_reasons.prevention_result import (
    CANDIDATES,
    WATCHED,
    Destination,
    Iceberg,
    InstrumentUse,
    SignalTest,
    Winback,
)
from workbook.diagnostics.churn_reasons.reasons_result import (
    Basis,
    Combination,
    LossShare,
    LossWave,
    Lost,
    LostDefinitions,
    MendedReason,
    NotPreventable,
    Pair,
    Preventable,
    Reason,
    Register,
    Replacement,
    StatedReason,
    UnknownReason,
    Verified,
)
from workbook.diagnostics.churn_reasons.survival_result import (
    INCIDENCE,
    SURVIVAL,
    CoxTerm,
    LogRank,
    SurvivalBasis,
    SurvivalCurve,
    SurvivalQuartile,
    TimeDoubt,
)
from workbook.diagnostics.claims import Claim, Refusal
from workbook.diagnostics.limitation import Limitation
from workbook.diagnostics.plans import Plans
from workbook.stats import Family
from workbook.stats.data_table import DataTable

OF_REGISTER = frozenset({"winback"})
"""Claims that always tell of the whole register."""
OF_REASONS = frozenset(
    {
        "behind", "costly", "costly_together", "frequent", "group", "group_reason", "key_losses",
        "key_losses_reason", "money", "money_tied", "pair", "preventable", "never_verified",
        "reason", "reason_tied", "share", "unjudged", "unjudged_blank", "unverified",
        "unverified_differ", "verified",
    }
)  # fmt: skip
"""Claims that tell of the losses whose reasons are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All findings.  None or an empty tuple where it cannot be told (see ``absent``)."""

    lost: Lost
    register: Register = field(default_factory=Register)
    basis: Basis = Basis.PERIOD
    """Which losses are told of in ``reasons`` to ``dimensions``, ``iceberg``, ``exit_interviews``
    and the page on them; returns, signals and all that takes time rest on the whole register."""
    reasons: tuple[Reason, ...] = ()
    groups: tuple[Reason, ...] = ()
    """The upper level of the taxonomy, counted the same way."""
    owners: tuple[Reason, ...] = ()
    """Owner systems, counted the same way (``reason`` is the owner's id)."""
    unknown_reasons: tuple[UnknownReason, ...] = ()
    mended_reasons: tuple[MendedReason, ...] = ()
    """Typing slips, counted under the reason meant."""
    reasons_per_loss: tuple[tuple[int, int], ...] = ()
    """(number of reasons given, losses), 0 included."""
    pairs: tuple[Pair, ...] = ()
    combinations: tuple[Combination, ...] = ()
    preventable: Preventable | None = None
    not_preventable: tuple[NotPreventable, ...] = ()
    """What the taxonomy in use calls not preventable, most often named first."""
    lost_definitions: LostDefinitions | None = None
    verified: Verified | None = None
    stated: tuple[StatedReason, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    by: tuple[GroupLosses, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    """Which managers, regions … could be compared, and why others could not."""
    time_doubt: TimeDoubt | None = None
    """Why nothing is told of durations; None: it is told, or there are too few losses."""
    survival: DataTable = field(default_factory=partial(DataTable.empty, SURVIVAL))
    """The curve of all customers (:data:`~.survival_result.SURVIVAL`)."""
    survival_quartiles: tuple[SurvivalQuartile, ...] = ()
    survival_basis: SurvivalBasis | None = None
    survival_by: tuple[SurvivalCurve, ...] = ()
    """Curves of the segments."""
    logrank: tuple[LogRank, ...] = ()
    cumulative_incidence: DataTable = field(default_factory=partial(DataTable.empty, INCIDENCE))
    """:data:`~.survival_result.INCIDENCE`."""
    cox: tuple[CoxTerm, ...] = ()
    cox_left_out: tuple[str, ...] = ()
    """Wanted columns that the number of losses could not carry."""
    cox_unknown: tuple[str, ...] = ()
    """Wanted columns that are not there, or not known for nearly every customer."""
    signals: tuple[SignalTest, ...] = ()
    watch_list: DataTable = field(default_factory=partial(DataTable.empty, WATCHED))
    """:data:`~.prevention_result.WATCHED`."""
    watched: int = 0
    """Active customers on the watch list."""
    watched_revenue: float | None = None
    """Their revenue at risk."""
    active: int | None = None
    """Active customers; None without a portfolio."""
    iceberg: Iceberg | None = None
    exit_interviews: LossShare | None = None
    winback: Winback | None = None
    destinations: tuple[Destination, ...] = ()
    candidates: DataTable = field(default_factory=partial(DataTable.empty, CANDIDATES))
    """:data:`~.prevention_result.CANDIDATES`."""
    candidates_total: int = 0
    """Losses that have not come back."""
    instruments: tuple[InstrumentUse, ...] = ()
    plans: Plans | None = None
    wave: LossWave | None = None
    small: bool
    """Fewer losses of this period than ``Params.min_losses``: no rate of theirs."""
    absent: tuple[str, ...] = ()
    """Sections left out for want of a table or column: ``lost``, ``revenue``, ``verified``,
    ``by``, ``survival``, ``cox``, ``signals``, ``watch_list``, ``iceberg``, ``exit_interviews``,
    ``winback``, ``wave``, in this order.  What is there but too small is not absent."""
    answer: Claim | None = None
    """The headline of page 2: the first of several that passes its gates (``head.<id>``)."""
    tiles: tuple[Claim, ...] = ()
    """At most four are told (``tiles.<id>``)."""
    findings: tuple[Claim, ...] = ()
    """Most important first (``findings.<id>``)."""
    refused_findings: tuple[Refusal, ...] = ()
    limitation: Limitation | None = None
    """What could change the decision (``limitations.<id>``)."""
    families: tuple[Family, ...] = ()
    """What was tested together, in the order of the report."""

    @property
    def base(self) -> Lost | Register:
        """The losses that reasons are told of."""
        return self.lost if self.basis is Basis.PERIOD else self.register

    @property
    def counts_only(self) -> bool:
        """Too few losses, on record too, for more than counts."""
        return self.small and self.basis is Basis.PERIOD

    @property
    def carried_since(self) -> date | None:
        """First day of a register that holds losses of earlier periods too; else None."""
        return self.register.since if self.register.n > self.lost.n else None

    @property
    def widened_since(self) -> date | None:
        """First day of the register where reasons are told over all of it; else None."""
        return self.register.since if self.basis is Basis.REGISTER else None

    @property
    def told_apart(self) -> bool:
        """Whether reasons are told of fewer losses than returns and durations."""
        return self.register.n > self.base.n

    def is_of_register(self, claim: str) -> bool:
        """Return whether a claim tells of more losses than those of this period."""
        since = self.carried_since if claim in OF_REGISTER else None
        return since is not None or (claim in OF_REASONS and self.widened_since is not None)

"""Loyalty: the index by revenue."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.special import ndtr, ndtri

from benchmarks.calibration.loyalty_index import COVER, FALSE, POWER, survey
from workbook.diagnostics.loyalty.answers import answers
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.standouts import weighs
from workbook.diagnostics.loyalty.survey_result import Weighted
from workbook.diagnostics.loyalty.weighting import weighted
from workbook.stats import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """Accounts of lognormal revenue, each with one score."""

    n: int
    spread: float
    """Standard deviation of the logarithm of revenue."""
    critical: float = 0.0
    """How much more critical accounts of e times the revenue are, in standard deviations."""
    detractors: float = 0.25
    promoters: float = 0.40
    """Of accounts of median revenue."""

    def shares(self, logs: Floats) -> tuple[Floats, Floats]:
        """Return chances of a detractor and of a promoter by logarithm of revenue."""
        shift = self.critical * logs
        return ndtr(ndtri(self.detractors) + shift), ndtr(ndtri(self.promoters) - shift)

    @property
    def index(self) -> float:
        """Revenue-weighted index of all accounts there are: the weight shifts the logarithm."""
        z = ndtri((np.arange(20_000) + 0.5) / 20_000)
        low, high = self.shares(self.spread * (z + self.spread))
        return 100 * float((high - low).mean())


def weighed(rng: np.random.Generator, accounts: Accounts) -> dict[str, Weighted]:
    """Return the indices of one drawn survey, by weighting."""
    logs = accounts.spread * rng.normal(size=accounts.n)
    low, high = accounts.shares(logs)
    at = rng.random(accounts.n)
    scores = np.where(at < low, 3, np.where(at > 1 - high, 10, 8))
    params = Params()
    ways = ("customer", "account", "revenue", "weight")
    rows = weighted(answers(survey(scores), params), np.exp(10 + logs), params, told=ways)
    return {row.by: row for row in rows}


def revenue_covered(rng: np.random.Generator, *, accounts: Accounts) -> bool | None:
    """Return whether the interval by revenue holds the truth; None where it is not shown."""
    row = weighed(rng, accounts)["revenue"]
    if row.ci_low is None or row.ci_high is None:
        return None
    return row.ci_low <= accounts.index <= row.ci_high


def revenue_shown(rng: np.random.Generator, *, accounts: Accounts) -> bool:
    """Return whether the interval by revenue is shown."""
    return weighed(rng, accounts)["revenue"].ci_low is not None


def revenue_named(rng: np.random.Generator, *, accounts: Accounts) -> bool:
    """Return whether the index is said to turn when the revenue votes."""
    rows = weighed(rng, accounts)
    return weighs(rows["revenue"], Params())


_COVERED = tuple(
    COVER(
        quantity="index by revenue, interval",
        n=f"{n} accounts",
        truth=f"sd of log revenue {spread:g}, {kind}",
        one=partial(revenue_covered, accounts=Accounts(n=n, spread=spread, **options)),
        low=0.93,
        high=0.98,
        before=before,
        draws=1500,
        small=20,
    )
    for n, spread, before in (
        (40, 0.5, ""), (100, 0.5, ""), (400, 0.5, ""), (100, 1.0, "93"), (400, 1.0, "93"),
    )
    for kind, options in (
        ("scores alike", {}),
        ("large more critical", {"critical": 0.4}),
        ("large happier", {"critical": -0.4}),
        ("happy", {"detractors": 0.05, "promoters": 0.80}),
    )
)  # fmt: skip
_HEAVY = tuple(
    FALSE(
        quantity="index by revenue, interval shown",
        n=f"{n} accounts",
        truth=f"sd of log revenue {spread:g}: it would not hold",
        one=partial(revenue_shown, accounts=Accounts(n=n, spread=spread)),
        high=high,
        before="100",
        draws=600,
        small=20,
    )
    for n, spread, high in ((30, 1.5, 0.05), (100, 1.5, 0.08), (400, 1.5, 0.05), (400, 2.0, 0.01))
)
_WEIGHT = tuple(
    FALSE(
        quantity="those who bring most score differently",
        n=f"{n} accounts",
        truth=f"sd of log revenue {spread:g}, scores independent of it",
        one=partial(revenue_named, accounts=Accounts(n=n, spread=spread)),
        high=0.055,
        before="13-28",
        draws=1500,
        small=20,
    )
    for n, spread in ((30, 1.0), (30, 2.0), (100, 1.0), (100, 2.0), (400, 2.0))
)
_WEIGHT_POWER = tuple(
    POWER(
        quantity="those who bring most score differently",
        n=f"{n} accounts",
        truth="sd of log revenue 1, large more critical (0.4)",
        one=partial(revenue_named, accounts=Accounts(n=n, spread=1.0, critical=0.4)),
        low=low,
        draws=600,
        small=20,
    )
    for n, low in ((30, 0.2), (100, 0.5), (400, 0.95))
)
STUDIES = _COVERED + _HEAVY + _WEIGHT + _WEIGHT_POWER

"""The churn report: losses by manager, region, segment against what the portfolio lets expect."""

from dataclasses import dataclass
from datetime import date
from functools import cache, partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.calibration.study import Kind, Study
from workbook.diagnostics.cells import as_date, day_number
from workbook.diagnostics.churn_reasons.comparison import comparison
from workbook.diagnostics.churn_reasons.compute import Sources, compute
from workbook.diagnostics.churn_reasons.known_cuts import knowledge
from workbook.diagnostics.churn_reasons.losses import find_losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio import find_portfolio
from workbook.diagnostics.churn_reasons.portfolio_result import GroupLosses
from workbook.diagnostics.churn_reasons.sources.taxonomy_file import load_taxonomy
from workbook.diagnostics.inputs import Inputs
from workbook.language.package_data import templates
from workbook.stats import Floats
from workbook.stats.exposure import Watched, exposure
from workbook.stats.shrinkage import shrunk_ratios

AS_OF = date(2025, 12, 31)
SINCE = date(2025, 1, 1)
YEAR = 365
RISK = 0.15
"""Of a customer to leave within a year, unless said otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Managers of so many customers each, who leave at the same speed unless said otherwise."""

    managers: int
    each: int
    risk: float = RISK
    worst: float = 1.0
    """Times the risk of the first manager's customers."""
    won: tuple[float, ...] = (0.0,)
    """Shares of customers won in the second half of the year, of the managers in turn."""
    late: float = 1.0
    """Times the hazard of the second half of the year, for everybody."""
    regions: int = 0
    segments: int = 0
    """Others that a customer falls into at random; 0: the table does not say."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawn:
    """Customers, one element each; days of the year from 0."""

    manager: npt.NDArray[np.int64]
    begun: Floats
    """-1 and before: before the year."""
    gone: Floats
    """Day of the loss; after the year for those who stay."""


def drawn(rng: np.random.Generator, world: World, risk: Floats) -> Drawn:
    """Draw who is there from when, and who is lost when."""
    manager = np.repeat(np.arange(world.managers), world.each)
    share = np.array(world.won)[manager % len(world.won)]
    new = rng.random(len(manager)) < share
    begun = np.where(new, rng.integers(YEAR // 2, YEAR - 5, len(manager)), -700.0)
    hazard = -np.log1p(-risk)[manager] / YEAR * 2 / (1 + world.late)
    # Time runs faster in the second half: ``late`` days of hazard a day.
    half = YEAR / 2

    def clock(day: Floats) -> Floats:
        return np.where(day < half, day, half + (day - half) * world.late)

    ticks = clock(np.maximum(begun, -1.0)) + rng.exponential(1 / hazard)
    after = np.where(ticks < half, ticks, half + (ticks - half) / world.late)
    return Drawn(manager=manager, begun=begun, gone=np.floor(after) + 1)


def engagement(rng: np.random.Generator, world: World) -> Inputs:
    """Return the tables of a client whose customers leave so."""
    risk = np.full(world.managers, world.risk)
    risk[0] *= world.worst
    found = drawn(rng, world, risk)
    n, first = len(found.manager), day_number(SINCE)
    ids = pd.Series([f"c{i}" for i in range(n)], dtype="str")
    customers = pd.DataFrame(
        {
            "customer_id": ids,
            "registered_date": _dates(first + found.begun),
            "manager": pd.Series([f"Manager {m + 1}" for m in found.manager], dtype="str"),
        }
    )
    for name, levels in (("region", world.regions), ("segment", world.segments)):
        if levels:
            of = rng.integers(levels, size=n)
            customers[name] = pd.Series([f"{name} {level + 1}" for level in of], dtype="str")
    gone = found.gone < YEAR
    lost = pd.DataFrame(
        {
            "customer_id": ids[gone].reset_index(drop=True),
            "lost_date": _dates(first + found.gone[gone]),
            "reasons": pd.Series(
                rng.choice(["price", "rudeness", "quality"], int(gone.sum())), dtype="str"
            ),
        }
    )
    return Inputs(tables={"customers": customers, "lost_customers": lost}, as_of=AS_OF)


def _dates(days: Floats) -> "pd.Series[pd.Timestamp]":
    return pd.Series(pd.to_datetime([as_date(float(day)) for day in days])).astype("datetime64[ns]")


def compared(rng: np.random.Generator, world: World) -> tuple[GroupLosses, ...]:
    """Return the groups of one engagement."""
    params = Params(register_since=SINCE)
    losses = find_losses(engagement(rng, world), params)
    portfolio = find_portfolio(losses)
    return comparison(losses, portfolio, knowledge(losses, portfolio, params), params)


def anybody_named(rng: np.random.Generator, *, world: World) -> bool:
    """Return whether a group is named although all are alike."""
    return any(group.stands_out for group in compared(rng, world))


def worst_named(rng: np.random.Generator, *, world: World) -> bool:
    """Return whether the one manager at a higher risk is named."""
    return any(g.stands_out and g.group == "Manager 1" for g in compared(rng, world))


def another_named(rng: np.random.Generator, *, world: World) -> bool:
    """Return whether anybody but the one manager at a higher risk is named."""
    return any(g.stands_out and g.group != "Manager 1" for g in compared(rng, world))


@cache
def _resources() -> Sources:
    return Sources(taxonomy=load_taxonomy(templates() / "reasons.yaml"))


def report_names(rng: np.random.Generator, *, world: World) -> bool:
    """Return whether headline, tile, finding or a chapter's heading sets a group apart."""
    result = compute(engagement(rng, world), Params(register_since=SINCE), _resources())
    told = [result.answer, *result.tiles, *result.findings]
    groups = {group.group for group in result.by}
    claimed = any(c is not None and groups & {*c.singled_out} for c in told)
    return claimed or any(group.stands_out for group in result.by)


def ratios_covered(
    rng: np.random.Generator, *, world: World, strength: float | None
) -> float | None:
    """Return the share of shrunk ratios whose interval holds the true one; None if unjudged.

    Parameters
    ----------
    strength
        The managers' risks have a beta distribution with a + b so large; None: all are equal.
    """
    risk = np.full(world.managers, world.risk)
    if strength is not None:
        a = strength * world.risk
        risk = np.clip(rng.beta(a, strength - a, world.managers), 1e-6, 1 - 1e-6)
    found = drawn(rng, world, risk)
    here = found.gone > found.begun
    watched = Watched(
        entry=np.maximum(found.begun, -1.0)[here],
        end=np.minimum(found.gone, YEAR - 1.0)[here],
        event=(found.gone < YEAR)[here],
        group=found.manager[here],
        stratum=np.zeros(int(here.sum()), dtype=np.int64),
    )
    seen = exposure(watched, world.managers)
    if seen.observed.sum() < Params().min_losses:
        return None
    hazard = -np.log1p(-risk)
    truth = hazard / (hazard @ seen.time / seen.time.sum())
    shrunk = shrunk_ratios(seen.observed.astype(float), seen.expected, seen.variance)
    return float(np.mean((shrunk.low <= truth) & (truth <= shrunk.high)))


def _false(truth: str, world: World, before: str, *, draws: int = 400, small: int = 6) -> Study:
    return Study(
        report="churn_reasons",
        quantity="a group is named",
        n=f"{world.managers}x{world.each}",
        truth=truth,
        kind=Kind.FALSE_NAME,
        one=partial(anybody_named, world=world),
        high=0.05,
        before=before,
        draws=draws,
        small=small,
    )


_HALF = (0.0, 1.0)
_MILD = (0.1, 0.5)
_FALSE = (
    _false("equal risks", World(managers=4, each=30), "7.6"),
    _false("equal risks", World(managers=8, each=30), "23.4"),
    _false("equal risks", World(managers=15, each=30), "43.6"),
    _false("equal risks", World(managers=30, each=30), "75.8", small=2),
    _false(
        "equal hazards, half of the managers hold customers won in the second half-year",
        World(managers=8, each=40, risk=0.26, won=_HALF),
        "93.3",
    ),
    _false(
        "equal hazards, half of the managers hold customers won in the second half-year",
        World(managers=8, each=100, risk=0.26, won=_HALF),
        "",
        small=2,
    ),
    _false(
        "equal hazards, 10 and 50 % won in the second half-year",
        World(managers=8, each=100, risk=0.26, won=_MILD),
        "56",
        small=2,
    ),
    _false(
        "hazards that triple for all when half of the managers win their customers",
        World(managers=8, each=40, risk=0.26, won=_HALF, late=3.0),
        "",
    ),
    _false(
        "equal risks, 5 regions and 4 segments beside the managers",
        World(managers=8, each=30, regions=5, segments=4),
        "35",
    ),
)
_REPORT = Study(
    report="churn_reasons",
    quantity="a group is named in headline, tile, finding or heading",
    n="8x30",
    truth="null report: managers, 5 regions, 4 segments alike",
    kind=Kind.FALSE_NAME,
    one=partial(
        report_names, world=World(managers=8, each=30, regions=5, segments=4, won=(0.1, 0.3))
    ),
    high=0.05,
    before="35",
    draws=300,
    small=2,
)
_POWER = tuple(
    study
    for world, low, before in (
        (World(managers=8, each=30, worst=2.0), 0.15, "53 (16 by binomial and Holm)"),
        (World(managers=5, each=100, worst=2.0), 0.65, "73 (45 by binomial and Holm)"),
    )
    for study in (
        Study(
            report="churn_reasons",
            quantity="the manager is named",
            n=f"{world.managers}x{world.each}",
            truth="one manager at double risk",
            kind=Kind.POWER,
            one=partial(worst_named, world=world),
            low=low,
            before=before,
            draws=400,
            small=6,
        ),
        Study(
            report="churn_reasons",
            quantity="another group is named",
            n=f"{world.managers}x{world.each}",
            truth="one manager at double risk",
            kind=Kind.FALSE_NAME,
            one=partial(another_named, world=world),
            high=0.05,
            draws=400,
            small=6,
        ),
    )
)
_BEFORE = {
    (8, 30, 20): "81", (4, 30, 20): "81", (8, 100, 20): "90", (8, 30, 200): "85",
    (30, 30, 20): "84", (8, 30, None): "99.5",
}  # fmt: skip
_COVERAGE = tuple(
    Study(
        report="churn_reasons",
        quantity="ratio of losses to expected, shrunk",
        n=f"{managers}x{each}",
        truth="equal risks" if strength is None else f"risks beta, strength {strength}",
        kind=Kind.COVERAGE,
        one=partial(ratios_covered, world=World(managers=managers, each=each), strength=strength),
        low=0.93,
        # Careful where the managers are nearly alike: few of them cannot show that they are.
        high=1.0 if strength is None else 0.98 if strength < 100 else 0.99,
        before=_BEFORE.get((managers, each, strength), ""),
        draws=1000 if managers < 20 else 300,
        small=16 if managers < 20 else 6,
    )
    for managers, each in ((4, 30), (8, 30), (8, 100), (8, 400), (30, 30))
    for strength in (20, 200, None)
)

STUDIES = (*_FALSE, _REPORT, *_POWER, *_COVERAGE)

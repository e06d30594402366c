"""Loyalty: drivers of the score."""

from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.calibration.loyalty_index import FALSE, POWER, survey
from benchmarks.calibration.loyalty_marks import marked
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.compute import compute
from workbook.diagnostics.loyalty.drivers import Cases, DriverMeasures, standing
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.survey import Sources
from workbook.stats import Floats

ICC = 0.5
"""What respondents of one customer have in common, in scores and in marks."""
NOISE = 2.0
"""Standard deviation of the score that no mark explains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Marks that go with each other and with the score as stated."""

    n: int
    """Respondents."""
    slopes: tuple[float, ...]
    """Points of the score per mark of each parameter."""
    rho: float = 0.4
    """Correlation of the marks of two parameters before they are rounded."""
    each: int = 1
    """Respondents of a customer."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawn:
    """Marks (n, p), scores (n,) and customers (n,) of respondents."""

    marks: Floats
    scores: Floats
    customer: npt.NDArray[np.intp]


def drawn_marks(rng: np.random.Generator, world: World) -> Drawn:
    """Draw marks and scores."""
    customer = np.arange(world.n) // world.each
    p = len(world.slopes)
    latent = np.sqrt(world.rho) * _common(rng, customer, 1)
    latent = latent + np.sqrt(1 - world.rho) * _common(rng, customer, p)
    given = np.clip(np.rint(3.8 + latent), 1, 5)
    score = 7.5 + (given - 3.8) @ np.array(world.slopes) + NOISE * _common(rng, customer, 1)[:, 0]
    return Drawn(marks=given, scores=np.clip(np.rint(score), 0, 10), customer=customer)


def rated(rng: np.random.Generator, world: World) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw the survey and the marks of satisfaction as tables."""
    drawn = drawn_marks(rng, world)
    people = [f"r{i}" for i in range(world.n)]
    of = [f"c{c}" for c in drawn.customer]
    parts = [
        marked(given, side="customer", parameter=f"p{j}", whose=people, customer=of)
        for j, given in enumerate(drawn.marks.T)
    ]
    return survey(drawn.scores, drawn.customer), pd.concat(parts, ignore_index=True)


def _common(rng: np.random.Generator, customer: Floats, columns: int) -> Floats:
    """Draw standard normal columns that respondents of one customer share in part."""
    if customer[-1] == len(customer) - 1:
        return rng.normal(size=(len(customer), columns))
    shared = rng.normal(size=(customer[-1] + 1, columns))[customer]
    return np.sqrt(ICC) * shared + np.sqrt(1 - ICC) * rng.normal(size=(len(customer), columns))


def found(rng: np.random.Generator, world: World, params: Params) -> DriverMeasures:
    """Return what is told of the drivers of one drawn survey."""
    drawn = drawn_marks(rng, world)
    p = len(world.slopes)
    cases = Cases(
        parameters=tuple(f"p{j}" for j in range(p)),
        x=drawn.marks,
        y=drawn.scores,
        codes=drawn.customer,
    )
    return standing(cases, params)


def beyond_chance(rng: np.random.Generator, *, world: World) -> bool:
    """Return whether the marks are said to explain more than chance would."""
    return found(rng, world, Params(bootstrap=0)).test.beyond_chance


def named(rng: np.random.Generator, *, world: World) -> bool:
    """Return whether any parameter is named before another."""
    return not found(rng, world, Params(bootstrap=400)).leading.all()


def named_alone(rng: np.random.Generator, *, world: World) -> bool:
    """Return whether the first parameter alone is named, and rightly."""
    leading = found(rng, world, Params(bootstrap=400)).leading
    return bool(leading[0]) and int(leading.sum()) == 1


def falsely_alone(rng: np.random.Generator, *, world: World) -> bool:
    """Return whether one parameter is named before all others."""
    return int(found(rng, world, Params(bootstrap=400)).leading.sum()) == 1


def driver_in_report(rng: np.random.Generator, *, world: World) -> bool:
    """Draw an engagement; tell whether heading facts or findings of the report name a driver."""
    answered, satisfaction = rated(rng, world)
    inputs = Inputs(
        tables={"survey": answered, "satisfaction": satisfaction},
        as_of=date(2025, 12, 31),
    )
    result = compute(inputs, Params(bootstrap=400), Sources(benchmarks=()))
    told = any(claim.id in ("driver", "driver_low") for claim in result.findings)
    return told or len(result.driver_leaders) < len(result.drivers)


def _label(world: World) -> str:
    return f"{world.n} respondents, {world.each} each"


NONE = (0.0,) * 6
STRONG = (1.0, 0.2, 0.2, 0.2, 0.2, 0.2)
SIZES = ((60, 1), (60, 3), (100, 1), (100, 3), (400, 1), (400, 3))

_NULL = tuple(
    FALSE(
        quantity="marks explain more than chance",
        n=_label(World(n=n, slopes=NONE, each=each)),
        truth="6 parameters without association",
        one=partial(beyond_chance, world=World(n=n, slopes=NONE, each=each)),
        high=0.055,
        before="100",
        draws=1500,
        small=12,
    )
    for n, each in SIZES
)
_EQUAL = tuple(
    FALSE(
        quantity="a driver is named before another",
        n=_label(World(n=n, slopes=(b,) * p, each=each)),
        truth=f"{p} equal drivers, {b:g} each",
        one=partial(named, world=World(n=n, slopes=(b,) * p, each=each)),
        high=0.055,
        before="100",
        draws=500,
        small=6,
    )
    for n, each in SIZES
    for p, b in ((6, 0.4), (6, 0.8), (2, 0.5))
)
_PAIR = tuple(
    FALSE(
        quantity="one driver is named before all others",
        n=_label(World(n=n, slopes=(1.0, 1.0, 0.0, 0.0, 0.0, 0.0))),
        truth="2 equal drivers, 4 idle",
        one=partial(falsely_alone, world=World(n=n, slopes=(1.0, 1.0, 0.0, 0.0, 0.0, 0.0))),
        high=0.055,
        before="100",
        draws=500,
        small=6,
    )
    for n in (60, 100, 400)
)
_POWER = tuple(
    POWER(
        quantity=quantity,
        n=_label(World(n=n, slopes=STRONG, each=each)),
        truth="driver of 1 beside five of 0.2",
        one=partial(one, world=World(n=n, slopes=STRONG, each=each)),
        low=low,
        draws=400,
        small=6,
    )
    for n, each, seen, alone in (
        (60, 1, 0.90, 0.02), (100, 1, 0.95, 0.12), (400, 1, 0.99, 0.85), (400, 3, 0.99, 0.75),
    )
    for quantity, one, low in (
        ("marks explain more than chance", beyond_chance, seen),
        ("the strong driver is named alone", named_alone, alone),
    )
)  # fmt: skip
_REPORT = tuple(
    FALSE(
        quantity="a driver in headings, findings or actions",
        n=_label(World(n=n, slopes=NONE, each=each)),
        truth="whole report, marks independent of the score",
        one=partial(driver_in_report, world=World(n=n, slopes=NONE, each=each)),
        before="100",
        high=0.05,
        draws=300,
        small=4,
    )
    for n, each in ((100, 1), (180, 3))
)
STUDIES = _NULL + _EQUAL + _PAIR + _POWER + _REPORT

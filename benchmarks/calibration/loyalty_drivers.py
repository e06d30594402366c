"""The loyalty report: drivers of the score, revenue weights, leading themes."""

from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtr, ndtri

from benchmarks.calibration.study import Kind, Study
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty import Sources, compute
from workbook.diagnostics.loyalty.answers import answers
from workbook.diagnostics.loyalty.drivers import Cases, Standing, standing
from workbook.diagnostics.loyalty.open_answers_result import Theme
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.standouts import weighs
from workbook.diagnostics.loyalty.survey_result import Weighted
from workbook.diagnostics.loyalty.theme_lead import leading_themes
from workbook.diagnostics.loyalty.weighting import weighted
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
    drawn, p = drawn_marks(rng, world), len(world.slopes)
    people = pd.Series([f"r{i}" for i in range(world.n)], dtype="str")
    of = pd.Series([f"c{c}" for c in drawn.customer], dtype="str")
    day = pd.Timestamp(2025, 6, 15)
    survey = pd.DataFrame(
        {"respondent_id": people, "customer_id": of, "date": day, "score": drawn.scores}
    )
    satisfaction = pd.DataFrame(
        {
            "respondent_id": people.repeat(p).to_numpy(),
            "customer_id": of.repeat(p).to_numpy(),
            "date": day,
            "product": "all",
            "parameter": [f"p{j}" for j in range(p)] * world.n,
            "mark": drawn.marks.ravel(),
        }
    )
    return survey, satisfaction


def _common(rng: np.random.Generator, customer: Floats, columns: int) -> Floats:
    """Draw standard normal columns that respondents of one customer share in part."""
    if customer[-1] == len(customer) - 1:
        return rng.normal(size=(len(customer), columns))
    shared = rng.normal(size=(customer[-1] + 1, columns))[customer]
    return np.sqrt(ICC) * shared + np.sqrt(1 - ICC) * rng.normal(size=(len(customer), columns))


def found(rng: np.random.Generator, world: World, params: Params) -> Standing:
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
    """Tell whether the marks are said to explain more than chance would."""
    return found(rng, world, Params(bootstrap=0)).test.beyond_chance


def named(rng: np.random.Generator, *, world: World) -> bool:
    """Tell whether any parameter is named before another."""
    return not found(rng, world, Params(bootstrap=400)).leading.all()


def named_alone(rng: np.random.Generator, *, world: World) -> bool:
    """Tell whether the first parameter alone is named, and rightly."""
    leading = found(rng, world, Params(bootstrap=400)).leading
    return bool(leading[0]) and int(leading.sum()) == 1


def falsely_alone(rng: np.random.Generator, *, world: World) -> bool:
    """Tell whether one parameter is named before all others."""
    return int(found(rng, world, Params(bootstrap=400)).leading.sum()) == 1


def driver_in_report(rng: np.random.Generator, *, world: World) -> bool:
    """Draw an engagement; tell whether heading facts or findings of the report name a driver."""
    survey, satisfaction = rated(rng, world)
    inputs = Inputs(
        tables={"survey": survey, "satisfaction": satisfaction},
        as_of=date(2025, 12, 31),
    )
    result = compute(inputs, Params(bootstrap=400), Sources(benchmarks=()))
    told = any(claim.id == "driver" for claim in result.findings)
    return told or len(result.driver_leaders) < len(result.drivers)


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
    survey = pd.DataFrame(
        {
            "respondent_id": pd.Series([f"r{i}" for i in range(accounts.n)], dtype="str"),
            "date": pd.Timestamp(2025, 6, 15),
            "score": np.where(at < low, 3.0, np.where(at > 1 - high, 10.0, 8.0)),
        }
    )
    params = Params()
    ways = ("customer", "account", "revenue", "weight")
    rows = weighted(answers(survey, params), np.exp(10 + logs), params, told=ways)
    return {row.by: row for row in rows}


def revenue_covered(rng: np.random.Generator, *, accounts: Accounts) -> bool | None:
    """Tell whether the interval by revenue holds the truth; None where it is not shown."""
    row = weighed(rng, accounts)["revenue"]
    if row.ci_low is None or row.ci_high is None:
        return None
    return row.ci_low <= accounts.index <= row.ci_high


def revenue_shown(rng: np.random.Generator, *, accounts: Accounts) -> bool:
    """Tell whether the interval by revenue is shown."""
    return weighed(rng, accounts)["revenue"].ci_low is not None


def revenue_named(rng: np.random.Generator, *, accounts: Accounts) -> bool:
    """Tell whether the index is said to turn when the revenue votes."""
    rows = weighed(rng, accounts)
    return weighs(rows["revenue"], Params())


def theme_named(rng: np.random.Generator, *, n: int, chances: tuple[float, ...]) -> bool:
    """Draw answers that name one theme each; tell whether one is named before another."""
    drawn = _themes(rng, n, chances)
    lead = leading_themes(drawn, Params())
    there = {q: sum(t.n > 0 for t in drawn if t.question == q) for q in ("reason", "improvement")}
    told = {"reason": lead.detractors, "improvement": lead.improvement}
    return any(0 < len(told[q]) < k for q, k in there.items())


def theme_found(rng: np.random.Generator, *, n: int, chances: tuple[float, ...]) -> bool:
    """Tell whether the first theme is named alone among the reasons."""
    return leading_themes(_themes(rng, n, chances), Params()).detractors == ("t0",)


def _themes(rng: np.random.Generator, n: int, chances: tuple[float, ...]) -> list[Theme]:
    return [
        Theme(
            theme=f"t{i}",
            label=f"t{i}",
            question=question,
            n=int(k),
            detractors=int(k),
            passives=0,
            promoters=0,
            revenue=None,
            quotes=(),
        )
        for question in ("reason", "improvement")
        for i, k in enumerate(rng.multinomial(n, chances))
    ]


def _label(world: World) -> str:
    return f"{world.n} respondents, {world.each} each"


NONE = (0.0,) * 6
STRONG = (1.0, 0.2, 0.2, 0.2, 0.2, 0.2)
SIZES = ((60, 1), (60, 3), (100, 1), (100, 3), (400, 1), (400, 3))

_NULL = tuple(
    Study(
        report="loyalty",
        quantity="marks explain more than chance",
        n=_label(World(n=n, slopes=NONE, each=each)),
        truth="6 parameters without association",
        kind=Kind.FALSE_NAME,
        one=partial(beyond_chance, world=World(n=n, slopes=NONE, each=each)),
        high=0.055,
        before="100",
        draws=1500,
        small=12,
    )
    for n, each in SIZES
)
_EQUAL = tuple(
    Study(
        report="loyalty",
        quantity="a driver is named before another",
        n=_label(World(n=n, slopes=(b,) * p, each=each)),
        truth=f"{p} equal drivers, {b:g} each",
        kind=Kind.FALSE_NAME,
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
    Study(
        report="loyalty",
        quantity="one driver is named before all others",
        n=_label(World(n=n, slopes=(1.0, 1.0, 0.0, 0.0, 0.0, 0.0))),
        truth="2 equal drivers, 4 idle",
        kind=Kind.FALSE_NAME,
        one=partial(falsely_alone, world=World(n=n, slopes=(1.0, 1.0, 0.0, 0.0, 0.0, 0.0))),
        high=0.055,
        before="100",
        draws=500,
        small=6,
    )
    for n in (60, 100, 400)
)
_POWER = tuple(
    Study(
        report="loyalty",
        quantity=quantity,
        n=_label(World(n=n, slopes=STRONG, each=each)),
        truth="driver of 1 beside five of 0.2",
        kind=Kind.POWER,
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
    Study(
        report="loyalty",
        quantity="a driver in headings, findings or actions",
        n=_label(World(n=n, slopes=NONE, each=each)),
        truth="whole report, marks independent of the score",
        kind=Kind.FALSE_NAME,
        one=partial(driver_in_report, world=World(n=n, slopes=NONE, each=each)),
        before="100",
        high=0.05,
        draws=300,
        small=4,
    )
    for n, each in ((100, 1), (180, 3))
)
_COVERED = tuple(
    Study(
        report="loyalty",
        quantity="index by revenue, interval",
        n=f"{n} accounts",
        truth=f"sd of log revenue {spread:g}, {kind}",
        kind=Kind.COVERAGE,
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
    Study(
        report="loyalty",
        quantity="index by revenue, interval shown",
        n=f"{n} accounts",
        truth=f"sd of log revenue {spread:g}: it would not hold",
        kind=Kind.FALSE_NAME,
        one=partial(revenue_shown, accounts=Accounts(n=n, spread=spread)),
        high=high,
        before="100",
        draws=600,
        small=20,
    )
    for n, spread, high in ((30, 1.5, 0.05), (100, 1.5, 0.08), (400, 1.5, 0.05), (400, 2.0, 0.01))
)
_WEIGHT = tuple(
    Study(
        report="loyalty",
        quantity="those who bring most score differently",
        n=f"{n} accounts",
        truth=f"sd of log revenue {spread:g}, scores independent of it",
        kind=Kind.FALSE_NAME,
        one=partial(revenue_named, accounts=Accounts(n=n, spread=spread)),
        high=0.055,
        before="13-28",
        draws=1500,
        small=20,
    )
    for n, spread in ((30, 1.0), (30, 2.0), (100, 1.0), (100, 2.0), (400, 2.0))
)
_WEIGHT_POWER = tuple(
    Study(
        report="loyalty",
        quantity="those who bring most score differently",
        n=f"{n} accounts",
        truth="sd of log revenue 1, large more critical (0.4)",
        kind=Kind.POWER,
        one=partial(revenue_named, accounts=Accounts(n=n, spread=1.0, critical=0.4)),
        low=low,
        draws=600,
        small=20,
    )
    for n, low in ((30, 0.2), (100, 0.5), (400, 0.95))
)
_THEMES = tuple(
    Study(
        report="loyalty",
        quantity="a theme is named before another, either question",
        n=f"{n} answers",
        truth=f"{k} equal themes",
        kind=Kind.FALSE_NAME,
        one=partial(theme_named, n=n, chances=(1 / k,) * k),
        high=0.055,
        draws=2000,
        small=60,
    )
    for n in (30, 100, 300)
    for k in (2, 3, 5, 8)
)
_THEME_POWER = (
    Study(
        report="loyalty",
        quantity="the leading theme is named",
        n="100 answers",
        truth="a third of answers, five others alike",
        kind=Kind.POWER,
        one=partial(theme_found, n=100, chances=(1 / 3,) + (2 / 15,) * 5),
        low=0.5,
        draws=2000,
        small=60,
    ),
)
STUDIES = (
    _NULL + _EQUAL + _PAIR + _POWER + _REPORT + _COVERED + _HEAVY + _WEIGHT + _WEIGHT_POWER
    + _THEMES + _THEME_POWER
)  # fmt: skip

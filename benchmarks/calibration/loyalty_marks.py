"""Loyalty: what marks say of parameters and of the staff; whole reports of nothing."""

from functools import partial

import numpy as np
import pandas as pd

from benchmarks.calibration.loyalty_index import (
    AS_OF,
    CAREFUL,
    COVER,
    FALSE,
    PARAMS,
    POWER,
    SCORES,
    TYPICAL,
    Shares,
    customers,
    cuts_of,
    latent,
    places,
    survey,
)
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.compute import compute
from workbook.diagnostics.loyalty.marks import marks
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.satisfaction import lowest_parameter
from workbook.diagnostics.loyalty.staff import staff_gaps
from workbook.diagnostics.loyalty.survey import Sources
from workbook.diagnostics.loyalty.survey_result import Verdict
from workbook.stats import Floats
from workbook.stats.bounded_marks import bounded_mean

MARKS: dict[str, Shares] = {
    "typical": (0.05, 0.1, 0.2, 0.35, 0.3),
    "happy (80 % fives)": (0.01, 0.01, 0.03, 0.15, 0.8),
    "very happy (95 % fives)": (0.0, 0.0, 0.01, 0.04, 0.95),
    "polar": (0.5, 0.0, 0.0, 0.0, 0.5),
    "unhappy": (0.6, 0.25, 0.1, 0.04, 0.01),
}
PARAMETERS = tuple(f"parameter {i}" for i in range(6))


def mean_covered(
    rng: np.random.Generator, *, n: int, shares: Shares, each: int = 1, icc: float = 0.0
) -> bool | None:
    """Return whether the interval of a mean mark holds the mean."""
    whose = customers(n, each)
    given = 1.0 + places(latent(rng, whose, icc), shares)
    found = bounded_mean(given, whose, low=1, high=5)
    truth = float(np.arange(1, 6) @ np.array(shares) / sum(shares))
    return None if found is None else found.interval.low <= truth <= found.interval.high


def marked(
    given: Floats, *, side: str, parameter: str, whose: list[str], customer: list[str]
) -> pd.DataFrame:
    """Return marks of one parameter as the intake hands them over."""
    return pd.DataFrame(
        {
            "respondent_id": pd.Series(whose, dtype="str"),
            "customer_id": pd.Series(customer, dtype="str"),
            "date": pd.Timestamp("2025-06-15"),
            "product": pd.Series(["p"] * len(given), dtype="str"),
            "parameter": pd.Series([parameter] * len(given), dtype="str"),
            "mark": given,
            "side": pd.Series([side] * len(given), dtype="str"),
        }
    )


def _sides(
    rng: np.random.Generator, *, n: int, staff: int, paired: bool, higher: float = 0.0
) -> pd.DataFrame:
    """Draw marks of six parameters by customers and by staff; the first is seen better by staff."""
    parts = []
    shares = MARKS["typical"]
    for i, parameter in enumerate(PARAMETERS):
        own = rng.normal(size=n)
        theirs = rng.normal(size=staff)
        if paired:
            theirs = 0.5 * own + np.sqrt(0.75) * theirs
        theirs = theirs + (higher if i == 0 else 0.0)
        ids = [f"c{j}" for j in range(n)]
        of = ids if paired else [""] * staff
        parts.append(
            marked(1.0 + places(own, shares), side="customer", parameter=parameter,
                   whose=[f"r{j}" for j in range(n)], customer=ids)
        )  # fmt: skip
        parts.append(
            marked(1.0 + places(theirs, shares), side="staff", parameter=parameter,
                   whose=[f"s{j}" for j in range(staff)], customer=of)
        )  # fmt: skip
    table = pd.concat(parts, ignore_index=True)
    table.attrs["scale"] = "1-5"
    return table


def staff_named(
    rng: np.random.Generator, *, n: int, staff: int, paired: bool, higher: float = 0.0
) -> bool:
    """Return whether the heading says that staff and customers differ in a parameter."""
    table = _sides(rng, n=n, staff=staff, paired=paired, higher=higher)
    gaps = staff_gaps(marks(table, "customer"), marks(table, "staff"), PARAMS)
    told = [g.parameter for g in gaps if g.differs is not Verdict.CANNOT_TELL]
    return told == [PARAMETERS[0]] if higher else bool(told)


def lowest_named(rng: np.random.Generator, *, n: int, shares: Shares, lower: float = 0.0) -> bool:
    """Return whether one of six parameters, marked by the same customers, is called the lowest."""
    common = rng.normal(size=n)
    parts = []
    for i, parameter in enumerate(PARAMETERS):
        values = np.sqrt(0.4) * common + np.sqrt(0.6) * rng.normal(size=n)
        values = values - (lower if i == 0 else 0.0)
        ids = [f"c{j}" for j in range(n)]
        parts.append(
            marked(1.0 + places(values, shares), side="customer", parameter=parameter,
                   whose=ids, customer=ids)
        )  # fmt: skip
    table = pd.concat(parts, ignore_index=True)
    table.attrs["scale"] = "1-5"
    names = lowest_parameter(marks(table, "customer"), PARAMS).names
    return names == (PARAMETERS[0],) if lower else len(names) == 1


def null_engagement(rng: np.random.Generator, *, n: int, each: int, icc: float) -> Inputs:
    """Return two waves with four cuts, marks by customers and by staff: nothing in them."""
    whose = customers(n, each)
    parts = []
    for i in range(2):
        values = latent(rng, whose, icc)
        table = survey(
            SCORES[places(values, TYPICAL)], whose + i * (whose.max() + 1), **cuts_of(rng, whose)
        )
        parts.append(
            table.assign(
                wave=f"2025-{i + 1}",
                date=pd.Timestamp(2025, 3 * i + 3, 15),
                respondent_id=[f"w{i}-{j}" for j in range(len(whose))],
            )
        )
    answered = pd.concat(parts, ignore_index=True)
    answered["wave"] = answered["wave"].astype("str")
    tables = {"survey": answered, "satisfaction": _sides(rng, n=n, staff=30, paired=False)}
    return Inputs(tables=tables, as_of=AS_OF)


def report_names(rng: np.random.Generator, *, n: int, each: int, icc: float) -> bool:
    """Return whether a whole report of nothing names a group, a change, a parameter or a gap.

    Drivers have their own studies.
    """
    given = null_engagement(rng, n=n, each=each, icc=icc)
    return named_in(compute(given, Params(bootstrap=10), Sources()))


def named_in(result: Result) -> bool:
    """Return whether page 2 or a heading of this module's chapters singles anything out."""
    told = {
        c.id for c in (*result.findings, *result.tiles, *([result.answer] if result.answer else []))
    }
    return bool(
        told & {"fell", "rose", "up", "down", "group", "marks", "lowest_mark", "touchpoint"}
        or any(g.differs is not Verdict.CANNOT_TELL for g in (*result.groups, *result.staff_gap))
    )


BEFORE_MARKS = {
    "typical": {12: "93.0", 30: "94.3", 100: "94.7", 400: "95.3"},
    "happy (80 % fives)": {12: "82.1", 30: "89.3", 100: "93.0", 400: "94.1"},
    "very happy (95 % fives)": {12: "100", 30: "99.9", 100: "91.2", 400: "93.5"},
    "polar": {12: "96.3", 30: "95.6", 100: "94.3", 400: "94.6"},
}

SATISFACTION = (
    *(
        (CAREFUL if n == 12 or name.startswith("very") else COVER)(
            "mean mark", str(n), name, partial(mean_covered, n=n, shares=shares),
            before=BEFORE_MARKS.get(name, {}).get(n, ""), draws=4000, small=100,
        )
        for name, shares in MARKS.items() for n in (12, 30, 100, 400)
    ),
    *(
        CAREFUL(
            "mean mark", f"{n}, 3 per customer", f"typical, ICC {icc}",
            partial(mean_covered, n=n, shares=MARKS["typical"], each=3, icc=icc),
            before={30: {0.3: "88.5", 0.6: "80.8"}, 300: {0.3: "89.2", 0.6: "81.9"}}[n][icc],
            draws=4000, small=60,
        )
        for n in (30, 300) for icc in (0.3, 0.6)
    ),
    *(
        FALSE(
            "one of six parameters is called the lowest", str(n), f"equal, {name}",
            partial(lowest_named, n=n, shares=MARKS[name]), before="100", small=5, draws=600,
        )
        for n, name in ((30, "typical"), (100, "typical"), (100, "happy (80 % fives)"))
    ),
    POWER(
        "the lowest of six parameters", "100", "0.6 standard deviations below the others",
        partial(lowest_named, n=100, shares=MARKS["typical"], lower=0.6),
        low=0.75, small=5, draws=600,
    ),
)  # fmt: skip

STAFF = (
    *(
        FALSE(
            "staff see some of six parameters otherwise",
            f"{n}/{staff}{' paired' if paired else ''}", "no gap",
            partial(staff_named, n=n, staff=staff, paired=paired), before=before,
            small=5, draws=600,
        )
        for n, staff, paired, before in (
            (12, 12, False, "25.1"), (30, 12, False, "26.0"), (100, 30, False, "25.8"),
            (30, 30, True, "26.8"),
        )
    ),
    POWER(
        "staff see one of six parameters better", "100/30", "by 0.8 standard deviations",
        partial(staff_named, n=100, staff=30, paired=False, higher=0.8),
        low=0.6, small=5, draws=600,
    ),
)  # fmt: skip

REPORT = (
    *(
        FALSE(
            "a whole report names something", said, "nothing to name",
            partial(report_names, n=n, each=each, icc=icc), small=3, draws=400,
        )
        for n, each, icc, said in (
            (100, 1, 0.0, "100 answers a wave"),
            (300, 3, 0.6, "300 answers a wave, 3 per customer"),
        )
    ),
)  # fmt: skip

STUDIES = (*SATISFACTION, *STAFF, *REPORT)

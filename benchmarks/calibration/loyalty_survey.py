"""Loyalty: what a survey and its marks say of the index, groups, waves, marks and staff.

Answers of one customer hang together by a latent normal value with the intraclass correlation
(ICC) given; a class or a mark is where the value lies between the cuts of a distribution.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

import numpy as np
import pandas as pd
from scipy.special import ndtri

from benchmarks.calibration.study import Kind, Study
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty import Sources, compute
from workbook.diagnostics.loyalty.answers import answers
from workbook.diagnostics.loyalty.divisions import divisions_of
from workbook.diagnostics.loyalty.groups import groups
from workbook.diagnostics.loyalty.index import interval_of
from workbook.diagnostics.loyalty.marks import marks
from workbook.diagnostics.loyalty.nps import POINTS
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.satisfaction import lowest_parameter
from workbook.diagnostics.loyalty.staff import staff_gaps
from workbook.diagnostics.loyalty.survey_result import Change, Group, Verdict
from workbook.diagnostics.loyalty.waves import waves
from workbook.stats import Floats
from workbook.stats.bounded_marks import bounded_mean
from workbook.stats.clusters import Codes

PARAMS = Params()
Shares = tuple[float, ...]
TYPICAL: Shares = (0.2, 0.3, 0.5)
"""Detractors, passives, promoters."""
BETTER: Shares = (0.12, 0.28, 0.60)
"""18 points more."""
HAPPY: Shares = (0.03, 0.17, 0.8)
SCORES = np.array([3, 7, 10])
MARKS: dict[str, Shares] = {
    "typical": (0.05, 0.1, 0.2, 0.35, 0.3),
    "happy (80 % fives)": (0.01, 0.01, 0.03, 0.15, 0.8),
    "very happy (95 % fives)": (0.0, 0.0, 0.01, 0.04, 0.95),
    "polar": (0.5, 0.0, 0.0, 0.0, 0.5),
    "unhappy": (0.6, 0.25, 0.1, 0.04, 0.01),
}
CUTS = {"segment": 4, "product": 4, "manager": 6, "channel": 3}
PARAMETERS = tuple(f"parameter {i}" for i in range(6))
AS_OF = date(2025, 12, 31)


def places(latent: Floats, shares: Shares) -> Codes:
    """Return which class each standard normal value falls into."""
    bounds = np.clip(np.cumsum(shares)[:-1], 0, 1)
    return np.searchsorted(ndtri(bounds), latent)


def latent(rng: np.random.Generator, whose: Codes, icc: float) -> Floats:
    """Return standard normal values that hang together within a customer."""
    common = rng.normal(size=whose.max() + 1)[whose]
    return np.sqrt(icc) * common + np.sqrt(1 - icc) * rng.normal(size=len(whose))


def customers(n: int, each: int) -> Codes:
    """Return whose the answers are: so many of each customer."""
    return np.repeat(np.arange(-(-n // each)), each)[:n]


def survey(scores: Codes, whose: Codes, **columns: object) -> pd.DataFrame:
    """Return a survey table as the intake hands it over."""
    return pd.DataFrame(
        {
            "respondent_id": [f"r{i}" for i in range(len(scores))],
            "customer_id": [f"c{i}" for i in whose],
            "date": pd.Timestamp("2025-06-15"),
            "score": pd.array(SCORES[scores], dtype="Int64"),
            **columns,
        }
    )


def index_covered(
    rng: np.random.Generator, *, n: int, each: int, icc: float, shares: Shares
) -> bool | None:
    """Tell whether the headline interval holds the index."""
    whose = customers(n, each)
    table = survey(places(latent(rng, whose, icc), shares), whose)
    found = interval_of(answers(table, PARAMS), None, PARAMS).wald
    truth = POINTS * (shares[2] - shares[0])
    return None if found is None else found.low <= truth <= found.high


def cuts_of(rng: np.random.Generator, whose: Codes) -> dict[str, object]:
    """Return groups that mean nothing: segment and manager of the customer, the others' own."""
    drawn: dict[str, object] = {}
    for by, k in CUTS.items():
        own = by in ("segment", "manager")
        group = (
            rng.integers(k, size=whose.max() + 1)[whose]
            if own
            else rng.integers(k, size=len(whose))
        )
        drawn[by] = pd.Series([f"{by} {g}" for g in group], dtype="str")
    return drawn


def group_named(
    rng: np.random.Generator, *, n: int, each: int, icc: float, shares: Shares = TYPICAL
) -> bool:
    """Tell whether some group of four cuts is told from the rest."""
    whose = customers(n, each)
    table = survey(places(latent(rng, whose, icc), shares), whose, **cuts_of(rng, whose))
    found = _groups(table)
    return any(g.differs is not Verdict.CANNOT_TELL for g in found)


def _groups(table: pd.DataFrame) -> tuple[Group, ...]:
    """Return all groups of a survey: that some stay hidden is no matter of these studies."""
    given = answers(table, PARAMS)
    cuts = divisions_of(given.frame, None)
    told = {(by, name) for by, labels in cuts.items() for name in labels.unique()}
    return groups(given, cuts, params=PARAMS, told=told)


def planted_group(rng: np.random.Generator, *, n: int, each: int, icc: float) -> bool:
    """Tell whether the manager of 40 points less is the first group named."""
    whose = customers(n, each)
    cuts = cuts_of(rng, whose)
    worse = np.asarray(cuts["manager"]) == "manager 0"
    values = latent(rng, whose, icc)
    scores = np.where(worse, places(values, (0.4, 0.3, 0.3)), places(values, TYPICAL))
    found = _groups(survey(scores, whose, **cuts))
    told = [g for g in found if g.differs is Verdict.DOWN]
    return bool(told) and min(told, key=lambda g: g.p_holm or 0.0).group == "manager 0"


def _waves(parts: list[tuple[Codes, Codes]]) -> Inputs:
    """Return surveys as waves, each of scores and whose they are."""
    tables = [
        survey(scores, whose, wave=f"2025-{i + 1}").assign(
            date=pd.Timestamp(2025, i + 1, 15),
            respondent_id=[f"w{i}-{j}" for j in range(len(scores))],
        )
        for i, (scores, whose) in enumerate(parts)
    ]
    table = pd.concat(tables, ignore_index=True)
    table["wave"] = table["wave"].astype("str")
    return Inputs(tables={"survey": table}, as_of=AS_OF)


def _two(
    rng: np.random.Generator, *, n: int, rho: float, paired: float, after: Shares
) -> Change | None:
    """Draw two waves of one answer per customer; so many customers answered both."""
    first, same = rng.normal(size=n), round(paired * n)
    second = rng.normal(size=n)
    second[:same] = rho * first[:same] + np.sqrt(1 - rho**2) * second[:same]
    whose = np.arange(n)
    later = np.where(whose < same, whose, whose + n)
    drawn = _waves([(places(first, TYPICAL), whose), (places(second, after), later)])
    return waves(drawn, PARAMS).change


def wave_told(
    rng: np.random.Generator, *, n: int, rho: float, paired: float = 1.0, after: Shares = TYPICAL
) -> bool:
    """Tell whether the heading says that the index has changed."""
    change = _two(rng, n=n, rho=rho, paired=paired, after=after)
    return change is not None and change.verdict is not Verdict.CANNOT_TELL


def change_covered(rng: np.random.Generator, *, n: int, rho: float, paired: float) -> bool | None:
    """Tell whether the interval of the difference holds a true rise of 18 points."""
    change = _two(rng, n=n, rho=rho, paired=paired, after=BETTER)
    return None if change is None else change.ci_low <= 18 <= change.ci_high


def wave_of_accounts_told(
    rng: np.random.Generator, *, n: int, each: int, icc: float, same: bool
) -> bool:
    """Tell whether a change is told where several answer for a customer."""
    whose = customers(n, each)
    count = whose.max() + 1
    if same:  # the customer's own share stays
        values = latent(rng, np.concatenate([whose, whose]), icc)
        first, second = values[:n], values[n:]
    else:
        first, second = latent(rng, whose, icc), latent(rng, whose, icc)
    later = whose if same else whose + count
    drawn = _waves([(places(first, TYPICAL), whose), (places(second, TYPICAL), later)])
    change = waves(drawn, PARAMS).change
    return change is not None and change.verdict is not Verdict.CANNOT_TELL


def any_wave_told(rng: np.random.Generator, *, n: int, k: int) -> bool:
    """Tell whether any of k - 1 changes between k waves is told."""
    parts = [(places(rng.normal(size=n), TYPICAL), np.arange(n) + n * i) for i in range(k)]
    return any(c.verdict is not Verdict.CANNOT_TELL for c in waves(_waves(parts), PARAMS).changes)


def mean_covered(
    rng: np.random.Generator, *, n: int, shares: Shares, each: int = 1, icc: float = 0.0
) -> bool | None:
    """Tell whether the interval of a mean mark holds the mean."""
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
    """Tell whether the heading says that staff and customers differ in a parameter."""
    table = _sides(rng, n=n, staff=staff, paired=paired, higher=higher)
    gaps = staff_gaps(marks(table, "customer"), marks(table, "staff"), PARAMS)
    told = [g.parameter for g in gaps if g.differs is not Verdict.CANNOT_TELL]
    return told == [PARAMETERS[0]] if higher else bool(told)


def lowest_named(rng: np.random.Generator, *, n: int, shares: Shares, lower: float = 0.0) -> bool:
    """Tell whether one of six parameters, marked by the same customers, is called the lowest."""
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
            places(values, TYPICAL), whose + i * (whose.max() + 1), **cuts_of(rng, whose)
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
    """Tell whether a whole report of nothing names a group, a change, a parameter or a gap.

    Drivers have their own studies.
    """
    given = null_engagement(rng, n=n, each=each, icc=icc)
    return named_in(compute(given, Params(bootstrap=10), Sources()))


def named_in(result: Result) -> bool:
    """Tell whether page 2 or a heading of this module's chapters singles anything out."""
    told = {
        c.id for c in (*result.findings, *result.tiles, *([result.answer] if result.answer else []))
    }
    return bool(
        told & {"fell", "rose", "up", "down", "group", "marks", "lowest_mark", "touchpoint"}
        or any(g.differs is not Verdict.CANNOT_TELL for g in (*result.groups, *result.staff_gap))
    )


def study(
    quantity: str,
    n: str,
    truth: str,
    one: Callable[[np.random.Generator], bool | float | None],
    *,
    kind: Kind,
    low: float = 0.0,
    high: float = 1.0,
    before: str = "",
    draws: int = 800,
    small: int = 12,
) -> Study:
    """Return a study of the loyalty report."""
    return Study(
        report="loyalty", quantity=quantity, n=n, truth=truth, kind=kind, one=one,
        low=low, high=high, before=before, draws=draws, small=small,
    )  # fmt: skip


COVER = partial(study, kind=Kind.COVERAGE, low=0.93, high=0.98)
CAREFUL = partial(study, kind=Kind.COVERAGE, low=0.93, high=1.0)
FALSE = partial(study, kind=Kind.FALSE_NAME, high=0.05)
POWER = partial(study, kind=Kind.POWER)

BEFORE_INDEX = {(3, 0.3): "89.2", (3, 0.6): "81.9", (5, 0.3): "85.2", (5, 0.6): "76.0"}
BEFORE_MARKS = {
    "typical": {12: "93.0", 30: "94.3", 100: "94.7", 400: "95.3"},
    "happy (80 % fives)": {12: "82.1", 30: "89.3", 100: "93.0", 400: "94.1"},
    "very happy (95 % fives)": {12: "100", 30: "99.9", 100: "91.2", 400: "93.5"},
    "polar": {12: "96.3", 30: "95.6", 100: "94.3", 400: "94.6"},
}

INDEX = (
    *(
        COVER(
            "NPS of the headline", f"300, {each} per customer", f"ICC {icc}",
            partial(index_covered, n=300, each=each, icc=icc, shares=TYPICAL),
            before=BEFORE_INDEX[each, icc], draws=2000,
        )
        for each in (3, 5) for icc in (0.3, 0.6)
    ),
    *(
        CAREFUL(
            "NPS of the headline", f"{n}, {each} per customer", f"ICC 0.6{name}",
            partial(index_covered, n=n, each=each, icc=0.6, shares=shares), draws=2000,
        )
        for n, each in ((30, 3), (30, 5), (100, 5))
        for name, shares in (("", TYPICAL), (", happy", HAPPY))
    ),
    *(
        COVER(
            "NPS of the headline", str(n), "independent",
            partial(index_covered, n=n, each=1, icc=0.0, shares=TYPICAL),
            before={30: "94.6", 100: "94.9", 400: "95.0"}[n], draws=2000,
        )
        for n in (30, 100, 400)
    ),
)  # fmt: skip

GROUPS = (
    *(
        FALSE(
            "some group of four cuts", str(n), "independent, equal",
            partial(group_named, n=n, each=1, icc=0.0), before=before, small=10,
        )
        for n, before in ((100, "17.9"), (400, "19.2"))
    ),
    *(
        FALSE(
            "some group of four cuts", f"{n}, {each} per customer", f"ICC {icc}, equal",
            partial(group_named, n=n, each=each, icc=icc), before=before, small=10,
        )
        for n, each, icc, before in (
            (300, 3, 0.3, "44.6"), (300, 3, 0.6, ""), (300, 5, 0.3, ""), (300, 5, 0.6, ""),
            (100, 3, 0.6, ""),
        )
    ),
    FALSE(
        "some group of four cuts", "100", "half detractors, half promoters",
        partial(group_named, n=100, each=1, icc=0.0, shares=(0.5, 0.0, 0.5)), small=10,
    ),
    POWER(
        "manager of 40 points less, one of six", "400", "independent",
        partial(planted_group, n=400, each=1, icc=0.0), low=0.6, small=10,
    ),
    POWER(
        "manager of 40 points less, one of six", "300, 3 per customer", "ICC 0.3",
        partial(planted_group, n=300, each=3, icc=0.3), low=0.25, small=10,
    ),
)  # fmt: skip

WAVES = (
    *(
        FALSE(
            "a change is told", f"{n}, the same customers", f"none, rho {rho}",
            partial(wave_told, n=n, rho=rho),
            before={0.0: "4.4", 0.6: "0.9", 0.9: "0.0"}.get(rho, ""),
        )
        for n in (30, 100) for rho in (0.0, 0.6, 0.9, 1.0)
    ),
    FALSE(
        "a change is told", "100, half the same customers", "none, rho 0.8",
        partial(wave_told, n=100, rho=0.8, paired=0.5),
    ),
    *(
        FALSE(
            "a change is told", f"300, {each} per customer, {'the same' if same else 'others'}",
            f"none, ICC {icc}",
            partial(wave_of_accounts_told, n=300, each=each, icc=icc, same=same), before=before,
        )
        for each, icc, same, before in (
            (3, 0.3, False, "10"), (5, 0.6, False, "24"), (3, 0.6, True, ""), (5, 0.6, True, ""),
        )
    ),
    FALSE("any change of six waves", "100", "none", partial(any_wave_told, n=100, k=6),
          before="20.4", small=10),
    FALSE("any change of three waves", "100", "none", partial(any_wave_told, n=100, k=3),
          before="9.2", small=15),
    POWER(
        "a rise of 18 points is told", "100, the same customers", "rho 0.8",
        partial(wave_told, n=100, rho=0.8, after=BETTER), low=0.75, before="27",
    ),
    POWER(
        "a rise of 18 points is told", "60, the same customers", "rho 0.8",
        partial(wave_told, n=60, rho=0.8, after=BETTER), low=0.5,
    ),
    *(
        COVER(
            "difference of two waves", f"{n}, {said} the same customers", "rise of 18, rho 0.8",
            partial(change_covered, n=n, rho=0.8, paired=paired), draws=2000,
        )
        for n in (30, 100, 400) for paired, said in ((1.0, "all"), (0.5, "half"), (0.0, "none"))
    ),
)  # fmt: skip

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

STUDIES = (*INDEX, *GROUPS, *WAVES, *SATISFACTION, *STAFF, *REPORT)

"""Loyalty: what a survey says of the index, its groups and its waves.

Answers of one customer hang together by a latent normal value with the intraclass correlation
(ICC) given; a class or a mark is where the value lies between the cuts of a distribution.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtri

from benchmarks.calibration.study import Kind, Study
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.answers import answers
from workbook.diagnostics.loyalty.divisions import divisions_of
from workbook.diagnostics.loyalty.groups import groups
from workbook.diagnostics.loyalty.index import interval_of
from workbook.diagnostics.loyalty.nps import POINTS
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.survey_result import Change, Group, Verdict
from workbook.diagnostics.loyalty.waves import waves
from workbook.stats import Floats
from workbook.stats.clusters import Codes

PARAMS = Params()
Shares = tuple[float, ...]
TYPICAL: Shares = (0.2, 0.3, 0.5)
"""Detractors, passives, promoters."""
BETTER: Shares = (0.12, 0.28, 0.60)
"""18 points more."""
HAPPY: Shares = (0.03, 0.17, 0.8)
SCORES = np.array([3, 7, 10])
CUTS = {"segment": 4, "product": 4, "manager": 6, "channel": 3}
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


def survey(scores: npt.ArrayLike, whose: Codes | None = None, **columns: object) -> pd.DataFrame:
    """Return a survey table as the intake hands it over.

    Parameters
    ----------
    whose
        The customer of each answer; None: the survey names none.
    """
    n = len(np.asarray(scores))
    named = {} if whose is None else {"customer_id": [f"c{i}" for i in whose]}
    return pd.DataFrame(
        {
            "respondent_id": [f"r{i}" for i in range(n)],
            **named,
            "date": pd.Timestamp("2025-06-15"),
            "score": pd.array(np.asarray(scores), dtype="Int64"),
            **columns,
        }
    )


def index_covered(
    rng: np.random.Generator, *, n: int, each: int, icc: float, shares: Shares
) -> bool | None:
    """Return whether the headline interval holds the index."""
    whose = customers(n, each)
    table = survey(SCORES[places(latent(rng, whose, icc), shares)], whose)
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
    """Return whether some group of four cuts is told from the rest."""
    whose = customers(n, each)
    table = survey(SCORES[places(latent(rng, whose, icc), shares)], whose, **cuts_of(rng, whose))
    found = _groups(table)
    return any(g.differs is not Verdict.CANNOT_TELL for g in found)


def _groups(table: pd.DataFrame) -> tuple[Group, ...]:
    """Return all groups of a survey: that some stay hidden is no matter of these studies."""
    given = answers(table, PARAMS)
    cuts = divisions_of(given.frame, None)
    told = {(by, name) for by, labels in cuts.items() for name in labels.unique()}
    return groups(given, cuts, params=PARAMS, told=told)


def planted_group(rng: np.random.Generator, *, n: int, each: int, icc: float) -> bool:
    """Return whether the manager of 40 points less is the first group named."""
    whose = customers(n, each)
    cuts = cuts_of(rng, whose)
    worse = np.asarray(cuts["manager"]) == "manager 0"
    values = latent(rng, whose, icc)
    scores = np.where(worse, places(values, (0.4, 0.3, 0.3)), places(values, TYPICAL))
    found = _groups(survey(SCORES[scores], whose, **cuts))
    told = [g for g in found if g.differs is Verdict.DOWN]
    return bool(told) and min(told, key=lambda g: g.p_holm or 0.0).group == "manager 0"


def _waves(parts: list[tuple[Codes, Codes]]) -> Inputs:
    """Return surveys as waves, each of scores and whose they are."""
    tables = [
        survey(SCORES[scores], whose, wave=f"2025-{i + 1}").assign(
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
    """Return whether the heading says that the index has changed."""
    change = _two(rng, n=n, rho=rho, paired=paired, after=after)
    return change is not None and change.verdict is not Verdict.CANNOT_TELL


def change_covered(rng: np.random.Generator, *, n: int, rho: float, paired: float) -> bool | None:
    """Return whether the interval of the difference holds a true rise of 18 points."""
    change = _two(rng, n=n, rho=rho, paired=paired, after=BETTER)
    return None if change is None else change.ci_low <= 18 <= change.ci_high


def wave_of_accounts_told(
    rng: np.random.Generator, *, n: int, each: int, icc: float, same: bool
) -> bool:
    """Return whether a change is told where several answer for a customer."""
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
    """Return whether any of k - 1 changes between k waves is told."""
    parts = [(places(rng.normal(size=n), TYPICAL), np.arange(n) + n * i) for i in range(k)]
    return any(c.verdict is not Verdict.CANNOT_TELL for c in waves(_waves(parts), PARAMS).changes)


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

STUDIES = (*INDEX, *GROUPS, *WAVES)

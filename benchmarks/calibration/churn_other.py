"""Churn: pairs of reasons, warning signals, speeds of leaving, returns, leading reasons.

Data without structure: every customer has the same hazard, reasons are drawn at random, and what
is known of a customer (purchases, scores, marks, complaints) has nothing to do with its leaving.
"""

from datetime import date
from functools import cache, partial

import numpy as np
import pandas as pd

from benchmarks.calibration.study import Kind, Study
from workbook.diagnostics.churn_reasons.backtest import backtests
from workbook.diagnostics.churn_reasons.compute import Sources, compute
from workbook.diagnostics.churn_reasons.counting import mentions
from workbook.diagnostics.churn_reasons.leading import leading_by_money, leading_by_number
from workbook.diagnostics.churn_reasons.losses import Losses, find_losses
from workbook.diagnostics.churn_reasons.pairs import pairs
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio import find_portfolio
from workbook.diagnostics.churn_reasons.prevention_result import Signal, SignalTest
from workbook.diagnostics.churn_reasons.result import Result
from workbook.diagnostics.churn_reasons.signals import visible_signals
from workbook.diagnostics.churn_reasons.sources.taxonomy_file import load_taxonomy
from workbook.diagnostics.churn_reasons.survival_curves import lifetimes, log_ranks
from workbook.diagnostics.churn_reasons.taxonomy import Taxonomy
from workbook.diagnostics.inputs import Inputs
from workbook.language.package_data import templates
from workbook.stats.survival import Lives, event_by

PARAMS = Params()
AS_OF = date(2025, 12, 31)
TODAY = int(np.datetime64("2025-12-31", "D").astype(int))
YEARS = 2 * 365
"""Days of the register."""
CUTS = {"manager": 8, "region": 5, "segment": 4}
NAMING = frozenset(
    {
        "costly",
        "costly_together",
        "frequent",
        "money",
        "money_tied",
        "reason",
        "reason_tied",
        "signal",
        "signal_sure",
        "group_reason",
        "key_losses_reason",
        "behind",
        "pair",
        "watched",
        "watched_money",
    }
)
"""Claims that single out a reason, a pair, a signal or the customers who show it."""
Rng = np.random.Generator
Days = np.ndarray[tuple[int], np.dtype[np.int64]]


@cache
def taxonomy() -> Taxonomy:
    """Return the shipped list of reasons."""
    return load_taxonomy(templates() / "reasons.yaml")


def _date(days: Days) -> pd.Series:
    return pd.Series(np.asarray(days, dtype="datetime64[D]").astype("datetime64[ns]"))


def _reasons(rng: Rng, n: int, most: int = 12) -> list[tuple[str, ...]]:
    """Return 1 to 3 reasons at random for each loss."""
    names = [r.id for r in taxonomy().reasons if r.group != r.id and r.id != "unknown"][:most]
    return [tuple(rng.choice(names, size=rng.integers(1, 4), replace=False)) for _ in range(n)]


def _tables(rng: Rng, *, lost: int, stayed: int, decline: bool = False) -> dict[str, pd.DataFrame]:
    """Return an engagement: the lost ones are the first, their days are random."""
    n = lost + stayed
    ids = np.array([f"c{i:04d}" for i in range(n)])
    start = TODAY - rng.integers(YEARS + 30, 6 * 365, size=n)
    end = np.full(n, TODAY)
    end[:lost] = TODAY - rng.integers(0, YEARS, size=lost)
    groups = {name: [f"{name} {k}" for k in rng.integers(k, size=n)] for name, k in CUTS.items()}
    return {
        "customers": pd.DataFrame({"customer_id": ids, "registered_date": _date(start), **groups}),
        "lost_customers": pd.DataFrame(
            {
                "customer_id": ids[:lost],
                "lost_date": _date(end[:lost]),
                "reasons": [";".join(r) for r in _reasons(rng, lost)],
                "annual_revenue": rng.lognormal(11, 1, lost),
            }
        ),
        "sales": _sales(rng, ids, end, decline=lost if decline else 0),
        **_answers(rng, ids, end),
    }


def _sales(rng: Rng, ids: np.ndarray, end: Days, *, decline: int) -> pd.DataFrame:
    """Return purchases every 20 to 60 days; of the first ``decline`` customers they fade out."""
    who, when, what = [], [], []
    for i, last in enumerate(end.tolist()):
        days = np.cumsum(rng.integers(20, 61, size=90)) + TODAY - 4 * 365
        days = days[days < last]
        if i < decline:
            days = days[(days < last - 120) | (rng.random(len(days)) < 0.15)]
        who += [ids[i]] * len(days)
        when += days.tolist()
        what += rng.choice(["a", "b", "c", "d"], size=len(days)).tolist()
    amount = rng.lognormal(6, 0.7, len(who))
    return pd.DataFrame(
        {"customer_id": who, "date": _date(np.array(when)), "amount": amount, "product": what}
    )


def _answers(rng: Rng, ids: np.ndarray, end: Days) -> dict[str, pd.DataFrame]:
    """Return scores and marks twice a year from one or two people, and complaints now and then."""
    people = rng.integers(1, 3, size=len(ids))
    rows = [
        (ids[i], f"{ids[i]}-{rng.integers(people[i])}", day)
        for i, last in enumerate(end.tolist())
        for day in range(TODAY - 4 * 365 + int(rng.integers(180)), last, 180)
    ]
    customer, person, day = (list(part) for part in zip(*rows, strict=True))
    asked = {"customer_id": customer, "respondent_id": person, "date": _date(np.array(day))}
    n = len(rows)
    mark = rng.integers(1, 6, n).astype(float)
    marks = pd.DataFrame({**asked, "product": "", "parameter": "service", "mark": mark})
    scores = pd.DataFrame({**asked, "score": pd.array(rng.integers(0, 11, n), dtype="Int64")})
    chosen = np.flatnonzero(rng.random(n) < 0.15)
    opened = np.array(day)[chosen] + rng.integers(0, 60, len(chosen))
    closed = opened + np.where(rng.random(len(chosen)) < 0.5, 5, 4000)
    complaints = pd.DataFrame(
        {
            "complaint_id": [f"k{i}" for i in range(len(chosen))],
            "customer_id": np.array(customer)[chosen],
            "date": _date(opened),
            "closed_date": _date(closed).where(pd.Series(closed <= TODAY)),
        }
    )
    return {"survey": scores, "satisfaction": marks, "complaints": complaints}


def _register(tables: dict[str, pd.DataFrame]) -> tuple[Losses, Inputs]:
    inputs = Inputs(tables=tables, as_of=AS_OF)
    return find_losses(inputs, PARAMS), inputs


# Pairs


def _ticked(rng: Rng, n: int, kind: str) -> list[tuple[str, ...]]:
    sizes = {
        "70 % one reason, 30 % four": np.where(rng.random(n) < 0.3, 4, 1),
        "1-3 reasons": rng.integers(1, 4, n),
    }[kind]
    return [tuple(f"r{k}" for k in rng.choice(12, size, replace=False)) for size in sizes]


def pair_named(rng: Rng, *, n: int, kind: str) -> bool:
    """Draw reasons at random; tell whether any pair is said to come together."""
    return any(p.stands_out for p in pairs(mentions(_ticked(rng, n, kind)), min_n=5, label=str))


def pair_found(rng: Rng, *, n: int, share: float) -> bool:
    """Add r1 to a share of the losses that name r0; tell whether this pair stands out."""
    drawn = _ticked(rng, n, "1-3 reasons")
    lists = [(*r, "r1") if "r0" in r and rng.random() < share else r for r in drawn]
    found = pairs(mentions(lists), min_n=5, label=str)
    return any(p.stands_out and {p.a, p.b} == {"r0", "r1"} for p in found)


# Signals


def _tests(rng: Rng, *, lost: int, stayed: int, decline: bool) -> tuple[SignalTest, ...]:
    losses, inputs = _register(_tables(rng, lost=lost, stayed=stayed, decline=decline))
    signals = visible_signals(losses, inputs, PARAMS)
    return backtests(signals, losses, find_portfolio(losses), PARAMS)


def signal_beats_chance(rng: Rng, *, lost: int, stayed: int) -> bool:
    """Draw losses on random days; tell whether any corrected p value is below 5 %.

    To warn, a signal must be twice as frequent before losses as well.
    """
    tests = _tests(rng, lost=lost, stayed=stayed, decline=False)
    return any(t.p_holm is not None and t.p_holm < 1 - PARAMS.confidence for t in tests)


def decline_found(rng: Rng, *, lost: int, stayed: int) -> bool:
    """Let purchases fade out 120 days before; tell whether turnover or gap is said to warn."""
    tests = _tests(rng, lost=lost, stayed=stayed, decline=True)
    return any(t.useful for t in tests if t.signal in {Signal.TURNOVER, Signal.GAP})


# Speeds


def _lives(rng: Rng, n: int, groups: dict[str, int], *, faster: float, new: bool) -> Inputs:
    """Return customers of one hazard; those of group 0 may leave ``faster``.

    ``new``: the first half of the groups holds customers of the last year only.
    """
    codes = {name: rng.integers(k, size=n) for name, k in groups.items()}
    first, size = next(iter(codes.values())), next(iter(groups.values()))
    start = TODAY - rng.integers(10, 6 * 365, size=n)
    if new:
        start = np.where(first < size // 2, TODAY - rng.integers(10, 365, size=n), start)
    hazard = np.where(first == 0, faster, 1.0) * 0.25 / 365
    end = start + np.maximum(1, rng.exponential(1 / hazard)).astype(np.int64)
    there = end >= TODAY - 3 * 365  # nobody knows of those lost before the register
    start, end = start[there], end[there]
    ids = np.array([f"c{i:04d}" for i in range(int(there.sum()))])
    gone = end < TODAY
    named = {k: np.array([f"{k} {c}" for c in v[there]]) for k, v in codes.items()}
    return Inputs(
        tables={
            "customers": pd.DataFrame(
                {"customer_id": ids, "registered_date": _date(start), **named}
            ),
            "lost_customers": pd.DataFrame(
                {"customer_id": ids[gone], "lost_date": _date(end[gone]), "reasons": "price"}
            ),
        },
        as_of=AS_OF,
    )


def speed_differs(
    rng: Rng, *, n: int, groups: dict[str, int], faster: float = 1.0, new: bool = False
) -> bool | None:
    """Return whether any cut is said to leave at different speeds."""
    losses = find_losses(_lives(rng, n, groups, faster=faster, new=new), PARAMS)
    portfolio = find_portfolio(losses)
    found = None if portfolio is None else lifetimes(portfolio, PARAMS)
    if found is None:
        return None
    return any(t.differ for t in log_ranks(found, tuple(groups), PARAMS))


# Returns


def return_covered(rng: Rng, *, n: int, chance: float, mean: float = 180.0) -> bool | None:
    """Draw losses of two years; tell whether the interval holds the chance within 12 months."""
    ago = rng.uniform(0, 730, n)
    comes = rng.random(n) < chance
    after = np.where(comes, rng.exponential(mean, n), np.inf)
    back = after <= ago
    lives = Lives(time=np.maximum(1.0, np.where(back, after, ago)), event=back, entry=np.zeros(n))
    old_enough = (ago >= 365).sum() >= PARAMS.min_losses
    found = event_by(lives, 365.0) if old_enough else None
    if found is None:
        return None
    truth = chance * (1 - np.exp(-365 / mean))
    return bool(found.low <= truth <= found.high)


# Reasons and the whole report


def reason_leads(rng: Rng, *, lost: int, kinds: int, money: bool) -> bool:
    """Draw reasons at random; tell whether one or two are said to lead."""
    tables = {
        "lost_customers": pd.DataFrame(
            {
                "customer_id": [f"c{i}" for i in range(lost)],
                "lost_date": _date(TODAY - rng.integers(0, YEARS, size=lost)),
                "reasons": [";".join(r) for r in _reasons(rng, lost, kinds)],
                "annual_revenue": rng.lognormal(11, 1, lost),
            }
        )
    }
    found = _compute(tables)
    return bool(leading_by_money(found) if money else leading_by_number(found))


def _compute(tables: dict[str, pd.DataFrame]) -> Result:
    return compute(Inputs(tables=tables, as_of=AS_OF), PARAMS, Sources(taxonomy=taxonomy()))


def something_named(rng: Rng, *, lost: int, stayed: int) -> bool:
    """Draw an engagement without structure; tell whether any claim of this part names something.

    Groups beside their portfolio are another study's.
    """
    result = _compute(_tables(rng, lost=lost, stayed=stayed))
    claims = [result.answer, *result.tiles, *result.findings]
    return (
        any(c is not None and c.id in NAMING for c in claims)
        or any(p.stands_out for p in result.pairs)
        or any(t.differ for t in result.logrank)
        or bool(leading_by_number(result) or leading_by_money(result))
    )


_study = partial(Study, report="churn_reasons")
SIZES = ((12, 100), (30, 100), (100, 300))
GROUPS = ("manager", "region", "segment", "product")

STUDIES = (
    *(
        _study(
            quantity="pair of reasons", n=str(n), truth=kind, kind=Kind.FALSE_NAME, high=0.05,
            one=partial(pair_named, n=n, kind=kind), before=before, draws=800, small=6,
        )
        for kind, known in (
            ("70 % one reason, 30 % four", ("4.3", "13.9", "73.7")), ("1-3 reasons", ("", "0", ""))
        )
        for n, before in zip((30, 100, 400), known, strict=True)
    ),
    *(
        _study(
            quantity="pair of reasons", n=str(n), truth=f"{share:.0%} of one also name the other",
            kind=Kind.POWER, low=low, one=partial(pair_found, n=n, share=share), draws=300, small=8,
        )
        for n, share, low in ((100, 0.5, 0.5), (400, 0.25, 0.5))
    ),
    *(
        _study(
            quantity="signal beats chance", n=f"{lost}/{stayed}", truth="losses on random days",
            kind=Kind.FALSE_NAME, high=0.05,
            one=partial(signal_beats_chance, lost=lost, stayed=stayed), before=before, draws=400,
            small=3,
        )
        for (lost, stayed), before in zip(SIZES, ("16.7", "22.5", "20.8"), strict=True)
    ),
    *(
        _study(
            quantity="signal that warns", n=f"{lost}/{stayed}",
            truth="purchases fade 120 days before", kind=Kind.POWER, low=0.8,
            one=partial(decline_found, lost=lost, stayed=stayed), before="100", draws=60, small=1,
        )
        for lost, stayed in SIZES[1:]
    ),
    *(
        _study(
            quantity="speed by one cut", n=f"{n} in {k} groups",
            truth="one hazard" + (", half of the groups new" if new else ""),
            kind=Kind.FALSE_NAME, high=0.05,
            one=partial(speed_differs, n=n, groups={"manager": k}, new=new),
            before=before, draws=400, small=6,
        )
        for n, k, new, before in (
            (100, 10, False, "10"), (100, 15, False, "19"), (100, 30, False, "46-60"),
            (400, 10, False, ""), (400, 15, False, ""), (400, 30, False, "11-14"),
            (400, 8, True, ""),
        )
    ),
    *(
        _study(
            quantity="speed by any of three cuts", n=str(n), truth="one hazard",
            kind=Kind.FALSE_NAME, high=0.05,
            one=partial(speed_differs, n=n, groups={"manager": 10, "region": 6, "segment": 4}),
            before="21 (four cuts)", draws=400, small=5,
        )
        for n in (100, 400)
    ),
    _study(
        quantity="speed by one cut", n="400 in 10 groups", truth="one group leaves 3 times as fast",
        kind=Kind.POWER, low=0.6,
        one=partial(speed_differs, n=400, groups={"manager": 10}, faster=3.0), draws=200, small=6,
    ),
    *(
        _study(
            quantity="chance of return in 12 months", n=str(n), truth=f"{chance:.0%} ever return",
            kind=Kind.COVERAGE, low=0.93, high=0.99,
            one=partial(return_covered, n=n, chance=chance), before="48" if n == 100 else "",
            draws=2000, small=100,
        )
        for n in (30, 100, 400)
        for chance in (0.1, 0.3, 0.6)
    ),
    *(
        _study(
            quantity="reason that costs most" if money else "most frequent reason",
            n=f"100, {kinds} reasons", truth="reasons at random", kind=Kind.FALSE_NAME, high=0.05,
            one=partial(reason_leads, lost=100, kinds=kinds, money=money), before="0-5",
            draws=300, small=4,
        )
        for kinds in (4, 12)
        for money in (False, True)
    ),
    *(
        _study(
            quantity="anything but groups named", n=f"{lost}/{stayed}", truth="no structure",
            kind=Kind.FALSE_NAME, high=0.05, one=partial(something_named, lost=lost, stayed=stayed),
            draws=200, small=1,
        )
        for lost, stayed in SIZES
    ),
)  # fmt: skip

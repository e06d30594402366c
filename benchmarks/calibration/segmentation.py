"""The segmentation matrix: who is named among equals, conversion, coefficients of variation."""

from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from benchmarks.calibration.study import Kind, Study
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.segmentation_matrix.compute import compute
from workbook.diagnostics.segmentation_matrix.cv import intervals
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Result
from workbook.stats.clustered_share import clustered_share
from workbook.stats.group_shares import group_shares_p

AS_OF = np.datetime64("2025-12-31")
PRODUCTS = ("P1", "P2", "P3", "P4", "P5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """A firm of equal managers and segments, but for what is planted in one of each."""

    customers: int = 120
    managers: int = 6
    segments: int = 4
    overdue: float = 0.25
    weak_manager: float | None = None
    """Share of points overdue with the first manager; None: as with the others."""
    uses: float = 0.4
    weak_segment: float | None = None
    """Share of target products used in the first segment."""


def frame(**columns: object) -> pd.DataFrame:
    """Return a typed table as the intake hands it over."""
    found = pd.DataFrame(columns)
    for name in found:
        if found[name].dtype == object:
            found[name] = found[name].astype("str")
    found.index = pd.RangeIndex(2, len(found) + 2)
    return found


def engagement(rng: np.random.Generator, firm: Firm) -> Inputs:
    """Draw customers, sales, offers and control points; customers differ, groups do not."""
    n = firm.customers
    ids = np.array([f"c{i:03d}" for i in range(n)], dtype=object)
    manager = rng.integers(0, firm.managers, n)
    segment = rng.integers(0, firm.segments, n)
    targets = frame(
        segment=[f"S{s}" for s in range(firm.segments)],
        **{p: ["target" if k < 3 + s % 3 else "optional" for s in range(firm.segments)]
           for k, p in enumerate(PRODUCTS)},
    )  # fmt: skip
    return Inputs(
        tables={
            "customers": frame(
                customer_id=ids,
                segment=np.array([f"S{s}" for s in segment], dtype=object),
                manager=np.array([f"M{m}" for m in manager], dtype=object),
            ),
            "targets": targets,
            "sales": _sales(rng, firm, ids, segment, manager),
            "offers": _offers(rng, ids, manager),
            "control_points": _points(rng, firm, ids, manager),
        },
        as_of=date(2025, 12, 31),
    )


def _sales(rng, firm, ids, segment, manager):  # type: ignore[no-untyped-def]
    rate = np.where(segment == 0, firm.weak_segment or firm.uses, firm.uses)
    used = rng.random((len(ids), len(PRODUCTS))) < rate[:, None]
    used[~used.any(axis=1), 0] = True
    who, what = np.nonzero(used)
    times = 1 + rng.poisson(4, len(who))
    who, what = np.repeat(who, times), np.repeat(what, times)
    days = AS_OF - rng.integers(1, 1000, len(who)).astype("timedelta64[D]")
    return frame(
        customer_id=ids[who],
        date=days.astype("datetime64[ns]"),
        amount=np.round(rng.lognormal(5, 0.8, len(who)), 2),
        product=np.array(PRODUCTS, dtype=object)[what],
        document=np.array([f"d{i}" for i in range(len(who))], dtype=object),
        manager=np.array([f"M{manager[w]}" for w in who], dtype=object),
    )


def _offers(rng, ids, manager):  # type: ignore[no-untyped-def]
    who = np.repeat(np.arange(len(ids)), rng.integers(1, 6, len(ids)))
    own = rng.beta(1.5, 1.5, len(ids))
    won = rng.random(len(who)) < own[who]
    start = AS_OF - rng.integers(60, 360, len(who)).astype("timedelta64[D]")
    rows = {"deal_id": [], "customer_id": [], "product": [], "stage": [], "status": [],
            "date": [], "manager": []}  # fmt: skip
    for i, (w, good, day) in enumerate(zip(who.tolist(), won.tolist(), start, strict=True)):
        for stage, status, later in (("proposal", "open", 0), ("contract", "open", 20),
                                     ("contract", "won" if good else "lost", 40)):  # fmt: skip
            told = (f"o{i}", ids[w], PRODUCTS[i % 5], stage, status, day + later, f"M{manager[w]}")
            for key, value in zip(rows, told, strict=True):
                rows[key].append(value)
    rows["date"] = np.array(rows["date"], dtype="datetime64[ns]")
    return frame(**rows, due_date=np.full(len(who) * 3, "NaT", dtype="datetime64[ns]"))


def _points(rng, firm, ids, manager):  # type: ignore[no-untyped-def]
    who = np.repeat(np.arange(len(ids)), rng.integers(1, 6, len(ids)))
    rate = np.where(manager == 0, firm.weak_manager or firm.overdue, firm.overdue)
    own = rng.beta(2 * rate, 2 * (1 - rate))  # customers differ: points of one are alike
    due = AS_OF - rng.integers(5, 300, len(who)).astype("timedelta64[D]")
    late = rng.random(len(who)) < own[who]
    done = np.where(late, np.datetime64("NaT"), due)
    return frame(
        customer_id=ids[who],
        point=np.array(["visit"] * len(who), dtype=object),
        due_date=due.astype("datetime64[ns]"),
        done_date=done.astype("datetime64[ns]"),
        manager=np.array([f"M{manager[w]}" for w in who], dtype=object),
    )


def named(result: Result) -> set[str]:
    """Return the managers and segments that headings, tiles or findings set apart."""
    claims = (*result.findings, *result.tiles, *((result.answer,) if result.answer else ()))
    weak = result.weak_segment
    return {n for c in claims for n in c.singled_out} | ({weak.segment} if weak else set())


def report(rng: np.random.Generator, *, firm: Firm) -> set[str]:
    """Return whom the report of a drawn engagement names."""
    few = Params(bootstrap=20)  # intervals of variation name nobody
    return named(compute(engagement(rng, firm), few))


def anybody(rng: np.random.Generator, *, firm: Firm) -> bool:
    """Return whether a report of equals names anybody."""
    return bool(report(rng, firm=firm))


def planted(rng: np.random.Generator, *, firm: Firm, who: str) -> bool:
    """Return whether the report names the planted one."""
    return who in report(rng, firm=firm)


def falsely(rng: np.random.Generator, *, managers: int, customers: int, each: int) -> bool:
    """Return whether any of equal managers passes, corrected for all; deals of one are alike."""
    own = rng.beta(0.6, 1.4, customers)
    whose = np.repeat(np.arange(customers), each)
    hits = rng.random(len(whose)) < own[whose]
    p = group_shares_p(hits, np.ones(len(whose)), groups=whose % managers, clusters=whose)
    known = [one for one in p if one is not None]
    return min(known) * len(known) < 0.05


def conversion_covered(rng: np.random.Generator, *, n: int, rho: float, p: float) -> bool | None:
    """Draw n deals, five of each customer; tell whether the interval holds the rate."""
    spread = 1 / rho - 1
    own = rng.beta(p * spread, (1 - p) * spread, n // 5)
    whose = np.repeat(np.arange(n // 5), 5)
    found = clustered_share(rng.random(n) < own[whose], whose)
    if found is None or found.interval is None:
        return None
    return found.interval.low <= p <= found.interval.high


def variation_covered(rng: np.random.Generator, *, kind: str, months: int) -> bool | None:
    """Draw 400 customers of so many months; tell the share of intervals that hold the truth."""
    true, shape = (0.3, (400, months)) if kind == "correlated" else (1.0, (400, months))
    if kind == "gamma":
        sums = rng.gamma(1, 1, shape)
    else:
        score = rng.normal(size=shape)
        for t in range(1, months if kind == "correlated" else 1):
            score[:, t] = 0.5 * score[:, t - 1] + 0.75**0.5 * score[:, t]
        sums = np.exp(np.log(1 + true**2) ** 0.5 * score)
    cv = sums.std(axis=1) / sums.mean(axis=1)
    low, high = intervals(cv, np.full(400, months), Params(xyz_deviation="population"))
    return float(np.mean((low <= true) & ~(high < true)))


NAME = "segmentation_matrix"
STUDIES = (
    Study(report=NAME, quantity="anybody named", n="120 customers, 6 managers, 4 segments",
          truth="all equal, several deals and points each", kind=Kind.FALSE_NAME,
          one=partial(anybody, firm=Firm()), high=0.05, draws=200, small=3),
    Study(report=NAME, quantity="weak manager named", n="120 customers, 6 managers",
          truth="60 % overdue against 20 %", kind=Kind.POWER,
          one=partial(planted, firm=Firm(overdue=0.2, weak_manager=0.6), who="M0"),
          low=0.5, draws=100, small=3),
    Study(report=NAME, quantity="weak segment named", n="120 customers, 4 segments",
          truth="20 % of target products against 50 %", kind=Kind.POWER,
          one=partial(planted, firm=Firm(uses=0.5, weak_segment=0.2), who="S0"),
          low=0.5, draws=100, small=3),
    *(Study(report=NAME, quantity="any manager passes", n=f"{m} x {c // m} customers",
            truth="all equal, 5 points each, alike", kind=Kind.FALSE_NAME,
            one=partial(falsely, managers=m, customers=c, each=5), high=0.06, draws=400, small=10)
      for m, c in ((6, 60), (10, 300), (10, 1000))),
    *(Study(report=NAME, quantity="funnel conversion", n=str(n),
            truth=f"rate {p}, 5 deals of a customer, correlation {rho}", kind=Kind.COVERAGE,
            one=partial(conversion_covered, n=n, rho=rho, p=p), low=0.93,
            # Six customers tell little of how far customers differ: careful there.
            high=0.995 if n == 30 else 0.98,
            before={0.1: "89-90", 0.3: "80-82"}[rho], draws=3000, small=150)
      for n in (30, 100, 400) for rho in (0.1, 0.3) for p in (0.3, 0.6)),
    *(Study(report=NAME, quantity="coefficient of variation (an indication)", n=f"{n} months",
            truth=truth, kind=Kind.COVERAGE,
            one=partial(variation_covered, kind=kind, months=n), low=low, before=before,
            draws=6, small=1)
      for kind, truth, low, before in (
          ("gamma", "gamma 1", 0.93, "94-96"),
          ("lognormal", "lognormal 1", 0.7, "86 (12)"),
          ("correlated", "lognormal 0.3, months follow each other (0.5)", 0.82,
           "80 (12), 74 (24)"))
      for n in (12, 24, 36)),
)  # fmt: skip

"""When customers leave: the curve, its quartiles, groups that leave faster, reasons over time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import as_date, natural
from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio import COLUMNS, Portfolio
from workbook.diagnostics.churn_reasons.reasons import CodedReasons
from workbook.diagnostics.churn_reasons.survival_result import (
    INCIDENCE,
    SURVIVAL,
    LogRank,
    SurvivalBasis,
    SurvivalCurve,
    SurvivalQuartile,
    TimeDoubt,
)
from workbook.stats import Family, Floats, Procedure, holm, seeded
from workbook.stats.data_table import DataTable
from workbook.stats.families import holm_family
from workbook.stats.permuted_speeds import Ints, permuted_speeds_p, pooled
from workbook.stats.survival import (
    KaplanMeierCurve,
    Lives,
    cumulative_incidence,
    expected_events,
    kaplan_meier,
    log_rank,
    naive_incidence,
)

_SHARES = (0.25, 0.5, 0.75)
_LEAST_EXPECTED = 1.0
"""Losses that a group expects at the speed of all; smaller groups are taken together."""
_ENOUGH_EXPECTED = 5.0
"""Of every group, for the chi-squared distribution to hold (the usual rule)."""


def time_doubt(losses: Losses, portfolio: Portfolio, params: Params) -> TimeDoubt | None:
    """Return why nothing may be told of durations; None: it may, or there are few losses."""
    if losses.n < max(1, params.min_losses):
        return None
    if losses.loss_months <= 1:
        return TimeDoubt.ONE_MONTH
    if not losses.since_stated and losses.loss_months < params.register_months:
        return TimeDoubt.SHORT
    known = portfolio.at_risk & ~np.isnan(portfolio.start)
    late = int((portfolio.start[known] < portfolio.since).sum())
    if known.any() and late >= params.late_share * int(known.sum()):
        return TimeDoubt.LATE
    return None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lifetimes:
    """Relationships with a known start as observed times in days."""

    lives: Lives
    frame: pd.DataFrame
    """Their rows of the portfolio."""
    late: int
    start_unknown: int
    since: int
    origin: float


def lifetimes(portfolio: Portfolio, params: Params) -> Lifetimes | None:
    """Return the observed times; None with fewer than ``min_losses`` losses of known start.

    A relationship that began before the register is at risk only from its first day (late
    entry).  Where few were under observation at first, one loss would decide the whole curve:
    it counts from the day by which ``min_losses`` were under observation.
    """
    usable = portfolio.at_risk & ~np.isnan(portfolio.start)
    frame = portfolio.frame.loc[usable]
    start, end = portfolio.start[usable], portfolio.end[usable]
    time = np.maximum(end - start, 1.0)  # lost on its first day: there for that day
    entry = np.clip(portfolio.since - 1 - start, 0.0, None)
    entry = np.minimum(entry, time - 1)
    lives = Lives(time=time, event=portfolio.lost[usable], entry=entry)
    if int(lives.event.sum()) < max(1, params.min_losses):
        return None
    origin = _origin(lives, params.min_losses)
    keep = lives.time > origin
    moved = lives.part(keep)
    return Lifetimes(
        lives=Lives(time=moved.time, event=moved.event, entry=np.maximum(moved.entry, origin)),
        frame=frame.loc[keep],
        late=int((moved.entry > 0).sum()),
        start_unknown=int((portfolio.at_risk & np.isnan(portfolio.start)).sum()),
        since=portfolio.since,
        origin=origin,
    )


def _origin(lives: Lives, enough: int) -> float:
    """Return 0, or the first day by which enough are under observation."""
    times = np.unique(lives.time[lives.event])
    risk = lives.at_risk(times)
    if risk[0] >= enough or not (risk >= enough).any() or not lives.entry.any():
        return 0.0
    entries = np.unique(lives.entry)
    return float(entries[np.argmax(lives.at_risk(entries + 0.5) >= enough)])


def basis(found: Lifetimes) -> SurvivalBasis:
    """Return what the time analyses rest on."""
    since = as_date(float(found.since))
    if since is None:
        raise ValueError("a register without a first day")
    return SurvivalBasis(
        n=len(found.lives.time),
        lost=int(found.lives.event.sum()),
        late=found.late,
        start_unknown=found.start_unknown,
        since=since,
        origin=found.origin,
    )


def survival(found: Lifetimes, params: Params) -> DataTable:
    """Return the Kaplan-Meier curve."""
    curve = kaplan_meier(found.lives, confidence=params.confidence)
    return DataTable.empty(SURVIVAL) if curve is None else _points(curve)


def quartiles(found: Lifetimes, params: Params) -> tuple[SurvivalQuartile, ...]:
    """Return the days by which a quarter, half and three quarters are lost."""
    curve = kaplan_meier(found.lives, confidence=params.confidence)
    if curve is None:
        return ()
    return tuple(
        SurvivalQuartile(
            share=share,
            time=curve.quantile(share),
            ci_low=curve.quantile_low(share),
            ci_high=curve.quantile_high(share),
        )
        for share in _SHARES
    )


def curves(found: Lifetimes, params: Params, *, by: str = "segment") -> tuple[SurvivalCurve, ...]:
    """Return the curve of each group of a column that has ``min_losses`` relationships."""
    labels = found.frame[by].to_numpy()
    rows = []
    for name in sorted({str(label) for label in labels if label}, key=natural):
        part = found.lives.part(labels == name)
        curve = kaplan_meier(part, confidence=params.confidence)
        if curve is None or len(part.time) < params.min_losses:
            continue
        rows.append(
            SurvivalCurve(
                by=by,
                group=name,
                n=len(part.time),
                lost=int(part.event.sum()),
                median=curve.quantile(0.5),
                points=_points(curve),
            )
        )
    return tuple(rows)


def log_ranks(found: Lifetimes, usable: Collection[str], params: Params) -> tuple[LogRank, ...]:
    """Return the test of equal speed of every usable column with two groups.

    The few customers of whom it is not known are left out, and groups that expect less than one
    loss are taken together.  Where a group expects fewer than five, the chi-squared log-rank does
    not hold: customers are dealt out anew to the groups instead.  One correction for all columns.
    """
    rows = []
    for by in COLUMNS:
        if by not in usable:
            continue
        labels = found.frame[by].to_numpy()
        known = labels != ""
        codes, names = pd.factorize(pd.Series(labels[known]), sort=True)
        row = _log_rank(found.lives.part(known), codes.astype(np.int64)) if len(names) > 1 else None
        if row is not None:
            rows.append(replace(row, by=by, groups=len(names)))
    p_holm = holm([row.p_value for row in rows])
    return tuple(
        replace(row, p_holm=p, differ=p < 1 - params.confidence)
        for row, p in zip(rows, p_holm, strict=True)
    )


def speeds_family(tests: Sequence[LogRank], params: Params) -> Family | None:
    """Return what :func:`log_ranks` tested together; None of none."""
    drawn = any(test.permuted for test in tests)
    return holm_family(
        "survival_cuts",
        Procedure.PERMUTATION if drawn else Procedure.SCORE,
        [test.differ for test in tests],
        alpha=1 - params.confidence,
    )


def _log_rank(lives: Lives, groups: Ints) -> LogRank | None:
    """Return the test of one column, not yet named nor corrected."""
    expected = expected_events(lives)
    codes, joined = pooled(groups, expected, least=_LEAST_EXPECTED)
    test = log_rank(lives, codes)
    if test is None:
        return None
    few = bool(np.bincount(codes, weights=expected).min() < _ENOUGH_EXPECTED)
    p_value = test.p_value
    if few:
        # No order but the customers' own: the draws do not depend on the rows of the file.
        order = np.lexsort((codes, lives.entry, lives.event, lives.time))
        events, expected, codes = lives.event[order].astype(float), expected[order], codes[order]
        rng = seeded(events, expected, codes)
        p_value = permuted_speeds_p(events, expected, codes, rng=rng)
    return LogRank(
        by="",
        groups=0,
        joined=joined,
        chi2=test.chi2,
        df=test.df,
        permuted=few,
        p_value=p_value,
        p_holm=p_value,
        differ=False,
    )


def incidence(found: Lifetimes, coded_reasons: CodedReasons) -> DataTable:
    """Return the cumulative incidence of every reason, the most frequent first."""
    given, lives = coded_reasons.given, found.lives
    loss = found.frame["loss"].to_numpy()
    part_of_row = 1.0 / np.maximum(given.per_row, 1)
    by_reason: list[pd.DataFrame] = []
    for i, name in enumerate(given.names):
        part = np.zeros(given.n + 1)
        named = given.row[given.reason == i]
        part[named] = part_of_row[named]
        cause = part[loss]  # who was not lost has loss -1: the zero at the end
        times = np.unique(lives.time[cause > 0])
        if not len(times):
            continue
        columns = {
            "reason": name,
            "label": coded_reasons.label(name),
            "time": times,
            "value": cumulative_incidence(lives, cause, times),
            "naive": naive_incidence(lives, cause, times),
        }
        by_reason.append(pd.DataFrame(columns))
    if not by_reason:
        return DataTable.empty(INCIDENCE)
    by_reason.sort(key=lambda rows: (-rows["value"].iloc[-1], rows["reason"].iloc[0]))
    return DataTable(INCIDENCE, pd.concat(by_reason, ignore_index=True))


def _points(curve: KaplanMeierCurve) -> DataTable:
    """Return a curve as a table; what the last points cannot tell is missing there."""
    columns = {
        "time": curve.times,
        "at_risk": curve.at_risk,
        "lost": curve.events,
        "survival": curve.survival,
        "se": _known(curve.se),
        "ci_low": _known(curve.low),
        "ci_high": _known(curve.high),
    }
    return DataTable(SURVIVAL, pd.DataFrame(columns))


def _known(values: Floats) -> Floats:
    return np.where(np.isfinite(values), values, np.nan)

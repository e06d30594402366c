"""The touchpoint audit: marks, change since the last audit, agreement between raters."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, natural, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.lowest import Lowest, Marked, lowest
from workbook.diagnostics.loyalty.marks_result import Agreement, HiddenTouchpoint, Touchpoint
from workbook.diagnostics.loyalty.params import Params
from workbook.stats import Floats
from workbook.stats.agreement import krippendorff_alpha
from workbook.stats.bounded_marks import bounded_mean
from workbook.stats.clusters import cluster_codes

CATEGORIES = ("business", "product", "service", "employee")
RANKS = {"poor": 1, "normal": 2, "wow": 3}
SCALE = (-1.0, 1.0)
"""Balance of nothing but poor marks, and of nothing but wow."""
COMMENTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """All touchpoints by category, and how far the raters agree."""

    touchpoints: tuple[Touchpoint | HiddenTouchpoint, ...] = ()
    raters: int = 0
    """Different raters named; 0 where none is."""
    alpha: float | None = None
    agreement: Agreement | None = None
    """How that reads; None likewise."""
    weakest: Lowest = field(default_factory=Lowest)
    """The touchpoint of the lowest balance and those that cannot be told from it."""


def audit(inputs: Inputs, params: Params) -> Audit:
    """Return the audit: categories in the source's order, then touchpoints by name."""
    table = inputs.tables.get("touchpoints")
    if table is None:
        return Audit()
    rows, confidence = _rows(table), params.confidence
    rows["comment"] = rows["comment"].map(inputs.verbatims.shown)
    before = _balances(inputs.previous)
    every = list(rows.groupby(["category", "touchpoint"]))
    few = _few(rows, inputs.anonymity_threshold)
    parts = [(key, part) for key, part in every if part["whose"].nunique() >= few]
    found = [
        _touchpoint(str(key[0]), str(key[1]), part, before=before, confidence=confidence)
        for key, part in parts
    ]
    things = [
        Marked(
            name=str(key[1]),
            marks=_balances_of(part),
            whose=part["whose"].to_numpy(),
        )
        for key, part in parts
    ]
    hidden = [
        HiddenTouchpoint(category=str(key[0]), touchpoint=str(key[1]))
        for key, part in every
        if part["whose"].nunique() < few
    ]
    raters = set(rows["rater"]) - {""}
    alpha = _alpha(rows) if len(raters) > 1 else None
    return Audit(
        touchpoints=tuple(
            sorted([*found, *hidden], key=lambda t: (*_rank(t.category), natural(t.touchpoint)))
        ),
        raters=len(raters),
        alpha=alpha,
        agreement=agreement(alpha, params),
        weakest=lowest(things, family="touchpoints", scale=SCALE, alpha=1 - confidence),
    )


def agreement(alpha: float | None, params: Params) -> Agreement | None:
    """Return the conventional reading of alpha.

    Examples
    --------
    >>> [agreement(alpha, Params()).value for alpha in (0.5, 0.667, 0.8)]
    ['low', 'middle', 'high']
    """
    if alpha is None:
        return None
    if alpha < params.alpha_tentative:
        return Agreement.LOW
    return Agreement.HIGH if alpha >= params.alpha_reliable else Agreement.MIDDLE


def _few(rows: pd.DataFrame, threshold: int) -> int:
    """Return how many raters a touchpoint needs: the threshold, of an audit of as many at all."""
    return threshold if rows["whose"].nunique() >= threshold else 1


def _rows(table: pd.DataFrame) -> pd.DataFrame:
    columns = ("category", "touchpoint", "mark", "rater", "comment")
    rows = pd.DataFrame({name: texts(table, name) for name in columns})
    rows["date"], rows["row"] = dates(table, "date"), table.index
    rows = rows.loc[rows["mark"] != ""].sort_values(["date", "row"], na_position="first")
    wrong = sorted(set(rows["mark"]) - set(RANKS))
    rows["whose"] = cluster_codes(rows["rater"].where(rows["rater"] != "", rows["row"]))
    if wrong:
        raise ValueError(f"marks of touchpoints are {', '.join(RANKS)}, not {wrong[0]!r}")
    return rows


def _touchpoint(
    category: str,
    name: str,
    part: pd.DataFrame,
    *,
    before: dict[tuple[str, str], float],
    confidence: float,
) -> Touchpoint:
    counts = {mark: int((part["mark"] == mark).sum()) for mark in RANKS}
    comments = [text for text in part["comment"] if text]
    # The balance is a mean of -1, 0 and 1, so its interval is that of a mean mark.
    mean = bounded_mean(
        _balances_of(part),
        part["whose"].to_numpy(),
        low=SCALE[0],
        high=SCALE[1],
        confidence=confidence,
    )
    return Touchpoint(
        category=category,
        touchpoint=name,
        n=len(part),
        poor=counts["poor"],
        normal=counts["normal"],
        wow=counts["wow"],
        previous_balance=before.get((category.casefold(), name.casefold())),
        balance=_balance(part),
        comments=tuple(reversed(comments[-COMMENTS:])),
        ci_low=mean.interval.low if mean else None,
        ci_high=mean.interval.high if mean else None,
    )


def _balances_of(part: pd.DataFrame) -> Floats:
    """Return -1 for poor, 0 for normal and 1 for wow."""
    ranks = part["mark"].map(RANKS).to_numpy(dtype=float)
    return np.asarray(ranks - RANKS["normal"], dtype=np.float64)


def _balances(previous: Inputs | None) -> dict[tuple[str, str], float]:
    table = previous.tables.get("touchpoints") if previous else None
    if table is None:
        return {}
    rows = _rows(table)
    keys = [rows["category"].str.casefold(), rows["touchpoint"].str.casefold()]
    return {(str(key[0]), str(key[1])): _balance(part) for key, part in rows.groupby(keys)}


def _balance(part: pd.DataFrame) -> float:
    return float((part["mark"] == "wow").mean() - (part["mark"] == "poor").mean())


def _rank(category: str) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    known = CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES)
    return known, natural(category)


def _alpha(rows: pd.DataFrame) -> float | None:
    """Ordinal alpha; each rater's latest mark of a touchpoint counts."""
    named = rows.loc[rows["rater"] != ""]
    latest = named.drop_duplicates(["category", "touchpoint", "rater"], keep="last")
    units = [
        [RANKS[mark] for mark in part["mark"]]
        for _, part in latest.groupby(["category", "touchpoint"])
    ]
    return krippendorff_alpha(units, "ordinal")

"""The touchpoint audit: marks, change since the last audit, agreement between raters."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, natural, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.lowest import Lowest, Marked, lowest
from workbook.diagnostics.loyalty.marks_result import (
    Agreement,
    AuditBefore,
    HiddenTouchpoint,
    Touchpoint,
)
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
    before: AuditBefore | None = None
    """The audit of the period before; None without one."""


def audit(inputs: Inputs, params: Params) -> Audit:
    """Return the audit: categories in the source's order, then touchpoints by name."""
    table = inputs.tables.get("touchpoints")
    if table is None:
        return Audit()
    rows, confidence = _rows(table), params.confidence
    rows["comment"] = rows["comment"].map(inputs.verbatims.shown)
    last = earlier_audit(inputs)
    before = (
        {}
        if last is None
        else {matched_by(*key): _balance(part) for key, part in told_parts(last).items()}
    )
    parts = _told(rows, inputs.anonymity_threshold)
    found = [
        _touchpoint(*key, part, before=before, confidence=confidence) for key, part in parts.items()
    ]
    things = [
        Marked(name=name, marks=balances_of(part), whose=part["whose"].to_numpy())
        for (_, name), part in parts.items()
    ]
    hidden = [
        HiddenTouchpoint(category=category, touchpoint=name)
        for category, name in _parts(rows).keys() - parts.keys()
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
        before=None
        if last is None
        else AuditBefore(
            against=last.label,
            all=len(found),
            unmatched=sum(t.previous_balance is None for t in found),
            other_language=last.language != inputs.language,
        ),
    )


_Parts = dict[tuple[str, str], pd.DataFrame]
"""Marks by category and touchpoint."""


def earlier_audit(inputs: Inputs) -> Inputs | None:
    """Return the period before where touchpoints were marked in it."""
    last = inputs.previous
    return last if last is not None and "touchpoints" in last.tables else None


def told_parts(inputs: Inputs) -> _Parts:
    """Return the marks of each touchpoint that may be told, by category and name.

    Columns ``mark``, ``rater`` (empty where not named), ``whose`` (its number) and others.
    """
    return _told(_rows(inputs.tables["touchpoints"]), inputs.anonymity_threshold)


def matched_by(category: str, touchpoint: str) -> tuple[str, str]:
    """Return what a touchpoint is known by from audit to audit.

    Examples
    --------
    >>> matched_by("service", "Front desk")
    ('service', 'front desk')
    """
    return category.casefold(), touchpoint.casefold()


def _parts(rows: pd.DataFrame) -> _Parts:
    return {
        (str(key[0]), str(key[1])): part for key, part in rows.groupby(["category", "touchpoint"])
    }


def _told(rows: pd.DataFrame, threshold: int) -> _Parts:
    few = _few(rows, threshold)
    return {k: part for k, part in _parts(rows).items() if part["whose"].nunique() >= few}


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
        balances_of(part),
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
        previous_balance=before.get(matched_by(category, name)),
        balance=_balance(part),
        comments=tuple(reversed(comments[-COMMENTS:])),
        ci_low=mean.interval.low if mean else None,
        ci_high=mean.interval.high if mean else None,
    )


def balances_of(part: pd.DataFrame) -> Floats:
    """Return -1 for poor, 0 for normal and 1 for wow."""
    ranks = part["mark"].map(RANKS).to_numpy(dtype=float)
    return np.asarray(ranks - RANKS["normal"], dtype=np.float64)


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

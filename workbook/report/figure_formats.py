"""How a figure of a result is written where no format is asked for: by its name and its type.

A result file holds shares as 0-1, money in whole units and days as ISO text; what each of them is
can be told from what it is called, for all results use the same words.  Whoever wants another
format names it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

CLAIMS = frozenset({"answer", "tiles", "findings"})
"""Parts of a result whose figures are those of its other parts."""
_POINTS_OF = frozenset({"nps", "waves", "weighted", "comment_bias", "change", "changes", "groups"})
_POINTS = re.compile(
    r"value|difference|adjusted|against_value|paired_difference|(ci|tango|worst)_.*"
)
_YEAR = re.compile(r"years?|order|version")
_LIMITS = re.compile(r"(ci_low|ci_high|low|high)(_\d+)?")
_LARGE = 10_000.0
"""From here on a number with a fraction can only be money: no share, mark or ratio is so large."""
_MOST_TIMES = 20.0
"""A growth above this is no share."""
_BY_NAME: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"p|p_value|p_holm|.*_p|.*_p_value|p_.*", "p"),
        (r"index|index_.*|loyalty_index|by_sections", "pct1"),
        (
            r"share|rate|coverage|.*_(share|rate|coverage|maturity)|share_.*|pooled|lmg|drivers_r2",
            "pct",
        ),
        (
            r"revenue_ci_.*|hit_.*|false_.*|differs_(low|high)|chance.*|growth|.*_change|half|whole",
            "pct",
        ),
        (r"net_revenue_retention|cover|cover_before|least|assumed|retention", "pct"),
        (r"revenue_(known|rank)|.*_rank|n_eff|rank_.*", "count"),
        (r"(.*_)?(revenue|amount|sum|sales|total|money|cash|profit|debt|potential)(_.*)?", "money"),
        (
            r"(.*_)?(turnover|liabilities|excess|watched_revenue|each|fall)(_.*)?|white_space_value",
            "money",
        ),
        (r"days|.*_days|time", "count"),
        (r"expected", "dec1"),
        (r"gap|exact|mean_score|balance|.*_move|exact_change", "signed2"),
    )
)
_MONEY_RECORDS = frozenset(
    {"earned_growth", "white_space_parts", "white_space", "white_space_total"}
)
_SHARES_OF = frozenset({"earned_growth"})
_LIKE = ("ratio", "hazard_ratio", "share", "rate", "mean", "lmg", "value")
"""What the limits of a record are limits of, the likeliest first."""


def format_by_name(
    path: Sequence[str],
    value: object,
    *,
    points: Collection[float] = (),
    siblings: Sequence[str] = (),
) -> str:
    """Return the format of a figure; empty for text and for years.

    Parameters
    ----------
    path
        Names that lead to it in the result file.
    points
        Figures in points that the result has (:func:`in_points`).
    siblings
        Names of the figures in the same record: limits are written as what they are limits of.

    Examples
    --------
    >>> format_by_name(("lost", "revenue"), 156308300.0)
    'money'
    >>> format_by_name(("nps", "value"), 4.43, points=(4.43,))
    'points'
    >>> format_by_name(("lost", "n"), 68)
    'count'
    >>> format_by_name(("reasons", "late", "ci_low"), 0.2, siblings=("share",))
    'pct'
    """
    leaf = path[-1]
    if isinstance(value, str):
        return "day" if _is_day(value) else ""
    if not isinstance(value, int | float) or _YEAR.fullmatch(leaf):
        return ""
    if isinstance(value, int):
        return "count"
    if value in points and (path[0] in CLAIMS or _is_points(path)):
        return "points"
    if _LIMITS.fullmatch(leaf):
        like = next((name for name in _LIKE if name in siblings), "")
        return format_by_name((*path[:-1], like), value) if like else _dec(value)
    return _of_number(path, value)


def in_points(data: Mapping[str, Any]) -> frozenset[float]:
    """Return the figures of a result that are points of an index.

    >>> sorted(in_points({"nps": {"value": 4.4, "se": 4.6, "n": 316}}))
    [4.4]
    >>> in_points({"groups": [{"value": 4.4}]})
    frozenset()
    """
    if "nps" not in data:
        return frozenset()
    parts = ((name, data[name]) for name in _POINTS_OF if name in data)
    return frozenset(value for name, part in parts for value in _points_of((name,), part) if value)


def _points_of(path: tuple[str, ...], at: Any) -> Iterator[float]:
    if isinstance(at, Mapping):
        for name, part in at.items():
            yield from _points_of((*path, name), part)
    elif isinstance(at, list):
        for part in at:
            yield from _points_of(path, part)
    elif isinstance(at, float) and _is_points(path):
        yield at


def _is_points(path: Sequence[str]) -> bool:
    return path[0] in _POINTS_OF and _POINTS.fullmatch(path[-1]) is not None


def _of_number(path: Sequence[str], value: float) -> str:
    leaf = path[-1]
    if abs(value) >= _LARGE:
        return "money"
    if leaf == "value" and path[0] in _SHARES_OF:
        return "pct"
    if path[0] in _MONEY_RECORDS:
        return "money"
    found = next((name for pattern, name in _BY_NAME if pattern.fullmatch(leaf)), "")
    if found == "pct" and abs(value) > _MOST_TIMES:
        return "money"
    return found or _dec(value)


def _dec(value: float) -> str:
    return "count" if value == int(value) and abs(value) >= 1 else "dec2"


def _is_day(text: str) -> bool:
    try:
        return len(text) == len("2025-12-31") and bool(date.fromisoformat(text))
    except ValueError:
        return False

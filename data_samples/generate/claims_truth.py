"""What the client's own rows say of items that a questionnaire asks about."""

from collections.abc import Callable
from datetime import date
from typing import Any

from data_samples.generate import deals_truth
from data_samples.generate.rows import Row

Tables = dict[str, list[Row]]
Share = tuple[int, int]
"""Rows against a high mark, and rows looked at."""

CLAIMED, BOUND = 2 / 3, 0.2
"""Mean mark from which an item counts as claimed; share from which the rows say otherwise."""


def _late_points(rows: Tables, as_of: date) -> Share:
    points = deals_truth.control_points(rows["control_points"], as_of)
    return points["done_late"], points["done"]


def _overdue_points(rows: Tables, as_of: date) -> Share:
    past = sum(row["due_date"] < as_of for row in rows["control_points"])
    return deals_truth.control_points(rows["control_points"], as_of)["overdue"], past


def _no_next_step(rows: Tables, as_of: date) -> Share:
    offers = deals_truth.offers(rows["offers"], as_of)
    return offers["no_next_step"], offers["open"]


def _overdue_deals(rows: Tables, as_of: date) -> Share:
    offers = deals_truth.offers(rows["offers"], as_of)
    return offers["overdue"], offers["open"] - offers["no_next_step"]


def _lost_without_reason(rows: Tables, as_of: date) -> Share:
    offers = deals_truth.offers(rows["offers"], as_of)
    return offers["lost_without_reason"], offers["lost"]


def _without_cause(rows: Tables, as_of: date) -> Share:
    register = rows.get("complaints", [])
    return sum(row["cause_found"] != "yes" for row in register), len(register)


FIGURES: dict[str, tuple[str, Callable[[Tables, date], Share]]] = {
    "1.5": ("late_control_points", _late_points),
    "1.11": ("open_deals_without_next_step", _no_next_step),
    "1.14": ("overdue_deals", _overdue_deals),
    "2.4": ("lost_deals_without_reason", _lost_without_reason),
    "3.1": ("complaints_without_cause", _without_cause),
    "4.8": ("overdue_control_points", _overdue_points),
}
"""Item -> name of the figure and how it is counted."""


def truth(scores: dict[str, float], rows: Tables, as_of: date) -> dict[str, Any]:
    """Return what contradicts a claim, and what would if the item were marked higher."""
    found: dict[str, Any] = {"contradictions": [], "not_claimed": []}
    for item, (check, count) in FIGURES.items():
        n, base = count(rows, as_of)
        if base and n / base >= BOUND:
            kind = "contradictions" if scores[item] >= CLAIMED else "not_claimed"
            measured = {"check": check, "value": round(n / base, 6), "n": n, "base": base}
            found[kind].append({"item": item, "score": round(scores[item], 6), **measured})
    return found

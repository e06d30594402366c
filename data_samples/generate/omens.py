"""What was planted before the losses, and how far plain counting finds it."""

from collections import defaultdict
from datetime import date, timedelta
from statistics import median
from typing import Any

from data_samples.generate.leavers import Leaver
from data_samples.generate.rows import Row
from data_samples.generate.spec import Spec

Truth = dict[str, Any]
Bought = dict[str, list[Row]]
WINDOW = timedelta(days=90)
HISTORY = timedelta(days=365)
FALLEN = 0.5
"""Turnover of the last 90 days against the customer's own earlier 90 days."""
BLIND = timedelta(days=30)
"""Days before the loss that are no warning any more."""


def omens(spec: Spec, rows: dict[str, list[Row]], gone: tuple[Leaver, ...]) -> Truth:
    """Return each planted signal with its lead in days and the counts in the sales."""
    bought: Bought = defaultdict(list)
    for row in rows["sales"]:
        if row["kind"] == "sale":
            bought[str(row["customer_id"])].append(row)
    left = {str(leaver.customer["customer_id"]): leaver for leaver in gone}
    stayed = {name: rows for name, rows in bought.items() if name not in left}
    year_ago = spec.as_of.replace(year=spec.as_of.year - 1)
    return {
        "falling_turnover": _falling(bought, gone) | _alarms(stayed, spec.as_of),
        "sudden": sum(leaver.turn is None for leaver in gone),
        "complaint": _complained(rows["complaints"], left),
        "unlisted": sum(max(r["date"] for r in own) <= year_ago for own in stayed.values()),
    }


def _falling(bought: Bought, gone: tuple[Leaver, ...]) -> Truth:
    falls = [(leaver, leaver.turn) for leaver in gone if leaver.turn]
    leads = [(leaver.lost - turn).days for leaver, turn in falls]
    own = [(bought[str(leaver.customer["customer_id"])], leaver.lost) for leaver, _ in falls]
    ratios = [_ratio(documents, lost - BLIND) for documents, lost in own]
    return {
        "planted": len(falls),
        "lead_days": {"least": min(leads), "median": median(leads), "most": max(leads)},
        "with_history": sum(ratio is not None for ratio in ratios),
        "found": sum(ratio is not None and ratio < FALLEN for ratio in ratios),
    }


def _alarms(stayed: Bought, as_of: date) -> Truth:
    """Return how often the signal is there at four quarter ends though the customer stayed."""
    year = as_of.year
    days = (date(year, 3, 31), date(year, 6, 30), date(year, 9, 30), date(year, 12, 31))
    ratios = [_ratio(documents, day) for documents in stayed.values() for day in days]
    known = [ratio for ratio in ratios if ratio is not None]
    return {"looks": len(known), "false_alarms": sum(ratio < FALLEN for ratio in known)}


def _ratio(documents: list[Row], day: date) -> float | None:
    """Return the last 90 days' turnover against 90 earlier days; none without such history."""
    first = min((row["date"] for row in documents), default=day)
    start = max(first, day - WINDOW - HISTORY)
    span = (day - WINDOW - start).days
    if span < WINDOW.days:
        return None
    recent = sum(r["amount"] for r in documents if day - WINDOW <= r["date"] < day)
    earlier = sum(r["amount"] for r in documents if start <= r["date"] < day - WINDOW)
    return recent * span / WINDOW.days / earlier if earlier else None


def _complained(register: list[Row], left: dict[str, Leaver]) -> Truth:
    own = [row for row in register if row["customer_id"] in left]
    leads = [(left[str(row["customer_id"])].lost - row["date"]).days for row in own]
    return {
        "planted": len(own),
        "unanswered": sum(row["closed_date"] is None for row in own),
        "lead_days": {"least": min(leads), "median": median(leads), "most": max(leads)},
    }

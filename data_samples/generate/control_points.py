"""The table ``control_points``: what was to be done for a customer, when, and whether it was."""

from datetime import date, timedelta
from random import Random

from data_samples.generate.belonging import belonging
from data_samples.generate.chance import stream
from data_samples.generate.rows import Row
from data_samples.generate.segmentation_spec import Segmentation

FIRST, LAST = timedelta(days=185), timedelta(days=60)
"""How far before and after the as-of date the points lie."""


def build(plan: Segmentation, rows: dict[str, list[Row]], *, name: str, as_of: date) -> list[Row]:
    """Return the points by due date; who buys little has few of them."""
    chance = stream(name, "control_points")
    bought: dict[str, set[str]] = {}
    for sale in rows["sales"]:
        if sale["kind"] == "sale" and sale["date"] > as_of - 2 * FIRST:
            bought.setdefault(str(sale["customer_id"]), set()).add(str(sale["product"]))
    listed = [row for row in rows["customers"] if _listed(row, plan, bought)]
    points = [
        _point(plan, chance.choice(listed), bought, as_of, chance)
        for _ in range(plan.contacts.count)
    ]
    unique = {(p["customer_id"], p["point"], p["due_date"]): p for p in points}
    return sorted(unique.values(), key=lambda p: (p["due_date"], p["customer_id"], p["point"]))


def _listed(row: Row, plan: Segmentation, bought: dict[str, set[str]]) -> bool:
    allowed = plan.contacts.segments
    active = str(row["customer_id"]) in bought
    return active and (not allowed or belonging(row, plan) in allowed)


def _point(
    plan: Segmentation, customer: Row, bought: dict[str, set[str]], as_of: date, chance: Random
) -> Row:
    name, about = chance.choice(plan.contacts.points)
    due = as_of - FIRST + timedelta(days=chance.randint(0, (FIRST + LAST).days))
    due -= timedelta(days=max(0, due.weekday() - 4))
    products = sorted(bought[str(customer["customer_id"])])
    return {
        "customer_id": customer["customer_id"],
        "point": name,
        "due_date": due,
        "done_date": _done(plan, str(customer["manager"]), due, as_of, chance),
        "manager": customer["manager"],
        "product": chance.choice(products) if about else None,
    }


def _done(plan: Segmentation, manager: str, due: date, as_of: date, chance: Random) -> date | None:
    """Return the day on which it was done; nothing when it is to come or was forgotten."""
    forgotten = chance.random() < plan.contacts.overdue.get(manager, 0.08)
    late = chance.randint(1, 16) if chance.random() < 0.22 else -chance.randint(0, 3)
    if due >= as_of or forgotten:
        return None
    return min(as_of, due + timedelta(days=late))

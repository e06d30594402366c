"""The table ``service_costs``: what serving each customer cost in every quarter of the year."""

from collections import defaultdict
from datetime import date
from typing import Any

from data_samples.generate.belonging import belonging
from data_samples.generate.business_spec import CostToServe
from data_samples.generate.chance import stream
from data_samples.generate.rows import Row
from data_samples.generate.segmentation_spec import Segmentation
from data_samples.generate.turnover_truth import within, year_to

Truth = dict[str, Any]
Tables = dict[str, list[Row]]


def build(
    spec: CostToServe, plan: Segmentation, rows: Tables, *, name: str, as_of: date
) -> list[Row]:
    """Return a row per customer and quarter of the year to ``as_of`` in which it was invoiced."""
    chance = stream(name, "service_costs")
    segments = {str(row["customer_id"]): belonging(row, plan) for row in rows["customers"]}
    earned: dict[tuple[str, str], float] = defaultdict(float)
    for sale in within(rows["sales"], year_to(as_of)):
        if sale["kind"] == "sale":
            quarter = f"{sale['date']:%Y}-Q{(sale['date'].month + 2) // 3}"
            earned[str(sale["customer_id"]), quarter] += sale["margin"]
    found: list[Row] = []
    for (customer, quarter), margin in sorted(earned.items()):
        bounds = spec.dear if segments.get(customer) == spec.segment else spec.usual
        cost = max(500.0, round(margin * chance.uniform(*bounds), -2))
        found.append({"customer_id": customer, "period": quarter, "amount": cost})
    return found


def truth(plan: Segmentation, rows: Tables, as_of: date) -> Truth:
    """Return margin, cost and contribution of the year, counted the plain way."""
    margin: dict[str, int] = defaultdict(int)
    cost: dict[str, int] = defaultdict(int)
    for sale in within(rows["sales"], year_to(as_of)):
        if sale["kind"] != "cancelled":
            margin[str(sale["customer_id"])] += round(100 * sale["margin"])
    for row in rows["service_costs"]:
        cost[str(row["customer_id"])] += round(100 * row["amount"])
    left = {name: margin[name] - cost[name] for name in {*margin, *cost}}
    segments = {str(row["customer_id"]): belonging(row, plan) for row in rows["customers"]}
    loss = {name: units for name, units in left.items() if units < 0}
    return {
        "rows": len(rows["service_costs"]),
        "customers": len(left),
        "margin": sum(margin.values()) / 100,
        "cost": sum(cost.values()) / 100,
        "contribution": sum(left.values()) / 100,
        "negative": sorted(loss),
        "negative_amount": sum(loss.values()) / 100,
        "segments": {
            segment.name: sum(u for n, u in left.items() if segments.get(n) == segment.name) / 100
            for segment in plan.segments
        },
    }

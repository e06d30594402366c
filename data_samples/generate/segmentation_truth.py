"""The known truth of a segmentation: counted from the clean rows, never by the package."""

from datetime import date
from statistics import median
from typing import Any

from data_samples.generate import deals_truth, turnover_truth
from data_samples.generate.belonging import belonging, rule_truth
from data_samples.generate.business_spec import Business
from data_samples.generate.rows import Row
from data_samples.generate.segmentation_spec import Segmentation
from data_samples.generate.turnover_truth import by, cents, within, year_to

Truth = dict[str, Any]
Tables = dict[str, list[Row]]


def truth(plan: Segmentation | None, rows: Tables, as_of: date) -> Truth:
    """Return what every engagement with sales and customers is to find, and more with a plan."""
    found = turnover_truth.truth(rows, as_of)
    if plan is None:
        return found
    return found | {
        "rules": rule_truth(rows["customers"], plan),
        "matrix": matrix(plan, rows, as_of),
        "offers": deals_truth.offers(rows["offers"], as_of),
        "control_points": deals_truth.control_points(rows["control_points"], as_of),
    }


def matrix(plan: Segmentation, rows: Tables, as_of: date) -> Truth:
    """Return, by segment, covered and wanted products, and what is used beside the plan.

    Covered and wanted are those of customers that bought in the twelve months.
    """
    used = _used(rows["sales"], as_of)
    found: Truth = {
        s.name: {"n": 0, "covered": 0, "wanted": 0, "off_target": 0} for s in plan.segments
    }
    for row in rows["customers"]:
        segment = plan.segment(belonging(row, plan))
        if segment is None:
            continue
        has, line = used.get(str(row["customer_id"]), set()), found[segment.name]
        line["n"] += 1
        line["wanted"] += len(segment.target) if has else 0
        line["covered"] += len(has & set(segment.target))
        line["off_target"] += len(has - {*segment.target, *segment.optional})
    return found


def _used(sales: list[Row], as_of: date) -> dict[str, set[str]]:
    """Return the products that each customer bought in the twelve months."""
    bought = [row for row in within(sales, year_to(as_of)) if row["kind"] == "sale"]
    return {
        name: {str(r["product"]) for r in part} for name, part in by(bought, "customer_id").items()
    }


def stories(spec: Business, rows: Tables) -> Truth:
    """Return the figures of the planted stories."""
    return {
        "pocket": _pocket(spec, rows),
        "only_repeat": _only_repeat(spec, rows["sales"]),
        "silent": turnover_truth.silent(rows["sales"], spec.as_of),
    }


def _pocket(spec: Business, rows: Tables) -> Truth:
    """Return who of the segment buys the service and to whom nobody ever offered it."""
    segment, service = spec.pocket.segment, spec.pocket.service
    members = {
        str(row["customer_id"]) for row in rows["customers"] if belonging(row, spec.plan) == segment
    }
    lines = [row for row in rows["sales"] if row["product"] == service]
    ever = {str(row["customer_id"]) for row in lines if row["kind"] == "sale"}
    recent = within(lines, year_to(spec.as_of))
    buyers = {str(r["customer_id"]) for r in recent if r["kind"] == "sale"} & members
    offered = {str(row["customer_id"]) for row in rows["offers"] if row["product"] == service}
    spent = [cents([r for r in recent if r["customer_id"] == name]) for name in buyers]
    return {
        "segment": segment,
        "product": service,
        "buyers": sorted(buyers),
        "others": len(members - buyers),
        "never_offered": len(members - buyers - ever - offered),
        "value": round(median(spent) / 100, 2),
    }


def _only_repeat(spec: Business, sales: list[Row]) -> Truth:
    """Return the growth of the settled manager and what it is made of."""
    name = next(seller.name for seller in spec.sellers if seller.settled)
    year = year_to(spec.as_of)
    before = (date(year[0].year - 1, 1, 1), date(year[0].year - 1, 12, 31))
    now, then = turnover_truth.kinds(sales, year)[name], turnover_truth.kinds(sales, before)[name]
    return {
        "manager": name,
        "total": now["total"],
        "total_before": then["total"],
        "growth": round(now["total"] - then["total"], 2),
        "repeat_growth": round(now["repeat_sum"] - then["repeat_sum"], 2),
        "primary_sum": now["primary_sum"],
        "new_direction_sum": now["new_direction_sum"],
    }

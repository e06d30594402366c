"""What the sales say: totals, classes, statuses and kinds of sale, counted the plain way."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from data_samples.generate.rows import Row

Truth = dict[str, Any]
Span = tuple[date, date]
KINDS = ("primary", "repeat", "new_direction", "returns")
NAMING = (
    "customers",
    "sales",
    "lost_customers",
    "survey",
    "offers",
    "complaints",
    "satisfaction",
)
"""Tables that name customers."""
STATUSES = ("potential", "new", "regular", "renewed", "lost")


def year_to(day: date) -> Span:
    """Return the first and the last day of the twelve months to ``day`` (the end of a year)."""
    return date(day.year, 1, 1), day


def cents(rows: list[Row]) -> int:
    """Return the exact sum of the amounts, returns taken away, cancelled documents left out."""
    return sum(round(100 * row["amount"]) for row in rows if row["kind"] != "cancelled")


def within(rows: list[Row], span: Span) -> list[Row]:
    """Return the rows of the days of ``span``, both included."""
    return [row for row in rows if span[0] <= row["date"] <= span[1]]


def by(rows: list[Row], column: str) -> dict[str, list[Row]]:
    """Return the rows by the value of a column."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parts[str(row[column])].append(row)
    return dict(parts)


def totals(rows: list[Row]) -> Truth:
    """Return the money of a window and how many customers it comes from."""
    bought = [row for row in rows if row["kind"] == "sale"]
    products = by(rows, "product")
    return {
        "amount": cents(rows) / 100,
        "customers": len(by(bought, "customer_id")),
        "returns": cents([row for row in rows if row["kind"] == "return"]) / 100,
        "cancelled_lines": sum(row["kind"] == "cancelled" for row in rows),
        "products": {name: cents(products[name]) / 100 for name in sorted(products)},
    }


def classes(rows: list[Row]) -> dict[str, str]:
    """Return the class of every customer with a document: 50 and 80 % of the sum before it."""
    parts = by([row for row in rows if row["kind"] != "cancelled"], "customer_id")
    sums = {name: cents(part) for name, part in parts.items()}
    base = sum(amount for amount in sums.values() if amount > 0)
    found: dict[str, str] = {}
    for name, amount in sums.items():
        above = sum(other for other in sums.values() if other > amount)
        low = amount <= 0 or 100 * above >= 80 * base
        found[name] = "C" if low else "A" if 100 * above < 50 * base else "B"
    return found


def purchase_days(rows: list[Row]) -> dict[str, list[date]]:
    """Return the days of purchase of every customer, in order."""
    parts = by([row for row in rows if row["kind"] == "sale"], "customer_id")
    return {name: sorted({row["date"] for row in part}) for name, part in parts.items()}


def gone(losses: list[Row], day: date) -> set[str]:
    """Return whose latest entry in the register of losses by a day has no return by that day."""
    found: dict[str, Row] = {}
    for row in sorted(losses, key=lambda row: row["lost_date"]):
        if row["lost_date"] <= day:
            found[str(row["customer_id"])] = row
    return {
        name
        for name, row in found.items()
        if not row["returned_date"] or row["returned_date"] > day
    }


def statuses(tables: dict[str, list[Row]], as_of: date) -> dict[str, str]:
    """Return the status of every customer at the end of a year: quarters are its windows.

    Lost is who stands in the register of losses and has not returned, and who bought nothing in
    the last quarter.  Customers that stand in the register, the survey, the offers, the
    complaints or the marks alone are customers too.
    """
    autumn, summer = date(as_of.year, 10, 1), date(as_of.year, 7, 1)
    losses = tables.get("lost_customers", [])
    days = purchase_days([row for row in tables["sales"] if row["date"] <= as_of])
    left = {str(row["customer_id"]) for row in losses if row["lost_date"] <= as_of}
    now, then = gone(losses, as_of), gone(losses, autumn - timedelta(days=1))
    names = {
        str(row["customer_id"])
        for table in NAMING
        for row in tables.get(table, [])
        if row.get("customer_id")
    }
    found: dict[str, str] = {}
    for name in names:
        bought = days.get(name, [])
        if not bought and name not in left:
            found[name] = "potential"
        elif name in now or not bought or bought[-1] < autumn:
            found[name] = "lost"
        elif bought[0] >= autumn:
            found[name] = "new"
        elif name in then:
            found[name] = "renewed"
        elif any(summer <= day < autumn for day in bought):
            found[name] = "regular"
        else:
            found[name] = "renewed" if bought[0] < summer else "regular"
    return found


def kinds(rows: list[Row], span: Span) -> Truth:
    """Return by manager on the document: first, repeat and new-direction sales of ``span``."""
    had: dict[str, set[str]] = defaultdict(set)
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    sales = [row for row in rows if row["kind"] == "sale" and row["date"] <= span[1]]
    for document in by(sorted(sales, key=lambda row: row["date"]), "document_id").values():
        before = set(had[str(document[0]["customer_id"])])
        for row in document:
            had[str(row["customer_id"])].add(str(row["product"]))
            if row["date"] >= span[0]:
                product = str(row["product"])
                kind = (
                    "primary" if not before else "repeat" if product in before else "new_direction"
                )
                sums[str(row["manager"])][kind] += round(100 * row["amount"])
    for row in within(rows, span):
        if row["kind"] == "return":
            sums[str(row["manager"])]["returns"] += round(100 * row["amount"])
    return {manager: _in_money(sums[manager]) for manager in sorted(sums)}


def _in_money(sums: Counter[str]) -> Truth:
    return {f"{kind}_sum": sums[kind] / 100 for kind in KINDS} | {"total": sums.total() / 100}


def silent(rows: list[Row], as_of: date) -> list[Truth]:
    """Return the A customers of this year or the last that are lost and beyond their habit.

    Three intervals make a habit.
    """
    year = year_to(as_of)
    last_year = (date(as_of.year - 1, 1, 1), date(as_of.year - 1, 12, 31))
    now, before = classes(within(rows, year)), classes(within(rows, last_year))
    found: list[Truth] = []
    for name, days in purchase_days(rows).items():
        gaps = [(b - a).days for a, b in pairwise(days)]
        away = (as_of - days[-1]).days
        great = "A" in (now.get(name), before.get(name))
        if (
            great
            and len(gaps) >= 3
            and days[-1] < date(as_of.year, 10, 1)
            and away > 2 * median(gaps)
        ):
            found.append(
                {
                    "customer_id": name,
                    "class": now.get(name),
                    "class_before": before.get(name),
                    "last_sale": days[-1].isoformat(),
                    "silent_days": away,
                    "usual_days": float(median(gaps)),
                    "amount": cents(within(_of(rows, name), year)) / 100,
                    "amount_before": cents(within(_of(rows, name), last_year)) / 100,
                }
            )
    return sorted(found, key=lambda item: -max(item["amount"], item["amount_before"]))


def _of(rows: list[Row], customer: str) -> list[Row]:
    return [row for row in rows if row["customer_id"] == customer]


def truth(tables: dict[str, list[Row]], as_of: date) -> Truth:
    """Return everything that sales, customers and the register of losses tell."""
    rows = tables["sales"]
    window = year_to(as_of)
    before = year_to(window[0] - timedelta(days=1))
    now = within(rows, window)
    counts = Counter(classes(now).values())
    states = Counter(statuses(tables, as_of).values())
    return {
        "turnover": totals(now),
        "turnover_before": cents(within(rows, before)) / 100,
        "abc_counts": {name: counts[name] for name in "ABC"},
        "lifecycle_counts": {name: states[name] for name in STATUSES},
        "managers": kinds(rows, window),
        "managers_before": kinds(rows, before),
    }

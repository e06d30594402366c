"""The table ``sales``: documents of the two years to the as-of date."""

from datetime import date, timedelta
from random import Random

from data_samples.generate.chance import stream
from data_samples.generate.rows import Row
from data_samples.generate.spec import Product, Spec

STAYS = 0.75
"""Share of new customers who come again."""
KINDS = {"sale": 0.95, "return": 0.025, "cancelled": 0.025}


def build(spec: Spec, customers: list[Row]) -> list[Row]:
    """Return the documents by date."""
    chance = stream(spec.id, "sales")
    documents = [
        row
        for rank, customer in enumerate(customers)
        for row in _documents(spec, customer, rank / len(customers), chance)
    ]
    documents = numbered(documents)
    _name_recommenders(spec, customers, documents, chance)
    return documents


def numbered(documents: list[Row]) -> list[Row]:
    """Return the documents by date with their numbers."""
    ordered = sorted(documents, key=lambda row: (row["date"], row["customer_id"], row["amount"]))
    return [
        row | {"document_id": f"{row['date']:%y}-{number:05d}"}
        for number, row in enumerate(ordered, start=1)
    ]


def _documents(spec: Spec, customer: Row, share: float, chance: Random) -> list[Row]:
    """``share`` is the customer's place by size, 0 for the largest."""
    market, end = spec.market, spec.as_of
    start = max(date(end.year - 1, 1, 1), customer["registered_date"])
    new = start == customer["registered_date"]
    if share > 0.1 and chance.random() < market.lost_share:
        end = min(end, start + timedelta(days=chance.randint(60, 500)))
    size = (1 + share * market.count) ** -market.concentration
    days = _days(start, end, _count(spec, size, (end - start).days, chance), market.season, chance)
    if new:
        days = [start, *(days[1:] if chance.random() < STAYS else [])]
    favourites = chance.sample(spec.products, k=min(len(spec.products), chance.randint(1, 4)))
    rows = [_document(spec, customer, favourites, size, day, chance) for day in days]
    if new and rows[0]["kind"] != "sale":
        rows[0] |= {"kind": "sale", "amount": abs(rows[0]["amount"])}
    return rows


def _count(spec: Spec, size: float, span: int, chance: Random) -> int:
    """Return how many documents a customer of ``size`` (1: the largest) has in ``span`` days."""
    low, high = spec.market.orders_per_year
    expected = (low + (high - low) * size) * span / 365
    return max(1, round(expected * chance.uniform(0.7, 1.3)))


def _days(
    start: date, end: date, count: int, season: tuple[float, ...], chance: Random
) -> list[date]:
    span = [start + timedelta(days=i) for i in range((end - start).days + 1)]
    span = [day for day in span if day.weekday() < 6 and day.timetuple().tm_yday > 2] or [start]
    return sorted(chance.choices(span, weights=[season[day.month - 1] for day in span], k=count))


def _document(
    spec: Spec, customer: Row, products: list[Product], size: float, day: date, chance: Random
) -> Row:
    market = spec.market
    product = chance.choices(products, weights=[p.share for p in products])[0]
    low, high = market.ticket
    ticket = chance.uniform(product.low, product.high) * (low + (high - low) * size)
    kind = chance.choices(list(KINDS), weights=list(KINDS.values()))[0]
    amount = max(market.round_to, round(ticket / market.round_to) * market.round_to)
    amount = amount - chance.choice((0, 0, 0.1, 0.5)) if market.round_to == 1 else amount
    return {
        "customer_id": customer["customer_id"],
        "date": day,
        "amount": round(-0.3 * amount, 2) if kind == "return" else amount,
        "product": product.name,
        "manager": customer["manager"],
        "kind": kind,
    }


def _name_recommenders(
    spec: Spec, customers: list[Row], documents: list[Row], chance: Random
) -> None:
    """Write on a new customer's first document who recommended the client."""
    start = date(spec.as_of.year - 1, 1, 1)
    new = {row["customer_id"] for row in customers if row["registered_date"] >= start}
    known: list[str] = []
    for row in documents:
        customer = str(row["customer_id"])
        if customer in known:
            continue
        if customer in new and known and chance.random() < spec.market.recommended_share:
            row["recommended_by"] = chance.choice(known)
        known.append(customer)


def yearly_revenue(documents: list[Row], as_of: date) -> dict[str, float]:
    """Return sales less returns of the 12 months to ``as_of`` by customer."""
    start = as_of.replace(year=as_of.year - 1)
    revenue: dict[str, float] = {}
    for row in documents:
        if start < row["date"] <= as_of and row["kind"] != "cancelled":
            customer = str(row["customer_id"])
            revenue[customer] = round(revenue.get(customer, 0.0) + row["amount"], 2)
    return revenue

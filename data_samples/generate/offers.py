"""The table ``offers``: every deal as its stage events, won, lost or still open."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from statistics import median

from data_samples.generate.belonging import belonging
from data_samples.generate.chance import day_between, draw, stream
from data_samples.generate.rows import Row
from data_samples.generate.segmentation_spec import Dealing, Segment, Segmentation

REACHED = (0.2, 0.42, 0.2, 0.1, 0.05, 0.03)
"""Where deals are lost or stand, by stage."""
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """What the deals are about: who bought what, when first, and what it costs a year."""

    customers: dict[str, Row]
    segments: dict[str, str]
    first: dict[Cell, date]
    latest: dict[str, date]
    managers: dict[Cell, str]
    yearly: dict[Cell, float]
    """(segment, product) -> median spend of a year; segment empty: all customers."""


def build(plan: Segmentation, rows: dict[str, list[Row]], *, name: str, as_of: date) -> list[Row]:
    """Return the events of all deals by day."""
    chance = stream(name, "offers")
    market = _market(plan, rows)
    deals = [*_won(plan, market, as_of, chance), *_others(plan, market, as_of, chance)]
    deals.sort(key=lambda deal: (deal[0]["date"], deal[0]["customer_id"], deal[0]["product"]))
    form = plan.dealing.deal_format
    events = [
        event | {"deal_id": form.format(number) if form else None}
        for number, deal in enumerate(deals, start=1)
        for event in deal
    ]
    return sorted(events, key=lambda event: event["date"])


def _market(plan: Segmentation, rows: dict[str, list[Row]]) -> Market:
    customers = {str(row["customer_id"]): row for row in rows["customers"]}
    segments = {key: belonging(row, plan) for key, row in customers.items()}
    first: dict[Cell, date] = {}
    latest: dict[str, date] = {}
    managers: dict[Cell, str] = {}
    spent: dict[tuple[str, str, int], float] = defaultdict(float)
    for sale in sorted((s for s in rows["sales"] if s["kind"] == "sale"), key=lambda s: s["date"]):
        customer, product = str(sale["customer_id"]), str(sale["product"])
        latest[customer] = sale["date"]
        if (customer, product) not in first:
            first[customer, product] = sale["date"]
            managers[customer, product] = str(sale["manager"])
        spent[customer, product, sale["date"].year] += sale["amount"]
    costs: dict[Cell, list[float]] = defaultdict(list)
    for (customer, product, _), amount in spent.items():
        costs[segments[customer], product].append(amount)
        costs["", product].append(amount)
    return Market(
        customers=customers,
        segments=segments,
        first=first,
        latest=latest,
        managers=managers,
        yearly={cell: median(amounts) for cell, amounts in costs.items()},
    )


def _won(plan: Segmentation, market: Market, as_of: date, chance: Random) -> list[list[Row]]:
    """Return the deals behind first purchases since the client keeps a record of deals."""
    deals: list[list[Row]] = []
    for (customer, product), day in market.first.items():
        told = chance.random() < plan.dealing.recorded
        segment = market.segments[customer]
        recent = plan.dealing.since + timedelta(days=75) < day < as_of - timedelta(days=24)
        if told and recent and segment in plan.dealing.lost and _touched(plan, segment, product):
            deal = _head(plan, market, (customer, product), chance)
            deal["manager"] = market.managers[customer, product]
            deals.append(_walk_to_the_end(plan.dealing, deal, day, chance))
    return deals


def _touched(plan: Segmentation, segment: str, product: str) -> bool:
    return (segment, product) not in plan.dealing.untouched


def _head(plan: Segmentation, market: Market, cell: Cell, chance: Random) -> Row:
    """Return what all events of a deal share."""
    customer, product = cell
    typical = market.yearly.get((market.segments[customer], product), market.yearly["", product])
    unit = plan.dealing.round_to
    return {
        "customer_id": customer,
        "product": product,
        "manager": market.customers[customer]["manager"],
        "amount": max(unit, round(typical * chance.uniform(0.75, 1.3) / unit) * unit),
        "source": draw(plan.dealing.sources, chance),
    }


def _walk_to_the_end(dealing: Dealing, deal: Row, sold: date, chance: Random) -> list[Row]:
    """Return the events of a won deal: the invoice of the first purchase is its payment."""
    contract = sold - timedelta(days=chance.randint(2, 18))
    proposal = contract - timedelta(days=chance.randint(6, 35))
    days = [proposal - timedelta(days=chance.randint(3, 16)), proposal, contract, sold]
    days.append(sold + timedelta(days=chance.randint(1, 9)))
    days.append(days[-1] + timedelta(days=chance.randint(2, 14)))
    events = [_event(deal, dealing.stages[i], day) for i, day in enumerate(days)]
    if chance.random() < dealing.back:
        half = timedelta(days=(contract - proposal).days // 2)
        events.insert(2, _event(deal, dealing.stages[2], proposal + half // 2))
        events.insert(3, _event(deal, dealing.stages[1], proposal + half))
    steps = [event | {"due_date": after["date"]} for event, after in pairwise(events)]
    return [*steps, events[-1] | {"status": "won"}]


def _event(deal: Row, stage: str, day: date) -> Row:
    return deal | {"stage": stage, "status": "open", "date": day}


def _others(plan: Segmentation, market: Market, as_of: date, chance: Random) -> list[list[Row]]:
    """Return the deals about products never bought: refused, open, or first one then the other."""
    deals: list[list[Row]] = []
    for customer, row in market.customers.items():
        segment = plan.segment(market.segments[customer])
        for product in plan.products if segment else ():
            fate, again = chance.random(), chance.random()
            if segment is None or not _wanted(plan, market, segment, (customer, product)):
                continue
            cell = (customer, product)
            start = max(plan.dealing.since, row["registered_date"])
            lost, open_ = _shares(plan, market, segment, customer, as_of)
            weaker = 1.0 if product in segment.target else 0.5
            if fate < lost * weaker and start < as_of - timedelta(days=130):
                deals.append(_refused(plan, market, cell, start, as_of, chance))
                late = deals[-1][-1]["date"] >= as_of - timedelta(days=200)
                if again < 0.15 and open_ and plan.dealing.deal_format and not late:
                    deals.append(_open(plan, market, cell, as_of, chance))
            elif lost * weaker <= fate < (lost + open_) * weaker:
                deals.append(_open(plan, market, cell, as_of, chance))
    return deals


def _wanted(plan: Segmentation, market: Market, segment: Segment, cell: Cell) -> bool:
    """Return whether the product is worth an offer: never bought and not left alone."""
    product = cell[1]
    meant = product in (*segment.target, *segment.optional)
    return meant and cell not in market.first and _touched(plan, segment.name, product)


def _shares(
    plan: Segmentation, market: Market, segment: Segment, customer: str, as_of: date
) -> tuple[float, float]:
    """Return the shares refused and open; who buys nothing any more has no open offer."""
    if customer not in market.latest:
        return 0.0, 0.8
    gone = market.latest[customer] < as_of - timedelta(days=200)
    open_ = 0.0 if gone else plan.dealing.open.get(segment.name, 0.0)
    return plan.dealing.lost.get(segment.name, 0.0), open_


def _refused(
    plan: Segmentation, market: Market, cell: Cell, start: date, as_of: date, chance: Random
) -> list[Row]:
    dealing, deal = plan.dealing, _head(plan, market, cell, chance)
    reached = chance.choices(range(6), weights=REACHED)[0]
    opened = day_between(start, as_of - timedelta(days=100), chance)
    events = _walk(dealing, deal, opened, reached, chance)
    end = min(as_of - timedelta(days=3), events[-1]["date"] + timedelta(days=chance.randint(4, 30)))
    reason: str | None = draw(dealing.reasons[reached], chance)
    rival = dealing.competitors and chance.random() < 0.3
    last = _event(deal, dealing.stages[reached], end) | {"status": "lost"}
    last |= {"competitor": chance.choice(dealing.competitors) if rival else None}
    unknown = chance.random() < dealing.without_reason
    last |= {"reason": None if unknown else reason}
    if chance.random() < dealing.without_stage:
        return [last | {"stage": None}]
    return [*events, last]


def _walk(dealing: Dealing, deal: Row, opened: date, reached: int, chance: Random) -> list[Row]:
    """Return the entries into the stages from the first to ``reached``."""
    events: list[Row] = []
    day = opened
    for stage in dealing.stages[: reached + 1]:
        events.append(_event(deal, stage, day))
        events[-1] |= {"due_date": day + timedelta(days=chance.randint(5, 14))}
        day += timedelta(days=chance.randint(3, 15))
    return events


def _open(plan: Segmentation, market: Market, cell: Cell, as_of: date, chance: Random) -> list[Row]:
    dealing, deal = plan.dealing, _head(plan, market, cell, chance)
    reached = chance.choices(range(5), weights=REACHED[:5])[0]
    opened = as_of - timedelta(days=chance.randint(15 * reached + 3, 15 * reached + 60))
    events = _walk(dealing, deal, opened, reached, chance)
    events[-1] |= {"due_date": _next_step(dealing, deal, events[-1]["date"], as_of, chance)}
    return events


def _next_step(
    dealing: Dealing, deal: Row, entered: date, as_of: date, chance: Random
) -> date | None:
    fate = chance.random()
    overdue = dealing.overdue.get(str(deal["manager"]), 0.2)
    if fate < dealing.without_step:
        return None
    if fate < dealing.without_step + overdue and entered < as_of - timedelta(days=8):
        return as_of - timedelta(days=chance.randint(2, (as_of - entered).days - 4))
    return as_of + timedelta(days=chance.randint(5, 60))

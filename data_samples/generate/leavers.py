"""The customers who leave: who they are, why, when, and what they bought until then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data_samples.generate.chance import day_between, draw, stream
from data_samples.generate.churn_spec import Churn, Story
from data_samples.generate.rows import Row
from data_samples.generate.spec import Spec

SLOWER, SMALLER = 2.4, 0.45
"""How much longer the gaps and how much smaller the orders are once the fall has begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaver:
    """One lost customer."""

    customer: Row
    story: Story
    annual: float
    """Revenue of a year before the fall."""
    lost: date
    turn: date | None
    """Day from which the customer bought less; none: the customer left at once."""
    destination: str
    returned: date | None
    complained: date | None


def build(spec: Spec, churn: Churn, name: str) -> list[Leaver]:
    """Return the lost customers of the engagement ``name`` by number."""
    chance = stream(name, "churn")
    segments = tuple(dict.fromkeys(spec.market.segments))
    places = [
        (manager, region, segment)
        for (manager, region), counts in churn.cells.items()
        for segment, count in zip(segments, counts, strict=True)
        for _ in range(count)
    ]
    chance.shuffle(places)
    names = _names(spec, churn, len(places), chance)
    leavers: list[Leaver] = []
    for number, (manager, region, segment) in enumerate(places):
        customer: Row = {
            "customer_id": spec.market.id_format.format(churn.first_number + number),
            "name": names[number] if names else None,
            "segment": segment,
            "manager": manager,
            "region": region,
        }
        leavers.append(
            _leaver(spec, churn, customer | _facts(spec, churn, segment, chance), chance)
        )
    return leavers


def _names(spec: Spec, churn: Churn, count: int, chance: Random) -> list[str]:
    names = [f.format(s) for s in churn.name_stems for f in spec.market.name_forms or ("{}",)]
    chance.shuffle(names)
    return names[:count]


def _facts(spec: Spec, churn: Churn, segment: str, chance: Random) -> Row:
    market = spec.market
    household = market.household if segment == market.segments[-1] else ""
    first, last = churn.since
    began = date(chance.randint(first, last), chance.randint(1, 12), chance.randint(1, 28))
    size = len(market.segments) - market.segments.index(segment)
    return {
        "industry": household or chance.choice(market.industries),
        "employees": max(2, round(chance.lognormvariate(1.0 + 0.8 * size, 0.5))),
        "founded_year": chance.randint(began.year - 14, began.year),
        "registered_date": began,
    }


def _leaver(spec: Spec, churn: Churn, customer: Row, chance: Random) -> Leaver:
    story = _story(churn, customer, chance)
    low, high = churn.revenue[str(customer["segment"])]
    lost = day_between(churn.start, churn.end, chance)
    destination = draw(story.gone_to, chance)
    comes_back = chance.random() < churn.returns.get(destination, 0.0)
    returned = lost + timedelta(days=chance.randint(24, 110))
    lead, hurt = chance.randint(*churn.lead), chance.random() < churn.complained
    complained = lost - timedelta(days=chance.randint(45, 80))
    return Leaver(
        customer=customer,
        story=story,
        annual=round(chance.uniform(low, high), -2 if low > 5_000 else 0),
        lost=lost,
        turn=None if story.sudden else lost - timedelta(days=lead),
        destination=destination,
        returned=returned if comes_back and returned < spec.as_of else None,
        complained=complained if hurt and not story.sudden else None,
    )


def _story(churn: Churn, customer: Row, chance: Random) -> Story:
    places = (str(customer["region"]), str(customer["segment"]))
    weights = [_weight(story.weight, story.where, places) for story in churn.stories]
    return chance.choices(churn.stories, weights=weights)[0]


def _weight(weight: float, where: Mapping[str, float], places: tuple[str, ...]) -> float:
    for place in places:
        weight *= where.get(place, 1.0)
    return weight


def sales(spec: Spec, churn: Churn, leavers: list[Leaver]) -> list[Row]:
    """Return the documents: steady, then rarer and smaller, none from the loss to the return."""
    chance = stream(spec.id, "churn", "sales")
    return [row for leaver in leavers for row in _documents(spec, churn, leaver, chance)]


def _documents(spec: Spec, churn: Churn, leaver: Leaver, chance: Random) -> list[Row]:
    customer = leaver.customer
    year = churn.orders[str(customer["segment"])]
    gap, ticket = 365 / year, leaver.annual / year
    favourites = chance.sample(spec.products, k=min(len(spec.products), chance.randint(2, 3)))
    start = max(date(spec.as_of.year - 1, 1, 3), customer["registered_date"])
    rows: list[Row] = []
    day = start + timedelta(days=chance.randint(0, round(gap)))
    while day < leaver.lost - timedelta(days=8):
        falling = leaver.turn is not None and day >= leaver.turn
        size = SMALLER if falling else 1.0
        product = chance.choices(favourites, weights=[p.share for p in favourites])[0].name
        rows.append(_document(spec, customer, product, ticket * size, day, chance))
        pace = gap * chance.uniform(0.7, 1.3)
        day = _after(day, pace, leaver.turn)
    day = leaver.returned
    while day is not None and day <= spec.as_of:
        rows.append(_document(spec, customer, favourites[0].name, ticket * 0.8, day, chance))
        day = _after(day, gap * chance.uniform(0.7, 1.3), None)
    return rows


def _after(day: date, pace: float, turn: date | None) -> date:
    """Return the day of the next order, ``pace`` days on, or later once the fall has begun."""
    following = day + timedelta(days=round(pace))
    if turn is not None and following >= turn:
        following = day + timedelta(days=round(pace * SLOWER))
    return following + timedelta(days=1) if following.weekday() == 6 else following


def _document(
    spec: Spec, customer: Row, product: str, ticket: float, day: date, chance: Random
) -> Row:
    unit = spec.market.round_to
    amount = max(unit, round(ticket * chance.uniform(0.75, 1.25) / unit) * unit)
    return {
        "customer_id": customer["customer_id"],
        "date": day,
        "amount": amount,
        "product": product,
        "manager": customer["manager"],
        "kind": "cancelled" if chance.random() < 0.02 else "sale",
    }


def complaints(spec: Spec, leavers: list[Leaver]) -> list[Row]:
    """Return the complaints that the lost customers made: most of them found no answer."""
    chance = stream(spec.id, "churn", "complaints")
    rows: list[Row] = []
    for leaver in leavers:
        if leaver.complained is None:
            continue
        answered = chance.random() < 0.15
        closed = leaver.complained + timedelta(days=chance.randint(9, 30))
        rows.append(
            {
                "customer_id": leaver.customer["customer_id"],
                "date": leaver.complained,
                "product": chance.choice(spec.products).name,
                "category": draw(spec.register.categories, chance),
                "registered": "yes" if answered or chance.random() < 0.7 else "no",
                "cause_found": "yes" if answered else "no",
                "cause_removed": "yes" if answered else "no",
                "process_mended": "no",
                "closed_date": closed if answered else None,
            }
        )
    return rows

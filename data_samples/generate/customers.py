"""The table ``customers``: in order of size, the largest first."""

from datetime import date, timedelta
from random import Random

from data_samples.generate.chance import draw, stream
from data_samples.generate.rows import Row
from data_samples.generate.spec import Manager, Spec


def build(spec: Spec) -> list[Row]:
    chance = stream(spec.id, "customers")
    names = _names(spec, chance)
    rows = [_customer(spec, rank, names, chance) for rank in range(spec.market.count)]
    numbers = list(range(1, len(rows) + 1))
    chance.shuffle(numbers)
    for row, number in zip(rows, numbers, strict=True):
        row["customer_id"] = spec.market.id_format.format(number)
    return rows


def _names(spec: Spec, chance: Random) -> tuple[str, ...]:
    market = spec.market
    if market.names or not market.name_forms:
        return market.names
    pairs = [form.format(stem) for stem in market.name_stems for form in market.name_forms]
    chance.shuffle(pairs)
    return tuple(pairs[: market.count])


def _customer(spec: Spec, rank: int, names: tuple[str, ...], chance: Random) -> Row:
    market = spec.market
    territory = draw(market.territories, chance)
    share = rank / market.count
    segment = market.segments[int(share**0.6 * len(market.segments))]
    household = market.household if segment == market.segments[-1] else ""
    founded = chance.randint(1994, 2021)
    return {
        "customer_id": "",
        "name": names[rank] if names else None,
        "segment": segment,
        "industry": household or chance.choice(market.industries),
        "employees": max(2, round(chance.lognormvariate(3.4 - 2.2 * share, 0.6))),
        "founded_year": founded,
        "region": territory,
        "manager": _manager(spec.managers, territory, chance).name,
        "registered_date": _registered(spec, share, founded, chance),
    }


def _manager(managers: tuple[Manager, ...], territory: str, chance: Random) -> Manager:
    return chance.choice([m for m in managers if territory in m.territories])


def _registered(spec: Spec, share: float, founded: int, chance: Random) -> date:
    """Return the day of the first purchase; within the two years for a new customer."""
    if share > 0.05 and chance.random() < spec.market.new_share:
        day = date(spec.as_of.year - 1, 1, 1) + timedelta(days=chance.randint(30, 640))
        return day + timedelta(days=1) if day.weekday() == 6 else day
    year = chance.randint(max(founded, 2012), spec.as_of.year - 2)
    return date(year, chance.randint(1, 12), chance.randint(1, 28))

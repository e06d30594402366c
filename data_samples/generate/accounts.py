"""The customers of a business: who they are, what they buy, from when to when."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from data_samples.generate.belonging import belonging
from data_samples.generate.business_spec import Business, Kind, Seller
from data_samples.generate.chance import draw, stream
from data_samples.generate.rows import Row
from data_samples.generate.segments import need

USE = {"target": 0.66, "optional": 0.3, "none": 0.05, "loose": 0.36}
"""Chance that a customer buys a product, by what its segment is meant to buy."""

MONTHLY_ONLY = 0.35
"""Share of customers who buy by subscription and nothing else."""
TAKEN_UP = (4, 8, 13, 18, 24, 25, 27, 29, 31, 32, 33, 34)
"""Months after the first day in which further services are taken up."""
JOINED = (6, 10, 14, 18, 22, 25, 27, 28, 29, 30, 31)
"""Months after the first day in which further customers begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One customer with the life that its invoices follow."""

    row: Row
    segment: str
    seller: Seller
    former: str
    """Manager until the middle of the second year."""
    start: date | None
    """Month of the first invoice; None: has not bought yet."""
    end: date
    pause: tuple[date, date] | None
    uses: tuple[tuple[str, date], ...]
    """(service, month of its first invoice)."""


def build(spec: Business) -> list[Account]:
    """Return all customers, the kinds one after the other."""
    chance = stream(spec.id, "customers")
    rows = _rows(spec, chance)
    starts, ends, pauses = _lives(spec, rows, chance)
    accounts: list[Account] = []
    for rank, row in enumerate(rows):
        seller = _seller(spec, chance, anybody=_steady(spec, rank, starts, ends, pauses))
        account = Account(
            row=row,
            segment=belonging(row, spec.plan),
            seller=seller,
            former=chance.choice(spec.sellers).name if chance.random() < 0.08 else seller.name,
            start=starts[rank],
            end=ends.get(rank, spec.as_of),
            pause=pauses.get(rank),
            uses=(),
        )
        accounts.append(_with_uses(spec, account, chance))
    accounts[spec.silent.rank] = _silent(spec, accounts[spec.silent.rank])
    accounts = _pocket(spec, accounts, chance)
    for account in accounts:
        _finish(spec, account, chance)
    return accounts


def _rows(spec: Business, chance: Random) -> list[Row]:
    """Return the attributes; what is given on purpose replaces what chance made."""
    stems, ids = list(spec.stems), list(range(1, spec.count + 1))
    chance.shuffle(stems)
    chance.shuffle(ids)
    kinds = [kind for kind in spec.kinds for _ in range(kind.count)]
    rows = [
        _row(spec, kind, stem, spec.id_format.format(number), chance)
        for kind, stem, number in zip(kinds, stems, ids, strict=False)
    ]
    for rank, attributes in spec.given:
        rows[rank] |= attributes
    return rows


def _row(spec: Business, kind: Kind, stem: str, number: str, chance: Random) -> Row:
    industry, activity = chance.choice(kind.fields)
    low, high = kind.employees
    return {
        "customer_id": number,
        "name": chance.choice(kind.names).format(stem),
        "industry": industry,
        "activity": activity,
        "employees": round(low * (high / low) ** chance.random()),
        "has_branches": "yes" if chance.random() < kind.branches else "no",
        "customer_type": chance.choice(kind.types),
        "founded_year": chance.randint(*kind.founded),
        "region": draw(spec.regions, chance),
    }


def _lives(
    spec: Business, rows: list[Row], chance: Random
) -> tuple[dict[int, date | None], dict[int, date], dict[int, tuple[date, date]]]:
    """Return first months, last days and pauses by place in the list."""
    lives, year = spec.lives, spec.as_of.year
    small = [r for r, row in enumerate(rows) if int(row["employees"] or 60) < lives.leaver_size]
    fates = (lives.potential, lives.new, lives.renewed, lives.left)
    chosen = iter(chance.sample(small, k=sum(fates)))
    starts: dict[int, date | None] = {
        r: _month(spec.first_day, chance.randint(0, 2)) for r in range(len(rows))
    }
    starts |= dict.fromkeys(_take(chosen, lives.potential))
    starts |= {r: date(year, chance.randint(10, 12), 1) for r in _take(chosen, lives.new)}
    pauses = {
        r: (date(year, chance.randint(2, 6), 1), date(year, chance.randint(10, 11), 1))
        for r in _take(chosen, lives.renewed)
    }
    ends = {
        r: _month(spec.first_day, chance.randint(7, 31)) + timedelta(days=27)
        for r in _take(chosen, lives.left)
    }
    old = [r for r in range(len(rows)) if starts[r] and r not in {*pauses, *ends, spec.silent.rank}]
    old = [r for r in old if starts[r] < _month(spec.first_day, 4)]
    large = [r for r in old if int(rows[r]["employees"] or 60) < 3 * lives.leaver_size]
    for r in chance.sample(large, k=lives.joined):
        starts[r] = _month(spec.first_day, chance.choice(JOINED))
    return starts, ends, pauses


def _take(chosen: Iterator[int], count: int) -> list[int]:
    return [next(chosen) for _ in range(count)]


def _month(first: date, months: int) -> date:
    """Return the first day of the month ``months`` after ``first``."""
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _steady(
    spec: Business,
    rank: int,
    starts: dict[int, date | None],
    ends: dict[int, date],
    pauses: dict[int, tuple[date, date]],
) -> bool:
    start = starts[rank]
    early = start is not None and start < _month(spec.first_day, 4)
    return early and rank not in ends and rank not in pauses


def _seller(spec: Business, chance: Random, *, anybody: bool) -> Seller:
    able = [s for s in spec.sellers if anybody or not s.settled]
    return chance.choices(able, weights=[s.weight for s in able])[0]


def _with_uses(spec: Business, account: Account, chance: Random) -> Account:
    """Return the account with its services: most from the first month, some taken up later."""
    segment = spec.plan.segment(account.segment)
    pocket = account.segment == spec.pocket.segment
    monthly_only = chance.random() < MONTHLY_ONLY
    uses: list[tuple[str, date]] = []
    for service in spec.services:
        wanted = USE[need(segment, service.name) or "none"] if segment else USE["loose"]
        fate, later, months = chance.random(), chance.random(), chance.choice(TAKEN_UP)
        if account.start is None or fate >= wanted:
            continue
        if pocket and service.name == spec.pocket.service:
            continue
        if monthly_only and service.rhythm != "monthly":
            continue
        month = _month(spec.first_day, months) if later < 0.36 else account.start
        if account.seller.settled:
            month = min(month, _month(spec.first_day, 19))
        uses.append((service.name, max(month, account.start)))
    if account.start and not any(month == account.start for _, month in uses):
        first = segment.target[0] if segment and not monthly_only else spec.default
        uses = [(first, account.start), *(use for use in uses if use[0] != first)]
    return replace(account, uses=tuple(uses))


def _silent(spec: Business, account: Account) -> Account:
    """Return the large customer that stops buying in the middle of the last year."""
    seller = next(s for s in spec.sellers if s.name == spec.silent.manager)
    uses = tuple((name, spec.first_day) for name in spec.silent.services)
    return replace(
        account,
        seller=seller,
        former=seller.name,
        start=spec.first_day,
        end=spec.silent.last,
        pause=None,
        uses=uses,
    )


def _pocket(spec: Business, accounts: list[Account], chance: Random) -> list[Account]:
    """Return the accounts; a few of the segment have taken up the service on their own."""
    able = [
        rank
        for rank, a in enumerate(accounts)
        if a.segment == spec.pocket.segment
        and a.start is not None
        and a.start <= _month(spec.first_day, 24)
        and a.end == spec.as_of
        and a.pause is None
        and not a.seller.settled
    ]
    found = list(accounts)
    for rank in chance.sample(able, k=spec.pocket.buyers):
        start = accounts[rank].start or spec.first_day
        month = max(start, _month(spec.first_day, chance.randint(3, 26)))
        use = (spec.pocket.service, month)
        found[rank] = replace(accounts[rank], uses=(*accounts[rank].uses, use))
    return found


def _finish(spec: Business, account: Account, chance: Random) -> None:
    """Add manager and day of registration to the row."""
    founded = int(account.row["founded_year"] or 2005)
    account.row["manager"] = account.seller.name
    if account.start is None:
        ago = timedelta(days=chance.randint(20, 420))
        account.row["registered_date"] = spec.as_of - ago
    elif account.start < _month(spec.first_day, 4):
        year = chance.randint(
            min(spec.first_day.year - 1, max(2012, founded)), spec.first_day.year - 1
        )
        account.row["registered_date"] = date(year, chance.randint(1, 12), chance.randint(1, 28))
    else:
        account.row["registered_date"] = account.start - timedelta(days=chance.randint(10, 260))

"""The sales of a business: one invoice a month at most, with a line per service."""

from datetime import date, timedelta
from random import Random

from data_samples.generate.accounts import Account
from data_samples.generate.business_spec import Business, Service
from data_samples.generate.chance import stream
from data_samples.generate.rows import Row

PROJECT = {0: 0.3, 1: 0.3, 3: 0.25, 5: 0.15}
"""Month of a project -> share of its price that is invoiced."""


def build(spec: Business, accounts: list[Account]) -> list[Row]:
    """Return the lines by day and document."""
    chance = stream(spec.id, "sales")
    documents = [d for account in accounts for d in _documents(spec, account, chance)]
    documents.sort(key=lambda d: (d[0]["date"], d[0]["customer_id"], d[0]["kind"]))
    return [
        line | {"document_id": f"{line['date']:%y}-{number:05d}"}
        for number, lines in enumerate(documents, start=1)
        for line in lines
    ]


def _documents(spec: Business, account: Account, chance: Random) -> list[list[Row]]:
    if account.start is None:
        return []
    day = chance.randint(11, 25)
    rhythm = {s.name: _rhythm(s, account, chance) for s in spec.services}
    documents: list[list[Row]] = []
    month = account.start
    while month <= account.end:
        date_ = _weekday(month.replace(day=day))
        lines = [
            _line(account, service, date_, share, chance)
            for service in spec.services
            if (share := _share(service, account, month, rhythm[service.name], chance))
        ]
        if lines and date_ <= account.end and not _paused(account, month):
            documents += [lines, *_trouble(spec, account, lines, chance)]
        month = (month + timedelta(days=32)).replace(day=1)
    return documents


def _rhythm(service: Service, account: Account, chance: Random) -> float:
    """Return the months between invoices or projects, or the chance of an invoice in a month."""
    if service.rhythm == "occasional":
        return chance.uniform(2, 4) / 12
    if service.rhythm == "monthly" and _size(account) < 0.75 and chance.random() < 0.45:
        return 3
    if service.rhythm == "project":
        return chance.choice((20, 24, 28, 99, 99))
    return {"monthly": 1, "quarterly": 3, "yearly": 12}[service.rhythm]


def _size(account: Account) -> float:
    """Return the number of employees in hundreds; who does not tell has sixty."""
    return int(account.row["employees"] or 60) / 100


def _share(service: Service, account: Account, month: date, rhythm: float, chance: Random) -> float:
    """Return which part of the service's price is due in ``month``."""
    started = dict(account.uses).get(service.name)
    fate = chance.random()
    if started is None or month < started:
        return 0.0
    months = 12 * (month.year - started.year) + month.month - started.month
    if service.rhythm == "project":
        again = 0.0 if account.seller.settled else 0.6 * PROJECT.get(months - int(rhythm), 0.0)
        return PROJECT.get(months, again)
    if service.rhythm == "occasional":
        return 1.0 if months == 0 or fate < rhythm else 0.0
    due = months % rhythm == 0
    return rhythm * due if service.rhythm == "monthly" else float(due)


def _line(account: Account, service: Service, day: date, share: float, chance: Random) -> Row:
    grown: float = account.seller.growth ** (day.year - 2025)
    price = service.price * _size(account) ** service.power * grown * share
    price *= 1 + chance.uniform(-service.spread, service.spread)
    amount = round(price, -2) if service.rhythm in ("monthly", "yearly") else round(price, -3)
    amount = max(1_500.0, amount) + chance.choice((0, 0, 0, 0.5, 0.25) if amount < 90_000 else (0,))
    return {
        "customer_id": account.row["customer_id"],
        "date": day,
        "product": service.name,
        "amount": amount,
        "margin": round(amount * (service.margin + chance.uniform(-0.05, 0.05)), 2),
        "manager": account.former if day < date(2024, 7, 1) else account.seller.name,
        "kind": "sale",
    }


def _paused(account: Account, month: date) -> bool:
    return account.pause is not None and account.pause[0] <= month < account.pause[1]


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4)) if day.day > 2 else day


def _trouble(spec: Business, account: Account, lines: list[Row], chance: Random) -> list[list[Row]]:
    """Return what went wrong with an invoice: a wrong copy cancelled, a part given back."""
    found: list[list[Row]] = []
    day: date = lines[0]["date"]
    if chance.random() < 0.016:
        wrong: Row = {"kind": "cancelled", "date": day - timedelta(days=1)}
        found.append([line | wrong for line in lines])
    back, part = chance.randint(4, 6), chance.choice((0.1, 0.2, 0.25, 0.5, 1.0))
    last = min(account.end, spec.as_of)
    if chance.random() < 0.014 and day.month != 12 and day + timedelta(days=back) <= last:
        line = chance.choice(lines)
        given = {name: round(-part * line[name], 2) for name in ("amount", "margin")}
        found.append([line | given | {"kind": "return", "date": day + timedelta(days=back)}])
    return found

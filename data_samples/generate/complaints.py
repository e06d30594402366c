"""The table ``complaints``: each step of the register comes after the one before."""

from datetime import timedelta
from random import Random

from data_samples.generate.chance import day_between, draw, stream
from data_samples.generate.rows import Row
from data_samples.generate.spec import Spec

STEPS = ("registered", "cause_found", "cause_removed", "process_mended")


def build(spec: Spec, documents: list[Row]) -> list[Row]:
    """Return complaints of customers that had bought something before."""
    chance = stream(spec.id, "complaints")
    bought = [row for row in documents if row["kind"] == "sale"]
    rows = [_complaint(spec, bought, chance) for _ in range(spec.register.count)]
    return numbered(rows)


def numbered(rows: list[Row]) -> list[Row]:
    """Return the complaints by date with the numbers of the register."""
    rows = sorted(rows, key=lambda row: (row["date"], row["customer_id"]))
    return [
        row | {"complaint_id": f"{row['date']:%y}/{number:03d}"}
        for number, row in enumerate(rows, start=1)
    ]


def _complaint(spec: Spec, bought: list[Row], chance: Random) -> Row:
    register = spec.register
    day = day_between(register.start, spec.as_of - timedelta(days=5), chance)
    document = chance.choice([row for row in bought if row["date"] <= day])
    row: Row = {
        "customer_id": document["customer_id"],
        "date": day,
        "product": document["product"],
        "category": draw(register.categories, chance),
    }
    going = True
    for step, likely in zip(STEPS, register.steps, strict=True):
        going = going and chance.random() < likely
        row[step] = "yes" if going else "no"
    closed = day + timedelta(days=max(1, round(chance.lognormvariate(2.6, 0.7))))
    done = row["cause_removed"] == "yes" and closed <= spec.as_of
    return row | {"closed_date": closed if done else None}

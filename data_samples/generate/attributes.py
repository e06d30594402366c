"""Attributes of customers that rules of segments ask for, where the first tables have none."""

from data_samples.generate.chance import stream
from data_samples.generate.rows import Row
from data_samples.generate.spec import Spec


def add(spec: Spec, customers: list[Row]) -> None:
    """Write type and size into the rows, now and then nothing; the other columns stay."""
    plan, household = spec.segmentation, spec.market.household
    if plan is None or plan.types is None:
        return
    chance = stream(spec.id, "attributes")
    company, person = plan.types
    for row in customers:
        private = row["industry"] == household
        forgotten, unsure = chance.random(), chance.random()
        row["customer_type"] = None if unsure < 0.006 else person if private else company
        if private or forgotten < 0.04:
            row["employees"] = None

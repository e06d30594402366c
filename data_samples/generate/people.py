"""The respondents: who may answer for which customer, the same people in every wave."""

from dataclasses import dataclass

from data_samples.generate.chance import stream
from data_samples.generate.rows import Row
from data_samples.generate.spec import Manager, Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One possible respondent."""

    respondent_id: str
    rank: int
    """Place of the customer by size, 0 for the largest."""
    customer: Row
    manager: Manager
    lean: float
    """How kindly this person judges: marks added to every parameter."""

    @property
    def territory(self) -> str:
        """Territory of the customer."""
        return str(self.customer["region"])


def build(spec: Spec, customers: list[Row]) -> list[Person]:
    chance = stream(spec.id, "people")
    least, most = spec.market.people
    managers = {m.name: m for m in spec.managers}
    ranks = [r for r in range(len(customers)) for _ in range(chance.randint(least, most))]
    numbers = list(range(1, len(ranks) + 1))
    chance.shuffle(numbers)
    people: list[Person] = []
    for number, rank in zip(numbers, ranks, strict=True):
        customer = customers[rank]
        person = Person(
            respondent_id=spec.respondent_format.format(number),
            rank=rank,
            customer=customer,
            manager=managers[str(customer["manager"])],
            lean=chance.gauss(0, 0.35),
        )
        people.append(person)
    return people

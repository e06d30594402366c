"""The tables ``survey`` and ``satisfaction``: made together, for the marks cause the score."""

from dataclasses import dataclass
from datetime import date
from random import Random

from data_samples.generate import openings
from data_samples.generate.chance import day_between, draw, mark, stream
from data_samples.generate.people import Person
from data_samples.generate.phrasebank import Bank
from data_samples.generate.rows import Row, Tables
from data_samples.generate.spec import Spec, Wave

NEUTRAL = 3.9
"""A mark that moves the recommendation score neither up nor down."""
STRETCH = 3.2
"""How much further a dissatisfied answer lies from 6 than its marks alone would put it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one person thinks in one wave."""

    person: Person
    day: date
    product: str
    marks: dict[str, int]
    score: int


def build(spec: Spec, waves: tuple[Wave, ...], people: list[Person], bank: Bank) -> Tables:
    """Return survey, satisfaction and the themes of ``waves``; labels when there are several."""
    survey: list[Row] = []
    satisfaction: list[Row] = []
    themes: dict[str, tuple[str, ...]] = {}
    for wave in waves:
        chance = stream(spec.id, "survey", wave.label)
        opinions = [_opinion(spec, wave, p, chance) for p in _sample(spec, wave, people, chance)]
        label = wave.label if len(waves) > 1 else ""
        rows = [_row(spec, opinion, label, chance) for opinion in opinions]
        openings.write(spec, wave, rows, bank=bank, themes=themes, chance=chance)
        _blank_scores(wave, rows, chance)
        survey += rows
        if wave is waves[-1]:
            satisfaction += _marks(spec, opinions, chance)
    return Tables(rows={"survey": survey, "satisfaction": satisfaction}, themes=themes)


def _sample(spec: Spec, wave: Wave, people: list[Person], chance: Random) -> list[Person]:
    if wave.scores:
        there = [p for p in people if p.customer["registered_date"] <= wave.end]
        chosen = [p for p in there if wave.scores[p.rank] is not None]
    else:
        there = [p for p in people if p.customer["registered_date"] <= wave.start]
        chosen = chance.sample(there, k=wave.answers)
    return sorted(chosen, key=lambda p: p.respondent_id)


def _opinion(spec: Spec, wave: Wave, person: Person, chance: Random) -> Opinion:
    product = chance.choices(spec.products, weights=[p.share for p in spec.products])[0].name
    day = day_between(wave.start, wave.end, chance)
    given = _given_score(wave, person)
    lean = (given - 7.8) * 0.28 if given is not None else person.lean
    marks = {
        p.name: mark(p.mean + lean + _effect(spec, wave, person, p.name), chance)
        for p in spec.parameters
    }
    score = given if given is not None else _score(spec, wave, person, marks, chance)
    return Opinion(person=person, day=day, product=product, marks=marks, score=score)


def _given_score(wave: Wave, person: Person) -> int | None:
    return wave.scores[person.rank] if wave.scores else None


def _effect(spec: Spec, wave: Wave, person: Person, parameter: str) -> float:
    return wave.effects.get(person.territory, 0.0) if parameter == spec.driver else 0.0


def _score(spec: Spec, wave: Wave, person: Person, marks: dict[str, int], chance: Random) -> int:
    pull = sum(p.weight * (marks[p.name] - NEUTRAL) for p in spec.parameters)
    felt = wave.base + pull + person.manager.effect + chance.gauss(0, 1.0)
    if felt < 6:
        felt = 6 - STRETCH * (6 - felt)  # the angry use the whole lower end, down to 0
    return min(10, max(0, round(felt)))


def _row(spec: Spec, opinion: Opinion, label: str, chance: Random) -> Row:
    customer = opinion.person.customer
    return {
        "respondent_id": opinion.person.respondent_id,
        "date": opinion.day,
        "score": opinion.score,
        "customer_id": customer["customer_id"],
        "wave": label or None,
        "segment": customer[spec.survey_segment],
        "product": opinion.product,
        "manager": customer["manager"],
        "channel": draw(spec.channels, chance),
    }


def _blank_scores(wave: Wave, rows: list[Row], chance: Random) -> None:
    """Blank the score of some respondents; those with planned answers keep theirs."""
    planned = {p.text for p in wave.planned}
    free = [r for r in rows if r.get("reason") not in planned]
    free = [r for r in free if r.get("improvement") not in planned]
    for row in chance.sample(free, k=wave.missing):
        row["score"] = None


def _marks(spec: Spec, opinions: list[Opinion], chance: Random) -> list[Row]:
    count = round(spec.marked_share * len(opinions))
    chosen = {o.person.respondent_id for o in chance.sample(opinions, k=count)}
    rows: list[Row] = []
    for opinion in opinions:
        if opinion.person.respondent_id in chosen:
            rows += [_mark(opinion, name, value) for name, value in opinion.marks.items()]
    return rows + _staff(spec, opinions[-1].day, chance)


def _mark(opinion: Opinion, parameter: str, value: int) -> Row:
    return {
        "respondent_id": opinion.person.respondent_id,
        "date": opinion.day,
        "product": opinion.product,
        "parameter": parameter,
        "mark": value,
        "customer_id": opinion.person.customer["customer_id"],
        "side": "customer",
        "manager": opinion.person.customer["manager"],
    }


def _staff(spec: Spec, day: date, chance: Random) -> list[Row]:
    return [
        {
            "respondent_id": f"S{number:02d}",
            "date": day,
            "product": chance.choice(spec.products).name,
            "parameter": parameter.name,
            "mark": mark(parameter.staff, chance, spread=0.6),
            "customer_id": None,
            "side": "staff",
            "manager": None,
        }
        for number in range(1, spec.staff_count + 1)
        for parameter in spec.parameters
    ]

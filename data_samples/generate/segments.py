"""The tables ``segments`` and ``targets``: rules and needs as the client's people type them."""

from random import Random

from data_samples.generate.rows import Row
from data_samples.generate.segmentation_spec import Segment, Segmentation
from data_samples.generate.words import words

NEEDS = ("target", "optional")


def rules(plan: Segmentation) -> list[Row]:
    """Return one row per rule; a condition that the rule has not is blank."""
    columns = {column for segment in plan.segments for column in segment.conditions}
    return [
        {"order": number, "segment": segment.name, "purpose": segment.purpose}
        | {column: segment.conditions.get(column) for column in sorted(columns)}
        for number, segment in enumerate(plan.segments, start=1)
    ]


def needs(plan: Segmentation) -> list[Row]:
    """Return one row per segment, one column per product."""
    return [
        {"segment": segment.name} | {product: need(segment, product) for product in plan.products}
        for segment in plan.segments
    ]


def need(segment: Segment, product: str) -> str | None:
    """Return ``target``, ``optional`` or nothing."""
    return next((n for n in NEEDS if product in getattr(segment, n)), None)


def in_own_words(rows: list[Row], *, language: str, chance: Random) -> list[Row]:
    """Return the rows with every yes, no, target and optional as people type it."""
    choices = words()[language]["choices"]
    own = {word: choices[word] for word in ("yes", "no", *NEEDS)}
    return [
        {
            column: typed(own[value], chance) if value in own else value
            for column, value in row.items()
        }
        for row in rows
    ]


def typed(word: str, chance: Random) -> str:
    """Return ``word`` in the case that the day brings."""
    fate = chance.random()
    return word.capitalize() if fate < 0.25 else word.upper() if fate < 0.32 else word

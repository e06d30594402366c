"""The one limitation that could change the decision of page 2, decided by a list of rules."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from workbook.diagnostics.claims import Figure

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limitation:
    """What limits the decision."""

    id: str
    """Key of its words in the report's texts (``limitations.<id>``)."""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    """Every number that its sentence writes, unformatted."""


def first_of(rules: Iterable[Callable[[T], Limitation | None]], facts: T) -> Limitation | None:
    """Return what the first rule that applies says; None where none does.

    Examples
    --------
    >>> few = lambda n: Limitation(id="few", figures={"n": n}) if n < 30 else None
    >>> first_of([few], 12).id, first_of([few], 50)
    ('few', None)
    """
    return next((found for rule in rules if (found := rule(facts)) is not None), None)

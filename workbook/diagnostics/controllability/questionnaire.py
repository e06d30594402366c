"""A questionnaire: sections of items in three languages, the marks, and reference profiles.

A questionnaire is a YAML file (``templates/questionnaires/<id>.yaml``; an engagement's own are in
its folder ``questionnaires``).  Reading one is :mod:`.questionnaire_file`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

Words: TypeAlias = Mapping[str, str]
"""A text by language."""
MAIN_QUESTIONNAIRE = "controllability"
"""The questionnaire that leads the report, that a blank ``questionnaire`` cell means, whose items
the client's own data are checked against, and whose marks say "managed"."""


class Mark(StrEnum):
    """What a respondent may say of an item, as the table ``answers`` writes it."""

    PLUS = "+"
    HALF = "+/-"
    MINUS = "-"
    DONT_KNOW = "don't know"
    NOT_APPLICABLE = "not applicable"


SCORES: Mapping[str, float] = MappingProxyType({Mark.PLUS: 1.0, Mark.HALF: 0.5, Mark.MINUS: 0.0})
"""Marks that count, best first; the other two leave the item out."""


class Level(StrEnum):
    """Whose view a respondent gives."""

    MANAGEMENT = "management"
    LINE = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that is marked."""

    id: str
    wording: Words
    guidance: Words
    """What to look at when marking."""
    recommendation: Words
    """What to do when it is not ``+``."""
    metric: Words
    """The figure that proves it mended."""
    original: Words
    """The source's own wording where ours mends it; often empty."""
    aspect: str = ""
    """Id of a management aspect; "" of none."""
    weight: float = 1.0
    """Weight in the list of gaps (never in the index)."""
    default: bool = True
    """False: only asked where the consultant turns it on."""
    repeats: str = ""
    """Id of the item that it repeats word for word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Items under one heading."""

    id: str
    title: Words
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A reference: one mark for every item."""

    id: str
    title: Words
    marks: Mapping[str, str]
    """Mark by item id, for every item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """A checked questionnaire."""

    id: str
    version: int
    title: Words
    purpose: Words
    """What a high index means."""
    source: Words
    """Where the items come from."""
    marks: Mapping[str, Words]
    """What ``+``, ``+/-`` and ``-`` mean here."""
    aspects: Mapping[str, Words]
    """Name of each management aspect by id, in the order of the file; may be empty."""
    aspects_note: Words
    """Whose mapping of items to aspects it is; may be empty."""
    sections: tuple[Section, ...]
    profiles: tuple[Profile, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in the order of the file."""
        return tuple(item for section in self.sections for item in section.items)

    def asked(self, optional: frozenset[str] = frozenset()) -> "Questionnaire":
        """Return the questionnaire with the items that are on.

        Parameters
        ----------
        optional
            Ids of items that are off by default and turned on.
        """
        return self._only({i.id for i in self.items if i.default or i.id in optional})

    def whole(self) -> "Questionnaire":
        """Return the questionnaire as its source has it: repeated items too, no further ones."""
        return self._only({i.id for i in self.items if i.default or i.repeats})

    def _only(self, ids: set[str]) -> "Questionnaire":
        return replace(self, sections=tuple(_with_items(self.sections, ids)))


def _with_items(sections: tuple[Section, ...], ids: set[str]) -> Iterator[Section]:
    """Yield the sections with those of their items; one that is left without any is left out."""
    for section in sections:
        items = tuple(item for item in section.items if item.id in ids)
        if items:
            yield Section(id=section.id, title=section.title, items=items)

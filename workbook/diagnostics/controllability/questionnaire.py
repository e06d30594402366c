"""A questionnaire: sections of items in every language, the marks, and reference profiles.

A questionnaire is a YAML file (``templates/questionnaires/<id>.yaml``; an engagement's own are in
its folder ``questionnaires``).  The types say what may stand in such a file; whoever reads one
(:mod:`.sources.questionnaire_file`) has it checked against them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import ConfigDict, Field, GetCoreSchemaHandler
from pydantic.dataclasses import dataclass
from pydantic_core import CoreSchema, core_schema

from workbook.language.catalog import LANGUAGES

MAIN_QUESTIONNAIRE = "controllability"
"""The questionnaire that leads the report, that a blank ``questionnaire`` cell means, whose items
the client's own data are checked against, and whose marks say "managed"."""
_CLOSED = ConfigDict(extra="forbid")


class Keyed:
    """Demand of a mapping that it has these keys and no others, all of one kind."""

    def __init__(self, keys: Iterable[str], *, each: Any = None, required: bool = True) -> None:
        self.keys, self.each, self.required = tuple(keys), each, required

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        each = handler.generate_schema(self.each or Annotated[str, Field(pattern=r"\S")])
        one = core_schema.typed_dict_field(each, required=self.required)
        return core_schema.typed_dict_schema(dict.fromkeys(self.keys, one), extra_behavior="forbid")


Words: TypeAlias = Annotated[Mapping[str, str], Keyed(LANGUAGES)]
"""A text by language, in every language."""
SomeWords: TypeAlias = Annotated[Mapping[str, str], Keyed(LANGUAGES, required=False)]
"""A text by language; not in every one."""
Id: TypeAlias = Annotated[str, Field(pattern=r"^_*[0-9a-z][0-9a-z_]*(\._*[0-9a-z][0-9a-z_]*)*$")]
"""``1.10``, ``planning``."""


class Mark(StrEnum):
    """What a respondent may say of an item, as the table ``answers`` writes it."""

    PLUS = "+"
    HALF = "+/-"
    MINUS = "-"
    DONT_KNOW = "don't know"
    NOT_APPLICABLE = "not applicable"


SCORES: Mapping[str, float] = MappingProxyType({Mark.PLUS: 1.0, Mark.HALF: 0.5, Mark.MINUS: 0.0})
"""Marks that count, best first; the other two leave the item out."""
MarkThatCounts: TypeAlias = Literal["+", "+/-", "-"]


class Level(StrEnum):
    """Whose view a respondent gives."""

    MANAGEMENT = "management"
    LINE = "line"


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class Item:
    """One thing that is marked."""

    id: Id
    wording: Words
    guidance: Words
    """What to look at when marking."""
    recommendation: Words
    """What to do when it is not ``+``."""
    metric: Words
    """The figure that proves it mended."""
    original: SomeWords = field(default_factory=dict)
    """The source's own wording where ours mends it; often empty."""
    aspect: str = ""
    """Id of a management aspect; "" of none."""
    weight: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 1.0
    """Weight in the list of gaps (never in the index)."""
    default: bool = True
    """False: only asked where the consultant turns it on."""
    repeats: str = ""
    """Id of the item that it repeats word for word."""


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class Section:
    """Items under one heading."""

    id: Id
    title: Words
    items: Annotated[tuple[Item, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class Profile:
    """A reference: one mark for every item."""

    id: Id
    title: Words
    marks: Mapping[str, MarkThatCounts]
    """Mark by item id, for every item."""


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class Questionnaire:
    """A checked questionnaire."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    version: Annotated[int, Field(ge=1)]
    title: Words
    also_called: tuple[str, ...] = ()
    """Former titles, in any language: forms that were filled in under them are still read."""
    purpose: Words
    """What a high index means."""
    source: Words
    """Where the items come from."""
    marks: Annotated[Mapping[str, Words], Keyed(SCORES, each=Words)]
    """What ``+``, ``+/-`` and ``-`` mean here."""
    aspects: Mapping[str, Words] = field(default_factory=dict)
    """Name of each management aspect by id, in the order of the file; may be empty."""
    aspects_note: Words | None = None
    """Whose mapping of items to aspects it is."""
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    profiles: tuple[Profile, ...] = ()

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

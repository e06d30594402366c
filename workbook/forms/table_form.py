"""A form whose rows become rows of one of the client's tables: what is asked, in every language.

Each is a file of ``templates/forms/``; its columns and fields are columns of the table, so that
headings, lists and what a cell may say are those of ``templates/tables/``.
"""

from collections.abc import Mapping
from dataclasses import field, replace
from functools import cache
from types import MappingProxyType
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

from workbook.diagnostics.controllability.questionnaire import Id, Words
from workbook.intake.schema import ColumnSchema, TableSchema
from workbook.intake.schema_files import load_schema
from workbook.language.nearest import plain
from workbook.language.package_data import templates
from workbook.language.yaml_text import yaml_words

FOLDER = "forms"
_CLOSED = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class Category:
    """Touchpoints under one heading."""

    id: Id
    """As the table has it, whatever the language of the form."""
    title: Words
    lines: Mapping[str, Words]


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class TableForm:
    """What a form asks, and which table its rows are of."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$")]
    version: Annotated[int, Field(ge=1)]
    table: str
    title: Words
    sheet: Words
    """Name of a sheet, with its number."""
    how: Words
    """What stands above the questions."""
    fields: tuple[str, ...] = ()
    """Columns that are asked once a sheet and hold for all its rows."""
    columns: tuple[str, ...]
    """Columns that are asked in every row."""
    given: tuple[str, ...] = ()
    """Those of them that the form itself fills in."""
    answers: tuple[str, ...]
    """Those that make a row a filled one."""
    numbered: str = ""
    """An identifier that is made of file and row where it is blank."""
    person: str = ""
    """A field that is made of file and sheet where it is blank, with a remark."""
    key: tuple[str, ...]
    """Columns that no two rows may have in common."""
    scale: str = ""
    """Of marks."""
    proves: tuple[str, ...] = ()
    """Columns of yes and no that a filled row itself makes a yes."""
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Columns of numbers that are chosen from a list."""
    rows: Annotated[int, Field(ge=1)]
    """Blank rows."""
    names: tuple[str, ...] = ()
    """Columns for which the engagement's names are listed: of no respondent, and of customers only
    where the form is for the client's own people."""
    headings: Mapping[str, Words] = field(default_factory=dict)
    """Headings that are other than the table's."""
    help: Mapping[str, Words] = field(default_factory=dict)
    """What is to be written, where it is other than in the table."""
    questions: Mapping[str, Words] = field(default_factory=dict)
    """What is asked, above the heading of a column."""
    steps: Annotated[tuple[Words, ...], Field(min_length=1)]
    """How to fill in."""
    source: Words
    parameters: tuple[Words, ...] = ()
    """Of products, where the client has none of its own."""
    categories: tuple[Category, ...] = ()

    @property
    def schema(self) -> TableSchema:
        """The table that its rows are of."""
        return load_schema(self.table)

    def column(self, name: str) -> ColumnSchema:
        """Return a column of the table, as the form words it."""
        column = self.schema.column(name)
        return replace(
            column,
            headings=self.headings.get(name, column.headings),
            help=self.help.get(name, column.help),
            required=not column.blank and name not in (self.numbered, self.person),
            needed=False,
        )

    def in_language(self, language: str) -> Mapping[str, Mapping[str, str]]:
        """Return column -> a word of the form in any language -> the word that the table gets.

        A category gets its id, which reports word in their own language.

        Examples
        --------
        >>> words = table_forms()["touchpoints"].in_language("en")
        >>> words["touchpoint"]["сайт"], words["category"]["firma"]
        ('Website', 'business')
        """
        lines = [line for category in self.categories for line in category.lines.values()]
        return {
            "category": {plain(w): c.id for c in self.categories for w in c.title.values()},
            "touchpoint": {plain(w): line[language] for line in lines for w in line.values()},
            "parameter": {plain(w): p[language] for p in self.parameters for w in p.values()},
        }


_TYPE = TypeAdapter(TableForm)


@cache
def table_forms() -> Mapping[str, TableForm]:
    """Return the forms of tables by id."""
    files = sorted((templates() / FOLDER).glob("*.yaml"))
    made = [_TYPE.validate_python(yaml_words(path.read_text("utf-8"))) for path in files]
    return MappingProxyType({form.id: form for form in made})

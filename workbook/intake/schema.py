"""What an input table must look like: data from ``templates/tables/<table>.yaml``.

A table definition names its columns in the order of the intake workbook, with headings in
every language, so that the reader, the documentation and (later) the intake workbook agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from workbook.language.languages import ENGLISH, language_of


class ColumnType(StrEnum):
    """How the text of a cell becomes a value, and what dtype the typed column has."""

    TEXT = "text"
    """Stripped text, missing where blank (dtype ``str``)."""
    ID = "id"
    """An identifier: text exactly as typed, leading zeros kept, outer spaces gone (``str``)."""
    DATE = "date"
    """A calendar day (``datetime64[ns]``, midnight)."""
    INTEGER = "integer"
    """A whole number (``Int64``); 7.5 is refused."""
    NUMBER = "number"
    """A number under the declared locale (``float64``)."""
    DECIMAL = "decimal"
    """A number with the decimals it was written with, as text: ``-0.870`` (``str``)."""
    SHARE = "share"
    """A percentage: ``25 %`` or 25 becomes 0.25 (``float64``)."""
    CHOICE = "choice"
    """One of a closed list, any accepted spelling -> the canonical word (``str``)."""
    YES_NO = "yes_no"
    """A truth value by declared spellings only (``boolean``)."""
    PERIOD = "period"
    """A month, quarter or year as ``2025-03``, ``2025-Q1`` or ``2025`` (``str``)."""
    MARK = "mark"
    """A whole mark 1-5 or 1-10, or a percentage as a share 0-1: the column is one of them
    throughout, told by ``frame.attrs["scale"]`` (``float64``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSchema:
    """One column of an input table."""

    name: str
    kind: ColumnType
    headings: Mapping[str, str]
    """Heading by language, as the intake workbook prints it."""
    aliases: tuple[str, ...] = ()
    """Further headings that real files use, compared without case, spaces and ``_``."""
    required: bool = False
    """The column must be there (its cells may still be blank when ``blank`` says so)."""
    needed: bool = False
    """Not required of every file, but of the one layout that the intake workbook has."""
    blank: bool = True
    """Blank cells are allowed and mean missing."""
    low: float | None = None
    high: float | None = None
    choices: Mapping[str, tuple[str, ...]] | None = None
    """Canonical word -> accepted spellings in every language."""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    """Canonical word -> by language the one spelling that is printed; see :meth:`choice_words`."""
    examples: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """A cell as people write it, by language; empty for the lines of a statement."""
    help: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What is to be written, in one short sentence by language."""
    default: str = ""
    """Canonical word of a blank cell; a choice with a default is always in the frame."""
    dash_is_nil: bool = False
    """A lone dash in a number means nil, as statutory forms write it."""
    money: bool = False
    """Amounts of money: a heading may say in which multiple they are written."""
    unit_as_option: bool = False
    """Amounts whose multiple is an option of the diagnostic; a heading may only repeat it."""
    scores: bool = False
    """Answers on a scale of 0-10: an integer from 0 to 10 that other scales are taken for."""
    years: bool = False
    """Years: "2024 г." is one."""
    future: bool = False
    """Days after the as-of date are ordinary (the end of a contract)."""
    long_ago: bool = False
    """Days of decades ago are ordinary (since when somebody is a customer)."""
    thing: str = ""
    """What an identifier or the name of a group stands for (``customer``, ``manager``): things of
    one kind have one spelling in all tables (:mod:`workbook.language.spelling`), and a word that
    says that nothing is known is no name.  Empty: a text of its own, a list, a comment."""
    identifies: str = ""
    """What an engagement under pseudonyms does with it (:mod:`workbook.intake.anonymity`): a kind
    of thing (``customer``, ``manager``) has pseudonyms, ``text`` is free text that is not quoted,
    ``words`` are words of the client's in which names are masked.  Empty: it tells nobody."""
    nobody: bool = False
    """A word such as "no" says that there was nobody: it is no name."""
    names_columns: bool = False
    """A cell names one of the columns that are not described: a line of a statement."""
    lists: bool = False
    """A cell may hold several values, separated by ``;`` or as the option ``split`` says."""

    def choice_words(self, language: str) -> Mapping[str, str]:
        """Return canonical word -> the word to print in a language; it is accepted when read back.

        Empty for a column without a closed list.

        Examples
        --------
        >>> status = ColumnSchema(
        ...     name="status",
        ...     kind=ColumnType.CHOICE,
        ...     headings={},
        ...     words={"won": {"en": "won", "ru": "выиграно"}},
        ... )
        >>> dict(status.choice_words("ru"))
        {'won': 'выиграно'}
        >>> dict(ColumnSchema(name="x", kind=ColumnType.YES_NO, headings={}).choice_words("en"))
        {'yes': 'yes', 'no': 'no'}
        """
        if self.kind is ColumnType.YES_NO:
            cells = language_of(language).cells
            return {"yes": cells.yes[0], "no": cells.no[0]}
        return {
            word: forms.get(language) or forms.get(ENGLISH, word)
            for word, forms in self.words.items()
        }

    @property
    def is_scale(self) -> bool:
        """Return whether the column holds answers on a scale: marks or scores."""
        return self.scores or self.kind is ColumnType.MARK


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSchema:
    """One input table of the contract."""

    name: str
    headings: Mapping[str, str]
    """Sheet title by language in the intake workbook; accepted as sheet names."""
    columns: tuple[ColumnSchema, ...]
    unique: tuple[str, ...] = ()
    """Columns that together identify a row; absent optional ones are left out."""
    before: tuple[tuple[str, str], ...] = ()
    """Pairs of date columns of which the first must not be later than the second."""
    help: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What a row of it is, in one short sentence by language."""
    of_client: bool = True
    """The client fills it in: a sheet of the intake workbook."""
    open_column: ColumnSchema | None = None
    """What a column that the schema does not name is about; only where ``open`` says that it may
    be there."""
    open: bool = False
    """Columns that the schema does not name are kept as text instead of warned about."""
    open_thing: str = ""
    """What the headings of further columns name (targets: products); see ``thing``."""
    line_code: str = ""
    """Column with the codes of a form's lines: totals among them are figures like the others."""
    repeats: bool = False
    """Equal rows are ordinary (nameless raters) and kept without a warning."""

    @property
    def described(self) -> tuple[ColumnSchema, ...]:
        """The columns that are explained one by one: all but the lines of a statement."""
        return tuple(column for column in self.columns if column.help)

    def column(self, name: str) -> ColumnSchema:
        """Return the column called ``name``."""
        return next(c for c in self.columns if c.name == name)

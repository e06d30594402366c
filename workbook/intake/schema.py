"""What an input table must look like: data from ``templates/tables/<table>.yaml``.

A table definition names its columns in the order of the intake workbook, with headings in
every language, so that the reader, the documentation and (later) the intake workbook agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


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
    blank: bool = True
    """Blank cells are allowed and mean missing."""
    low: float | None = None
    high: float | None = None
    choices: Mapping[str, tuple[str, ...]] | None = None
    """Canonical word -> accepted spellings in every language."""
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
    lists: bool = False
    """A cell may hold several values, separated by ``;`` or as the option ``split`` says."""

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
    open: bool = False
    """Columns that the schema does not name are kept as text instead of warned about."""
    open_thing: str = ""
    """What the headings of further columns name (targets: products); see ``thing``."""
    repeats: bool = False
    """Equal rows are ordinary (nameless raters) and kept without a warning."""

    def column(self, name: str) -> ColumnSchema:
        """Return the column called ``name``."""
        return next(c for c in self.columns if c.name == name)

"""A column of the intake workbook: its format, what may be entered, the notes that explain it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from workbook.intake.schema import ColumnSchema, ColumnType, TableSchema
from workbook.language.catalog import Texts
from workbook.language.languages import language_of

LONGEST_LIST = 255
"""Characters of a list that stands in the rule itself; a longer one is a range of cells."""
_LONGEST_NOTE = 255
_LONGEST_TITLE = 32
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
_MOST = 10**12
_WIDEST_MARK = 100
_CODED_LINE = "line_"
_TEXTS = frozenset({ColumnType.TEXT, ColumnType.ID, ColumnType.PERIOD})
_WIDTHS = {
    ColumnType.TEXT: 24,
    ColumnType.ID: 16,
    ColumnType.CHOICE: 18,
}
_WIDTH = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedColumn:
    """One column of a sheet as the client is asked for it."""

    schema: ColumnSchema
    heading: str
    """Blank where the client writes a heading of its own."""
    words: tuple[str, ...] = ()
    """What may be chosen; empty: there is no list."""
    closed: bool = False
    """Nothing else than the words may be entered."""

    @property
    def required(self) -> bool:
        """Return whether every row must have it."""
        return self.schema.required or self.schema.needed

    @property
    def in_range(self) -> bool:
        """Return whether the list is too long for the rule, or has commas, which part it there."""
        joined = ",".join(self.words)
        return len(joined) > LONGEST_LIST or any("," in word for word in self.words)

    @property
    def width(self) -> int:
        """Characters across."""
        return max(_WIDTHS.get(self.schema.kind, _WIDTH), min(len(self.heading) + 4, 30))


def asked_columns(schema: TableSchema, language: str) -> tuple[AskedColumn, ...]:
    """Return the columns of a sheet in their order; the lines of a statement are words of one."""
    return tuple(_asked(column, schema, language) for column in schema.described)


def own_column(schema: TableSchema, language: str) -> AskedColumn | None:
    """Return the column that the client names itself, where the table may have such."""
    if schema.open_column is None:
        return None
    words = tuple(schema.open_column.choice_words(language).values())
    return AskedColumn(schema=schema.open_column, heading="", words=words, closed=bool(words))


def _asked(column: ColumnSchema, schema: TableSchema, language: str) -> AskedColumn:
    words = tuple(column.choice_words(language).values())
    closed = bool(words)
    if column.names_columns:
        words = line_names(schema, language)
    return AskedColumn(schema=column, heading=column.headings[language], words=words, closed=closed)


def line_names(schema: TableSchema, language: str) -> tuple[str, ...]:
    """Return the names that a column may have which is not described one by one.

    Codes of a statutory form are no names.
    """
    return tuple(
        column.headings[language]
        for column in schema.columns
        if not column.help and not column.name.startswith(_CODED_LINE)
    )


def number_format(column: ColumnSchema, language: str) -> str:
    """Return the number format of a column's cells; text stays as it is typed.

    >>> from workbook.intake.schema_files import load_schema
    >>> number_format(load_schema("sales").column("document_id"), "ru")
    '@'
    >>> number_format(load_schema("sales").column("date"), "ru")
    'dd.mm.yyyy'
    """
    kind = column.kind
    if kind in _TEXTS or kind in (ColumnType.CHOICE, ColumnType.YES_NO):
        return "@"
    if kind is ColumnType.DATE:
        return language_of(language).writing.day_short.lower()
    if kind is ColumnType.INTEGER:
        return "0"
    if kind is ColumnType.NUMBER:
        return "#,##0.00"
    return "0%" if kind is ColumnType.SHARE else "General"


def entry_rule(asked: AskedColumn, texts: Texts, named: str = "") -> dict[str, Any]:
    """Return what may be entered into the cells of a column, and the note that appears there.

    Parameters
    ----------
    named
        Name of the range that holds the list, where it does not stand in the rule itself.
    """
    rule: dict[str, Any] = {
        **_condition(asked, texts, named),
        "input_title": (asked.heading or texts("note.heading"))[:_LONGEST_TITLE],
        "input_message": cell_note(asked.schema, texts),
        "error_title": texts("refused.title"),
    }
    if rule["validate"] == "any":
        rule.pop("error_title")
    return rule


def _condition(asked: AskedColumn, texts: Texts, named: str) -> dict[str, Any]:
    kind, low, high = asked.schema.kind, asked.schema.low, asked.schema.high
    if asked.words:
        source: Any = f"={named}" if named else list(asked.words)
        refused = {"error_message": texts("refused.list"), "show_error": asked.closed}
        return {"validate": "list", "source": source, **refused}
    if kind is ColumnType.DATE:
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": _FIRST_DAY,
            "maximum": _LAST_DAY,
            "error_message": texts("refused.date"),
        }
    if kind is ColumnType.INTEGER:
        bounds = bounds_text(asked.schema, texts)
        message = texts("refused.integer", bounds=bounds) if bounds else texts("refused.number")
        least, most = _whole(low, -_MOST), _whole(high, _MOST)
        return {
            "validate": "integer",
            "criteria": "between",
            "minimum": least,
            "maximum": most,
            "error_message": message,
        }
    if kind in _TEXTS:
        return {"validate": "any"}
    most = _WIDEST_MARK if kind is ColumnType.MARK else _whole(high, _MOST)
    least = 0 if kind is ColumnType.MARK else _whole(low, -_MOST)
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        "error_message": texts("refused.number"),
    }


def _whole(bound: float | None, otherwise: int) -> int:
    return otherwise if bound is None else int(bound)


def bounds_text(column: ColumnSchema, texts: Texts) -> str:
    """Return the bounds of a number in words; empty without any."""
    low, high = column.low, column.high
    if low is None:
        return ""
    if high is None:
        return texts("bounds.low", low=f"{low:g}")
    return texts("bounds.both", low=f"{low:g}", high=f"{high:g}")


def allowed_text(asked: AskedColumn, texts: Texts) -> str:
    """Return which values are allowed, as the sheet of columns prints them."""
    if not asked.closed:
        return bounds_text(asked.schema, texts)
    words = asked.schema.choice_words(texts.language)
    listed = ", ".join(asked.words)
    default = asked.schema.default
    return f"{listed} ({texts('bounds.blank', word=words[default])})" if default else listed


def cell_note(column: ColumnSchema, texts: Texts) -> str:
    """Return the note that appears at a cell: what to write, and an example."""
    required = texts("note.required") if column.required or column.needed else ""
    help_ = f"{column.help[texts.language]}."
    example = texts("note.example", example=column.examples[texts.language])
    return "\n".join(filter(None, (f"{required} {help_}".strip(), example)))[:_LONGEST_NOTE]


def heading_note(asked: AskedColumn, texts: Texts) -> str:
    """Return the note at a heading: what the column is, its kind, what is allowed, an example."""
    kind = texts(f"kinds.{asked.schema.kind}")
    allowed = allowed_text(asked, texts)
    facts = f"{kind}: {allowed}" if allowed else kind
    first, *rest = cell_note(asked.schema, texts).split("\n")
    return "\n".join((first, f"{facts[:1].upper()}{facts[1:]}.", *rest))


def tables_text(names: Sequence[str], titles: dict[str, str]) -> str:
    """Return the titles of sheets, those that the workbook has."""
    return ", ".join(titles[name] for name in names if name in titles)

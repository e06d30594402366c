"""The intake workbook: a sheet for every table that a client fills in, with lists and notes.

It is made of ``templates/tables/`` and read back by the same tables.  Headings stand in the first
row: what explains them are notes and the sheet of columns, so that nothing is taken for data.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from workbook.engagement.settings import SCHEMA_VERSION
from workbook.forms.intake_columns import (
    AskedColumn,
    asked_columns,
    entry_rule,
    heading_note,
    number_format,
    own_column,
)
from workbook.forms.intake_guide import ReportNeeds, write_columns, write_guide
from workbook.forms.style import add_styles
from workbook.intake.files.workbook_parts import VERSION_PROPERTY
from workbook.intake.schema import TableSchema
from workbook.language.catalog import Texts, load_texts

LISTS = "_lists"
"""Hidden sheet of the lists that are too long for a rule; the reader passes over such names."""
ROWS = 10_000
"""Rows that have lists and notes."""
_OWN_COLUMNS = 20
"""Columns of a client's own where a table may have such."""
_CREATED = datetime(2000, 1, 1)  # fixed: the same workbook gives the same bytes
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_ALLOWED = (
    *("format_cells", "format_columns", "format_rows"),
    *("insert_rows", "delete_rows", "sort", "autofilter"),
)
_PROTECTION = dict.fromkeys(_ALLOWED, True)
_HEADING_HEIGHT = 48
_NOTE_WIDTH, _NOTE_HEIGHT = 300, 130
"""Pixels."""
_DARK, _LIGHT, _OWN = "#1F3864", "#D9E2F0", "#FFF8E1"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """A workbook that is being written."""

    book: Any
    texts: Texts
    lists: Any
    """The hidden sheet."""
    formats: dict[tuple[object, ...], Any]

    def style(self, **properties: object) -> Any:
        """Return a format, the same one for the same properties."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]


def intake_book(
    schemas: Mapping[str, TableSchema], *, language: str, needs: Sequence[ReportNeeds] = ()
) -> bytes:
    """Return the intake workbook as an XLSX file; the same call gives the same bytes.

    Parameters
    ----------
    schemas
        All tables; those that are not the client's are left out.
    language
        Of headings, lists and notes.
    needs
        Which tables each report needs, for the first sheet.
    """
    asked = {name: schema for name, schema in schemas.items() if schema.of_client}
    asked = {name: asked[name] for name in _in_order(asked, needs)}
    texts = load_texts("intake", language)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"title": texts("file_title"), "created": _CREATED})
    book.set_custom_property(VERSION_PROPERTY, str(SCHEMA_VERSION), "text")
    styles = add_styles(book)
    write_guide(book.add_worksheet(texts("guide_sheet")), styles, asked, needs=needs, texts=texts)
    sheets = [book.add_worksheet(schema.headings[language]) for schema in asked.values()]
    write_columns(book.add_worksheet(texts("columns_sheet")), styles, asked, texts)
    made = _Book(book=book, texts=texts, lists=book.add_worksheet(LISTS), formats={})
    for sheet, schema in zip(sheets, asked.values(), strict=True):
        _table_sheet(made, sheet, schema)
    made.lists.very_hidden()
    made.lists.protect()
    book.close()
    return buffer.getvalue()


def _in_order(names: Mapping[str, object], needs: Sequence[ReportNeeds]) -> list[str]:
    """Return the tables in the order in which the reports need them."""
    wanted = [table for need in needs for table in (*need.needs_any, *need.tables)]
    return [name for name in dict.fromkeys((*wanted, *names)) if name in names]


def _table_sheet(made: _Book, sheet: Any, schema: TableSchema) -> None:
    texts = made.texts
    columns = asked_columns(schema, texts.language)
    sheet.set_row(0, _HEADING_HEIGHT)
    for at, asked in enumerate(columns):
        _column(made, sheet, schema, at=at, asked=asked)
        sheet.write_string(0, at, asked.heading, _heading_style(made, asked))
        note = {"x_scale": 1, "width": _NOTE_WIDTH, "height": _NOTE_HEIGHT, "author": ""}
        sheet.write_comment(0, at, heading_note(asked, texts), note)
    own = own_column(schema, texts.language)
    last = len(columns) - 1
    if own is not None:
        last += _OWN_COLUMNS
        _own_columns(made, sheet, schema, own=own, first=len(columns), last=last)
    sheet.freeze_panes(1, 1)
    sheet.set_selection(1, 0, 1, 0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{ROWS + 1}"})
    sheet.protect("", _PROTECTION)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L&A&R{texts('footer')}")


def _column(made: _Book, sheet: Any, schema: TableSchema, *, at: int, asked: AskedColumn) -> None:
    """Format a column and say what may be entered below its heading."""
    cells = made.style(
        num_format=number_format(asked.schema, made.texts.language), locked=False, valign="top"
    )
    sheet.set_column(at, at, asked.width, cells)
    named = _named_list(made, schema, asked) if asked.in_range else ""
    sheet.data_validation(1, at, ROWS, at, entry_rule(asked, made.texts, named))


def _heading_style(made: _Book, asked: AskedColumn) -> Any:
    """Return the format of a heading; its number format shows the word that is no part of it."""
    required = asked.required
    word = made.texts("required" if required else "optional")
    look = {"bg_color": _DARK, "font_color": "#FFFFFF"} if required else {"bg_color": _LIGHT}
    return made.style(
        num_format=f'@" ({word})"', bold=True, text_wrap=True, valign="top", border=1,
        border_color="#BFBFBF", **look,
    )  # fmt: skip


def _own_columns(
    made: _Book, sheet: Any, schema: TableSchema, *, own: AskedColumn, first: int, last: int
) -> None:
    """Leave columns whose headings the client writes, with a note at the headings."""
    texts = made.texts
    heading = made.style(
        bg_color=_OWN, locked=False, bold=True, text_wrap=True, valign="top", border=1,
        border_color="#BFBFBF", num_format="@",
    )  # fmt: skip
    cells = made.style(num_format="@", locked=False, valign="top")
    sheet.set_column(first, last, own.width, cells)
    help_ = own.schema.help[texts.language]
    text = texts("note.heading_text", help=f"{help_[:1].lower()}{help_[1:]}")
    for at in range(first, last + 1):
        sheet.write_blank(0, at, None, heading)
    note = {"validate": "any", "input_title": texts("note.heading"), "input_message": text[:255]}
    sheet.data_validation(0, first, 0, last, note)
    named = _named_list(made, schema, own) if own.in_range else ""
    sheet.data_validation(1, first, ROWS, last, entry_rule(own, texts, named))


def _named_list(made: _Book, schema: TableSchema, asked: AskedColumn) -> str:
    """Write a long list into the hidden sheet and return the name of its range."""
    name = f"list_{schema.name}_{asked.schema.name}"
    at = sum(1 for found in made.book.defined_names if found[0].startswith("list_"))
    made.lists.write_column(0, at, asked.words, made.style(num_format="@"))
    letter = xlsxwriter.utility.xl_col_to_name(at)
    made.book.define_name(name, f"={LISTS}!${letter}$1:${letter}${len(asked.words)}")
    return name

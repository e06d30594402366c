"""The sheets of the intake workbook that are read: how to fill in, and what each column is."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbook.forms.intake_columns import (
    AskedColumn,
    allowed_text,
    asked_columns,
    line_names,
    own_column,
    tables_text,
)
from workbook.forms.style import Styles
from workbook.intake.schema import TableSchema
from workbook.language.catalog import Texts

_NAME_WIDTH, _TEXT_WIDTH = 30, 110
_WIDTHS = (20, 24, 60, 18, 14, 40, 28)
_LINE = 15.0
_FILLED = 0.9
"""Part of a column's characters that words fill: some are wider than a figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportNeeds:
    """Which tables a report needs."""

    title: str
    needs_any: tuple[str, ...]
    """At least one of them."""
    tables: tuple[str, ...]
    """All that it reads."""


def write_guide(
    sheet: Any,
    styles: Styles,
    schemas: Mapping[str, TableSchema],
    *,
    needs: Sequence[ReportNeeds],
    texts: Texts,
) -> None:
    """Write how the workbook is filled in, what its sheets are, and which report needs which."""
    language = texts.language
    sheet.set_column(0, 0, _NAME_WIDTH)
    sheet.set_column(1, 1, _TEXT_WIDTH)
    titles = {name: schema.headings[language] for name, schema in schemas.items()}
    row = 0
    for part in ("what", "how", "keep"):
        row = _part(sheet, styles, row, texts(f"guide.{part}"), _numbered(texts, part))
    sheets = [(titles[name], f"{schema.help[language]}.") for name, schema in schemas.items()]
    row = _part(sheet, styles, row, texts("guide.sheets"), sheets)
    reports = [(need.title, _needs(need, titles, texts)) for need in needs]
    if reports:
        row = _part(sheet, styles, row, texts("guide.reports"), reports)
    _part(sheet, styles, row, texts("guide.consultant"), [("", texts("guide.consultant_1"))])
    _finish(sheet, texts)


def _numbered(texts: Texts, part: str) -> list[tuple[str, str]]:
    count = 1
    while f"guide.{part}_{count + 1}" in texts:
        count += 1
    return [(str(n), texts(f"guide.{part}_{n}")) for n in range(1, count + 1)]


def _needs(need: ReportNeeds, titles: dict[str, str], texts: Texts) -> str:
    others = [name for name in need.tables if name not in need.needs_any]
    key = "needs" if len(need.needs_any) > 1 else "needs_one"
    said = [texts(f"guide.{key}", tables=tables_text(need.needs_any, titles))]
    also = tables_text(others, titles)
    return " ".join([*said, *([texts("guide.also", tables=also)] if also else [])])


def _part(
    sheet: Any, styles: Styles, row: int, title: str, lines: Sequence[tuple[str, str]]
) -> int:
    """Write a heading and its lines and return the row after an empty one."""
    sheet.write_string(row, 0, title, styles.title)
    for at, (name, text) in enumerate(lines, start=row + 1):
        sheet.set_row(at, _height([(name, _NAME_WIDTH), (text, _TEXT_WIDTH)]))
        sheet.write_string(at, 0, name, styles.strong)
        sheet.write_string(at, 1, text, styles.text)
    return row + len(lines) + 2


def _height(cells: Iterable[tuple[str, int]]) -> float:
    """Return the height of a row that holds words in columns of so many characters, in points."""
    lines = max(len(textwrap.wrap(words, int(width * _FILLED)) or [""]) for words, width in cells)
    return _LINE * lines + 3


def write_columns(
    sheet: Any, styles: Styles, schemas: Mapping[str, TableSchema], texts: Texts
) -> None:
    """Write every column of every sheet with an example, and the names of statement lines."""
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    names = ("sheet", "column", "what", "kind", "need", "allowed", "example")
    for at, name in enumerate(names):
        sheet.write_string(0, at, texts(f"columns.{name}"), styles.head)
    row = 1
    for schema in schemas.values():
        own = own_column(schema, texts.language)
        for asked in (*asked_columns(schema, texts.language), *([own] if own else [])):
            _write_row(sheet, styles, row, _told(schema, asked, texts))
            row += 1
    for schema in schemas.values():
        lines = line_names(schema, texts.language)
        if lines:
            row = _write_lines(sheet, styles, row + 1, lines, texts)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    _finish(sheet, texts)


def _told(schema: TableSchema, asked: AskedColumn, texts: Texts) -> tuple[str, ...]:
    column, language = asked.schema, texts.language
    return (
        schema.headings[language],
        asked.heading or texts("columns.own"),
        f"{column.help[language]}.",
        texts(f"kinds.{column.kind}"),
        texts("required") if asked.required else "",
        allowed_text(asked, texts),
        column.examples[language],
    )


def _write_row(sheet: Any, styles: Styles, row: int, cells: Sequence[str]) -> None:
    sheet.set_row(row, _height(zip(cells, _WIDTHS, strict=True)))
    for at, text in enumerate(cells):
        sheet.write_string(row, at, text, styles.strong if at == 1 else styles.text)


def _write_lines(sheet: Any, styles: Styles, row: int, lines: Sequence[str], texts: Texts) -> int:
    """Write the names of lines below a heading and return the row after them."""
    sheet.write_string(row, 0, texts("columns.lines"), styles.title)
    sheet.write_string(row + 1, 0, texts("columns.lines_1"), styles.small)
    for at, line in enumerate(lines, start=row + 2):
        sheet.write_string(at, 1, line, styles.small)
    return row + 2 + len(lines)


def _finish(sheet: Any, texts: Texts) -> None:
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&A&R{texts('footer')}")

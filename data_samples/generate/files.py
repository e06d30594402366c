"""Writing: CSV as the client's system exports it, XLSX with the same bytes every time."""

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from data_samples.generate.chance import stream
from data_samples.generate.dirt import Line, lines
from data_samples.generate.rows import Cell, Row
from data_samples.generate.spec import Layout

WRITTEN = datetime(2026, 1, 12, 9, 0)
"""The date of every workbook."""


def write(
    folder: Path,
    layouts: tuple[Layout, ...],
    rows: Mapping[str, list[Row]],
    *,
    engagement: str,
    language: str,
) -> None:
    """Write the tables of one folder; layouts that share a file become its sheets."""
    sheets: dict[str, dict[str, list[Line]]] = {}
    for layout in layouts:
        chance = stream(engagement, "dirt", layout.table)
        written = lines(layout, rows[layout.table], language, chance)
        if layout.file.endswith(".csv"):
            _write_csv(folder / layout.file, written, layout, language)
        else:
            sheets.setdefault(layout.file, {})[layout.sheet] = written
    for file, pages in sheets.items():
        write_workbook(folder / file, pages, language=language)


def _write_csv(path: Path, written: list[Line], layout: Layout, language: str) -> None:
    buffer = io.StringIO()
    delimiter = "," if language == "en" else ";"
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    for line in written:
        writer.writerow([_as_text(cell, layout, language) for cell in line])
    path.write_bytes(buffer.getvalue().encode(layout.encoding))


def _as_text(cell: Cell, layout: Layout, language: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}" if layout.iso_dates else f"{cell:%d.%m.%Y}"
    if isinstance(cell, float):
        grouped = f"{cell:,.2f}"
        return grouped if language == "en" else grouped.replace(",", "\u00a0").replace(".", ",")
    return str(cell)


def write_workbook(path: Path, pages: Mapping[str, list[Line]], *, language: str) -> None:
    """Write one sheet per page; text is never a formula nor a link."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": WRITTEN, "author": "", "company": ""})
        pattern = "dd/mm/yyyy" if language == "en" else "dd.mm.yyyy"
        day = book.add_format({"num_format": pattern})
        bold = book.add_format({"bold": True})
        for name, written in pages.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, len(written[0]) - 1, 16)
            for number, line in enumerate(written):
                _write_line(sheet, number, line, day=day, text=bold if number == 0 else None)


def _write_line(
    sheet: xlsxwriter.worksheet.Worksheet,
    number: int,
    line: Line,
    *,
    day: xlsxwriter.format.Format,
    text: xlsxwriter.format.Format | None,
) -> None:
    for column, cell in enumerate(line):
        if isinstance(cell, date):
            sheet.write_datetime(number, column, datetime(cell.year, cell.month, cell.day), day)
        elif isinstance(cell, str):
            sheet.write_string(number, column, cell, text)
        elif cell is not None:
            sheet.write_number(number, column, cell)

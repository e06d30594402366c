"""Sample exports in the layouts of the programs, small and made up, with what must come of them.

Where a layout is from stands at the head of the preset's file.  Columns that nobody needs are there
as the programs have them, blank headings and repeated ones too.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One file of a program, and the table that it must become."""

    name: str
    preset: str
    table: str
    rows: Rows | Mapping[str, Rows]
    """Of a CSV file or of one sheet; of a workbook with several sheets by their names."""
    heads: int | tuple[int, ...] = 1
    """Rows of the headings, from 1; 0 without."""
    count: int
    """Rows of the table."""
    first: Mapping[str, Any]
    """Values of its first row."""
    told: tuple[str, ...] = ()
    """Codes of warnings that say what was left out."""
    language: str = "en"
    currency: str = "USD"
    lines: str = ""
    """What the section of engagement.toml says beside the preset."""
    file: str = ""
    """Name in ``data/``; empty: the table's, as CSV."""
    delimiter: str = ","
    encoding: str = "utf-8"
    totals: Mapping[str, float] = field(default_factory=dict)
    """Sums of columns."""

    def headings(self) -> list[str]:
        """Return the headings as a file's reader joins them: ``upper / lower``."""
        rows = self.rows if not isinstance(self.rows, Mapping) else next(iter(self.rows.values()))
        if not self.heads:
            return []
        chosen = (self.heads,) if isinstance(self.heads, int) else self.heads
        width = max(len(rows[row - 1]) for row in chosen)
        lines = [[_text(c) for c in rows[row - 1]] + [""] * width for row in chosen]
        joined: list[str] = []
        upper = ""
        for column in range(width):
            upper = lines[0][column] or (upper if len(lines) > 1 else "")
            lower = lines[1][column] if len(lines) > 1 else ""
            joined.append(" / ".join(filter(None, [upper, lower])))
        return joined

    def write(self, folder: Path) -> None:
        """Write an engagement with this file and no line but what is said here."""
        (folder / "data").mkdir(parents=True)
        (folder / "engagement.toml").write_text(self._engagement(), "utf-8")
        name = self.file or f"{self.table}.csv"
        if name.endswith(".xlsx"):
            self._write_workbook(folder / "data" / name)
        elif name.endswith(".xls"):
            (folder / "data" / name).write_text(self._page(), "utf-8")
        else:
            assert not isinstance(self.rows, Mapping)
            text = io.StringIO()
            csv.writer(text, delimiter=self.delimiter).writerows(
                [_text(cell) for cell in row] for row in self.rows
            )
            (folder / "data" / name).write_bytes(text.getvalue().encode(self.encoding))

    def _page(self) -> str:
        """Return the file as an HTML page, which some programs call a workbook."""
        head, *rows = [[escape(_text(cell)) for cell in row] for row in self.rows]
        lines = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in rows)
        return (
            '<meta http-equiv="Content-type" content="text/html;charset=UTF-8" />'
            f'<table border="1"><thead><tr><th>{"</th><th>".join(head)}</th></tr></thead>'
            f"<tbody>{lines}</tbody></table>"
        )

    def _engagement(self) -> str:
        return (
            f'schema_version = 1\nid = "acme"\nclient = "Acme"\nlanguage = "{self.language}"\n'
            f'currency = "{self.currency}"\nperiod = "2025"\nas_of = 2025-12-31\n'
            f'[intake.{self.table}]\npreset = "{self.preset}"\n{self.lines}'
        )

    def _write_workbook(self, path: Path) -> None:
        sheets = self.rows if isinstance(self.rows, Mapping) else {"Sheet1": self.rows}
        with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
            day = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for row, cells in enumerate(rows):
                    for column, cell in enumerate(cells):
                        if isinstance(cell, date):
                            sheet.write_datetime(row, column, cell, day)
                        elif cell not in (None, ""):
                            sheet.write(row, column, cell)


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    return "" if cell is None else str(cell)

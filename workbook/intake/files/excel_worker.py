"""The process that opens a client's workbooks: a path per line in, a report per line out.

It lives apart because a hostile or broken workbook can abort the reader or fill the memory; the
parent survives that.  Lines are JSON: the path of a workbook is answered by ``{"fault": code,
...}`` or by the sheets with their cells as text (see :func:`_sheet`).  Macros are never run.  The
process ends with its input, so that it never outlives the parent by more than one workbook.

Imports are few and light: the process is started for every engagement that has a workbook.
"""

import json
import math
import re
import sys
import time
import zipfile
from contextlib import suppress
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from workbook.intake.cells.cell_kinds import (
    BLANK,
    BOOLEAN,
    DAY,
    ERROR,
    NUMBER,
    PERCENT,
    TEXT,
    TIME,
    UNCALCULATED,
    UNWANTED,
)
from workbook.intake.files.sheet_xml import MOST_COLUMNS, SheetFacts, UnsafeXmlError, scan_sheet
from workbook.intake.files.workbook_parts import WorkbookParts, read_parts

MOST_MEMORY = 4 << 30
MOST_SECONDS = 300
_REMOVED = "\x00"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class FaultError(Exception):
    """The workbook cannot be used; the code names why."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.report = {"fault": code, **facts}


def main() -> None:
    """Read the workbooks named on stdin, each when it is named, until stdin ends."""
    for line in sys.stdin.buffer:
        _limit()
        report = _report(json.loads(line))
        sys.stdout.buffer.write(json.dumps(report).encode("ascii") + b"\n")
        sys.stdout.buffer.flush()


def _report(path: str) -> dict[str, object]:
    """Return what is in a workbook, or its fault."""
    try:
        return read(path)
    except FaultError as fault:
        return fault.report
    except UnsafeXmlError:
        return {"fault": "workbook_unsafe"}
    except MemoryError:
        return {"fault": "workbook_too_large"}
    except (CalamineError, zipfile.BadZipFile, expat.ExpatError, KeyError, ValueError, OSError):
        return {"fault": "workbook_damaged"}


def read(path: str) -> dict[str, object]:
    """Return the sheets of a workbook as JSON-able values."""
    with zipfile.ZipFile(path) as archive:
        parts = read_parts(archive)
        facts = {name: _facts(archive, part, parts) for name, part in parts.sheets.items()}
    for name, fact in facts.items():
        if fact.too_large:
            raise FaultError("used_range_too_large", sheet=name)
        if fact.last_column > MOST_COLUMNS:
            raise FaultError("too_many_columns", sheet=name, most=MOST_COLUMNS)
    with CalamineWorkbook.from_path(path) as book:
        sheets = [
            _sheet(book, meta.name, facts[meta.name], meta.visible == SheetVisibleEnum.Visible)
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet and meta.name in facts
        ]
    return {"sheets": sheets, "macros": parts.macros, "version": parts.version}


def _facts(archive: zipfile.ZipFile, part: str, parts: WorkbookParts) -> SheetFacts:
    with archive.open(part) as source:
        return scan_sheet(source.read, parts.styles, recalculates=parts.recalculates)


def _sheet(
    book: CalamineWorkbook, name: str, facts: SheetFacts, visible: bool
) -> dict[str, object]:
    """Return a sheet: ``columns`` are lists of text, ``kinds`` one string per column."""
    sheet = book.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=True)
    first_row, first_column = sheet.start or (0, 0)
    columns: list[list[str]] = []
    controls = 0
    kinds: list[str] = []
    for values in zip(*rows, strict=True):
        cells = [_cell(value) for value in values]
        texts = [text for _, text in cells]
        if removed := "".join(texts).count(_REMOVED):
            controls += removed
            texts = [text.replace(_REMOVED, "") for text in texts]
        columns.append(texts)
        kinds.append("".join([kind for kind, _ in cells]))
    _mark_hidden_truth(columns, kinds, facts, first=(first_row + 1, first_column + 1))
    return {
        "name": name,
        "visible": visible,
        "first_row": first_row + 1,
        "first_column": first_column + 1,
        "columns": columns,
        "kinds": kinds,
        "formulas": facts.formulas,
        "controls": controls,
        "merged": facts.merged[:1000],
        "hidden_rows": facts.hidden_rows,
        "hidden_columns": facts.hidden_columns,
        "currencies": facts.currencies,
        "padded": {column: len(rows) for column, rows in facts.padded.items()},
    }


def _cell(value: object) -> tuple[str, str]:
    """Return the kind and the text of a value."""
    if value is None or value == "":
        return BLANK, ""
    if isinstance(value, str):
        return TEXT, _text(value)
    if isinstance(value, bool):
        return BOOLEAN, "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return NUMBER, _number(float(value))
    if isinstance(value, datetime):
        return DAY, value.date().isoformat()
    if isinstance(value, date):
        return DAY, value.isoformat()
    return TIME, str(value) if isinstance(value, time_of_day | timedelta) else repr(value)


def _text(value: str) -> str:
    """Return a text as Excel shows it, with a mark for every control character."""
    if "_x" in value:
        value = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    return UNWANTED.sub(_REMOVED, value)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e17 else repr(value)


def _mark_hidden_truth(
    columns: list[list[str]], kinds: list[str], facts: SheetFacts, *, first: tuple[int, int]
) -> None:
    """Write into the cells what the values do not tell: errors, formulas, leading zeros."""
    marks = [(row, column, ERROR, text) for row, column, text in facts.errors]
    marks += [(row, column, UNCALCULATED, "=") for row, column in facts.uncalculated]
    by_column: dict[int, list[tuple[int, str, str]]] = {}
    for row, column, kind, text in marks:
        by_column.setdefault(column - first[1], []).append((row - first[0], kind, text))
    for at, cells in by_column.items():
        if not 0 <= at < len(columns):
            continue
        changed = list(kinds[at])
        for row, kind, text in cells:
            if 0 <= row < len(changed):
                changed[row], columns[at][row] = kind, text
        kinds[at] = "".join(changed)
    for column, rows in facts.percents.items():
        _mark_percentages(kinds, column - first[1], [row - first[0] for row in rows])
    for column, digits in facts.padded.items():
        at = column - first[1]
        for row, count in digits.items():
            text = columns[at][row - first[0]] if 0 <= at < len(columns) else ""
            if text.isdigit():
                columns[at][row - first[0]] = text.zfill(count)


def _mark_percentages(kinds: list[str], at: int, rows: list[int]) -> None:
    """Write into the kinds of a column which numbers are shown as percentages."""
    if not 0 <= at < len(kinds):
        return
    changed = list(kinds[at])
    for row in rows:
        if 0 <= row < len(changed) and changed[row] == NUMBER:
            changed[row] = PERCENT
    kinds[at] = "".join(changed)


def _limit() -> None:
    """Limit memory, and the time of the next workbook, where the platform can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    seconds = math.ceil(time.process_time()) + MOST_SECONDS
    wanted = {
        resource.RLIMIT_AS: MOST_MEMORY,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in wanted.items():
        _, hard = resource.getrlimit(limit)
        with suppress(ValueError, OSError):  # a limit below ours is set already
            resource.setrlimit(limit, (most, hard if limit == resource.RLIMIT_CPU else most))


if __name__ == "__main__":
    main()

"""The process that opens a client's workbooks: a question per line in, a report per line out.

It lives apart because a hostile or broken workbook can abort the reader or fill the memory; the
parent survives that.  Lines are JSON: the path of a workbook (of a web page also its encoding) is
answered by ``{"fault": code, ...}`` or by the sheets with their cells as text (see
:func:`workbook.intake.files.sheet_report.sheet_report`).  Macros are never run.  The process ends
with its input, so that it never outlives the parent by more than one workbook.

Imports are few and light: the process is started for every engagement that has a workbook.
"""

import gc
import json
import math
import struct
import sys
import time
import zipfile
import zlib
from contextlib import suppress
from typing import Any
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from workbook.intake.files.book_fault import FaultError
from workbook.intake.files.sheet_report import sheet_report
from workbook.intake.files.sheet_xml import (
    MOST_COLUMNS,
    MOST_SHEETS,
    SheetFacts,
    UnsafeXmlError,
    scan_sheet,
)
from workbook.intake.files.usual_package import usual_package
from workbook.intake.files.workbook_parts import WorkbookParts, read_parts

MOST_MEMORY = 4 << 30
MOST_SECONDS = 300
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED = (
    *(CalamineError, zipfile.BadZipFile, expat.ExpatError, struct.error, AssertionError),
    *(LookupError, ValueError, OSError, OverflowError, zlib.error),
)
"""What readers raise of a file that is not as it should be."""


def main() -> None:
    """Answer the questions on stdin, each when it is asked, until stdin ends."""
    gc.disable()  # millions of cells make no circles, and looking for some takes half the time
    for line in sys.stdin.buffer:
        _limit()
        report = _report(json.loads(line))
        sys.stdout.buffer.write(json.dumps(report).encode("ascii") + b"\n")
        sys.stdout.buffer.flush()


def _report(question: Any) -> dict[str, object]:
    """Return what is in a workbook, or its fault."""
    try:
        if isinstance(question, str):
            return read(question)
        from workbook.intake.files.html_tables import read_page

        return read_page(question["path"], question["encoding"])
    except FaultError as fault:
        return fault.report
    except UnsafeXmlError:
        return {"fault": "workbook_unsafe"}
    except MemoryError:
        return {"fault": "workbook_too_large"}
    except PasswordError:
        return {"fault": "password_protected"}
    except _DAMAGED:
        return {"fault": "workbook_damaged"}


def read(path: str) -> dict[str, object]:
    """Return the sheets of a workbook as JSON-able values."""
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib takes its time to import
        old = file.read(8) == _OLE
    if old:
        from workbook.intake.files.biff_sheets import biff_facts

        return _by_order(path, biff_facts(path))
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if "xl/workbook.bin" in names:
            from workbook.intake.files.xlsb_sheets import xlsb_facts

            return _by_order(path, xlsb_facts(archive), macros=_has_macros(names))
        if "content.xml" in names:
            from workbook.intake.files.ods_sheets import ods_facts

            return _by_order(path, ods_facts(archive))
    package = usual_package(path)
    with zipfile.ZipFile(package) as archive:
        parts = read_parts(archive)
        if len(parts.sheets) > MOST_SHEETS:
            raise FaultError("too_many_sheets", count=len(parts.sheets), most=MOST_SHEETS)
        facts = {name: _facts(archive, part, parts) for name, part in parts.sheets.items()}
    for name, fact in facts.items():
        _refuse_absurd(name, fact)
    if not isinstance(package, str):
        package.seek(0)
    with CalamineWorkbook.from_object(package) as book:
        sheets = [
            _sheet(book, meta.name, facts[meta.name], meta.visible == SheetVisibleEnum.Visible)
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet and meta.name in facts
        ]
    return {"sheets": sheets, "macros": parts.macros, "version": parts.version}


def _by_order(
    path: str, facts: list[tuple[str, SheetFacts | None]], *, macros: bool = False
) -> dict[str, object]:
    """Return the sheets of a workbook whose facts come in the order of its sheets.

    Names may be written in a code page that only the reader knows.
    """
    for name, fact in facts:
        if fact is not None:
            _refuse_absurd(name, fact)
    by_name = dict(facts)
    with CalamineWorkbook.from_path(path) as book:
        every = list(book.sheets_metadata)
        same = len(every) == len(facts)
        told = [facts[at][1] if same else by_name[meta.name] for at, meta in enumerate(every)]
        sheets = [
            _sheet(book, meta.name, fact, meta.visible == SheetVisibleEnum.Visible)
            for meta, fact in zip(every, told, strict=True)
            if fact is not None
        ]
    return {"sheets": sheets, "macros": macros, "version": ""}


def _refuse_absurd(name: str, fact: SheetFacts) -> None:
    if fact.too_large:
        raise FaultError("used_range_too_large", sheet=name)
    if fact.last_column > MOST_COLUMNS:
        raise FaultError("too_many_columns", sheet=name, most=MOST_COLUMNS)


def _has_macros(names: set[str]) -> bool:
    return any(name.endswith("vbaProject.bin") for name in names)


def _facts(archive: zipfile.ZipFile, part: str, parts: WorkbookParts) -> SheetFacts:
    with archive.open(part) as source:
        return scan_sheet(source.read, parts.styles, recalculates=parts.recalculates)


def _sheet(
    book: CalamineWorkbook, name: str, facts: SheetFacts, visible: bool
) -> dict[str, object]:
    sheet = book.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=True)
    return sheet_report(name, rows, facts, start=sheet.start or (0, 0), visible=visible)


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

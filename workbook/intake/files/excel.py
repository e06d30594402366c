"""Workbooks: looked at from outside, read by a separate process, sheets as text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbook.engagement.settings import SCHEMA_VERSION
from workbook.errors import Location, Problem
from workbook.intake.files.book_reader import BookReader
from workbook.intake.files.container import workbook_problems
from workbook.intake.files.encoding import decode
from workbook.intake.files.plain_file import too_large
from workbook.intake.problems import error, warning

BOOKS = frozenset({"zip", "ole", "html"})
"""Kinds of files that are read as sheets."""
MOST_PAGE = 100_000_000
_FORM_KEY = re.compile(r"form:[a-z0-9_]+:\d+:[a-z]{2}")
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of a workbook as the worker process read it."""

    name: str
    visible: bool
    first_row: int
    first_column: int
    columns: Sequence[Sequence[str]]
    kinds: Sequence[str]
    formulas: Mapping[int, tuple[int, int]]
    """Column number -> count and first row."""
    controls: int
    """Control characters that were removed."""
    merged: Sequence[str]
    hidden_rows: Sequence[int]
    hidden_columns: Sequence[int]
    padded: Mapping[int, int]
    """Column number -> cells whose leading zeros are a number format."""
    currencies: Mapping[int, Mapping[str, Sequence[int]]]
    """Column number -> currency that a number format shows -> count and first row."""

    @property
    def empty(self) -> bool:
        """Return whether there is no cell with content."""
        return not self.columns

    @property
    def is_form(self) -> bool:
        """Return whether it is a sheet of a form of this program: its key stands in A1."""
        if self.empty or (self.first_row, self.first_column) != (1, 1):
            return False
        return bool(_FORM_KEY.fullmatch(self.columns[0][0].strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcelBook:
    """A workbook; no sheets when it could not be read."""

    sheets: Sequence[Sheet] = ()
    problems: Sequence[Problem] = ()


def read_book(path: Path, place: Location, books: BookReader, *, zipped: bool = True) -> ExcelBook:
    """Read every sheet of a workbook in the process for workbooks.

    Parameters
    ----------
    zipped
        The file is an archive, whose directory is looked at first; otherwise it is an old XLS.
    """
    problems = workbook_problems(path, place) if zipped else []
    if problems:
        return ExcelBook(problems=problems)
    return _told(books.report(path), place)


def read_sheets(
    path: Path,
    data: bytes,
    place: Location,
    books: BookReader,
    *,
    kind: str,
    encoding: str,
    language: str,
) -> ExcelBook:
    """Read every sheet of a file that is read as sheets: a workbook, or a web page.

    Parameters
    ----------
    kind
        One of :data:`BOOKS`, as :func:`kind_of` tells it of ``data``.
    encoding
        Of a web page, as engagement.toml says it; empty: as the page does, or detected.
    language
        Of the engagement.
    """
    if kind == "html":
        return _page(path, data, place, books, declared=encoding, language=language)
    return read_book(path, place, books, zipped=kind == "zip")


def _none(_: str) -> int:
    """Know no heading: which table a page holds is not known yet."""
    return 0


def _page(
    path: Path, data: bytes, place: Location, books: BookReader, *, declared: str, language: str
) -> ExcelBook:
    if len(data) > MOST_PAGE:
        return ExcelBook(problems=[too_large(place, MOST_PAGE)])
    said = declared or encoding_of_page(data)
    decoded = decode(data, language=language, declared=said, place=place, headings=_none)
    if decoded.text is None and not declared:  # the page is wrong about itself
        decoded = decode(data, language=language, declared="", place=place, headings=_none)
    if decoded.text is None:
        return ExcelBook(problems=decoded.problems)
    book = _told(books.report(path, decoded.encoding), place)
    return replace(book, problems=[*decoded.problems, *book.problems])


def encoding_of_page(data: bytes) -> str:
    """Return the encoding that a web page says it has, if there is such a one.

    Examples
    --------
    >>> encoding_of_page(b'<meta http-equiv="Content-Type" content="text/html; charset=cp1251">')
    'cp1251'
    """
    found = _CHARSET.search(data[:4096])
    name = found[1].decode("ascii") if found else ""
    try:
        fits = b"<table>".decode(name) == "<table>"
    except (LookupError, UnicodeError):
        return ""
    return name if fits else ""


def _told(report: Mapping[str, Any], place: Location) -> ExcelBook:
    """Return the sheets of a report of the process, or its fault as a problem."""
    fault = report.get("fault")
    if fault:
        where = Location(file=place.file, sheet=str(report.get("sheet", "")))
        facts = {name: fact for name, fact in report.items() if name not in ("fault", "sheet")}
        return ExcelBook(problems=[error(fault, where, **facts)])
    if report["version"] and report["version"] != str(SCHEMA_VERSION):
        facts = {"version": report["version"], "known": SCHEMA_VERSION}
        return ExcelBook(problems=[error("template_version", place, report["version"], **facts)])
    if not report["sheets"]:
        return ExcelBook(problems=[error("workbook_no_sheets", place)])
    found = [warning("has_macros", place)] if report["macros"] else []
    return ExcelBook(sheets=[_sheet(sheet) for sheet in report["sheets"]], problems=found)


def _sheet(said: Mapping[str, Any]) -> Sheet:
    numbered = {int(column): tuple(found) for column, found in said["formulas"].items()}
    padded = {int(column): count for column, count in said["padded"].items()}
    currencies = {int(column): signs for column, signs in said["currencies"].items()}
    return Sheet(**{**said, "formulas": numbered, "padded": padded, "currencies": currencies})

"""Workbooks: looked at from outside, read by a separate process, sheets as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook.engagement.settings import SCHEMA_VERSION
from workbook.errors import Location, Problem
from workbook.intake.files.book_reader import BookReader
from workbook.intake.files.container import workbook_problems
from workbook.intake.problems import error, warning


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcelBook:
    """A workbook; no sheets when it could not be read."""

    sheets: Sequence[Sheet] = ()
    problems: Sequence[Problem] = ()


def read_book(path: Path, place: Location, books: BookReader) -> ExcelBook:
    """Read every sheet of a workbook in the process for workbooks."""
    problems = workbook_problems(path, place)
    if problems:
        return ExcelBook(problems=problems)
    report = books.report(path)
    fault = report.get("fault")
    if fault:
        where = Location(file=place.file, sheet=str(report.get("sheet", "")))
        return ExcelBook(problems=[error(fault, where, most=report.get("most", ""))])
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

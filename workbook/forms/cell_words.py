"""Cells of a form as words of the table ``answers``: the same spellings as the table takes."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from workbook.diagnostics.controllability.questionnaire import Level
from workbook.errors import Location, Problem, Severity
from workbook.forms.answer import TABLE
from workbook.forms.layout import level_label, mark_labels
from workbook.intake.cells.cell import Cell, CellReader, ReaderMaker
from workbook.intake.cells.cell_kinds import ERROR, UNCALCULATED
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.word_cells import choice_reader, id_reader, text_reader, yes_no_reader
from workbook.intake.problems import error, shown
from workbook.intake.schema import Kind
from workbook.intake.schema_files import load_schema
from workbook.language.catalog import load_texts

_MAKERS: Mapping[Kind, ReaderMaker] = MappingProxyType(
    {
        Kind.CHOICE: choice_reader,
        Kind.YES_NO: yes_no_reader,
        Kind.ID: id_reader,
        Kind.TEXT: text_reader,
    }
)
_CONVENTIONS = Conventions(
    language="en", decimal=".", decimal_declared=False, date_order="", currency=""
)
"""A form has neither numbers nor days, so these say nothing."""


def read_word(
    cell: Cell, name: str, *, place: Location, language: str
) -> tuple[object, list[Problem]]:
    """Return the value of a cell (None: blank or not readable) and what is wrong with it.

    Parameters
    ----------
    name
        Column of the table ``answers``.
    place
        Of the cell.
    language
        Of the form: allowed words are named in it.
    """
    if cell.kind == ERROR:
        return None, [error("excel_error", place, cell.text)]
    if cell.kind == UNCALCULATED:
        return None, [error("formula_not_calculated", place, count=1)]
    if not cell.text:
        return None, []
    value, fault = _reader(name)(cell)
    if fault is None:
        return value, []
    facts = {**fault.facts, "expected": _allowed(name, language)}
    problem = Problem(code=fault.code, place=place, found=shown(cell.text), facts=facts)
    return value, [replace(problem, severity=Severity.WARNING) if fault.warns else problem]


@cache
def _reader(name: str) -> CellReader:
    column = load_schema(TABLE).column(name)
    return _MAKERS[column.kind](column, (), _CONVENTIONS)


@cache
def _allowed(name: str, language: str) -> str:
    """Return what may be chosen, in the words of the form."""
    texts = load_texts("form", language)
    if name == "mark":
        return ", ".join(mark_labels(texts))
    if name == "level":
        return ", ".join(level_label(level, texts) for level in Level)
    return f"{texts('answers.yes')}, {texts('answers.no')}"

"""One cell of a form: read by its column, and what is wrong with it told of the cell itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from workbook.errors import Location, Problem, Severity
from workbook.intake.cells.cell import Cell, CellReader, ReaderMaker
from workbook.intake.cells.cell_kinds import ERROR, UNCALCULATED
from workbook.intake.cells.date_cells import date_reader
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.number_cells import integer_reader
from workbook.intake.cells.percent_cells import mark_reader
from workbook.intake.cells.word_cells import choice_reader, id_reader, text_reader, yes_no_reader
from workbook.intake.problems import error, shown
from workbook.intake.schema import ColumnSchema, ColumnType
from workbook.language.languages import language_of

_MAKERS: Mapping[ColumnType, ReaderMaker] = MappingProxyType(
    {
        ColumnType.CHOICE: choice_reader,
        ColumnType.YES_NO: yes_no_reader,
        ColumnType.ID: id_reader,
        ColumnType.TEXT: text_reader,
        ColumnType.DATE: date_reader,
        ColumnType.INTEGER: integer_reader,
        ColumnType.MARK: mark_reader,
    }
)
_SCORES = "0-10"
_OF_A_CELL = {
    ColumnType.DATE: "not_a_date",
    ColumnType.INTEGER: "not_a_number",
    ColumnType.MARK: "not_a_number",
}
"""What a cell is told where a table's column would have a recipe: a form has none."""


def form_reader(
    column: ColumnSchema, cells: Sequence[Cell], *, language: str, scale: str = ""
) -> CellReader:
    """Return what reads the cells of a column of a form.

    Parameters
    ----------
    cells
        All that the sheet has in the column, by which days written as text are told.
    language
        Of the form.
    scale
        Of marks.
    """
    conventions = Conventions(
        language=language,
        decimal=language_of(language).files.decimal,
        decimal_declared=False,
        date_order="",
        currency="",
        mark_scale=scale,
        score_scale=_SCORES,
    )
    return _MAKERS[column.kind](column, cells, conventions)


def read_form_cell(
    cell: Cell,
    reader: CellReader,
    *,
    place: Location,
    expected: str = "",
    kind: ColumnType | None = None,
) -> tuple[object, list[Problem]]:
    """Return the value of a cell (None: blank or not readable) and what is wrong with it.

    Parameters
    ----------
    place
        Of the cell.
    expected
        What may be chosen, in the words of the form.
    kind
        Of the column, where a fault may be one that a whole column has.
    """
    if cell.kind == ERROR:
        return None, [error("excel_error", place, cell.text)]
    if cell.kind == UNCALCULATED:
        return None, [error("formula_not_calculated", place, count=1)]
    if not cell.text:
        return None, []
    value, fault = reader(cell)
    if fault is None or (fault.once and fault.warns):
        return value, []
    code = _OF_A_CELL.get(kind, fault.code) if kind and fault.once else fault.code
    facts = {**fault.facts, **({"expected": expected} if expected else {})}
    problem = Problem(code=code, place=place, found=shown(cell.text), facts=facts)
    return value, [replace(problem, severity=Severity.WARNING) if fault.warns else problem]

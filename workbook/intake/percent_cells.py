"""Percentages and marks: a column is one thing throughout, or refused."""

from collections.abc import Sequence

from workbook.intake.cell import Cell, CellReader, Fault, Reading, fault
from workbook.intake.cell_kinds import TEXT
from workbook.intake.conventions import Conventions
from workbook.intake.number_cells import NumberSyntax, number_of, syntax_of
from workbook.intake.schema import Column

_TOP_MARK = 5
_FEW = 0.1
"""Share of cells that may be slips: below it the others tell what the column is."""


def share_reader(column: Column, cells: Sequence[Cell], conventions: Conventions) -> CellReader:
    """Read percentages as shares 0-1: all with ``%``, all 0-100, or all 0-1 as Excel keeps them."""
    syntax = syntax_of(cells, conventions)
    signed = [cell for cell in cells if _has_sign(cell)]
    bare = [value for cell in cells if not _has_sign(cell) for value in _values(cell, syntax)]
    fractions = any(0 < value < 1 for value in bare)
    whole = any(value > 1 for value in bare)
    mixed = bool(signed and bare) or (fractions and whole)
    divisor = 100.0 if signed or whole else 1.0
    return _percent(syntax, divisor, mixed=mixed)


def mark_reader(column: Column, cells: Sequence[Cell], conventions: Conventions) -> CellReader:
    """Read marks 1-5, or the whole column as percentages; see :func:`is_percent`."""
    syntax = syntax_of(cells, conventions)
    kind = _mark_kind(cells, syntax)
    if kind == "marks":
        return _marks(syntax)
    divisor = 1.0 if kind == "shares" else 100.0
    return _percent(syntax, divisor, mixed=kind == "mixed")


def is_percent(cells: Sequence[Cell], conventions: Conventions) -> bool:
    """Tell whether a column of marks holds percentages.

    It does when the values have a per cent sign or nine in ten distinct values are above 5, or
    when all are fractions up to 1 (a percentage as Excel keeps it).
    """
    return _mark_kind(cells, syntax_of(cells, conventions)) in ("percent", "shares", "mixed")


def _mark_kind(cells: Sequence[Cell], syntax: NumberSyntax) -> str:
    signed = sum(map(_has_sign, cells))
    bare = [value for cell in cells if not _has_sign(cell) for value in _values(cell, syntax)]
    if signed:
        return "mixed" if bare else "percent"
    if bare and all(0 <= value <= 1 for value in bare) and any(0 < value < 1 for value in bare):
        return "shares"
    above = sum(value > _TOP_MARK for value in bare)
    if above <= _FEW * len(bare):
        return "marks"
    return "percent" if above >= (1 - _FEW) * len(bare) else "mixed"


def _marks(syntax: NumberSyntax) -> CellReader:
    def read(cell: Cell) -> Reading:
        value, why = number_of(cell, syntax)
        if value is None:
            return None, why
        if not value.is_integer():
            return None, fault("not_whole")
        if not 1 <= value <= _TOP_MARK:
            return None, fault("out_of_range", low="1", high=str(_TOP_MARK), name="mark")
        return value, None

    return read


def _percent(syntax: NumberSyntax, divisor: float, *, mixed: bool) -> CellReader:
    def read(cell: Cell) -> Reading:
        if mixed:
            return None, fault("mixed_percent", once=True)
        value, why = _unsigned(cell, syntax)
        if value is None:
            return None, why
        share = value / divisor
        if not 0 <= share <= 1:
            return None, fault("out_of_range", low="0", high="100", name="%")
        return share, None

    return read


def _unsigned(cell: Cell, syntax: NumberSyntax) -> tuple[float | None, Fault | None]:
    if _has_sign(cell):
        cell = Cell(TEXT, cell.text.rstrip().removesuffix("%").rstrip())
    return number_of(cell, syntax)


def _values(cell: Cell, syntax: NumberSyntax) -> list[float]:
    value, _ = number_of(cell, syntax)
    return [] if value is None else [value]


def _has_sign(cell: Cell) -> bool:
    return cell.kind == TEXT and cell.text.endswith("%")

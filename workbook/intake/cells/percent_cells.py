"""Percentages and marks: a column is one thing throughout, or refused."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from workbook.intake.cells.cell import Cell, CellError, CellReader, Reading, fault
from workbook.intake.cells.cell_kinds import PERCENT as PERCENT_CELL
from workbook.intake.cells.cell_kinds import TEXT
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.number_cells import NumberSyntax, is_percentage, number_of, syntax_of
from workbook.intake.schema import ColumnSchema

FIVE, TEN, PERCENT = "1-5", "1-10", "percent"
"""Scales of marks, as the option ``satisfaction_scale`` names them."""
_TOP_MARKS: Mapping[str, int] = MappingProxyType({FIVE: 5, TEN: 10})
_FEW = 0.1
"""Share of cells that may be slips: below it the others tell what the column is."""
_MOST = 0.75
"""Share of numbers that no scale of marks has, from which a column without signs is percentages:
marks of ten with a slip or two have few."""
_NAMED = 12
"""Values found that a message names."""


def share_reader(
    column: ColumnSchema, cells: Sequence[Cell], conventions: Conventions
) -> CellReader:
    """Read percentages as shares 0-1: all with ``%``, all 0-100, or all 0-1 as Excel keeps them."""
    syntax = syntax_of(cells, conventions)
    signed = [cell for cell in cells if is_percentage(cell)]
    bare = [value for cell in cells if not is_percentage(cell) for value in _values(cell, syntax)]
    fractions = any(0 < value < 1 for value in bare)
    whole = any(value > 1 for value in bare)
    mixed = bool(signed and bare) or (fractions and whole)
    divisor = 100.0 if signed or whole else 1.0
    return _percent(syntax, divisor, mixed=mixed)


def mark_reader(
    column: ColumnSchema, cells: Sequence[Cell], conventions: Conventions
) -> CellReader:
    """Read the whole column as marks 1-5, as marks 1-10 or as percentages; see :func:`_decided`."""
    syntax = syntax_of(cells, conventions)
    if conventions.mark_scale == PERCENT:
        return share_reader(column, cells, conventions)
    decided = _decided(cells, syntax, conventions)
    if decided.why is not None:
        return _refusing(decided.why)
    if decided.scale == PERCENT:
        return _percent(syntax, decided.divisor, mixed=False)
    return _marks(syntax, _TOP_MARKS[decided.scale])


def scale_in_heading(heading: str) -> str:
    """Return the scale that a heading names, empty where it names none or leaves a choice.

    >>> scale_in_heading("Оценка 1–10"), scale_in_heading("Mark 1-5 or %")
    ('1-10', '')
    """
    named = re.findall(r"(?<!\d)1\s*[-\u2013\u2014]\s*(5|10)(?!\d)", heading)
    return f"1-{named[0]}" if len(named) == 1 and "%" not in heading else ""


def mark_scale(cells: Sequence[Cell], conventions: Conventions) -> str:
    """Return what a column of marks holds: ``1-5``, ``1-10`` or ``percent``.

    Empty where it cannot be told; then :func:`mark_reader` refuses the column.
    """
    return _decided(cells, syntax_of(cells, conventions), conventions).scale


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decided:
    """What a column of marks was found to be."""

    scale: str = ""
    divisor: float = 100.0
    """Of percentages: 1 where they are fractions, as Excel keeps them."""
    why: CellError | None = None
    """Why it cannot be told."""


def _decided(cells: Sequence[Cell], syntax: NumberSyntax, conventions: Conventions) -> _Decided:
    """Tell the scale of a column of marks: as declared, else from all its distinct cells.

    Per cent signs or fractions up to 1 are percentages; so are numbers of which three in four are
    no mark of any scale, 0 or above 10.  Numbers up to 5 are marks 1-5 (a rare higher one is a
    slip, refused in its cell).  All else cannot be told: 6 to 10 without a sign may be high marks
    of ten and is never read as 6 to 10 %.
    """
    if conventions.mark_scale:
        return _Decided(scale=conventions.mark_scale)
    signed = any(map(is_percentage, cells))
    bare = [value for cell in cells if not is_percentage(cell) for value in _values(cell, syntax)]
    if signed:
        return _Decided(why=fault("mixed_percent", once=True)) if bare else _Decided(scale=PERCENT)
    if bare and all(0 <= value <= 1 for value in bare) and any(0 < value < 1 for value in bare):
        return _Decided(scale=PERCENT, divisor=1.0)
    if sum(value > _TOP_MARKS[FIVE] for value in bare) <= _FEW * len(bare):
        return _Decided(scale=FIVE)
    if max(bare) <= _TOP_MARKS[TEN]:
        return _Decided(why=_unknown("marks_to_ten", bare))
    if sum(value == 0 or value > _TOP_MARKS[TEN] for value in bare) >= _MOST * len(bare):
        return _Decided(scale=PERCENT)
    return _Decided(why=_unknown("marks_unclear", bare))


def _unknown(code: str, bare: Sequence[float]) -> CellError:
    """Return why the scale cannot be told, with the values that were found."""
    low, high = min(bare), max(bare)
    return fault(code, once=True, low=f"{low:g}", high=f"{high:g}", values=_listed(bare))


def _listed(values: Iterable[float]) -> str:
    several = sorted(set(values))
    more = ", …" if len(several) > _NAMED else ""
    return ", ".join(f"{value:g}" for value in several[:_NAMED]) + more


def values_found(cells: Sequence[Cell], conventions: Conventions) -> str:
    """Return the values of a column of marks as a message names them: ``1, 4, 5``, ``80%``."""
    syntax = syntax_of(cells, conventions)
    signed = sorted(cell.text for cell in cells if cell.kind == TEXT and is_percentage(cell))
    shares = sorted(v for cell in cells if cell.kind == PERCENT_CELL for v in _values(cell, syntax))
    if signed or shares:
        named = [*signed, *(f"{100 * share:g}%" for share in shares)]
        return ", ".join(named[:_NAMED]) + (", …" if len(named) > _NAMED else "")
    return _listed(value for cell in cells for value in _values(cell, syntax))


def _refusing(why: CellError) -> CellReader:
    def read(cell: Cell) -> Reading:
        return None, why

    return read


def _marks(syntax: NumberSyntax, top: int) -> CellReader:
    def read(cell: Cell) -> Reading:
        value, why = number_of(cell, syntax)
        if value is None:
            return None, why
        if not value.is_integer():
            return None, fault("not_whole")
        if not 1 <= value <= top:
            return None, fault("out_of_range", low="1", high=str(top), name="mark")
        return value, None

    return read


def _percent(syntax: NumberSyntax, divisor: float, *, mixed: bool) -> CellReader:
    def read(cell: Cell) -> Reading:
        if mixed:
            return None, fault("mixed_percent", once=True)
        value, why = _unsigned(cell, syntax)
        if value is None:
            return None, why
        share = value if cell.kind == PERCENT_CELL else value / divisor
        if not 0 <= share <= 1:
            return None, fault("out_of_range", low="0", high="100", name="%")
        return share, None

    return read


def _unsigned(cell: Cell, syntax: NumberSyntax) -> tuple[float | None, CellError | None]:
    if cell.kind == TEXT and is_percentage(cell):
        cell = Cell(TEXT, cell.text.rstrip().removesuffix("%").rstrip())
    return number_of(cell, syntax)


def _values(cell: Cell, syntax: NumberSyntax) -> list[float]:
    value, _ = number_of(cell, syntax)
    return [] if value is None else [value]

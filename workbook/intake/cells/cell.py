"""One distinct cell of a column, and what reading it gave."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from workbook.intake.cells.locale import Conventions
from workbook.intake.schema import ColumnSchema


class Cell(NamedTuple):
    """A distinct cell: outer spaces gone, kind of the file."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellError:
    """Why a cell could not be read."""

    code: str
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    once: bool = False
    """Said once per column with the count, not for every cell."""
    warns: bool = False
    """The value is used all the same."""
    also: "CellError | None" = None
    """What else the column is told."""


Reading: TypeAlias = tuple[object, CellError | None]
"""A value (None: missing) and what is wrong with it."""
CellReader: TypeAlias = Callable[[Cell], Reading]
ReaderMaker: TypeAlias = Callable[[ColumnSchema, Sequence[Cell], Conventions], CellReader]
"""Looks at all distinct cells of a column, then gives the function that reads one."""


def fault(code: str, *, once: bool = False, warns: bool = False, **facts: object) -> CellError:
    """Make a fault with facts."""
    return CellError(code=code, facts=facts, once=once, warns=warns)

"""Faults of the cells of one column as problems: one cause is told once, with its first rows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from workbook.errors import Location, Problem, Severity
from workbook.intake.cells.cell import CellError
from workbook.intake.problems import MOST_CELLS, MOST_MARKED, shown
from workbook.intake.raw_table import Rows

_GATHERED = frozenset({"blank_cell", "not_a_date", "no_such_day", "date_out_of_range"})
"""Faults with one cause in all cells of a column, whatever stands in them."""
_EXAMPLES = 3
"""Cells named in a message on several; up to as many have a message each."""
_MOST_WORDS = 12
"""Words of the client's own that a message lists."""


def cell_problems(
    place: Location,
    rows: Rows,
    *,
    codes: npt.NDArray[np.int64],
    found: Sequence[tuple[str, CellError | None]],
) -> list[Problem]:
    """Return the problems of a column, one list per fault code.

    Parameters
    ----------
    rows
        Row number of every cell, as the file shows it.
    codes
        Which distinct cell stands in each row.
    found
        Text of each distinct cell, and what is wrong with it.
    """
    problems = _problems(place, rows, codes=codes, found=found)
    further = [(text, why.also if why else None) for text, why in found]
    if any(why for _, why in further):
        problems += _problems(place, rows, codes=codes, found=further)
    return problems


def _problems(
    place: Location,
    rows: Rows,
    *,
    codes: npt.NDArray[np.int64],
    found: Sequence[tuple[str, CellError | None]],
) -> list[Problem]:
    bad: dict[str, list[int]] = {}
    for code, (_, why) in enumerate(found):
        if why:
            bad.setdefault(why.code, []).append(code)
    problems: list[Problem] = []
    for name, faulty in bad.items():
        at = np.flatnonzero(np.isin(codes, faulty))
        named = [
            _problem(place, int(rows[position]), *found[codes[position]])
            for position in at[:MOST_CELLS]
        ]
        why = found[faulty[0]][1]
        marked = tuple(int(row) for row in rows[at[:MOST_MARKED]])
        if why and why.once:
            problems.append(_once(named, len(at), marked))
        elif name in _GATHERED and len(at) > _EXAMPLES:
            problems.append(_several(named, len(at), marked))
        else:
            problems += _by_value(place, rows, at=at, codes=codes, found=found)
    return problems


def _once(named: Sequence[Problem], count: int, cells: tuple[int, ...]) -> Problem:
    """Return what a whole column is told, with a few of its cells."""
    examples = "; ".join(list(dict.fromkeys(problem.found for problem in named))[:_EXAMPLES])
    facts = {"examples": examples, **named[0].facts, "count": count, "cells": cells}
    return replace(named[0], facts=facts)


def _several(named: Sequence[Problem], count: int, cells: tuple[int, ...]) -> Problem:
    """Return one problem of many cells, with the first rows and what stands in them."""
    alike = len({problem.found for problem in named}) == 1
    told = (str(p.place.row) + ("" if alike or not p.found else f" “{p.found}”") for p in named)
    first_rows = ", ".join(list(told)[:_EXAMPLES])
    facts = {**named[0].facts, "count": count, "first_rows": first_rows, "cells": cells}
    return replace(named[0], facts=facts)


def _by_value(
    place: Location,
    rows: Rows,
    *,
    at: npt.NDArray[np.int64],
    codes: npt.NDArray[np.int64],
    found: Sequence[tuple[str, CellError | None]],
) -> list[Problem]:
    """Return a problem for each cell, and one for a value that stands in many; the rest counted."""
    counts = np.bincount(codes[at])
    problems: list[Problem] = []
    told = 0
    for code in _in_order(codes[at]):
        where = at[codes[at] == code]
        cells = [_problem(place, int(rows[p]), *found[code]) for p in where[: _EXAMPLES + 1]]
        several = counts[code] > _EXAMPLES
        marked = tuple(int(row) for row in rows[where[:MOST_MARKED]])
        problems += [_several(cells, int(counts[code]), marked)] if several else cells
        told += int(counts[code])
        if len(problems) >= MOST_CELLS:
            break
    if told < len(at):
        facts = {"code": problems[0].code, "more": len(at) - told}
        whole = replace(problems[0].place, row=None)
        problems.append(replace(problems[0], code="more_cells", place=whole, facts=facts))
    return problems


def _in_order(codes: npt.NDArray[np.int64]) -> Iterable[int]:
    """Return the distinct codes in the order of their first rows."""
    values, first = np.unique(codes, return_index=True)
    return (int(code) for code in values[np.argsort(first)])


def _problem(place: Location, row: int, text: str, why: CellError | None) -> Problem:
    if why is None:
        raise ValueError("a cell without a fault has no problem")
    return Problem(
        code=why.code,
        place=replace(place, row=row),
        found=shown(text),
        facts=why.facts,
        severity=Severity.WARNING if why.warns else Severity.ERROR,
    )

"""Where the headings of a grid are: below titles, in one row or several."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from workbook.intake.cells.cell import Cell
from workbook.intake.guess.grid import Grid, Line, sampled
from workbook.intake.guess.heading_words import known_headings
from workbook.intake.guess.profile import is_day, is_empty_day, number_in
from workbook.language.nearest import plain

SEARCHED = 30
MOST_BELOW = 3
"""Further rows of headings below the first."""
_TYPED, _FILLED, _AGAIN = 0.8, 0.5, 0.9
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The headings of a grid."""

    rows: tuple[int, ...]
    """Their row numbers: one, or consecutive ones that make them together."""
    headings: tuple[str, ...]
    """By column, as a recipe names them; empty without one."""
    words: tuple[str, ...]
    """What is known of each column's meaning: its heading and what stands in rows below it."""
    extra: tuple[int, ...] = ()
    """Rows of further headings, which are no data."""
    first: bool = True
    """Nothing stands above."""
    titles: tuple[Line, ...] = ()
    """Rows above."""
    body: tuple[Line, ...] = ()
    """Rows of data, footers among them."""

    @property
    def repeated(self) -> frozenset[str]:
        """Headings, for comparison, that several columns have."""
        counts = Counter(plain(one) for one in self.headings if one)
        return frozenset(one for one, n in counts.items() if n > 1)


def header_of(grid: Grid) -> Header | None:
    """Return the headings of a grid, or None where no row looks like them."""
    lines = grid.lines[:SEARCHED]
    if len(grid.lines) < 2:
        return None
    usual = max(1, median(len(line.filled) for line in sampled(grid.lines)))
    scored = [(_merit(line, grid, usual) - 0.05 * at, -at) for at, line in enumerate(lines)]
    best, place = max(scored, default=(0.0, 0))
    if best <= 0:
        return None
    return _with_neighbours(grid, _uppermost(grid, -place))


def _uppermost(grid: Grid, at: int) -> int:
    """Return the first of several rows of headings that are all as full: of codes, then words."""
    while at:
        above, line = grid.lines[at - 1], grid.lines[at]
        full = set(line.filled) <= set(above.filled) and len(line.filled) > 2
        texts = not any(_is_value(above.cells[one]) for one in above.filled)
        if not (full and texts and len({cell.text for cell in above.cells}) == len(above.cells)):
            break
        at -= 1
    return at


def _merit(line: Line, grid: Grid, usual: float) -> float:
    filled = [line.cells[at] for at in line.filled]
    texts = [cell for cell in filled if not _is_value(cell)]
    if not texts or len(texts) < 0.6 * len(filled):
        return -1.0
    if len(filled) < min(2, grid.width):
        return -1.0
    known = known_headings([cell.text for cell in filled])
    distinct = len({plain(cell.text) for cell in filled}) / len(filled)
    long = sum(len(cell.text) > 200 for cell in filled)
    json = sum("ImportId" in cell.text for cell in filled)
    typed = len(texts) / len(filled)
    return (
        1.5 * min(known, 6) + 2 * min(1.0, len(filled) / usual) + distinct + typed - long - 9 * json
    )


def _is_value(cell: Cell) -> bool:
    """Return whether a cell is data and no heading: years and codes of lines are headings."""
    if is_day(cell):
        return not cell.text[:1].isalpha() and len(cell.text) > 7
    if number_in(cell) is None or _YEAR.fullmatch(cell.text):
        return False
    return not known_headings([cell.text])


def _with_neighbours(grid: Grid, at: int) -> Header:
    below = _below(grid, at)
    top, parts = at, [at]
    if at and _joins(grid, upper=at - 1, lower=at, after=at + 1 + below):
        top, parts = at - 1, [at - 1, at]
    joined = 1 + (below > 0 and _names_again(grid, at))
    parts += [at + 1] * (joined - 1)
    while joined <= below and _joins(grid, upper=at, lower=at + joined, after=at + 1 + below):
        parts.append(at + joined)
        joined += 1
    lines = [grid.lines[one] for one in parts]
    if [line.number for line in lines] != list(
        range(lines[0].number, lines[0].number + len(lines))
    ):
        lines = [grid.lines[at]]
    extra = [line for line in grid.lines[at + 1 : at + 1 + below] if line not in lines]
    last = max(line.number for line in [*lines, *extra])
    headings = _headings(lines)
    return Header(
        rows=tuple(line.number for line in lines),
        headings=headings,
        words=tuple(_meaning(heading, extra, column) for column, heading in enumerate(headings)),
        extra=tuple(line.number for line in extra),
        first=top == 0,
        titles=grid.lines[:top],
        body=tuple(line for line in grid.lines if line.number > last),
    )


def _names_again(grid: Grid, at: int) -> bool:
    """Return whether the row below names every column once more: codes, then questions."""
    codes, names = grid.lines[at], grid.lines[at + 1]
    full = len(names.filled) >= _AGAIN * len(codes.filled)
    json = any("ImportId" in cell.text for cell in names.cells)
    return full and not json and codes.number + 1 == names.number


def _below(grid: Grid, at: int) -> int:
    """Return how many rows below the headings are headings, too."""
    body = sampled(grid.lines[at + 1 + MOST_BELOW :]) or grid.lines[at + 1 :]
    typed = [column for column in range(grid.width) if _is_typed(column, body)]
    found = 0
    for line in grid.lines[at + 1 : at + 1 + MOST_BELOW]:
        if at + 2 + found >= len(grid.lines) or not _is_heading(line, typed, grid.lines[at]):
            break
        found += 1
    return found


def _is_typed(column: int, body: Sequence[Line]) -> bool:
    filled = [line.cells[column] for line in body if line.cells[column].text]
    if len(filled) < _FILLED * len(body) or not filled:
        return False
    values = sum(_is_data(cell) for cell in filled)
    return values >= _TYPED * len(filled)


def _is_data(cell: Cell) -> bool:
    return is_day(cell) or number_in(cell) is not None or is_empty_day(cell.text)


def _is_heading(line: Line, typed: Sequence[int], header: Line) -> bool:
    """Return whether a row below the headings is no data: no value where all rows have one."""
    if any("ImportId" in cell.text for cell in line.cells):
        return True
    if not typed or len(line.filled) < 1:
        return False
    if any(_is_data(line.cells[at]) for at in line.filled if at in typed):
        return False
    filled = [at for at in line.filled if not _is_data(line.cells[at])]
    return len(filled) == len(line.filled) and any(_is_new(line, at, header) for at in filled)


def _is_new(line: Line, at: int, header: Line) -> bool:
    return bool(header.cells[at].text or line.cells[at].text)


def _joins(grid: Grid, *, upper: int, lower: int, after: int) -> bool:
    """Return whether two neighbouring rows make the headings together.

    They do when one of them names a column with data that the other leaves blank or calls as it
    calls another one.
    """
    above, below = grid.lines[upper], grid.lines[lower]
    if above.number + 1 != below.number or len(above.filled) < 2:
        return False
    if any(_is_value(above.cells[at]) or "ImportId" in above.cells[at].text for at in above.filled):
        return False
    if any("ImportId" in cell.text for cell in below.cells) or len(below.filled) < 2:
        return False
    body = sampled(grid.lines[after:])
    used = [at for at in range(grid.width) if any(line.cells[at].text for line in body)]
    names = Counter(plain(below.cells[at].text) for at in below.filled)
    twice = [at for at in below.filled if names[plain(below.cells[at].text)] > 1]
    blank_above = [at for at in used if not above.cells[at].text and below.cells[at].text]
    blank_below = [at for at in used if above.cells[at].text and not below.cells[at].text]
    spans = [at for at in blank_above if at and any(above.cells[one].text for one in range(at))]
    return bool(spans) and bool(blank_below or twice)


def _headings(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return headings joined as "upper / lower"; a blank upper cell continues the one before."""
    if len(lines) == 1:
        return tuple(cell.text for cell in lines[0].cells)
    made: list[str] = []
    before = [""] * len(lines)
    for column in range(len(lines[0].cells)):
        told = []
        for level, line in enumerate(lines):
            text = line.cells[column].text
            lower = any(one.cells[column].text for one in lines[level + 1 :])
            if text:
                before[level:] = [text, *[""] * (len(lines) - level - 1)]
            elif lower:
                text = before[level]
            told.append(text)
        made.append(" / ".join(filter(None, told)))
    return tuple(made)


def _meaning(heading: str, extra: Sequence[Line], column: int) -> str:
    told = [line.cells[column].text for line in extra if column < len(line.cells)]
    return " / ".join([heading, *[text for text in told if text and "ImportId" not in text]])

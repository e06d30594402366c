"""Where the header is: the first line that names the table's columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbook.engagement.settings import Melt, TableOptions
from workbook.errors import Location, Problem
from workbook.intake.cells.cell_kinds import BLANKS
from workbook.intake.heading_lookup import HeadingLookup
from workbook.intake.problems import error
from workbook.intake.recipe.patterns import matches

SEARCHED = 30
"""Lines searched for a header below titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderRow:
    """The header among the first lines."""

    index: int
    """Position of its last line; -1: the file has none."""
    headings: tuple[str, ...]
    above: tuple[tuple[str, ...], ...] = ()
    """Lines with content above it."""
    declared: bool = False
    """engagement.toml says where it is."""

    @property
    def title_lines(self) -> int:
        """Lines with content above it that the reader has passed over by itself."""
        return 0 if self.declared else len(self.above)


def header_of(
    lines: Sequence[Sequence[str]],
    rows: Sequence[int],
    *,
    lookup: HeadingLookup,
    options: TableOptions,
) -> HeaderRow | None:
    """Return the header as the options say, or found; None where there is none.

    Parameters
    ----------
    lines, rows
        The first lines of the file and their row numbers.
    """
    if options.headings:
        return HeaderRow(index=-1, headings=options.headings, declared=True)
    if options.skip_rows is not None and not options.header_row:
        filled = (i for i, line in enumerate(lines)
                  if rows[i] > options.skip_rows and any(map(str.strip, line)))  # fmt: skip
        at = next(filled, None)
        if at is None:
            return None
        headings = tuple(heading.strip(BLANKS) for heading in lines[at])
        return HeaderRow(index=at, headings=headings, declared=True)
    if not options.header_row:
        return find_header(lines[:SEARCHED], lookup, options.melt)
    last = options.header_row[-1]
    found = [i for i, row in enumerate(rows) if row in options.header_row]
    if not found or rows[found[-1]] != last:
        return None
    above = tuple(tuple(line) for line in lines[: found[0]] if any(map(str.strip, line)))
    headings = joined_headings([lines[i] for i in found])
    return HeaderRow(index=found[-1], headings=headings, above=above, declared=True)


def no_header(place: Location, options: TableOptions, table: str) -> Problem:
    """Return the problem of a file in which there is no header."""
    if not options.header_row:
        return error("no_rows", place)
    said = ", ".join(map(str, options.header_row))
    return error("header_row_empty", replace(place, row=options.header_row[-1]), said, table=table)


def joined_headings(lines: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return headings that several rows make together; a blank cell goes on with the one before.

    >>> joined_headings([["Date", "July", "", "x"], ["", "Number", "Sum", ""]])
    ('Date', 'July / Number', 'July / Sum', 'x')
    """
    width = max(map(len, lines))
    stripped = [[cell.strip(BLANKS) for cell in line] for line in lines]
    cells = [line + [""] * (width - len(line)) for line in stripped]
    made: list[list[str]] = [[] for _ in range(width)]
    for level, line in enumerate(cells):
        before = ""
        for at, cell in enumerate(line):
            below = any(lower[at] for lower in cells[level + 1 :])
            before = cell or (before if below else "")
            if before and before not in made[at]:
                made[at].append(before)
    return tuple(" / ".join(parts) for parts in made)


def find_header(
    lines: Sequence[Sequence[str]], lookup: HeadingLookup, melt: Melt | None = None
) -> HeaderRow | None:
    """Return the header among the first lines of a file, or None when all are blank.

    A line with two of the table's headings (or with one, when it is the first line) is the
    header; without any such line the first one is, and the missing columns are reported.
    Columns that become rows (``melt``) are headings of the table, too.
    """
    filled = [index for index, line in enumerate(lines) if any(cell.strip() for cell in line)]
    if not filled:
        return None
    chosen = filled[0]
    if len(lookup.schema.columns) > 1:
        likely = (index for index in filled[:SEARCHED] if _named(lines[index], lookup, melt) >= 2)
        chosen = next(likely, chosen)
    above = tuple(tuple(lines[index]) for index in filled if index < chosen)
    headings = tuple(heading.strip(BLANKS) for heading in lines[chosen])
    return HeaderRow(index=chosen, headings=headings, above=above)


def _named(cells: Sequence[str], lookup: HeadingLookup, melt: Melt | None) -> int:
    """Return how many of the table's columns, and of those that become rows, a line names."""
    patterns = melt.columns if melt else ()
    melted = {cell for cell in cells if any(matches(pattern, cell) for pattern in patterns)}
    return len(melted) + lookup.count([cell for cell in cells if cell not in melted])

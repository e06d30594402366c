"""Where the header is: the first line that names the table's columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbook.intake.headings import HeadingLookup

SEARCHED = 30
"""Lines searched for a header below titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderRow:
    """The header's position among the first lines."""

    index: int
    titles: tuple[str, ...]
    """Lines with content above it, their cells joined."""

    @property
    def title_lines(self) -> int:
        """Lines with content above it."""
        return len(self.titles)


def find_header(
    lines: Sequence[Sequence[str]], lookup: HeadingLookup, skip: int | None = None
) -> HeaderRow | None:
    """Return the header among the first lines of a file, or None when all are blank.

    A line with two of the table's headings (or with one, when it is the first line) is the
    header; without any such line the first one is, and the missing columns are reported.
    """
    filled = [index for index, line in enumerate(lines) if any(cell.strip() for cell in line)]
    if skip is not None:
        filled = [index for index in filled if index >= skip]
    if not filled:
        return None
    chosen = filled[0]
    if skip is None and len(lookup.schema.columns) > 1:
        likely = (index for index in filled[:SEARCHED] if lookup.count(lines[index]) >= 2)
        chosen = next(likely, chosen)
    above = [] if skip is not None else [index for index in filled if index < chosen]
    titles = tuple(" ".join(filter(None, map(str.strip, lines[index]))) for index in above)
    return HeaderRow(index=chosen, titles=titles)

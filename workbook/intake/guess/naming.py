"""How a recipe names what is in a file: headings, columns without one, files, sheets."""

import re
from collections.abc import Collection, Sequence

from workbook.intake.guess.grid import Grid
from workbook.intake.guess.header import Header
from workbook.intake.problems import UNSEEN
from workbook.intake.recipe.patterns import matches
from workbook.language.nearest import plain

_LONGEST = 300


def heading_name(heading: str) -> str:
    r"""Return a heading as a recipe may name it: whole, or a pattern where it cannot be.

    >>> heading_name("End\u00a0Date\n (UTC)"), heading_name("a\x9fb")
    ('End Date (UTC)', 'a*b')
    """
    text = re.sub(r"\s+", " ", UNSEEN.sub("*", re.sub(r"[\u2028\u2029]", " ", heading))).strip()
    text = re.sub(r"\*{2,}", "*", text)
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "*"


def source_of(grid: Grid, header: Header, at: int) -> object:
    """Return where a column is, as ``columns`` says it."""
    heading = header.headings[at]
    name = heading_name(heading)
    if name.strip("* ") and plain(heading) not in header.repeated and not _is_hit(name, header, at):
        return name
    return {"column": grid.column_name(at)}


def _is_hit(name: str, header: Header, at: int) -> bool:
    """Return whether a heading, read as a pattern, fits another column before it."""
    return "*" in name and any(
        matches(name, one) for place, one in enumerate(header.headings[:at]) if one
    )


def words_of(text: str) -> str:
    r"""Return a client's word as a recipe may name it; a star of its own is no pattern.

    >>> print(words_of("5*"))
    5\*
    """
    return r"\*".join(map(heading_name, text.split("*"))) if "*" in text else heading_name(text)


def file_patterns(names: Sequence[str], others: Collection[str]) -> list[str]:
    """Return one pattern for the names when it fits none of the others, else the names.

    >>> file_patterns(["Продажи 01.xlsx", "Продажи 02.xlsx"], ["Клиенты.xlsx"])
    ['Продажи *.xlsx']
    """
    distinct = list(dict.fromkeys(names))
    if len(distinct) < 2:
        return [heading_name(name) for name in distinct]
    first, last = min(distinct), max(distinct)
    start = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
    begun = re.sub(r"\d+$", "", first[:start])
    suffix = re.search(r"\.[A-Za-z]{2,4}$", first)
    ended = suffix[0] if suffix and all(n.endswith(suffix[0]) for n in distinct) else ""
    pattern = f"{begun}*{ended}"
    if len(begun.strip()) >= 3 and not any(matches(pattern, one) for one in others):
        return [heading_name(pattern)]
    return [heading_name(name) for name in distinct]

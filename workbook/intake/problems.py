"""How findings become problems: values shortened, long lists cut, places named."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbook.errors import Location, Problem, Severity

MOST_CELLS = 20
"""Cells named one by one per code and column; the rest is counted."""
MOST_MARKED = 1000
"""Rows that a problem on many cells carries (fact ``cells``), for marked copies of the file."""
_SHOWN_LENGTH = 60
_FIRST_ROWS = 5
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ufffe\uffff\ud800-\udfff]"
)
"""Characters that cannot be seen or that turn the reading order."""


def shown(value: object) -> str:
    """Return a value as a message may show it: one short line, nothing invisible."""
    text = re.sub(r"\s+", " ", UNSEEN.sub("", str(value))).strip()
    return text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"


def copied(text: str) -> str:
    """Return a heading whole, as it can be copied into engagement.toml."""
    return re.sub(r"\s+", " ", UNSEEN.sub("", text)).strip()


def error(code: str, place: Location, found: object = "", **facts: object) -> Problem:
    """Make a problem that stops the report."""
    return Problem(code=code, place=place, found=shown(found), facts=facts)


def warning(code: str, place: Location, found: object = "", **facts: object) -> Problem:
    """Make a problem that goes to the data-quality page."""
    return replace(error(code, place, found, **facts), severity=Severity.WARNING)


def step(code: str, place: Location, found: object = "", **facts: object) -> Problem:
    """Tell what was done to a file because engagement.toml says so."""
    return replace(error(code, place, found, **facts), severity=Severity.STEP)


def cut(problems: Sequence[Problem], *, count: int) -> list[Problem]:
    """Return the first problems of one code and column, and one that counts the rest.

    ``problems`` need hold no more than :data:`MOST_CELLS` of the ``count`` that were found.
    """
    first = list(problems[:MOST_CELLS])
    if count > len(first):
        what = first[0]
        place = replace(what.place, row=None)
        facts = {"code": what.code, "more": count - len(first)}
        first.append(replace(what, code="more_cells", place=place, facts=facts))
    return first


def each_once(problems: Iterable[Problem]) -> list[Problem]:
    """Leave out what is said in the same words of the same place."""
    first: dict[tuple[str, Location, str, str], Problem] = {}
    for one in problems:
        first.setdefault((one.code, one.place, one.found, repr(dict(one.facts))), one)
    return list(first.values())


def few_of_each(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems in order, of each code the first ones and one that counts the rest."""
    counts: Counter[str] = Counter()
    kept: list[Problem] = []
    for problem in problems:
        counts[problem.code] += 1
        if counts[problem.code] <= MOST_CELLS:
            kept.append(problem)
    for first in {problem.code: problem for problem in reversed(kept)}.values():
        more = counts[first.code] - MOST_CELLS
        if more > 0:
            place, facts = Location(file=first.place.file), {"code": first.code, "more": more}
            kept.append(replace(first, code="more_problems", place=place, found="", facts=facts))
    return kept


def listed(items: Iterable[object], most: int = _FIRST_ROWS) -> str:
    """Return the first few items as text: ``3, 8, 11 …``."""
    every: Sequence[object] = list(items)
    return ", ".join(shown(item) for item in every[:most]) + (" …" if len(every) > most else "")

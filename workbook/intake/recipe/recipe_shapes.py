"""The shapes in which engagement.toml may write a recipe, brought into one each.

Every function takes what TOML has parsed, of any shape, and raises ``ValueError`` with the key or
value that is wrong.
"""

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from workbook.engagement.settings import ColumnSource, Melt
from workbook.intake.cells.date_formats import format_problem

MOST_WORDS = 1000
LONGEST = 400
_LETTERS = re.compile(r"[A-Za-z]{1,3}|[1-9]\d{0,3}")


def words(said: Any) -> tuple[str, ...]:
    """Return one text or a list of texts as a tuple; blank ones are refused.

    >>> words("Sales *.xlsx"), words(["a", "b"])
    (('Sales *.xlsx',), ('a', 'b'))
    """
    found = _texts(said)
    if not found or not all(text.strip() for text in found):
        raise ValueError(_told(said))
    return found


def headings(said: Any) -> tuple[str, ...]:
    """Return the headings of a file that has none; a blank one is a column that nobody needs."""
    if not isinstance(said, list) or not said:
        raise ValueError(_told(said))
    return _texts(said)


def header_rows(said: Any) -> tuple[int, ...]:
    """Return the rows of the headings: consecutive, from above.

    >>> header_rows(3), header_rows([4, 5])
    ((3,), (4, 5))
    """
    found = tuple(said) if isinstance(said, list) else (said,)
    if not 1 <= len(found) <= 5 or not all(_is_row(row) for row in found):
        raise ValueError(_told(said))
    if list(found) != list(range(found[0], found[0] + len(found))):
        raise ValueError(_told(said))
    return found


def drop_rows(said: Any) -> tuple[int | str, ...]:
    """Return row numbers and patterns of first words.

    >>> drop_rows([2, "Total*"])
    (2, 'Total*')
    """
    found = said if isinstance(said, list) else [said]
    for one in found:
        if not _is_row(one) and not (isinstance(one, str) and one.strip() and len(one) <= LONGEST):
            raise ValueError(_told(one))
    return tuple(found)


def columns(said: Any) -> dict[str, ColumnSource]:
    """Return where each of our columns comes from.

    >>> columns({"date": "End Date"})["date"].headings
    ('End Date',)
    """
    if not isinstance(said, Mapping):
        raise ValueError(_told(said))
    return {str(name): _source(str(name), one) for name, one in said.items()}


def _source(name: str, said: Any) -> ColumnSource:
    if not isinstance(said, Mapping):
        try:
            return ColumnSource(headings=words(said), expected=isinstance(said, str))
        except ValueError:
            raise ValueError(name) from None
    made = dict(said)
    known = {field.name for field in fields(ColumnSource)} - {"headings", "expected", "usual"}
    ways = [key for key in made if key != "sign"]
    if len(ways) != 1 or not set(made) <= known or ("sign" in made and "join" not in made):
        raise ValueError(name)
    way, value = ways[0], made[ways[0]]
    if way == "column":
        value = str(value)
        good = not isinstance(made["column"], bool) and bool(_LETTERS.fullmatch(value))
    elif way == "join":
        good = isinstance(value, list) and len(value) > 1
        value = words(value) if good else value
    elif way == "row":
        good = value is True
    else:
        short = isinstance(value, str) and len(value) <= LONGEST
        good = short and bool(way == "value" or value)
    if not good or not isinstance(made.get("sign", ""), str):
        raise ValueError(name)
    return ColumnSource(**{**made, way: value})


def values(said: Any) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the client's words for our values, by our columns.

    >>> values({"status": {"won": "Success", "open": ["*"]}})
    {'status': {'won': ('Success',), 'open': ('*',)}}
    """
    if not isinstance(said, Mapping):
        raise ValueError(_told(said))
    made: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, one in said.items():
        if not isinstance(one, Mapping) or not one:
            raise ValueError(str(name))
        try:
            made[str(name)] = {str(ours): _texts(theirs) for ours, theirs in one.items()}
        except ValueError:
            raise ValueError(str(name)) from None
    return made


def melt(said: Any) -> Melt:
    """Return which columns become rows.

    >>> melt({"columns": ["Price", "Quality"], "into": ["parameter", "mark"]}).into
    ('parameter', 'mark')
    """
    if not isinstance(said, Mapping) or set(said) != {"columns", "into"}:
        raise ValueError(_told(said))
    into = _texts(said["into"])
    if len(into) != 2 or into[0] == into[1] or not all(into):
        raise ValueError("into")
    return Melt(columns=words(said["columns"]), into=(into[0], into[1]))


def date_formats(said: Any) -> tuple[str, ...]:
    """Return formats of days; one that cannot be read is refused.

    >>> date_formats("%d %B %Y")
    ('%d %B %Y',)
    """
    found = words(said)
    for one in found:
        if format_problem(one):
            raise ValueError(one)
    return found


def _texts(said: Any) -> tuple[str, ...]:
    found = said if isinstance(said, list) else [said]
    if len(found) > MOST_WORDS or not all(
        isinstance(one, str) and len(one) <= LONGEST for one in found
    ):
        raise ValueError(_told(said))
    return tuple(found)


def _is_row(said: Any) -> bool:
    return isinstance(said, int) and not isinstance(said, bool) and said > 0


def _told(said: Any) -> str:
    return str(said)[:60]

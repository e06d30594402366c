"""What ``where`` of a recipe says, entry by entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

_WHOLE = (str, bool, int, float, date)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRule:
    """One entry of ``where``: the rows with one of these values are kept, or left out."""

    heading: str
    values: tuple[str, ...]
    keep: bool
    usual: bool = False
    """Holds where the heading is there; nothing is said of what the file does not have."""


def rules_of(where: Mapping[str, object]) -> list[RowRule]:
    """Return the entries of ``where`` as engagement.toml has them.

    Raises
    ------
    ValueError
        For an entry that is no value, no list of values, no ``{not = ...}`` and no
        ``{keep = ...}``, the latter two with ``if_there = true`` where no file need have it.

    Examples
    --------
    >>> rules_of({"Status": {"not": "Spam"}})
    [RowRule(heading='Status', values=('Spam',), keep=False, usual=False)]
    """
    return [_rule(heading, said) for heading, said in where.items()]


def _rule(heading: str, said: object) -> RowRule:
    keep = usual = False
    if isinstance(said, Mapping):
        way = set(said) - {"if_there"}
        if way not in ({"not"}, {"keep"}) or said.get("if_there", True) is not True:
            raise ValueError(heading)
        keep, usual = way == {"keep"}, "if_there" in said
        said = said[way.pop()]
    else:
        keep = True
    values = said if isinstance(said, list | tuple) else [said]
    if not values or not all(isinstance(value, _WHOLE) for value in values):
        raise ValueError(heading)
    return RowRule(heading=heading, values=tuple(map(_text, values)), keep=keep, usual=usual)


def _text(value: object) -> str:
    """Return a value of TOML as a cell shows it."""
    return str(value).casefold() if isinstance(value, bool) else str(value)

"""What pydantic found wrong in the configuration, as problems of engagement.toml."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from workbook.errors import Location, Problem
from workbook.intake.problems import UNSEEN, copied, error, shown
from workbook.language.nearest import nearest

FILE = "engagement.toml"
_MOST_INTEGER = 2**53
_KIND = re.compile(r"int|float|str|bool|date|none|literal\[.*\]|constrained-\w+|function-.*")
"""How pydantic names the kinds of value of an option that has several."""
_OWN = frozenset(
    {
        "bad_id",
        "reserved_name",
        "unknown_currency",
        "unknown_encoding",
        "empty_value",
        "control_characters",
        "schema_version",
        "bad_where",
        "of_one_table",
        "bad_words",
        "bad_header_row",
        "bad_date_format",
        "bad_columns",
        "bad_values",
        "bad_drop_rows",
        "bad_melt",
        "bad_steps",
        "step_out_of_range",
        "steps_not_rising",
    }
)
_TYPES = {
    "string": "not_text",
    "int": "not_whole_number",
    "float": "must_be_number",
    "finite_number": "number_unusable",
    "bool": "not_true_or_false",
    "date": "not_a_day",
    "list": "not_a_list",
    "tuple": "not_a_list",
    "dict": "not_a_table",
    "model": "not_a_table",
    "mapping": "not_a_table",
}
_SIGNS = {
    "greater_than_equal": ("ge", "≥"),
    "greater_than": ("gt", ">"),
    "less_than_equal": ("le", "≤"),
    "less_than": ("lt", "<"),
}


def place(key: str) -> Location:
    """Return the place of a dotted key."""
    return Location(file=FILE, column=shown(key))


def config_problems(
    failure: ValidationError,
    *,
    prefix: str = "",
    known: Mapping[tuple[str, ...], Iterable[str]],
) -> list[Problem]:
    """Return one problem per error; ``known`` maps a table's path to its possible keys."""
    made: dict[str, Problem] = {}
    for fault in failure.errors(include_url=False):
        path = _path(fault["loc"])
        key = ".".join(filter(None, [prefix, *path]))
        made.setdefault(key, _problem(fault, key, path, known))
    return list(made.values())


def _path(loc: Sequence[int | str]) -> tuple[str, ...]:
    """Return the keys on the way to a fault, without the kinds of value that one may have.

    >>> _path(("used_months", "literal['ever']")), _path(("int",))
    (('used_months',), ('int',))
    """
    first, *rest = map(str, loc)
    return (first, *(part for part in rest if not _KIND.fullmatch(part)))


def _problem(
    fault: Any, key: str, path: Sequence[str], known: Mapping[tuple[str, ...], Iterable[str]]
) -> Problem:
    kind: str = fault["type"]
    facts: Mapping[str, Any] = fault.get("ctx") or {}
    found = fault["input"]
    if kind == "missing":
        return error("missing_key", place(key), key=path[-1])
    if kind == "extra_forbidden":
        return unknown_key(key, path[-1], known.get(tuple(path[:-1]), ()))
    if kind == "literal_error":
        expected = facts["expected"].replace(" or ", ", ").replace("'", "")
        return error("not_in_list", place(key), found, expected=expected)
    if kind in _OWN:
        said = {n: copied(v) if isinstance(v, str) else v for n, v in facts.items()}
        return error(kind, place(key), found, **said)
    if kind in _SIGNS:
        name, sign = _SIGNS[kind]
        return error("option_out_of_range", place(key), found, bound=f"{sign} {facts[name]}")
    if kind == "string_too_long":
        return error("text_too_long", place(key), found, most=facts["max_length"])
    return error(_type_code(kind), place(key), found)


def _type_code(kind: str) -> str:
    return next((code for start, code in _TYPES.items() if kind.startswith(start)), "bad_value")


def unknown_key(key: str, word: str, known: Iterable[str]) -> Problem:
    """Return the problem of a key that does not exist, with the nearest that does."""
    return error(
        "unknown_key", place(key), word, nearest=nearest(word, known), known=", ".join(known)
    )


def unusable_values(tree: object, key: str = "") -> Iterator[Problem]:
    """Find nan, infinities, endless integers and invisible characters anywhere in a TOML file."""
    if isinstance(tree, Mapping):
        for name, value in tree.items():
            yield from unusable_values(value, f"{key}.{name}" if key else str(name))
    elif isinstance(tree, list):
        for value in tree:
            yield from unusable_values(value, key)
    elif isinstance(tree, float) and not math.isfinite(tree):
        yield error("number_unusable", place(key), tree)
    elif isinstance(tree, int) and abs(tree) > _MOST_INTEGER:
        yield error("number_unusable", place(key), f"{str(tree)[:12]}…")
    elif isinstance(tree, str) and UNSEEN.search(tree):
        yield error("control_characters", place(key), tree)

"""Lines for engagement.toml as a message gives them: complete, so that they can be copied."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields

from workbook.engagement.settings import ColumnSource

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def quoted(text: str) -> str:
    r"""Return a text as TOML writes it.

    >>> print(quoted('ООО "Акме"'))
    "ООО \"Акме\""
    """
    return '"' + "".join(_ESCAPES.get(sign, sign) for sign in text) + '"'


def columns_line(mapped: Mapping[str, str | ColumnSource]) -> str:
    """Return the line that says where our columns come from, beside what a preset says.

    >>> print(columns_line({"date": "End Date", "product": ColumnSource(value="Service")}))
    columns = {date = "End Date", product = {value = "Service"}}
    >>> print(columns_line({"date": ColumnSource(headings=("Day",), usual=True), "score": "NPS"}))
    columns = {score = "NPS"}
    """
    own = {name: said for name, said in mapped.items() if isinstance(said, str) or not said.usual}
    pairs = ", ".join(f"{name} = {source_text(said)}" for name, said in own.items())
    return f"columns = {{{pairs}}}"


def source_text(said: str | ColumnSource) -> str:
    """Return where a column comes from as TOML writes it."""
    if isinstance(said, str):
        return quoted(said)
    if said.headings:
        return toml_value(said.headings[0] if said.expected else said.headings)
    unsaid = ColumnSource()
    told = {f.name: getattr(said, f.name) for f in fields(said)}
    return toml_value({n: v for n, v in told.items() if v != getattr(unsaid, n)})


def where_line(rules: Mapping[str, object]) -> str:
    """Return the line that keeps or drops rows by what stands in a column.

    >>> print(where_line({"Status": "IP Address", "Type": {"not": ["Test", "Spam"]}}))
    where = {"Status" = "IP Address", "Type" = {not = ["Test", "Spam"]}}
    """
    pairs = ", ".join(f"{quoted(head)} = {toml_value(rule)}" for head, rule in rules.items())
    return f"where = {{{pairs}}}"


def drop_line(rows: Iterable[int], before: Iterable[int | str] = ()) -> str:
    """Return the line that leaves rows out, with those that are left out already.

    >>> drop_line([14, 9], before=[2, "Total*"])
    'drop_rows = [2, 9, 14, "Total*"]'
    """
    numbers = {row for row in before if isinstance(row, int)} | {*rows}
    words = [row for row in before if isinstance(row, str)]
    return f"drop_rows = {toml_value([*sorted(numbers), *words])}"


def values_line(column: str, words: Mapping[str, Iterable[str]]) -> str:
    """Return the line that says which of the client's words mean which of our values.

    >>> print(values_line("kind", {"sale": ["Реализация"], "return": ["Возврат", "Сторно"]}))
    values.kind = {sale = ["Реализация"], return = ["Возврат", "Сторно"]}
    """
    return f"values.{column} = {toml_value({ours: [*words[ours]] for ours in words})}"


def toml_value(said: object) -> str:
    """Return a value as TOML writes it in one line.

    >>> toml_value({"not": ["Test", ""]})
    '{not = ["Test", ""]}'
    """
    if isinstance(said, Mapping):
        pairs = ", ".join(f"{_key(str(key))} = {toml_value(one)}" for key, one in said.items())
        return f"{{{pairs}}}"
    if isinstance(said, list | tuple):
        return f"[{', '.join(map(toml_value, said))}]"
    if isinstance(said, bool):
        return "true" if said else "false"
    return quoted(said) if isinstance(said, str) else str(said)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else quoted(name)

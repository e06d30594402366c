"""Lines for engagement.toml as a message gives them: complete, so that they can be copied."""

from collections.abc import Iterable, Mapping

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def quoted(text: str) -> str:
    r"""Return a text as TOML writes it.

    >>> print(quoted('ООО "Акме"'))
    "ООО \"Акме\""
    """
    return '"' + "".join(_ESCAPES.get(sign, sign) for sign in text) + '"'


def columns_line(mapped: Mapping[str, str]) -> str:
    """Return the line that names the client's headings of our columns.

    >>> print(columns_line({"date": "End Date"}))
    columns = {date = "End Date"}
    """
    pairs = ", ".join(f"{name} = {quoted(heading)}" for name, heading in mapped.items())
    return f"columns = {{{pairs}}}"


def where_line(rules: Mapping[str, object]) -> str:
    """Return the line that keeps or drops rows by what stands in a column.

    >>> print(where_line({"Status": "IP Address", "Type": {"not": ["Test", "Spam"]}}))
    where = {"Status" = "IP Address", "Type" = {not = ["Test", "Spam"]}}
    """
    pairs = ", ".join(f"{quoted(heading)} = {_value(rule)}" for heading, rule in rules.items())
    return f"where = {{{pairs}}}"


def drop_line(rows: Iterable[int], before: Iterable[int] = ()) -> str:
    """Return the line that leaves rows out, with those that are left out already.

    >>> drop_line([14, 9], before=[2])
    'drop_rows = [2, 9, 14]'
    """
    return f"drop_rows = [{', '.join(map(str, sorted({*rows, *before})))}]"


def _value(rule: object) -> str:
    if isinstance(rule, Mapping):
        return f"{{not = {_value(rule['not'])}}}"
    if isinstance(rule, list | tuple):
        return f"[{', '.join(map(_value, rule))}]"
    if isinstance(rule, bool):
        return "true" if rule else "false"
    return quoted(rule) if isinstance(rule, str) else str(rule)

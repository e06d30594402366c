"""Statements inside DuckDB: which columns are there, typed, and what is wrong with a row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from workbook.diagnostics.financial_quartiles.reference_base.source import StatementFiles
from workbook.errors import InputError, Location, Problem
from workbook.intake.problems import error, shown
from workbook.language.nearest import nearest

IDENTITY = ("inn", "okved", "year")
NEVER_NEGATIVE = ("1600", "1200", "1500", "2110")
"""Lines that a sound statement never has below zero."""
REASONS = (
    "no_year",
    "no_inn",
    "no_okved",
    "not_a_number",
    "no_figures",
    *(f"negative_{line}" for line in NEVER_NEGATIVE),
    "contradictory",
    "copy",
)
"""Why a row is refused, the first that applies; ``contradictory``: several statements of one
organisation and year that differ; ``copy``: an identical row again."""
_TOO_LARGE = 1e15
_CSV_FAULT = re.compile(r"CSV Error on Line: (\d+)")
_DOUBTFUL = r"[+-]?[1-9]\d{0,2}[.,]\d{3}"
_DECIMALS = r"[+-]?(\d+[.,](\d{1,2}|\d{4,})|0[.,]\d{3}|\d{4,}[.,]\d{3})"
"""A number that may have thousands or decimals, and one that has decimals."""
_TEXT = ("VARCHAR", "BLOB")
_NUMBERS = ("INT", "DOUBLE", "FLOAT", "DECIMAL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns to read."""

    names: Mapping[str, str]
    """Our name -> the column as the file writes it; empty for one that it lacks."""
    types: Mapping[str, str]
    """Our name -> DuckDB's type."""


def quoted(name: str) -> str:
    """Return an identifier for SQL.

    >>> quoted('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text for SQL.

    >>> literal("d'Or")
    "'d''Or'"
    """
    return "'" + text.replace("'", "''") + "'"


def reader(source: StatementFiles) -> str:
    """Return the table function that reads the source."""
    files = ", ".join(literal(_unglobbed(str(path))) for path in source.files)
    if source.kind == "parquet":
        return f"read_parquet([{files}], hive_partitioning = true, union_by_name = true)"
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in source.header)
    return (
        f"read_csv([{files}], delim = {literal(source.delimiter)}, quote = '\"', header = true, "
        f"auto_detect = false, columns = {{{columns}}}, null_padding = false)"
    )


def _unglobbed(path: str) -> str:
    return re.sub(r"([\[*?])", r"[\1]", path)


def find_columns(
    connection: duckdb.DuckDBPyConnection,
    source: StatementFiles,
    wanted: Sequence[str],
    *,
    optional: Sequence[str] = (),
) -> Columns:
    """Find columns of the source by name, whatever their case.

    Parameters
    ----------
    connection
        An open DuckDB.
    source
        The statements.
    wanted
        Columns that must be there.
    optional
        Columns that are NULL throughout where the source lacks them.

    Raises
    ------
    InputError
        With every column that is missing, and the name that was probably meant.
    """
    if len({name.casefold() for name in source.header}) < len(source.header):
        repeated = next(n for i, n in enumerate(source.header) if n in source.header[:i] or not n)
        raise InputError([error("base_column_twice", replace(source.place, row=1), repeated)])
    connection.execute(f"DESCRIBE SELECT * FROM {reader(source)}")
    there = {str(name): str(kind) for name, kind, *_ in connection.fetchall()}
    by_name = {name.casefold(): name for name in there}
    missing = [name for name in wanted if name not in by_name]
    if missing:
        free = [name for name in there if name.casefold() not in (*wanted, *optional)]
        raise InputError(_missing(source.place, name, free, there) for name in missing)
    every = dict.fromkeys((*wanted, *optional))
    names = {name: by_name.get(name, "") for name in every}
    types = {name: there.get(column, "") for name, column in names.items()}
    if types["okved"].startswith(_NUMBERS):
        raise InputError([error("base_okved_number", replace(source.place, column="okved"))])
    return Columns(names=names, types=types)


def _missing(place: Location, name: str, free: Sequence[str], there: Mapping[str, str]) -> Problem:
    return error(
        "base_column_missing",
        replace(place, column=name),
        name=name,
        nearest=nearest(name, free),
        there=", ".join(shown(one) for one in list(there)[:12]),
    )


def typed(source: StatementFiles, columns: Columns) -> str:
    """Return the query of all rows, typed: inn, okved, year, the lines, and ``bad``.

    ``bad`` is true where a line is no number, not finite, or too large to be true.
    """
    lines = [name for name in columns.names if name not in IDENTITY]
    comma = source.kind == "csv" and source.delimiter != ","
    parts = [
        f"nullif(trim({_column(columns, 'inn')}::VARCHAR), '') AS inn",
        f"trim({_column(columns, 'okved')}::VARCHAR) AS okved",
        f"try_cast({_column(columns, 'year')} AS INTEGER) AS year",
        *(f"{_number(columns, name, comma=comma)} AS {name}" for name in lines),
        " OR ".join(_is_bad(columns, name, comma=comma) for name in lines) + " AS bad",
    ]
    return f"SELECT {', '.join(parts)} FROM {reader(source)}"


def _column(columns: Columns, name: str) -> str:
    return quoted(columns.names[name]) if columns.names[name] else "NULL"


def _number(columns: Columns, name: str, *, comma: bool) -> str:
    column = _column(columns, name)
    if not columns.types[name].startswith(_TEXT):
        return f"{column}::DOUBLE"
    text = f"trim({column}::VARCHAR)"
    return f"try_cast({_pointed(text) if comma else text} AS DOUBLE)"


def _pointed(text: str) -> str:
    return f"replace({text}, ',', '.')"


def _is_bad(columns: Columns, name: str, *, comma: bool) -> str:
    number = _number(columns, name, comma=comma)
    wild = f"coalesce(abs({number}) > {_TOO_LARGE:g}, false)"  # so are infinity and NaN
    if not columns.types[name].startswith(_TEXT):
        return wild
    filled = f"coalesce(trim({_column(columns, name)}::VARCHAR), '') <> ''"
    return f"({filled} AND {number} IS NULL) OR {wild}"


def refuse_doubtful(
    connection: duckdb.DuckDBPyConnection, source: StatementFiles, columns: Columns
) -> None:
    """Refuse a CSV file whose lines have one sign before three digits, and no other decimals.

    Raises
    ------
    InputError
        When "10.700" may be ten thousand and seven hundred as well as ten and seven tenths.
    """
    lines = [quoted(file) for name, file in columns.names.items() if file and name not in IDENTITY]
    cells = f"SELECT unnest([{', '.join(lines)}]::VARCHAR[]) AS text FROM {reader(source)}"
    signed = f"SELECT trim(text) AS text FROM ({cells}) WHERE regexp_matches(text, '[.,]')"
    doubtful, decimals = (f"regexp_full_match(text, '{what}')" for what in (_DOUBTFUL, _DECIMALS))
    connection.execute(
        f"SELECT count(*) FILTER ({doubtful}), min(text) FILTER ({doubtful}), "
        f"count(*) FILTER ({decimals}) FROM ({signed})"
    )
    found = connection.fetchone()
    if found and found[0] and not found[2]:
        raise InputError([error("base_numbers_unclear", source.place, found[1], count=found[0])])


def reason(lines: Sequence[str]) -> str:
    """Return the expression that names why a row is refused, NULL when it is sound."""
    blank = " AND ".join(f"line_{line} IS NULL" for line in lines)
    cases = [
        ("no_inn", "inn IS NULL OR ltrim(inn, '0') = ''"),
        ("no_okved", "industry IS NULL"),
        ("not_a_number", "bad"),
        ("no_figures", blank),
        *((f"negative_{line}", f"line_{line} < 0") for line in NEVER_NEGATIVE),
    ]
    return "CASE " + " ".join(f"WHEN {when} THEN '{name}'" for name, when in cases) + " END"


def read_failure(failure: duckdb.Error, source: StatementFiles) -> InputError:
    """Return what the user is told when DuckDB cannot read the source."""
    message = str(failure)
    at = _CSV_FAULT.search(message)
    place = replace(source.place, row=int(at[1]) if at else None)
    if "Invalid unicode" in message or "utf-8" in message.casefold():
        return InputError([error("base_not_utf8", place)])
    if "unterminated quote" in message:
        return InputError([error("quote_not_closed", place)])
    width = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", message)
    if width:
        return InputError([error("wrong_width", place, fields=width[2], expected=width[1])])
    code = "base_csv_broken" if source.kind == "csv" else "base_parquet_broken"
    return InputError([error(code, place)])

"""A base as a Parquet file: rows sorted, and what the base says of itself in the metadata."""

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from workbook.diagnostics.financial_quartiles.industries import LEVELS
from workbook.diagnostics.financial_quartiles.peer_base import Base, Effective, Row
from workbook.diagnostics.financial_quartiles.reference_base.statements import literal
from workbook.diagnostics.financial_quartiles.sizes import (
    ALL_SIZES,
    COUNTRY,
    CURRENCY,
    NAMES,
)
from workbook.errors import InputError, Location, RunError
from workbook.intake.problems import error

KEY = "workbook_base"
FORMAT = 1
COLUMNS = ("year", "level", "code", "size", "ratio", "n", "n_valid", "q1", "median", "q3")
_QUIET: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


@contextlib.contextmanager
def connect(**settings: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a DuckDB in memory that fetches nothing from anywhere."""
    with duckdb.connect(":memory:", config={**_QUIET, **settings}) as connection:
        yield connection


def write_base(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    out: Path,
    *,
    facts: Mapping[str, Any],
    ratios: tuple[str, ...],
) -> None:
    """Write the rows of a query as a base, whole or not at all.

    Raises
    ------
    RunError
        When the folder cannot be written.
    """
    order = [
        "year",
        f"list_position({_names(LEVELS)}, level)",
        "code",
        f"list_position({_names((ALL_SIZES, *NAMES))}, size)",
        f"list_position({_names(ratios)}, ratio)",
    ]
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, allow_nan=False)
    private = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        connection.execute(
            f"COPY (SELECT {', '.join(COLUMNS)} FROM ({query}) ORDER BY {', '.join(order)}) "
            f"TO {literal(str(private))} (FORMAT parquet, COMPRESSION zstd, "
            f"KV_METADATA {{{KEY}: {literal(text)}}})"
        )
        os.replace(private, out)  # noqa: PTH105 - atomic on every platform
    except (duckdb.IOException, OSError) as failure:
        raise RunError(f"{out} cannot be written: {first_line(failure)}") from failure
    finally:
        private.unlink(missing_ok=True)


def _names(names: tuple[str, ...]) -> str:
    return "[" + ", ".join(map(literal, names)) + "]"


def first_line(failure: BaseException) -> str:
    """Return what a failure says, in one line."""
    return next(iter(str(failure).strip().splitlines()), type(failure).__name__)


def read_base(path: Path, place: Location | None = None) -> Base:
    """Read a base from its Parquet file.

    Raises
    ------
    InputError
        When there is no such file, when it is not a base, or when it has no rows.
    """
    place = place or Location(file=path.name)
    if not path.is_file():
        raise InputError([error("base_file_missing", place, path)])
    if path.stat().st_size == 0:
        raise InputError([error("file_empty", place)])
    with connect() as connection:
        try:
            facts = _facts(connection, path)
            rows = _rows(connection, path) if facts else []
        except duckdb.Error as failure:
            raise InputError([error("base_not_a_base", place)]) from failure
    if facts is None:
        raise InputError([error("base_not_a_base", place)])
    if facts.get("format") != FORMAT:
        version = facts.get("format", "?")
        raise InputError([error("base_format", place, version=version, known=FORMAT)])
    if not rows:
        raise InputError([error("base_empty", place)])
    return Base.of(
        rows,
        hash=str(facts["hash"]),
        source=str(facts["source"]),
        built=date.fromisoformat(facts["built"]) if facts["built"] else None,
        synthetic=bool(facts["synthetic"]),
        size_bounds=tuple(facts["size_bounds"]),
        currency=str(facts.get("currency", CURRENCY)),  # bases of before knew roubles only
        country=str(facts.get("country", COUNTRY)),
        effective=[
            Effective(year=int(year), **told) for year, told in facts.get("effective", {}).items()
        ],
        facts=facts,
    )


def metadata(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    """Return the texts that a Parquet file carries about itself."""
    found = connection.execute(
        f"SELECT decode(key), decode(value) FROM parquet_kv_metadata([{one_file(path)}])"
    ).fetchall()
    return {str(key): str(value) for key, value in found}


def one_file(path: Path) -> str:
    """Return a path for SQL in which nothing is a pattern."""
    escaped = "".join(f"[{char}]" if char in "[*?" else char for char in str(path))
    return literal(escaped)


def _facts(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, Any] | None:
    text = metadata(connection, path).get(KEY)
    if text is None:
        return None
    try:
        facts = json.loads(text)
    except json.JSONDecodeError:
        return None
    wanted = {"format", "hash", "source", "built", "synthetic", "size_bounds"}
    return facts if isinstance(facts, dict) and wanted <= facts.keys() else None


def _rows(connection: duckdb.DuckDBPyConnection, path: Path) -> list[Row]:
    query = f"SELECT {', '.join(COLUMNS)} FROM read_parquet([{one_file(path)}])"
    return list(map(Row._make, _padded(connection.execute(query).fetchall())))


def _padded(rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    return ((*row, None) for row in rows)

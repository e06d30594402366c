"""``workbook base build``: quartiles of every year from raw statements.

A year is one part file; parts wait in a private folder beside the result, so that a build that
was stopped goes on where it was.  The base itself appears whole or not at all.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from workbook import __version__
from workbook.diagnostics.financial_quartiles.reference_base.base_file import (
    FORMAT,
    connect,
    first_line,
    metadata,
    one_file,
    write_base,
)
from workbook.diagnostics.financial_quartiles.reference_base.cut import (
    CountedRows,
    CutOptions,
    Formulas,
    cut_year,
    prepare,
)
from workbook.diagnostics.financial_quartiles.reference_base.options import BuildOptions
from workbook.diagnostics.financial_quartiles.reference_base.source import (
    StatementFiles,
    has_changed,
    hash_source,
    open_source,
)
from workbook.diagnostics.financial_quartiles.reference_base.statements import (
    IDENTITY,
    find_columns,
    literal,
    read_failure,
    refuse_doubtful,
    typed,
)
from workbook.errors import InputError, Location, RunError
from workbook.intake.problems import error

_YEARS = range(1990, 2101)
_PART = "workbook_part"
_STAGED = "statements.parquet"


def build_base(
    statements: Path,
    out: Path,
    options: BuildOptions,
    *,
    formulas: Formulas,
    say: Callable[[str], None],
) -> dict[str, Any]:
    """Build a base.

    Parameters
    ----------
    statements
        CSV or Parquet file, or folder of Parquet files: one row per organisation and year with
        the columns inn, okved, year, line_1100 …
    out
        The Parquet file to write.
    options
        Choices.
    formulas
        What is computed: :func:`.formulas.sql_formulas`.
    say
        Told the progress, a line per year.

    Returns
    -------
    dict
        What the base says of itself.

    Raises
    ------
    InputError
        When the statements cannot be used.
    RunError
        When the base cannot be written.
    """
    cut = CutOptions(
        formulas=formulas,
        size_bounds=tuple(bound / options.unit for bound in options.size_bounds),
        fewest=options.fewest,
        levels=options.levels,
    )
    wanted = [*IDENTITY, *(f"line_{line}" for line in cut.needed)]
    source = open_source(statements, wanted)
    parts = _parts_folder(out, _key(source, options, cut))
    try:
        facts = _build(source, out, options, cut=cut, parts=parts, say=say)
    except InputError:  # nothing of it is of use to the next build
        shutil.rmtree(parts, ignore_errors=True)
        raise
    shutil.rmtree(parts)
    return facts


def _build(
    source: StatementFiles,
    out: Path,
    options: BuildOptions,
    *,
    cut: CutOptions,
    parts: Path,
    say: Callable[[str], None],
) -> dict[str, Any]:
    """Cut every year into its part, then write the base of them."""
    with ThreadPoolExecutor(1) as pool, _working(parts, options) as connection:
        digest = pool.submit(hash_source, source)
        with _failures_in_words(source):
            _load(connection, source, cut, parts)
            counted = _cut_all(connection, cut, parts, source=source, years=options.years, say=say)
        if has_changed(source):
            raise InputError([error("file_changed", source.place)])
        facts = _facts(source, options, cut, counted) | {"hash": digest.result()}
        query = _all_parts(connection, counted, parts, source.place)
        names = tuple(ratio.id for ratio in cut.formulas.ratios)
        with _failures_in_words(source):
            write_base(connection, query, out, facts=facts, ratios=names)
        return facts


@contextmanager
def _failures_in_words(source: StatementFiles) -> Iterator[None]:
    """Turn what DuckDB raises into a stop by the user or one message."""
    try:
        yield
    except RuntimeError as stop:  # how DuckDB tells of Ctrl-C
        if "interrupt" in str(stop).casefold():
            raise KeyboardInterrupt from stop
        raise
    except duckdb.InterruptException as stop:
        raise KeyboardInterrupt from stop
    except (duckdb.OutOfMemoryException, duckdb.IOException, duckdb.InvalidInputException) as why:
        if has_changed(source):
            raise InputError([error("file_changed", source.place)]) from why
        raise RunError(f"the base cannot be built: {first_line(why)}") from why


def _key(source: StatementFiles, options: BuildOptions, cut: CutOptions) -> str:
    """Return what parts must have in common to belong to this build."""
    told = [source.state, repr(cut), options.unit, __version__, duckdb.__version__, FORMAT]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _parts_folder(out: Path, key: str) -> Path:
    """Return the private folder of the parts, with those of another build thrown away."""
    folder = out.with_name(f".{out.name}.parts")
    try:
        if folder.is_dir() and _text(folder / "key") != key:
            shutil.rmtree(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "key").write_text(key, "utf-8")
    except OSError as failure:
        raise RunError(f"{out.parent} cannot be written: {first_line(failure)}") from failure
    return folder


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


@contextmanager
def _working(parts: Path, options: BuildOptions) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a DuckDB whose memory is bounded and whose spill files are private."""
    with tempfile.TemporaryDirectory(prefix="spill-", dir=parts) as spill:
        settings = {
            "memory_limit": options.memory,
            "temp_directory": spill,
            "threads": str(options.threads or os.cpu_count() or 1),
        }
        with connect(**settings) as connection:
            yield connection


def _load(
    connection: duckdb.DuckDBPyConnection, source: StatementFiles, cut: CutOptions, parts: Path
) -> None:
    """Make the view ``statements``; CSV is read once and kept as Parquet among the parts."""
    staged = parts / _STAGED
    try:
        wanted = [*IDENTITY, *(f"line_{line}" for line in cut.needed)]
        every = [f"line_{line}" for line in cut.lines]
        columns = find_columns(connection, source, wanted, optional=every)
        query = typed(source, columns)
        if source.kind == "csv":
            if not staged.is_file():
                refuse_doubtful(connection, source, columns)
                _write_private(connection, query, staged, {})
            query = f"SELECT * FROM read_parquet([{one_file(staged)}])"
        connection.execute(f"CREATE VIEW statements AS {query}")
        prepare(connection)
    except (duckdb.InvalidInputException, duckdb.ConversionException) as failure:
        raise read_failure(failure, source) from failure
    except duckdb.IOException as failure:
        raise InputError([error("file_unreadable", source.place)]) from failure


def _write_private(
    connection: duckdb.DuckDBPyConnection, query: str, path: Path, told: dict[str, Any]
) -> None:
    """Write Parquet under another name first, so that what has the name is whole."""
    unfinished = path.with_suffix(".tmp")
    connection.execute(
        f"COPY ({query}) TO {literal(str(unfinished))} (FORMAT parquet, "
        f"KV_METADATA {{{_PART}: {literal(json.dumps(told))}}})"
    )
    os.replace(unfinished, path)  # noqa: PTH105 - atomic on every platform


def _part(parts: Path, year: int) -> Path:
    return parts / f"{year}.parquet"


def _cut_all(
    connection: duckdb.DuckDBPyConnection,
    cut: CutOptions,
    parts: Path,
    *,
    source: StatementFiles,
    years: Collection[int],
    say: Callable[[str], None],
) -> dict[int, CountedRows]:
    """Cut the years that are not among the parts; tell the rows by year, 0: without a year."""
    found = connection.execute("SELECT year, count(*) FROM statements GROUP BY year").fetchall()
    if not found:
        raise InputError([error("base_no_statements", source.place)])
    counted: dict[int, CountedRows] = {}
    lost = sum(int(n) for year, n in found if year not in _YEARS)
    if lost:
        counted[0] = CountedRows(used=0, refused={"no_year": lost})
    there = sorted(int(year) for year, _ in found if year in _YEARS)
    for year in (year for year in there if year in years or not years):
        path = _part(parts, year)
        done = _told(connection, path)
        if done is None:
            done = cut_year(connection, year, cut)
            told = {"used": done.used, "refused": dict(done.refused), "worth": done.worth}
            _write_private(connection, "SELECT * FROM cells", path, told)
        counted[year] = done
        say(f"{year}: {done.used:,} used, {sum(done.refused.values()):,} refused")
    return counted


def _all_parts(
    connection: duckdb.DuckDBPyConnection,
    counted: dict[int, CountedRows],
    parts: Path,
    place: Location,
) -> str:
    """Return the query of the cells of every year; none at all is no base."""
    pieces = [one_file(_part(parts, year)) for year in counted if year]
    query = f"SELECT * FROM read_parquet([{', '.join(pieces)}])"
    if not pieces or not connection.execute(f"{query} LIMIT 1").fetchall():
        used = sum(one.used for one in counted.values())
        refused = sum(sum(one.refused.values()) for one in counted.values())
        raise InputError([error("base_no_groups", place, used=used, refused=refused)])
    return query


def _told(connection: duckdb.DuckDBPyConnection, part: Path) -> CountedRows | None:
    """Return what a finished part says of its rows, None when there is none."""
    try:
        told = json.loads(metadata(connection, part)[_PART]) if part.is_file() else None
    except (duckdb.Error, KeyError, json.JSONDecodeError):
        return None
    return CountedRows(**told) if told else None


def _facts(
    source: StatementFiles, options: BuildOptions, cut: CutOptions, counted: dict[int, CountedRows]
) -> dict[str, Any]:
    built = options.built or source.changed
    refused: dict[str, int] = {}
    for one in counted.values():
        for name, count in one.refused.items():
            refused[name] = refused.get(name, 0) + count
    return {
        "format": FORMAT,
        "source": options.source or source.path.name,
        "built": built.isoformat(),
        "synthetic": options.synthetic,
        "size_bounds": list(options.size_bounds),
        "currency": options.currency,
        "country": options.country,
        "effective": {str(year): one.worth for year, one in counted.items() if one.worth},
        "unit": options.unit,
        "fewest": options.fewest,
        "ratios": {ratio.id: ratio.formula for ratio in cut.formulas.ratios},
        "used": {str(year): one.used for year, one in counted.items() if year},
        "refused": refused,
        "program": __version__,
    }

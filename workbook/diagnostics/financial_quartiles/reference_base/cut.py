"""One year of statements cut into groups: quartiles by industry and size, in DuckDB.

Exact quartiles of type 7 (linear between the two nearest values, as in R and NumPy).  A ratio
that is not defined is NULL, never NaN or infinite: DuckDB would count NaN as the largest value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from workbook.diagnostics.financial_quartiles.industries import (
    DIGITS,
    LEVELS,
    SECTION_OF,
    dotted,
    is_okved,
)
from workbook.diagnostics.financial_quartiles.reference_base.effective_number import (
    effective_ratios,
)
from workbook.diagnostics.financial_quartiles.reference_base.statements import (
    NEVER_NEGATIVE,
    literal,
    reason,
)
from workbook.diagnostics.financial_quartiles.sizes import ALL_SIZES, NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioSql:
    """A ratio as an expression over ``line_1600`` … and, of the year before, ``prior_1600`` …."""

    id: str
    formula: str
    """As ratios.yaml has it."""
    sql: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Formulas:
    """What is computed from a row of statements."""

    ratios: tuple[RatioSql, ...]
    needed: tuple[str, ...]
    """Codes of the lines that the ratios name."""
    optional: tuple[str, ...] = ()
    """Codes that only help to fill in others; the statements may lack them."""
    prior: tuple[str, ...] = ()
    """Codes of the lines that some ratio takes from the year before."""
    steps: tuple[Mapping[str, str], ...] = ()
    """One after another: code of a line -> what it is where it is not given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOptions:
    """What a cut needs to know."""

    formulas: Formulas
    size_bounds: tuple[float, ...]
    """In the unit of the statements."""
    fewest: int
    levels: tuple[str, ...] = LEVELS

    @property
    def needed(self) -> tuple[str, ...]:
        """Codes of the lines that statements must have."""
        return tuple(sorted({*self.formulas.needed, *NEVER_NEGATIVE}))

    @property
    def lines(self) -> tuple[str, ...]:
        """Codes of all lines to read."""
        return tuple(sorted({*self.needed, *self.formulas.optional}))


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedRows:
    """What became of the rows of one year."""

    used: int
    refused: Mapping[str, int]
    """Rows by :data:`.statements.REASONS`."""
    worth: Mapping[str, float] | None = None
    """How many ratios the year's are worth: ``value``, ``ratios`` and ``n`` of
    :class:`.base.Effective`; None where too few companies have them all."""


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table of industries from the codes that ``statements`` has, and an empty result."""
    found = connection.execute("SELECT DISTINCT okved FROM statements ORDER BY ALL").fetchall()
    codes = [str(code) for (code,) in found if code and is_okved(str(code))]
    levels = ", ".join(f"level_{level} VARCHAR" for level in LEVELS)
    connection.execute(f"CREATE TABLE industries (okved VARCHAR, industry SMALLINT, {levels})")
    rows = [[code, number, *_codes(code)] for number, code in enumerate(codes)]
    if rows:  # a column at a time: executemany is a statement per row
        columns = [list(column) for column in zip(*rows, strict=True)]
        unnested = ", ".join(["unnest(?)"] * len(columns))
        connection.execute(f"INSERT INTO industries SELECT {unnested}", columns)
    connection.execute(
        "CREATE TABLE cells (year INTEGER, level VARCHAR, code VARCHAR, size VARCHAR, "
        "ratio VARCHAR, n INTEGER, n_valid INTEGER, q1 DOUBLE, median DOUBLE, q3 DOUBLE)"
    )


def _codes(okved: str) -> list[str | None]:
    """Return the codes of an industry at every level, None below its own."""
    digits = okved.replace(".", "")
    narrow = [dotted(digits[:n]) if len(digits) >= n else None for n in map(int, DIGITS)]
    return ["", SECTION_OF[okved[:2]], *narrow]


def cut_year(connection: duckdb.DuckDBPyConnection, year: int, options: CutOptions) -> CountedRows:
    """Fill ``cells`` with the quartiles of one year; tell what was refused."""
    counted = _keep_sound(connection, year, options)
    connection.execute("DELETE FROM cells")
    ratios = options.formulas.ratios
    for level in options.levels:
        connection.execute(_level_query(level, len(ratios)))
        found = (_cells(level, k, r.id, year, options.fewest) for k, r in enumerate(ratios))
        connection.execute(f"INSERT INTO cells {' UNION ALL '.join(found)}")
    told = effective_ratios(connection, len(ratios))
    connection.execute("DROP TABLE cut")
    connection.execute("DROP TABLE ratios")
    return replace(counted, worth=told)


def _keep_sound(
    connection: duckdb.DuckDBPyConnection, year: int, options: CutOptions
) -> CountedRows:
    """Make the table ``ratios`` of the sound rows of one year, and count the others."""
    connection.execute(_repeats_query(year, options))
    connection.execute(
        "CREATE TABLE twice AS SELECT inn, count(*) AS versions, sum(times) AS times "
        "FROM repeats GROUP BY inn"
    )
    connection.execute(_ratios_query(year, options))
    copies, contradictory = connection.execute(
        "SELECT coalesce(sum(times - 1) FILTER (versions = 1), 0), "
        "coalesce(sum(times) FILTER (versions > 1), 0) FROM twice"
    ).fetchall()[0]
    found = connection.execute("SELECT reason, count(*) FROM ratios GROUP BY reason").fetchall()
    reasons = {str(name): int(count) for name, count in found if name is not None}
    reasons |= {"copy": int(copies), "contradictory": int(contradictory)}
    used = next((int(count) for name, count in found if name is None), 0)
    for name in ("twice", "repeats"):
        connection.execute(f"DROP TABLE {name}")
    return CountedRows(used=used, refused={name: n for name, n in reasons.items() if n})


def _lines(options: CutOptions) -> str:
    return ", ".join(f"line_{line}" for line in options.lines)


def _repeats_query(year: int, options: CutOptions) -> str:
    """Return the query that makes ``repeats``: each version of what is there more than once."""
    return (
        "CREATE TABLE repeats AS WITH several AS (SELECT inn FROM statements "
        f"WHERE year = {year} AND inn IS NOT NULL GROUP BY inn HAVING count(*) > 1) "
        f"SELECT inn, okved, bad, {_lines(options)}, count(*) AS times FROM statements "
        f"SEMI JOIN several USING (inn) WHERE year = {year} GROUP BY ALL"
    )


def _ratios_query(year: int, options: CutOptions) -> str:
    """Return the query that makes ``ratios``: reason, industry, size and ratios of each row."""
    columns = f"inn, okved, bad, {_lines(options)}"
    formulas = options.formulas
    values = [f"{_finite(r.sql)} AS r{number}" for number, r in enumerate(formulas.ratios)]
    now = (
        f"SELECT {columns} FROM statements ANTI JOIN twice USING (inn) WHERE year = {year} "
        f"UNION ALL SELECT {columns} FROM repeats SEMI JOIN "
        "(SELECT inn FROM twice WHERE versions = 1) USING (inn)"
    )
    joined = " LEFT JOIN before USING (inn)" if formulas.prior else ""
    return (
        f"CREATE TABLE ratios AS WITH now AS ({_judged(now, options)}){_before(year, options)} "
        f"SELECT reason, industry, {_size(options.size_bounds)} AS size, {', '.join(values)} "
        f"FROM now{joined}"
    )


def _judged(rows: str, options: CutOptions) -> str:
    """Return rows with the reason to refuse them, then with what follows from their lines."""
    query = (
        f"SELECT *, {reason(options.lines)} AS reason "
        f"FROM ({rows}) LEFT JOIN industries USING (okved)"
    )
    for step in options.formulas.steps:
        filled = [f"coalesce(line_{code}, {sql}) AS line_{code}" for code, sql in step.items()]
        query = f"SELECT * REPLACE ({', '.join(filled)}) FROM ({query})"
    return query


def _before(year: int, options: CutOptions) -> str:
    """Return the sound rows of the year before; where versions differ, the line is missing."""
    prior = options.formulas.prior
    if not prior:
        return ""
    taken = [
        f"CASE WHEN min(line_{line}) = max(line_{line}) AND count(line_{line}) = count(*) "
        f"THEN min(line_{line}) END AS prior_{line}"
        for line in prior
    ]
    rows = f"SELECT inn, okved, bad, {_lines(options)} FROM statements WHERE year = {year - 1}"
    return (
        f", before AS (SELECT inn, {', '.join(taken)} FROM ({_judged(rows, options)}) "
        "WHERE reason IS NULL GROUP BY inn)"
    )


def _finite(sql: str) -> str:
    """Return the ratio, NULL where it is too large for a number; no negative zero."""
    return f"CASE WHEN isfinite({sql}) THEN ({sql}) + 0.0 END"


def _size(bounds: Sequence[float]) -> str:
    """Return the number of the size group, NULL without revenue."""
    over = " + ".join(f"(line_2110 > {bound!r})::TINYINT" for bound in bounds)
    return f"({over})::TINYINT"


def _level_query(level: str, ratios: int) -> str:
    """Return the query that cuts one level: every size, and all sizes together."""
    quartiles = ", ".join(
        f"quantile_cont(r{k}, [0.25, 0.5, 0.75]) AS q{k}, count(r{k}) AS n{k}"
        for k in range(ratios)
    )
    code = f"level_{level}"
    return (
        f"CREATE OR REPLACE TABLE cut AS SELECT {code} AS code, grouping(size) = 1 AS whole, "
        f"size, count(*) AS n, {quartiles} FROM ratios JOIN industries USING (industry) "
        f"WHERE reason IS NULL AND {code} IS NOT NULL "
        f"GROUP BY GROUPING SETS (({code}), ({code}, size))"
    )


def _cells(level: str, number: int, ratio: str, year: int, fewest: int) -> str:
    """Return the query of one ratio of the level, as rows of ``cells``."""
    names = ", ".join(map(literal, NAMES))
    size = f"CASE WHEN whole THEN {literal(ALL_SIZES)} ELSE ([{names}])[size + 1] END"
    q = f"q{number}"
    return (
        f"SELECT {year}, {literal(level)}, code, {size}, {literal(ratio)}, n, "
        f"n{number}, {q}[1], {q}[2], {q}[3] FROM cut "
        f"WHERE n{number} >= {max(fewest, 1)} AND (whole OR size IS NOT NULL)"
    )

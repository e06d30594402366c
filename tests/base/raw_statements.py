"""Raw statements of invented companies, and bases built of them."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from workbook.diagnostics.financial_quartiles.peer_base import Base
from workbook.diagnostics.financial_quartiles.reference_base.base_file import read_base
from workbook.diagnostics.financial_quartiles.reference_base.build import build_base
from workbook.diagnostics.financial_quartiles.reference_base.options import BuildOptions
from workbook.diagnostics.financial_quartiles.sources.engagement_base import shipped_formulas

SOUND: Mapping[str, Any] = {
    "inn": "0000000001",
    "okved": "68.20.2",
    "year": 2024,
    "line_1100": 600,
    "line_1200": 400,
    "line_1230": 100,
    "line_1240": 20,
    "line_1250": 80,
    "line_1300": 500,
    "line_1400": 300,
    "line_1500": 200,
    "line_1600": 1000,
    "line_2110": 50_000,
    "line_2200": 5000,
    "line_2400": 2000,
}
"""A statement that nothing is wrong with, in thousands of roubles."""
Row = Mapping[str, Any]


def sound(number: int, **changes: Any) -> Row:
    """Return the statement of company ``number``."""
    return {**SOUND, "inn": f"{number:010d}", **changes}


@dataclass(frozen=True)
class Made:
    """A base that was built."""

    path: Path
    base: Base
    facts: Mapping[str, Any]
    said: Sequence[str]


@dataclass(frozen=True)
class Maker:
    """Builds bases in a folder."""

    folder: Path

    def csv(self, rows: Sequence[Row], name: str = "statements.csv", delimiter: str = ",") -> Path:
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            columns = list(dict.fromkeys(key for row in rows for key in row))
            writer = csv.DictWriter(file, columns, delimiter=delimiter)
            writer.writeheader()
            writer.writerows(rows)
        return path

    def parquet(self, rows: Sequence[Row], name: str = "statements.parquet") -> Path:
        """Write rows with typed columns: identity as text, lines as DOUBLE."""
        source, path = self.csv(rows, "for_parquet.csv"), self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = ", ".join(f"{c}::DOUBLE AS {c}" for c in rows[0] if c.startswith("line_"))
        duckdb.execute(
            f"COPY (SELECT inn, okved, year::INTEGER AS year, {lines} FROM "
            f"read_csv('{source}', all_varchar = true, header = true)) TO '{path}' (FORMAT parquet)"
        )
        return path

    def build(self, statements: Path, out: str = "base.parquet", **options: Any) -> Made:
        said: list[str] = []
        path = self.folder / out
        made = BuildOptions(**{"fewest": 1, **options})
        formulas = shipped_formulas(made.unit)
        facts = build_base(statements, path, made, formulas=formulas, say=said.append)
        return Made(path=path, base=read_base(path), facts=facts, said=said)

    def of(self, *rows: Row, **options: Any) -> Made:
        return self.build(self.csv(rows), **options)

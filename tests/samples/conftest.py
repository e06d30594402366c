"""Reading of the sample files: plainly (csv and openpyxl) and, as ``read``, through the intake."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import yaml

from workbook.diagnostics import param_types
from workbook.engagement.engagement_file import load_engagement
from workbook.intake.tables import read_tables

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data_samples"
LANGUAGES = {
    "ural-tekhnika": "ru",
    "tatra-servis": "sk",
    "northbridge": "en",
    "vektor-it": "ru",
}
PLACES = {
    ("ural-tekhnika", "survey"): ("survey.csv", "cp1251"),
    ("ural-tekhnika", "satisfaction"): ("satisfaction.csv", "utf-8-sig"),
    ("ural-tekhnika", "touchpoints"): ("touchpoints.xlsx", "Точки контакта"),
    ("ural-tekhnika", "complaints"): ("complaints.csv", "cp1251"),
    ("ural-tekhnika", "customers"): ("customers.csv", "utf-8"),
    ("ural-tekhnika", "sales"): ("sales.xlsx", "Продажи"),
    ("ural-tekhnika", "lost_customers"): ("lost_customers.csv", "cp1251"),
    ("tatra-servis", "survey"): ("intake.xlsx", "Prieskum"),
    ("tatra-servis", "satisfaction"): ("intake.xlsx", "Spokojnosť"),
    ("tatra-servis", "touchpoints"): ("intake.xlsx", "Body kontaktu"),
    ("tatra-servis", "complaints"): ("intake.xlsx", "Reklamácie"),
    ("tatra-servis", "customers"): ("intake.xlsx", "Zákazníci"),
    ("tatra-servis", "sales"): ("intake.xlsx", "Predaj"),
    ("tatra-servis", "lost_customers"): ("intake.xlsx", "Stratení zákazníci"),
    ("tatra-servis", "answers"): ("intake.xlsx", "Odpovede"),
    ("northbridge", "survey"): ("survey.xlsx", "Survey"),
    ("northbridge", "satisfaction"): ("satisfaction.xlsx", "Satisfaction"),
    ("northbridge", "touchpoints"): ("touchpoints.xlsx", "Touchpoints"),
    ("northbridge", "complaints"): ("complaints.xlsx", "Complaints"),
    ("northbridge", "customers"): ("customers.xlsx", "Accounts"),
    ("northbridge", "sales"): ("sales.csv", "utf-8"),
    ("northbridge", "lost_customers"): ("lost_customers.xlsx", "Lost accounts"),
    ("northbridge", "answers"): ("answers.xlsx", "Answers"),
    ("vektor-it", "answers"): ("answers.csv", "cp1251"),
}
Rows = list[dict[str, str]]
Read = Callable[[str, str], Rows]
Table = list[dict[str, Any]]


def raw_lines(path: Path, where: str) -> Iterator[list[str]]:
    """Return every line of a CSV file (``where``: encoding) or sheet, cells as text."""
    if path.suffix == ".csv":
        text = path.read_bytes().decode(where)
        yield from csv.reader(io.StringIO(text), delimiter=";" if ";" in text[:99] else ",")
        return
    for line in _workbook(path)[where].iter_rows(values_only=True):
        yield [_text(cell) for cell in line]


@cache
def _workbook(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%d.%m.%Y}"
    return "" if cell is None else str(cell)


@pytest.fixture(scope="session")
def samples() -> Path:
    return SAMPLES


@pytest.fixture(scope="session")
def truth() -> dict[str, Any]:
    return json.loads((SAMPLES / "truth.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def words() -> dict[str, Any]:
    return yaml.safe_load((SAMPLES / "generate" / "words.yaml").read_text("utf-8"))


@pytest.fixture(scope="session")
def lines() -> Callable[[str, str], list[list[str]]]:
    """Return a reader of every line of a table as the file has it."""
    known: dict[tuple[str, str], list[list[str]]] = {}

    def read(engagement: str, table: str) -> list[list[str]]:
        if (engagement, table) not in known:
            file, where = PLACES[engagement, table]
            known[engagement, table] = list(raw_lines(SAMPLES / engagement / "data" / file, where))
        return known[engagement, table]

    return read


@pytest.fixture(scope="session")
def rows(lines: Callable[[str, str], list[list[str]]], words: dict[str, Any]) -> Read:
    """Return a reader of rows by our column names: copies still there, blank lines gone."""

    def read(engagement: str, table: str) -> Rows:
        headings = words[LANGUAGES[engagement]][table]
        names = {heading: column for column, heading in headings.items()}
        every = lines(engagement, table)
        first = next(i for i, line in enumerate(every) if set(line) <= set(names))
        columns = [names[heading] for heading in every[first]]
        body = [[c.strip() for c in line] for line in every[first + 1 :] if any(line)]
        body = [line for line in body if line[0] != "Итого"]
        return [dict(zip(columns, line, strict=True)) for line in body]

    return read


@pytest.fixture(scope="session")
def clean(rows: Read) -> Read:
    """Return a reader of rows, each once."""

    def read(engagement: str, table: str) -> Rows:
        return [
            dict(row) for row in dict.fromkeys(tuple(r.items()) for r in rows(engagement, table))
        ]

    return read


@pytest.fixture(scope="session")
def read(samples: Path) -> Callable[[str, str], Table]:
    """Return a reader of a table through the intake: missing cells are None, days are dates."""
    known: dict[str, dict[str, Table]] = {}

    def rows(engagement: str, table: str) -> Table:
        if engagement not in known:
            folder = load_engagement(samples / engagement, param_types())
            tables = read_tables(folder).tables
            known[engagement] = {name: _plain(found.frame) for name, found in tables.items()}
        return known[engagement][table]

    return rows


def _plain(frame: pd.DataFrame) -> Table:
    return [
        {str(name): _value(cell) for name, cell in row.items()} for row in frame.to_dict("records")
    ]


def _value(cell: Any) -> Any:
    if pd.isna(cell):
        return None
    return cell.date() if isinstance(cell, pd.Timestamp) else cell

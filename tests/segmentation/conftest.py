"""Small typed tables as the intake hands them over, and engagements made from real files."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from workbook.diagnostics import param_types
from workbook.diagnostics.customer_ledger.sales_ledger import Ledger, ledger_of
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.engagement.data import read_engagement
from workbook.engagement.engagement_file import load_engagement

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
TOML = """schema_version = 1
id = "golden"
client = "Client"
language = "en"
currency = "USD"
period = "golden"
as_of = {as_of}
"""


@pytest.fixture(scope="session")
def books(inputs: Any) -> Callable[..., Ledger]:
    """Build the ledger of tables."""

    def build(params: Params | None = None, **tables: Any) -> Ledger:
        return ledger_of(inputs(**tables))

    return build


@pytest.fixture(scope="session")
def found(inputs: Any, finite: Any) -> Callable[..., Any]:
    """Compute tables; every number of the result is finite."""
    from workbook.diagnostics.segmentation_matrix.compute import compute

    def compute_tables(params: Params | None = None, **tables: Any) -> Any:
        result = compute(inputs(**tables), params or Params())
        return finite(result)

    return compute_tables


@pytest.fixture(scope="session")
def cases() -> Mapping[str, Any]:
    """Return the known answers of the two real data sets."""
    known = (GOLDEN / "segmentation_cases.json").read_text("utf-8")
    found: Mapping[str, Any] = json.loads(known)
    return found


@pytest.fixture(scope="session")
def inputs_of_files(tmp_path_factory: Any) -> Callable[..., Inputs]:
    """Write tables into an engagement folder and read it as the program does."""

    def read(as_of: date, **tables: pd.DataFrame) -> Inputs:
        folder = tmp_path_factory.mktemp("engagement")
        (folder / "data").mkdir()
        (folder / "engagement.toml").write_text(TOML.format(as_of=as_of), "utf-8")
        for name, frame in tables.items():
            frame.to_csv(folder / "data" / f"{name}.csv", index=False)
        types = param_types() | {"segmentation_matrix": Params}
        case = read_engagement(load_engagement(folder, types))
        assert not case.errors
        return case.inputs

    return read

"""Small typed tables as the intake hands them over, and the shipped reasons."""

import math
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pandas as pd
import pytest

from workbook.diagnostics.churn_reasons import Params, Resources, Result, compute
from workbook.diagnostics.churn_reasons.taxonomy import Taxonomy, load_taxonomy
from workbook.diagnostics.inputs import Inputs
from workbook.shipped import templates

AS_OF = date(2025, 12, 31)


def _typed(name: str, values: list[Any]) -> pd.Series:
    known = [v for v in values if v is not None]
    if "date" in name or name == "contract_end":
        return pd.Series(pd.to_datetime(values)).astype("datetime64[ns]")
    if known and all(isinstance(v, bool) for v in known):
        return pd.Series(values, dtype="boolean")
    if known and all(isinstance(v, int | float) for v in known):
        return pd.Series(values, dtype="float64")
    return pd.Series(values, dtype="str")


def _table(**columns: Any) -> pd.DataFrame:
    rows = max((len(v) for v in columns.values() if isinstance(v, list | tuple)), default=1)
    spread = {
        name: list(v) if isinstance(v, list | tuple) else [v] * rows for name, v in columns.items()
    }
    frame = pd.DataFrame({name: _typed(name, v) for name, v in spread.items()})
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return frame


def _floats(value: Any, path: str = "result") -> Iterator[tuple[str, float]]:
    if isinstance(value, float):
        yield path, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _floats(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            yield from _floats(part, f"{path}[{i}]")


@pytest.fixture(scope="session")
def table() -> Callable[..., pd.DataFrame]:
    """Build a typed table; a single value is repeated in every row."""
    return _table


@pytest.fixture(scope="session")
def inputs() -> Callable[..., Inputs]:
    """Build the inputs of an engagement as of the end of 2025."""

    def build(**tables: Any) -> Inputs:
        facts = {k: tables.pop(k) for k in ("as_of", "label", "previous") if k in tables}
        return Inputs(tables=tables, **({"as_of": AS_OF} | facts))

    return build


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    """Return the reasons that come with the package."""
    return load_taxonomy(templates() / "reasons.yaml")


@pytest.fixture(scope="session")
def found(taxonomy: Taxonomy, inputs: Any) -> Callable[..., Result]:
    """Compute tables; every number of the result is finite."""

    def compute_tables(params: Params | None = None, **tables: Any) -> Result:
        given = inputs(**tables)
        result = compute(given, params or Params(), Resources(taxonomy=taxonomy))
        wrong = [path for path, number in _floats(result) if not math.isfinite(number)]
        assert not wrong
        return result

    return compute_tables

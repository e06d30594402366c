"""Tables as the intake hands them over, and what holds for every result."""

import math
import os
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings
from order_of_files import FilesInOrder, place

from workbook.diagnostics.inputs import Inputs

# no test depends on a clock: a busy machine is no fault of a property; nor on luck: the same
# examples are drawn each time, others and more of them with FUZZ_TIMES above 1
TIMES = int(os.environ.get("FUZZ_TIMES", "1"))
settings.register_profile(
    "untimed",
    deadline=None,
    derandomize=TIMES == 1,
    max_examples=50 * TIMES,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("untimed")

# the notebook there belongs to a copy of the project, made by test_sixth_diagnostic
collect_ignore = ["sixth_diagnostic"]

AS_OF = date(2025, 12, 31)
WHOLE = ("employees", "founded_year", "order", "score")
FACTS = ("as_of", "label", "previous", "language", "anonymity_threshold")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put long files first in each of the processes that share the work."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: place(item.path))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesInOrder | None:
    """Give out files in the order of their collection, for ``--dist loadfile``."""
    if config.getvalue("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return FilesInOrder(config, log)


def _typed(name: str, values: list[Any]) -> pd.Series:
    known = [v for v in values if v is not None]
    if "date" in name or name == "contract_end":
        return pd.Series(pd.to_datetime(values)).astype("datetime64[ns]")
    if name == "score" and not known:
        return pd.Series(values, dtype="Int64")
    if known and all(isinstance(v, bool) for v in known):
        return pd.Series(values, dtype="boolean")
    if known and all(isinstance(v, int | float) for v in known):
        return pd.Series(values, dtype="Int64" if name in WHOLE else "float64")
    return pd.Series(values, dtype="str")


def _table(**columns: Any) -> pd.DataFrame:
    rows = max((len(v) for v in columns.values() if isinstance(v, list | tuple)), default=1)
    spread = {
        name: list(v) if isinstance(v, list | tuple) else [v] * rows for name, v in columns.items()
    }
    frame = pd.DataFrame({name: _typed(name, v) for name, v in spread.items()})
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return frame


def _inputs(**tables: Any) -> Inputs:
    facts = {k: tables.pop(k) for k in FACTS if k in tables}
    return Inputs(tables=tables, **({"as_of": AS_OF} | facts))


def _floats(value: Any, path: str = "result") -> Iterator[tuple[str, float]]:
    if isinstance(value, float):
        yield path, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _floats(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            yield from _floats(part, f"{path}[{i}]")


def _finite(result: Any) -> Any:
    wrong = [path for path, number in _floats(result) if not math.isfinite(number)]
    assert not wrong
    return result


@pytest.fixture(scope="session")
def table() -> Callable[..., pd.DataFrame]:
    """Build a typed table; a single value is repeated in every row."""
    return _table


@pytest.fixture(scope="session")
def inputs() -> Callable[..., Inputs]:
    """Build the inputs of an engagement as of the end of 2025."""
    return _inputs


@pytest.fixture(scope="session")
def finite() -> Callable[[Any], Any]:
    """Return a result in which every number is finite."""
    return _finite

"""The shipped ratios and lines, a published base, and a function that computes statements."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from financial_tables import RATIOS, numbers, table

from workbook.diagnostics.financial_quartiles.compute import compute
from workbook.diagnostics.financial_quartiles.lines import LineMap
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.peer_base import Base
from workbook.diagnostics.financial_quartiles.ratios import RatioSet
from workbook.diagnostics.financial_quartiles.reference_base.typed_base import base_of
from workbook.diagnostics.financial_quartiles.result import Result
from workbook.diagnostics.financial_quartiles.scored_statement import Sources
from workbook.diagnostics.financial_quartiles.sources.ratio_files import load_ratios, shipped_lines
from workbook.diagnostics.inputs import Inputs


@pytest.fixture(scope="session")
def lines() -> LineMap:
    return shipped_lines()


@pytest.fixture(scope="session")
def ratios() -> RatioSet:
    return load_ratios()


@pytest.fixture(scope="session")
def magnit_base() -> Base:
    """Return the quartiles published for industry 68.20.2, small companies, 2019, as typed.

    The number of companies is not published; 1200 stands for enough of them.
    """
    text = pd.read_csv(Path(__file__).parent / "magnit_base.csv", dtype="str")
    return base_of(text.astype({"year": "Int64", "n": "Int64"}), name="base", ratios=RATIOS)


@pytest.fixture(scope="session")
def found(lines: LineMap, ratios: RatioSet) -> Callable[..., Result]:
    """Compute statements; every number of the result is finite."""

    def run(
        *statements: Sequence[Mapping[str, Any]],
        base: Base | None = None,
        language: str = "en",
        own: RatioSet | None = None,
        **params: Any,
    ) -> Result:
        frame = table(*statements)
        before = frame.copy(deep=True)
        inputs = Inputs(tables={"statements": frame}, as_of=date(2025, 12, 31), language=language)
        sources = Sources(ratios=own or ratios, line_map=lines, base=base)
        result = compute(inputs, Params(**params), sources)
        assert frame.equals(before)
        assert all(map(isfinite, numbers(result)))
        return result

    return run

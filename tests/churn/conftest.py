"""Small typed tables as the intake hands them over, and the shipped reasons."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workbook.diagnostics.churn_reasons.compute import Sources, compute
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.result import Result
from workbook.diagnostics.churn_reasons.sources.taxonomy_file import load_taxonomy
from workbook.diagnostics.churn_reasons.taxonomy import Taxonomy
from workbook.language.package_data import templates


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    """Return the reasons that come with the package."""
    return load_taxonomy(templates() / "reasons.yaml")


@pytest.fixture(scope="session")
def found(taxonomy: Taxonomy, inputs: Any, finite: Any) -> Callable[..., Result]:
    """Compute tables; every number of the result is finite."""

    def compute_tables(params: Params | None = None, **tables: Any) -> Result:
        given = inputs(**tables)
        if given.previous is not None:
            given = replace(given, since=given.previous.as_of)
        result = compute(given, params or Params(), Sources(taxonomy=taxonomy))
        return finite(result)

    return compute_tables

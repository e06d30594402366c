"""Surveys as the intake hands them over."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pytest


def _answers(detractors: int, passives: int, promoters: int) -> list[int]:
    return [3] * detractors + [7] * passives + [10] * promoters


@pytest.fixture(scope="session")
def survey(table: Any) -> Callable[..., pd.DataFrame]:
    """Build a survey of these scores, one respondent each."""

    def build(scores: list[int | None], **columns: Any) -> pd.DataFrame:
        given: dict[str, Any] = {
            "respondent_id": [f"r{i}" for i in range(len(scores))],
            "date": "2025-06-15",
            "score": scores,
        }
        return table(**(given | columns))

    return build


@pytest.fixture(scope="session")
def answers_of() -> Callable[[int, int, int], list[int]]:
    """Build scores of so many detractors, passives and promoters."""
    return _answers


@pytest.fixture(scope="session")
def assert_finite(finite: Any) -> Callable[[Any], None]:
    """Check that no number anywhere in a record is NaN or infinite."""
    return finite


@pytest.fixture
def given_marks(table: Any) -> Callable[..., pd.DataFrame]:
    """Build marks of one parameter, each of a respondent of its own."""

    def build(values: Sequence[float], *, scale: str = "1-5", **columns: Any) -> pd.DataFrame:
        frame: pd.DataFrame = table(
            **{
                "respondent_id": [f"r{i}" for i in range(len(values))],
                "date": "2025-06-01",
                "product": "pump",
                "parameter": "price",
                "mark": [float(v) for v in values],
            }
            | columns
        )
        frame.attrs["scale"] = scale
        return frame

    return build

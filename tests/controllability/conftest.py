"""Answers as the intake hands them over, and the shipped questionnaires."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import pytest

from workbook.diagnostics.controllability.compute import Sources, compute
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.questionnaire import Questionnaire
from workbook.diagnostics.controllability.result import Result
from workbook.diagnostics.controllability.sources.questionnaire_file import load_questionnaires
from workbook.language.package_data import templates


def _answers(marks: Mapping[str, Sequence[str] | str], **columns: Any) -> pd.DataFrame:
    """Build answers: by item one mark, or one mark of each respondent A, B, C and so on."""
    rows = [
        {"respondent": chr(ord("A") + i), "item": item, "mark": mark or None}
        for item, given in marks.items()
        for i, mark in enumerate([given] if isinstance(given, str) else given)
    ]
    frame = pd.DataFrame(rows, columns=["respondent", "item", "mark"], dtype="str")
    for name, value in columns.items():
        by_person = isinstance(value, Mapping)
        frame[name] = frame["respondent"].map(value) if by_person else value
        frame[name] = frame[name].astype("str")
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return frame


@pytest.fixture(scope="session")
def answers() -> Callable[..., pd.DataFrame]:
    return _answers


@pytest.fixture(scope="session")
def questionnaires() -> tuple[Questionnaire, ...]:
    found, problems = load_questionnaires(templates() / "questionnaires")
    assert problems == ()
    return found


@pytest.fixture(scope="session")
def control(questionnaires) -> Questionnaire:
    return questionnaires[0]


@pytest.fixture(scope="session")
def unmanaged(control) -> dict[str, str]:
    """Return the source's unmanaged example over its 31 items."""
    (profile,) = [p for p in control.profiles if p.id == "unmanaged"]
    return {item.id: profile.marks[item.id] for item in control.whole().items}


@pytest.fixture(scope="session")
def found(questionnaires, inputs, finite) -> Callable[..., Result]:
    """Compute tables; every number of the result is finite, and no level is too small to tell."""

    def compute_tables(params: Params | None = None, **tables: Any) -> Result:
        result = compute(
            inputs(**{"anonymity_threshold": 1} | tables),
            params or Params(),
            Sources(questionnaires=questionnaires),
        )
        return finite(result)

    return compute_tables


@pytest.fixture(scope="session")
def one(found) -> Callable[..., Any]:
    """Compute answers to the controllability questionnaire alone."""

    def compute_one(frame: pd.DataFrame, params: Params | None = None, **tables: Any) -> Any:
        (made,) = found(params, answers=frame, **tables).questionnaires
        return made

    return compute_one

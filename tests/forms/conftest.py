"""The shipped questionnaires and a folder for forms."""

from pathlib import Path

import pytest
from filled_forms import Forms
from table_engagement import engagement

from workbook.diagnostics.controllability.questionnaire import Questionnaire
from workbook.diagnostics.controllability.sources.questionnaire_file import load_questionnaires
from workbook.language.package_data import templates


@pytest.fixture(scope="session")
def questionnaires() -> tuple[Questionnaire, ...]:
    """Return the questionnaires that come with the program, controllability first."""
    found, problems = load_questionnaires(templates() / "questionnaires")
    assert problems == ()
    return found


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """Return an English engagement with an empty folder of forms."""
    return engagement(tmp_path / "acme", "en")


@pytest.fixture
def forms(tmp_path: Path, questionnaires: tuple[Questionnaire, ...]) -> Forms:
    """Return a writer and reader of forms."""
    return Forms(tmp_path, questionnaires)

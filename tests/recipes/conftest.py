"""Fixtures: a folder with a recipe."""

from pathlib import Path

import pytest
from recipe_folder import ErrorsOf, Recipe


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    return Recipe(tmp_path)


@pytest.fixture
def errors() -> ErrorsOf:
    return lambda data: [problem.code for problem in data.problems if problem.is_error]

"""Fixtures of the intake's tests."""

from pathlib import Path

import pytest
from intake_folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "data").mkdir()
    return Folder(tmp_path)

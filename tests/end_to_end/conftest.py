"""One sample engagement rendered twice by the command line; every format, as a user would."""

import json

import pytest
from command_line import SAMPLE, workbook


@pytest.fixture(scope="session")
def rendered(tmp_path_factory):
    """Folder of the period after a first run."""
    out = tmp_path_factory.mktemp("first")
    done = workbook("run", SAMPLE, "--out", out)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(out / "index.html")
    return out / "northbridge" / "2025"


@pytest.fixture(scope="session")
def again(tmp_path_factory):
    """Folder of the period after a run elsewhere."""
    out = tmp_path_factory.mktemp("second") / "Отчёты {1}"
    done = workbook("run", SAMPLE, "--out", out)
    assert done.returncode == 0, done.stderr
    return out / "northbridge" / "2025"


@pytest.fixture(scope="session")
def result(rendered):
    return json.loads((rendered / "results" / "loyalty.json").read_text("utf-8"))

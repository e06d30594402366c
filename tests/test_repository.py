"""What is committed carries no client's files, no outputs and no paths of somebody's machine."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MACHINE_PATH = re.compile(r"(/home/|/Users/|/root/|[A-Z]:\\\\?Users)")
OUTPUT_KEPT = "nbval-check-output"


def tracked():
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name]


@pytest.mark.bad_input("J14")
def test_no_report_and_no_engagement_but_the_samples_is_committed():
    names = tracked()
    assert [n for n in names if n.startswith("reports/") and n != "reports/.gitkeep"] == []
    folders = [n for n in names if n.endswith("engagement.toml")]
    assert [n for n in folders if not n.startswith(("data_samples/", "tests/"))] == []


@pytest.mark.bad_input("J14")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_committed_notebook_has_no_outputs_but_those_that_are_checked(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    others = [c for c in cells if OUTPUT_KEPT not in c["metadata"].get("tags", [])]
    assert not any(c.get("outputs") for c in others)
    assert all(c.get("execution_count") is None for c in others)


@pytest.mark.bad_input("J14")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_committed_notebook_has_no_path_of_a_machine_and_no_run_left(path):
    text = path.read_text("utf-8")
    assert not MACHINE_PATH.search(text)
    assert "papermill" not in json.loads(text)["metadata"]

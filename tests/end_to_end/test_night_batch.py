"""A night's batch: 24 clients get their reports, six learn what is wrong, nothing is made twice."""

import json
from pathlib import Path

import pytest
from command_line import workbook

from benchmarks.engagements import FAULTS, make_broken, make_engagements

WHOLE = 24


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """Folder of the engagements, folder of the output, and the first run."""
    folder = tmp_path_factory.mktemp("night")
    make_engagements(folder / "clients", WHOLE)
    make_broken(folder / "clients")
    return folder, run(folder)


def run(folder: Path, *more: str):
    return workbook(
        "run", folder / "clients", "--out", folder / "out", "--only", "loyalty", "--formats",
        "html,json", *more,
    )  # fmt: skip


def manifests(folder: Path) -> dict[str, bytes]:
    found = (folder / "out").glob("*/*/manifest.json")
    return {path.parent.parent.name: path.read_bytes() for path in found}


def explained(told: str) -> set[str]:
    """Return the folders that an error line names."""
    lines = [line for line in told.splitlines() if line.startswith("error: ")]
    return {line.split(": ")[1] for line in lines}


def test_the_whole_ones_are_finished_and_the_broken_ones_explained(night):
    folder, first = night
    assert first.returncode == 1, first.stderr
    assert "Traceback" not in first.stderr
    assert f"{WHOLE} made, {len(FAULTS)} bad input in " in first.stderr
    assert explained(first.stderr) == {f"broken-{fault}" for fault in FAULTS}
    assert len(manifests(folder)) == WHOLE
    pages = list((folder / "out").glob("*/*/client/loyalty.html"))
    assert len(pages) == WHOLE
    assert all(json.loads(m)["diagnostics"]["loyalty"]["engine"] == "warm" for m in
               manifests(folder).values())  # fmt: skip
    assert list((folder / "out").glob("*/.*")) == []


def test_status_tells_each_of_them(night):
    folder, _ = night
    told = workbook("status", folder / "clients", "--out", folder / "out").stdout.splitlines()
    assert sum(" loyalty: made" in line for line in told) == WHOLE
    broken = [line for line in told if line.startswith("broken-")]
    assert len([line for line in broken if ": bad input: " in line]) == len(FAULTS)


def test_the_next_run_does_only_what_is_left(night):
    folder, _ = night
    before = manifests(folder)
    (mended,) = (folder / "clients").glob("broken-key")
    toml = mended / "engagement.toml"
    toml.write_text(toml.read_text("utf-8").replace('colour = "blue"\n', ""), "utf-8")
    second = run(folder)
    assert second.returncode == 1
    assert "1 made" in second.stderr
    assert f"{WHOLE} up to date" in second.stderr
    assert f"{len(FAULTS) - 1} bad input" in second.stderr
    after = manifests(folder)
    assert after.pop("broken-key")
    assert after == before

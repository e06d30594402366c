"""Synthetic engagements of the benchmarks: whole ones can be used, broken ones cannot."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmarks.engagements import FAULTS, make_broken, make_engagement, make_engagements
from workbook.commands.cli import cli

CODES = {
    "workbook": "workbook_damaged",
    "column": "missing_column",
    "score": "out_of_range",
    "key": "unknown_key",
    "empty": "no_rows",
    "type": "not_whole_number",
}
"""Fault -> code of the problem that names it."""


def _checked(folders: Sequence[Path]) -> list[dict[str, Any]]:
    """Return what ``workbook check`` says about each engagement."""
    told = CliRunner().invoke(cli, ["check", *map(str, folders), "--format", "json"])
    found: list[dict[str, Any]] = json.loads(told.stdout)["engagements"]
    return found


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One of each language; the first has a workbook, the others CSV files only."""
    folder = tmp_path_factory.mktemp("whole")
    return [make_engagement(folder / f"client-{n}", n) for n in (1, 5, 6)]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    made = make_broken(tmp_path_factory.mktemp("broken"))
    return dict(zip(made, _checked(list(made.values())), strict=True))


def test_whole_engagements_can_be_used(folders: list[Path]) -> None:
    checked = _checked(folders)
    assert [p for one in checked for p in one["problems"] if p["severity"] == "error"] == []
    assert [one["ok"] for one in checked] == [True] * 3
    assert [one["diagnostics"] for one in checked] == [["loyalty", "churn_reasons", "summary"]] * 3


def test_languages_and_kinds_of_file_are_in_turn(folders: list[Path]) -> None:
    written = [(one / "engagement.toml").read_text("utf-8") for one in folders]
    for language, text in zip(("ru", "sk", "en"), written, strict=True):
        assert f'language = "{language}"' in text
    assert [(one / "data" / "intake.xlsx").exists() for one in folders] == [True, False, False]


def test_ids_are_names_of_folders_and_data_differ(tmp_path: Path) -> None:
    made = make_engagements(tmp_path, 4)
    assert [one.name for one in made] == [f"client-{n:03}" for n in range(1, 5)]
    assert len({(one / "data" / "survey.csv").read_bytes() for one in made}) == 4


def test_the_same_seed_writes_the_same_bytes(folders: list[Path], tmp_path: Path) -> None:
    first = folders[0]
    again = make_engagement(tmp_path / first.name, 1)
    files = sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file())
    assert len(files) == 6
    assert all((again / file).read_bytes() == (first / file).read_bytes() for file in files)


@pytest.mark.parametrize("fault", FAULTS)
def test_each_broken_engagement_is_refused_for_its_fault(
    fault: str, broken: dict[str, dict[str, Any]]
) -> None:
    one = broken[fault]
    assert not one["ok"]
    assert not one["failure"]
    assert [p["code"] for p in one["problems"] if p["severity"] == "error"] == [CODES[fault]]

"""The intake reads the samples: dirt is warned about, nothing is lost and nothing refused."""

from pathlib import Path
from typing import Any

import pytest

from workbook.diagnostics.loyalty.params import Params
from workbook.intake.engagement_file import load_engagement
from workbook.intake.tables import read_tables

EXPECTED = {
    "ural-tekhnika": {"title_lines", "total_row", "identical_rows"},
    "tatra-servis": {"title_lines", "identical_rows"},
    "northbridge": {"title_lines", "identical_rows", "unknown_customers"},
}
"""Northbridge takes closed accounts out of its account list."""


@pytest.mark.parametrize("name", list(EXPECTED))
def test_every_true_row_is_read_and_every_copy_dropped(
    name: str, samples: Path, truth: dict[str, Any]
) -> None:
    intake = read_tables(load_engagement(samples / name, {"loyalty": Params}))
    stated = truth[name]["files"]
    assert intake.usable
    assert {problem.code for problem in intake.problems} == EXPECTED[name]
    assert {t: table.rows_used for t, table in intake.tables.items()} == {
        t: facts["rows"] for t, facts in stated.items()
    }
    assert {t: table.rows_in - table.rows_used for t, table in intake.tables.items()} == {
        t: facts["duplicates"] for t, facts in stated.items()
    }


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("ural-tekhnika-2025-q2", {"survey", "touchpoints", "lost_customers"}),
        ("northbridge-2024", {"survey", "touchpoints"}),
    ],
)
def test_a_previous_engagement_can_be_read(name: str, tables: set[str], samples: Path) -> None:
    intake = read_tables(load_engagement(samples / "previous" / name, {"loyalty": Params}))
    assert intake.usable
    assert set(intake.tables) == tables


@pytest.mark.parametrize("name", ["ural-tekhnika", "northbridge"])
def test_the_previous_engagement_is_where_the_configuration_says(name: str, samples: Path) -> None:
    engagement = load_engagement(samples / name, {"loyalty": Params})
    assert engagement.previous is not None
    assert (engagement.previous / "engagement.toml").is_file()


def test_one_sample_is_a_draft_and_two_have_a_logo(samples: Path) -> None:
    every = [load_engagement(samples / name, {"loyalty": Params}) for name in EXPECTED]
    assert [engagement.draft for engagement in every] == [False, False, True]
    assert [bool(engagement.brand.logo) for engagement in every] == [True, True, False]

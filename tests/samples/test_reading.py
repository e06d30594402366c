"""The intake reads the samples: dirt is warned about, nothing is lost and nothing refused."""

from pathlib import Path
from typing import Any

import pytest

from workbook.diagnostics import param_types
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.engagement.engagement_file import load_engagement
from workbook.forms.engagement_forms import read_with_forms
from workbook.intake.table import InputTable
from workbook.intake.tables import read_tables

PARAMS = param_types() | {"financial_quartiles": Params}
EXPECTED = {
    "ural-tekhnika": {"title_lines", "total_row", "identical_rows"},
    "tatra-servis": {"title_lines", "identical_rows"},
    "northbridge": {"title_lines", "identical_rows", "unknown_customers"},
    "vektor-it": {"title_lines", "identical_rows"},
    "severstroy": {"title_lines", "identical_rows"},
}
"""Northbridge takes closed accounts out of its account list."""


def _place(table: InputTable) -> tuple[str, str]:
    return table.file, table.sheet


@pytest.mark.parametrize("name", list(EXPECTED))
def test_every_true_row_is_read_and_every_copy_dropped(
    name: str, samples: Path, truth: dict[str, Any]
) -> None:
    intake = read_tables(load_engagement(samples / name, PARAMS))
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
    ("name", "codes"), [("tatra-servis", ["title_lines"]), ("northbridge", []), ("vektor-it", [])]
)
def test_answers_and_filled_forms_give_no_warning_but_for_a_title_line(
    name: str, codes: list[str], samples: Path
) -> None:
    engagement = load_engagement(samples / name, PARAMS)
    intake = read_with_forms(engagement)
    answers = intake.tables["answers"]
    own = [p for p in intake.problems if (p.place.file, p.place.sheet) == _place(answers)]
    forms = [p for p in intake.problems if p.place.file.startswith("data/forms/")]
    assert [p.code for p in (*own, *forms)] == codes


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("severstroy", ["title_lines", "identical_rows"]),
        ("tatra-servis", ["title_lines"]),
        ("northbridge", ["title_lines"]),
    ],
)
def test_statements_give_no_warning_but_for_a_title_line_and_copies(
    name: str, codes: list[str], samples: Path
) -> None:
    intake = read_tables(load_engagement(samples / name, PARAMS))
    place = _place(intake.tables["statements"])
    own = [p for p in intake.problems if (p.place.file, p.place.sheet) == place]
    assert [p.code for p in own] == codes


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("ural-tekhnika-2025-q2", {"survey", "touchpoints", "lost_customers"}),
        ("northbridge-2024", {"survey", "touchpoints"}),
    ],
)
def test_a_previous_engagement_can_be_read(name: str, tables: set[str], samples: Path) -> None:
    intake = read_tables(load_engagement(samples / "previous" / name, PARAMS))
    assert intake.usable
    assert set(intake.tables) == tables


@pytest.mark.parametrize("name", ["ural-tekhnika", "northbridge"])
def test_the_previous_engagement_is_where_the_configuration_says(name: str, samples: Path) -> None:
    engagement = load_engagement(samples / name, PARAMS)
    assert engagement.previous is not None
    assert (engagement.previous / "engagement.toml").is_file()


def test_two_samples_are_final_and_have_a_logo(samples: Path) -> None:
    every = [load_engagement(samples / name, PARAMS) for name in EXPECTED]
    assert [e.id for e in every if not e.draft] == ["ural-tekhnika", "tatra-servis"]
    assert [e.id for e in every if e.brand.logo] == ["ural-tekhnika", "tatra-servis"]

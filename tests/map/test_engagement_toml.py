"""Recipes go into engagement.toml beside what the consultant wrote."""

import tomllib

import pytest
from click.testing import CliRunner
from files import answers, csv, engagement
from proposals import errors, mapped, read, recipe

from workbook.commands.cli import cli

HEAD = ["Answer ID", "When answered, date", "Would you recommend us?", "Why?"]


@pytest.fixture
def folder(tmp_path):
    return engagement(tmp_path / "e", {"survey.csv": csv(HEAD, answers())})


def test_comments_and_order_are_kept_letter_for_letter(folder):
    before = (folder / "engagement.toml").read_text("utf-8")
    mapped(folder)
    assert (folder / "engagement.toml").read_text("utf-8").startswith(before)


def test_a_second_run_changes_nothing(folder):
    mapped(folder)
    before = (folder / "engagement.toml").read_bytes()
    again = mapped(folder)
    assert (folder / "engagement.toml").read_bytes() == before
    assert again.lines == ["survey: nothing to map"]


def test_what_the_consultant_wrote_is_never_overwritten(tmp_path):
    more = """
[intake.survey]   # mine
date_order = "dmy"
[intake.survey.columns]
reason = "Answer ID"  # indeed
[brand]
name = "Us"
"""
    folder = engagement(tmp_path / "e", {"survey.csv": csv(HEAD, answers())}, more=more)
    said = recipe(folder, "survey")
    text = (folder / "engagement.toml").read_text("utf-8")
    assert said["columns"]["reason"] == "Answer ID"
    assert said["date_order"] == "dmy"
    assert said["columns"]["score"] == "Would you recommend us?"
    assert all(part in text for part in ("# mine", "# indeed", 'name = "Us"', "# ours"))
    assert tomllib.loads(text)["brand"] == {"name": "Us"}


def test_the_old_form_of_columns_counts_as_written(tmp_path):
    more = '\n[intake.columns.survey]\nscore = "Answer ID"\n'
    folder = engagement(tmp_path / "e", {"survey.csv": csv(HEAD, answers())}, more=more)
    assert "score" not in recipe(folder, "survey")["columns"]


def test_columns_within_braces_are_added_to(tmp_path):
    more = '\n[intake]\nsurvey = {columns = {date = "When answered, date"}}\n'
    folder = engagement(tmp_path / "e", {"survey.csv": csv(HEAD, answers())}, more=more)
    assert recipe(folder, "survey")["columns"]["score"] == "Would you recommend us?"


def test_ends_of_lines_stay_as_they_are(folder):
    path = folder / "engagement.toml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    mapped(folder)
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


def test_an_example_is_one_harmless_line(tmp_path):
    rows = [[i, "2025-11-03", 9, 'x\n[intake.sales]\nfiles = "a" \x1b[31m'] for i in range(20)]
    folder = engagement(tmp_path / "e", {"survey.csv": csv(HEAD, rows)})
    mapped(folder)
    raw = tomllib.loads((folder / "engagement.toml").read_text("utf-8"))
    assert set(raw["intake"]) == {"survey"}


def test_print_writes_nothing(folder):
    before = (folder / "engagement.toml").read_bytes()
    done = CliRunner().invoke(cli, ["map", str(folder), "--print"])
    assert done.exit_code == 0
    assert "[intake.survey.columns]" in done.stdout
    assert (folder / "engagement.toml").read_bytes() == before


def test_one_table_may_be_asked_for(tmp_path):
    sales = csv(
        ["Дата отгр.", "Покупатель", "Сумма"],
        [["03.02.2025", f"К{i}", i + 100] for i in range(20)],
        ";",
    )
    folder = engagement(tmp_path / "e", {"survey.csv": csv(HEAD, answers()), "отгрузки.csv": sales})
    done = CliRunner().invoke(cli, ["map", str(folder), "--table", "sales"])
    assert done.exit_code == 0
    assert set(tomllib.loads((folder / "engagement.toml").read_text("utf-8"))["intake"]) == {
        "sales"
    }


def test_a_table_that_is_unknown_is_refused(folder):
    assert CliRunner().invoke(cli, ["map", str(folder), "--table", "sals"]).exit_code != 0


def test_it_ends_with_counts_and_the_next_step(folder):
    assert (
        mapped(folder).lines[-1] == f"4 columns mapped, 0 to look at. Next: workbook check {folder}"
    )


def test_a_table_that_is_read_needs_no_recipe(tmp_path):
    head = ["respondent_id", "date", "score", "reason"]
    folder = engagement(tmp_path / "e", {"survey.csv": csv(head, answers())})
    assert mapped(folder).lines == ["survey: nothing to map"]


@pytest.mark.parametrize("language", ["en", "ru", "sk"])
def test_comments_are_in_the_language_of_the_engagement(tmp_path, language):
    folder = engagement(tmp_path / "e", {"survey.csv": csv(HEAD, answers())}, language=language)
    mapped(folder)
    begun = {"en": "Proposed by", "ru": "Предложено", "sk": "Navrhol"}[language]
    assert f"# {begun}" in (folder / "engagement.toml").read_text("utf-8")


def test_one_engagement_that_cannot_be_read_does_not_stop_the_others(tmp_path):
    good = engagement(tmp_path / "a", {"survey.csv": csv(HEAD, answers())})
    bad = engagement(tmp_path / "b", {"survey.csv": csv(HEAD, answers())}, more="oops = 1\n")
    done = CliRunner().invoke(cli, ["map", str(bad), str(good)])
    assert done.exit_code == 1
    assert "oops" in done.output
    assert "[intake.survey]" in (good / "engagement.toml").read_text("utf-8")


def test_a_choice_works_once_its_sign_is_taken_away(tmp_path):
    rows = [[f"{1 + i % 28}.02.2025", f"K{i % 5}", f"{10 + i},500"] for i in range(20)]
    head = ["Dátum predaja tovaru", "Meno zákazníka", "Suma"]
    folder = engagement(tmp_path / "e", {"predaj.csv": csv(head, rows, ";")}, language="sk")
    assert mapped(folder).unsure == 1
    path = folder / "engagement.toml"
    path.write_text(path.read_text("utf-8").replace("# ? thousands", "thousands"), "utf-8")
    assert errors(folder) == []
    assert read(folder).tables["sales"].frame["amount"].min() == 10_500

"""What ``workbook check`` says: errors first, the rest counted, the verdict last."""

import json
from pathlib import Path

import pytest

from workbook.commands.check import Checked
from workbook.commands.check_words import text_lines, typed
from workbook.errors import Location, Problem, Severity

SURVEY = Location(file="data/survey.csv", row=3, column="score")
ERROR = Problem(code="not_a_number", place=SURVEY, found="x")
REMARK = Problem(
    code="unknown_column", place=SURVEY, facts={"nearest": ""}, severity=Severity.WARNING
)
STEP = Problem(
    code="rows_dropped",
    place=Location(file="data/sales.csv", row=2),
    facts={"count": 1, "rows": "2"},
    severity=Severity.STEP,
)


def checked(*problems: Problem, **more: object) -> Checked:
    return Checked(folder=Path("/nowhere/acme"), id="acme", problems=problems, **more)


def test_errors_come_first_and_the_rest_is_counted():
    lines = text_lines(checked(STEP, REMARK, ERROR))
    assert lines[0].startswith("error: acme: data/survey.csv, line 3, column score: ")
    assert lines[1] == "1 remark, 1 step of the recipe; -v lists them"
    assert lines[-1] == "acme: not ready yet, to be corrected: 1 error"
    assert not any("remark:" in one or "done:" in one for one in lines)


def test_verbose_lists_remarks_and_what_was_done():
    lines = text_lines(checked(STEP, REMARK, ERROR), verbose=True)
    kinds = [one.split(":")[0] for one in lines[:4]]
    assert kinds == ["error", "1 remark, 1 step of the recipe", "remark", "done"]


def test_problems_of_several_files_stand_under_their_files():
    other = Problem(code="not_a_number", place=Location(file="data/sales.csv", row=9), found="y")
    lines = text_lines(checked(ERROR, other, ERROR))
    assert [one for one in lines if not one.startswith(" ")][:2] == [
        "acme: data/survey.csv", "acme: data/sales.csv",
    ]  # fmt: skip
    assert lines[1].startswith("  error: line 3, column score: ")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ("ошибка: ", "1 замечание, 1 шаг обработки; ", "acme: пока не готово")),
        ("sk", ("chyba: ", "1 poznámka, 1 krok spracovania; ", "acme: zatiaľ nepripravené")),
    ],
)
def test_the_whole_answer_is_in_the_language_that_is_asked_for(language, words):
    said = "\n".join(text_lines(checked(ERROR, REMARK, STEP), language=language))
    assert all(word in said for word in words)


def test_without_a_choice_the_language_is_that_of_the_engagement():
    assert text_lines(checked(language="sk", diagnostics=("loyalty",))) == [
        "acme: pripravené pre loyalty"
    ]


def test_a_diagnostic_that_was_asked_for_names_the_tables_that_it_waits_for():
    lines = text_lines(checked(ERROR, lacking={"loyalty": ("survey",)}))
    assert "acme: no usable table yet for loyalty; needed: survey" in lines


def test_the_next_step_is_named_where_it_helps():
    missing = Problem(code="missing_columns", place=SURVEY)
    said = "\n".join(text_lines(checked(missing)))
    assert "workbook map" in said
    assert "workbook check /nowhere/acme --mark" in said
    assert "workbook map" not in "\n".join(text_lines(checked(ERROR)))


def test_a_file_that_is_not_read_is_always_told():
    file = Problem(
        code="unknown_file", place=Location(file="data/x.csv"), severity=Severity.WARNING
    )
    assert text_lines(checked(file, diagnostics=("loyalty",)))[0].startswith("remark: acme: data/x")


def test_a_file_that_looks_like_a_table_leads_to_map_though_all_is_ready():
    facts = {"table": "sales", "title": {"en": "Sales"}, "files": "x.csv", "line": "files = 1"}
    file = Problem(
        code="files_look_like",
        place=Location(file="data/x.csv"),
        facts=facts,
        severity=Severity.WARNING,
    )
    lines = text_lines(checked(file, diagnostics=("loyalty",)))
    assert "workbook map" in lines[-2]
    assert lines[-1] == "acme: ready for loyalty"


def test_a_folder_is_written_as_a_command_takes_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert typed(tmp_path / "acme") == "acme"
    assert typed(tmp_path / "a b") == '"a b"'


def test_json_has_counts_remedy_and_the_line_for_engagement_toml(command, make_engagement):
    folder = make_engagement(scores=(3, 11))
    shown = command("check", folder, "--format", "json", "--lang", "ru")[1]
    (one,) = json.loads(shown)["engagements"]
    assert one["counts"] == {"error": 1, "warning": 0, "step": 0}
    assert one["lang"] == "ru"
    (problem,) = one["problems"]
    assert problem["message"].endswith(problem["remedy"])
    assert (problem["line"], problem["section"]) == (None, None)


def test_the_language_of_the_terminal_is_an_option_of_check_and_run(command, make_engagement, out):
    folder = make_engagement(scores=(11, 3))
    assert command("check", folder, "--lang", "sk")[1].startswith("chyba: ")
    told = command("run", folder, "--out", out, "--lang", "sk")[2]
    assert "riadok 2" in told


def test_a_run_names_the_first_reason_again_at_its_end(command, make_engagement, out):
    told = command("run", make_engagement(scores=(11, 3, 11)), "--out", out)[2]
    count, last = [line for line in told.splitlines() if line.strip()][-2:]
    assert count == "1 went wrong:"
    assert last.startswith("  acme/2025-Q4: bad input: data/survey.csv, line 2")
    assert last.endswith("(and 1 more)")


def test_marked_copies_are_an_option_of_check(command, make_engagement):
    folder = make_engagement(scores=(3, 11))
    code, shown, _ = command("check", folder, "--mark")
    path = folder / "marked" / "survey.marked.xlsx"
    assert (code, path.is_file()) == (3, True)
    assert f"marked copy: {path}" in shown
    assert "--mark" not in shown
    (one,) = json.loads(command("check", folder, "--mark", "--format", "json")[1])["engagements"]
    assert one["marked"] == [str(path)]


def test_questions_on_the_last_period_are_told_with_the_lines_that_answer_them():
    asked = Problem(
        code="period_managers_renamed",
        place=Location(file="aliases.csv"),
        facts={"pairs": "A = B", "period": "2024", "alias_lines": ("manager,A,B",)},
        severity=Severity.WARNING,
    )
    lines = text_lines(checked(asked, REMARK))
    assert lines[0].startswith("remark: acme: aliases.csv: managers of 2024")
    assert lines[1:4] == ["aliases.csv:", "  kind,old,new", "  manager,A,B"]
    assert lines[4] == "1 remark; -v lists them"

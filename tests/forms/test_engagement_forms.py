"""Filled forms in ``data/forms`` as part of an engagement: answers, problems, fingerprint."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from filled_forms import Fill, Forms, change, check_sentences, codes, fill, row_by_key
from openpyxl import load_workbook

from workbook.commands.cli import cli
from workbook.diagnostics import diagnostic_named, param_types
from workbook.engagement.data import EngagementData, open_engagement
from workbook.engagement.engagement_file import load_engagement
from workbook.engagement.fingerprint import fingerprint, hash_files
from workbook.language.package_data import notebooks

CONFIGURATION = """schema_version = 1
id = "acme"
client = "Acme"
language = "en"
currency = "EUR"
period = "2025-Q4"
as_of = 2025-12-31
"""
ANSWERS: Fill = {"1.1": {"mark": "+"}, "1.2": {"mark": "+/-", "evidence": "price list"}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an engagement folder with an empty folder of forms."""
    engagement = tmp_path / "acme"
    (engagement / "data" / "forms").mkdir(parents=True)
    (engagement / "engagement.toml").write_text(CONFIGURATION, "utf-8")
    return engagement


def put_form(
    folder: Path, forms: Forms, name: str, *people: tuple[str, Fill], language: str = "en"
) -> Path:
    """Put a form filled in by some people into the engagement."""
    written = forms.write(language=language, respondents=len(people))

    def edit(book: Any) -> None:
        for sheet, (person, answers) in zip(book.worksheets, people, strict=False):
            fill(sheet, answers, respondent=person)

    target = folder / "data" / "forms" / name
    change(written, edit).rename(target)
    return target


def opened(folder: Path) -> EngagementData:
    """Open an engagement; every problem must have its sentence."""
    case = open_engagement(folder)
    check_sentences([p for p in case.intake.problems if p.code.startswith("form_")])
    return case


def rows(case: EngagementData) -> list[tuple[str, str, str]]:
    frame = case.tables["answers"].frame
    return list(zip(frame["respondent"], frame["item"], frame["mark"], strict=True))


def test_every_filled_form_adds_to_the_answers(folder: Path, forms: Forms) -> None:
    put_form(folder, forms, "b.xlsx", ("Anna", ANSWERS), language="sk")
    put_form(folder, forms, "a.xlsx", ("Boris", ANSWERS), ("Clara", {"2.1": {"mark": "-"}}))
    case = opened(folder)
    assert case.intake.problems == ()
    assert rows(case) == [
        ("Boris", "1.1", "+"),
        ("Boris", "1.2", "+/-"),
        ("Clara", "2.1", "-"),
        ("Anna", "1.1", "+"),
        ("Anna", "1.2", "+/-"),
    ]
    assert [(f.file, f.tables, f.rows) for f in case.files] == [
        ("data/forms/a.xlsx", ("answers",), 3),
        ("data/forms/b.xlsx", ("answers",), 2),
    ]
    assert case.inputs.tables["answers"].index.is_unique


def test_forms_follow_the_rows_of_a_table_of_answers(folder: Path, forms: Forms) -> None:
    table = "respondent,item,mark,wave\nDora,1.1,плюс,2025Q3\nDora,1.2,-,2025Q3\n"
    (folder / "data" / "answers.csv").write_text(table, "utf-8")
    path = put_form(folder, forms, "a.xlsx", ("Anna", ANSWERS))
    answers = opened(folder).tables["answers"]
    frame = answers.frame
    assert rows(opened(folder))[:3] == [
        ("Dora", "1.1", "+"),
        ("Dora", "1.2", "-"),
        ("Anna", "1.1", "+"),
    ]
    assert frame["wave"].isna().tolist() == [False, False, True, True]
    assert frame["questionnaire"].isna().tolist() == [True, True, False, False]
    assert (str(frame["process"].dtype), str(frame["wave"].dtype)) == ("boolean", "str")
    assert list(frame.index) == [2, 3, 4, 5]
    assert (answers.rows_in, answers.rows_used) == (4, 4)
    assert answers.rows_by_file == (("data/answers.csv", 2, 2), ("data/forms/a.xlsx", 2, 2))
    sheet = load_workbook(path).worksheets[0]
    where = answers.place_of(5, "item")
    assert (where.file, where.sheet) == ("data/forms/a.xlsx", "Respondent 1")
    assert where.row == row_by_key(sheet)["item:1.2"]
    assert answers.place_of(3, "item").file == "data/answers.csv"


def test_an_answer_in_a_form_and_in_the_table_is_refused(folder: Path, forms: Forms) -> None:
    (folder / "data" / "answers.csv").write_text("respondent,item,mark\nanna,1.2,-\n", "utf-8")
    put_form(folder, forms, "a.xlsx", ("Anna", ANSWERS))
    case = opened(folder)
    [problem] = [p for p in case.intake.problems if p.is_error]
    assert (problem.code, problem.place.sheet) == ("form_answer_twice", "Respondent 1")
    assert (problem.facts["file"], problem.facts["row"]) == ("data/answers.csv", 2)
    assert rows(case) == [("anna", "1.2", "-"), ("Anna", "1.1", "+")]


def test_a_respondent_on_two_sheets_of_a_questionnaire_is_refused(
    folder: Path, forms: Forms
) -> None:
    put_form(folder, forms, "a.xlsx", ("Anna", ANSWERS))
    put_form(folder, forms, "b.xlsx", ("Boris", ANSWERS), ("ANNA ", ANSWERS))
    case = opened(folder)
    [problem] = [p for p in case.intake.problems if p.is_error]
    assert (problem.code, problem.place.file) == ("form_respondent_twice", "data/forms/b.xlsx")
    assert (problem.facts["file"], problem.facts["sheet"]) == ("data/forms/a.xlsx", "Respondent 1")
    assert [name for name, item, _ in rows(case) if item == "1.1"] == ["Anna", "Boris"]


def test_one_respondent_may_fill_in_several_questionnaires(folder: Path, forms: Forms) -> None:
    put_form(folder, forms, "a.xlsx", ("Anna", ANSWERS))
    other = next(q for q in forms.questionnaires if q.id == "partner_programme")
    written = forms.write(questionnaire=other)
    change(written, lambda book: fill(book.worksheets[0], ANSWERS, respondent="Anna"))
    written.rename(folder / "data" / "forms" / "b.xlsx")
    case = opened(folder)
    assert not case.intake.problems
    asked = case.tables["answers"].frame["questionnaire"]
    assert list(asked) == ["controllability"] * 2 + ["partner_programme"] * 2


def test_what_is_no_form_in_the_folder_is_told(folder: Path, forms: Forms) -> None:
    inside = folder / "data" / "forms"
    for name in ("old.xls", "notes.txt", "~$a.xlsx", ".DS_Store"):
        (inside / name).write_bytes(b"x")
    (inside / "2024").mkdir()
    (inside / "link.xlsx").symlink_to(put_form(folder, forms, "a.xlsx", ("Anna", ANSWERS)))
    case = opened(folder)
    assert [(p.code, p.place.file, p.is_error) for p in case.intake.problems] == [
        ("form_file", "data/forms/2024", False),
        ("file_is_link", "data/forms/link.xlsx", True),
        ("form_file", "data/forms/notes.txt", False),
        ("other_spreadsheet", "data/forms/old.xls", True),
    ]
    assert len(rows(case)) == 2


def test_an_empty_folder_of_forms_is_no_matter(folder: Path) -> None:
    case = opened(folder)
    assert (case.intake.problems, dict(case.tables), case.files) == ((), {}, ())


def test_problems_of_forms_concern_only_reports_that_read_answers(
    folder: Path, forms: Forms
) -> None:
    put_form(folder, forms, "a.xlsx", ("Anna", {}))
    case = opened(folder)
    assert codes(case.intake.problems) == ["form_blank"]
    assert codes(case.problems_of(diagnostic_named("loyalty"))) == []


def check(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["check", str(folder), *options])


def test_check_names_file_sheet_row_and_the_allowed_marks_of_a_bad_form(
    folder: Path, forms: Forms
) -> None:
    path = put_form(
        folder, forms, "отдел.xlsx", ("Anna", ANSWERS), ("Boris", {"1.3": {"mark": "5"}})
    )
    row = row_by_key(load_workbook(path).worksheets[1])["item:1.3"]
    done = check(folder)
    assert done.exit_code == 3
    start = f'data/forms/отдел.xlsx, sheet "Respondent 2", row {row}, column E (Mark): '
    [said] = [text for text in done.output.splitlines() if "отдел.xlsx" in text and start in text]
    assert "+, +/-, -, don't know, not applicable" in said


def test_check_reports_all_problems_of_all_forms_at_once(folder: Path, forms: Forms) -> None:
    put_form(folder, forms, "a.xlsx", ("Anna", {"1.3": {"mark": "5"}, "1.4": {"mark": "x"}}))
    put_form(folder, forms, "b.xlsx", ("Boris", {"1.3": {"mark": "yes"}}))
    (folder / "data" / "forms" / "c.xlsx").write_bytes(b"PK\x03\x04 damaged")
    [engagement] = json.loads(check(folder, "--format", "json").stdout)["engagements"]
    errors = [p for p in engagement["problems"] if p["severity"] == "error"]
    assert [(p["file"], p["found"]) for p in errors if "forms/" in p["file"]] == [
        ("data/forms/a.xlsx", "5"),
        ("data/forms/a.xlsx", "x"),
        ("data/forms/b.xlsx", "yes"),
        ("data/forms/c.xlsx", ""),
    ]


def printed(folder: Path, *tables: str) -> str:
    """Return the fingerprint of a report on some tables."""
    sources = hash_files(load_engagement(folder, param_types()))
    notebook = notebooks() / "loyalty.ipynb"
    return fingerprint(sources, diagnostic="x", tables=tables, notebook=notebook, joins=False)


def test_the_fingerprint_has_the_engagements_own_questionnaires(folder: Path) -> None:
    own = folder / "questionnaires" / "seventh.yaml"
    own.parent.mkdir()
    before = printed(folder, "answers")
    own.write_text("version: 1", "utf-8")
    first = printed(folder, "answers")
    own.write_text("version: 2", "utf-8")
    assert len({before, first, printed(folder, "answers")}) == 3


def test_the_fingerprint_of_reports_on_answers_has_the_forms(folder: Path, forms: Forms) -> None:
    empty, foreign = printed(folder, "answers"), printed(folder, "statements")
    survey = printed(folder, "survey")
    path = put_form(folder, forms, "survey.xlsx", ("Anna", ANSWERS))
    filled = printed(folder, "answers")
    change(path, lambda book: fill(book.worksheets[0], {"1.1": {"mark": "-"}}))
    assert len({empty, filled, printed(folder, "answers")}) == 3
    assert printed(folder, "statements") == foreign
    assert printed(folder, "survey") != survey  # a form may feed it

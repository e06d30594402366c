"""Filled forms read back: what was written, and everything that people do to a form."""

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from filled_forms import Forms, change, codes, fill, row_by_key

from workbook.diagnostics.controllability.questionnaire import Level, Mark
from workbook.forms.layout import ANSWERS, KEY, MARK, WORDING, Respondent, level_label, mark_labels
from workbook.intake.schema_files import load_schema
from workbook.language.catalog import LANGUAGES, load_texts
from workbook.language.nearest import plain

PERSON = {"respondent": "Anna", "role": "Head of sales", "department": "Sales"}


def filled_by_all(forms: Forms, language: str) -> Path:
    """Two respondents who use every mark, level and yes/no question in the form's words."""
    texts = load_texts("form", language)
    path = forms.write(language=language, respondents=2)
    items = [item.id for item in forms.questionnaires[0].asked().items]
    labels = mark_labels(texts)
    people = [("Анна Čierna", Level.MANAGEMENT), ("007", Level.LINE)]

    def edit(book: Any) -> None:
        for shift, (sheet, (name, level)) in enumerate(zip(book.worksheets, people, strict=False)):
            answers = {
                item: {"mark": labels[(n + shift) % len(labels)]} for n, item in enumerate(items)
            }
            answers["1.1"] |= {"process": texts("answers.yes"), "reporting": texts("answers.no")}
            answers["1.2"] |= {"evidence": "Отчёт №5, „čl. 3“"}
            person = {**PERSON, "respondent": name, "level": level_label(level, texts)}
            fill(sheet, answers, **person)

    return change(path, edit)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_is_read_back_as_it_was_filled(forms: Forms, language: str) -> None:
    frame, problems = forms.read(filled_by_all(forms, language))
    assert problems == ()
    items = [item.id for item in forms.questionnaires[0].asked().items]
    marks = list(Mark)
    assert list(frame["item"]) == items * 2
    assert list(frame["mark"]) == [marks[(n + s) % 5] for s in (0, 1) for n in range(len(items))]
    assert list(frame["respondent"].unique()) == ["Анна Čierna", "007"]
    assert list(frame["level"].unique()) == ["management", "line"]
    assert set(frame["questionnaire"]) == {"controllability"}
    assert set(frame["role"]) == {"Head of sales"}
    assert set(frame["department"]) == {"Sales"}
    first = frame.iloc[0]
    assert (first["process"], first["reporting"]) == (True, False)
    assert pd.isna(first["data"])
    assert frame.iloc[1]["evidence"] == "Отчёт №5, „čl. 3“"
    assert frame["evidence"].notna().sum() == 2


def test_the_frame_has_the_types_of_the_table(forms: Forms) -> None:
    frame, _ = forms.read(filled_by_all(forms, "en"))
    assert frame.index.is_unique
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        **dict.fromkeys(("respondent", "item", "mark", "questionnaire", "role"), "str"),
        **dict.fromkeys(("department", "level", "evidence"), "str"),
        **dict.fromkeys(("process", "reporting", "data"), "boolean"),
    }


@pytest.mark.parametrize(
    ("pasted", "mark"),
    [
        ("плюс", "+"),
        ("+ / -", "+/-"),
        ("＋", "+"),
        ("±", "+/-"),
        ("+/−", "+/-"),
        ("−", "-"),
        ("–", "-"),
        (" + ", "+"),
        ("не знаю", "don't know"),
        ("Neviem", "don't know"),
        ("N/A", "not applicable"),
    ],
)
def test_a_mark_pasted_over_the_drop_down_is_understood(
    forms: Forms, pasted: str, mark: str
) -> None:
    path = forms.write()
    change(path, lambda book: fill(book.worksheets[0], {"1.3": {"mark": pasted}}, **PERSON))
    frame, problems = forms.read(path)
    assert problems == ()
    assert list(frame["mark"]) == [mark]


@pytest.mark.parametrize(
    ("language", "pasted", "allowed"),
    [
        ("en", "5", "+, +/-, -, don't know, not applicable"),
        ("ru", "++", "+, +/-, -, не знаю, не применимо"),
        ("sk", "áno", "+, +/-, -, neviem, netýka sa"),
    ],
)
def test_another_mark_is_refused_with_sheet_row_and_the_allowed_marks(
    forms: Forms, language: str, pasted: str, allowed: str
) -> None:
    path = forms.write(language=language)
    change(path, lambda book: fill(book.worksheets[0], {"1.3": {"mark": pasted}}, **PERSON))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    frame, [problem] = forms.read(path)
    assert problem.is_error
    assert problem.place.sheet == sheet.title
    assert problem.place.row == row_by_key(sheet)["item:1.3"]
    assert problem.place.column.startswith("E (")
    assert (problem.found, problem.facts["expected"]) == (pasted, allowed)
    assert frame["mark"].isna().all()


def test_a_level_or_answer_off_the_list_is_refused_with_what_is_allowed(forms: Forms) -> None:
    path = forms.write()
    answers = {"1.1": {"mark": "+", "process": "perhaps"}}
    person = {**PERSON, "level": "boss of all"}
    change(path, lambda book: fill(book.worksheets[0], answers, **person))
    _, problems = forms.read(path)
    assert [(p.found, p.facts["expected"]) for p in problems] == [
        ("perhaps", "yes, no"),
        ("boss of all", "management, line"),
    ]
    assert all(problem.is_error for problem in problems)


def copy_row(sheet: Any, key: str, *, mark: str | None) -> None:
    """Append a copy of a row at the end, as one who unprotects the sheet does."""
    source, target = row_by_key(sheet)[key], sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(target, column).value = sheet.cell(source, column).value
    sheet.cell(target, MARK + 1).value = mark


@pytest.mark.bad_input("D9")
@pytest.mark.parametrize("mark", ["-", "+"])
def test_an_item_answered_twice_is_refused_whatever_the_second_mark(
    forms: Forms, mark: str
) -> None:
    path = forms.write()

    def edit(book: Any) -> None:
        fill(book.worksheets[0], {"1.3": {"mark": "+"}, "1.4": {"mark": "+"}}, **PERSON)
        copy_row(book.worksheets[0], "item:1.3", mark=mark)

    change(path, edit)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    first = next(r for r in range(1, 99) if sheet.cell(r, KEY + 1).value == "item:1.3")
    frame, [problem] = forms.read(path)
    assert problem.is_error
    assert (problem.code, problem.found) == ("form_item_twice", "1.3")
    assert (problem.place.row, problem.facts["other"]) == (sheet.max_row, first)
    assert list(frame["item"]) == ["1.3", "1.4"]


def test_a_copied_row_without_an_answer_is_no_second_answer(forms: Forms) -> None:
    path = forms.write()

    def edit(book: Any) -> None:
        fill(book.worksheets[0], {"1.3": {"mark": "+"}}, **PERSON)
        copy_row(book.worksheets[0], "item:1.3", mark=None)

    frame, problems = forms.read(change(path, edit))
    assert (problems, list(frame["item"])) == ((), ["1.3"])


@pytest.mark.parametrize(
    ("key", "code", "facts"),
    [
        ("form:controllability:2:en", "form_version", {"version": 2, "known": 1}),
        ("form:controlability:1:en", "form_questionnaire", {"nearest": "controllability"}),
        ("form:zzz:1:en", "form_questionnaire", {"nearest": ""}),
    ],
)
def test_another_version_or_questionnaire_is_refused(
    forms: Forms, key: str, code: str, facts: dict[str, object]
) -> None:
    path = forms.write()

    def edit(book: Any) -> None:
        fill(book.worksheets[0], {"1.3": {"mark": "+"}}, **PERSON)
        book.worksheets[0].cell(1, KEY + 1).value = key

    frame, [problem] = forms.read(change(path, edit))
    assert frame.empty
    assert problem.is_error
    assert (problem.code, problem.place.sheet, problem.place.row) == (code, "Respondent 1", 1)
    assert facts.items() <= problem.facts.items()


def test_a_changed_wording_is_noticed_and_the_answer_kept(forms: Forms) -> None:
    path = forms.write()

    def edit(book: Any) -> None:
        sheet = book.worksheets[0]
        fill(sheet, {"1.3": {"mark": "+"}}, **PERSON)
        sheet.cell(row_by_key(sheet)["item:1.3"], WORDING + 1).value = "Do you like offers?"

    frame, [problem] = forms.read(change(path, edit))
    assert not problem.is_error
    assert (problem.code, problem.facts["item"]) == ("form_wording", "1.3")
    assert list(frame["mark"]) == ["+"]


def test_an_item_that_the_questionnaire_lacks_is_refused(forms: Forms) -> None:
    path = forms.write()

    def edit(book: Any) -> None:
        sheet = book.worksheets[0]
        fill(sheet, {"1.3": {"mark": "+"}, "1.4": {"mark": "-"}}, **PERSON)
        sheet.cell(row_by_key(sheet)["item:1.3"], KEY + 1).value = "item:1.33"

    frame, [problem] = forms.read(change(path, edit))
    assert problem.is_error
    assert (problem.code, problem.found) == ("form_item", "1.33")
    assert list(frame["item"]) == ["1.4"]


def test_a_row_put_in_by_hand_is_told(forms: Forms) -> None:
    path = forms.write()

    def edit(book: Any) -> None:
        sheet = book.worksheets[0]
        fill(sheet, {"1.3": {"mark": "+"}}, **PERSON)
        sheet.cell(sheet.max_row + 1, MARK + 1).value = "+"

    frame, [problem] = forms.read(change(path, edit))
    assert (problem.code, problem.is_error, len(frame)) == ("form_row", False, 1)


def test_a_blank_sheet_is_skipped_with_a_warning(forms: Forms) -> None:
    path = forms.write(respondents=[Respondent(name="Anna"), Respondent(name="Boris")])
    change(path, lambda book: fill(book.worksheets[1], {"1.1": {"mark": "+/-"}}))
    frame, [problem] = forms.read(path)
    assert (problem.code, problem.is_error) == ("form_blank", False)
    assert problem.place.sheet == "Respondent 1"
    assert list(frame["respondent"]) == ["Boris"]


def test_a_respondent_without_a_name_is_called_by_file_and_sheet(forms: Forms) -> None:
    path = forms.write(name="sales.xlsx")
    change(path, lambda book: fill(book.worksheets[0], {"1.1": {"mark": "+"}}))
    frame, [problem] = forms.read(path)
    assert (problem.code, problem.is_error) == ("form_no_name", False)
    assert list(frame["respondent"]) == ["sales, Respondent 1"]


def test_sub_questions_and_evidence_alone_are_answers_without_a_mark(forms: Forms) -> None:
    path = forms.write()
    answers = {"1.1": {"process": "no"}, "1.2": {"evidence": "monthly report"}}
    change(path, lambda book: fill(book.worksheets[0], answers, **PERSON))
    frame, problems = forms.read(path)
    assert problems == ()
    assert list(frame["item"]) == ["1.1", "1.2"]
    assert frame["mark"].isna().all()
    assert frame["process"].iloc[0] == False  # noqa: E712 - a value of the dtype boolean


def test_a_formula_is_never_an_answer(forms: Forms) -> None:
    path = forms.write()
    answers = {"1.1": {"mark": "=CHAR(43)"}, "1.2": {"evidence": '=HYPERLINK("http://x")'}}
    change(path, lambda book: fill(book.worksheets[0], answers, **PERSON))
    frame, problems = forms.read(path)
    assert {p.code for p in problems if p.is_error} == {"formula_not_calculated"}
    assert len([p for p in problems if p.is_error]) == 2
    assert frame["mark"].isna().all()
    assert frame["evidence"].isna().all()


def test_text_that_looks_like_a_formula_stays_text(forms: Forms) -> None:
    path = forms.write()

    def edit(book: Any) -> None:
        sheet = book.worksheets[0]
        fill(sheet, {"1.1": {"mark": "+", "evidence": "=2+2"}}, **PERSON)
        cell = sheet.cell(row_by_key(sheet)["item:1.1"], ANSWERS["evidence"] + 1)
        cell.data_type = "s"

    frame, problems = forms.read(change(path, edit))
    assert problems == ()
    assert list(frame["evidence"]) == ["=2+2"]


def test_a_form_survives_rows_put_in_above(forms: Forms) -> None:
    path = forms.write()

    def edit(book: Any) -> None:
        fill(book.worksheets[0], {"1.3": {"mark": "+"}}, **PERSON)
        for merged in list(book.worksheets[0].merged_cells.ranges):
            book.worksheets[0].unmerge_cells(str(merged))
        book.worksheets[0].insert_rows(1, amount=2)

    frame, problems = forms.read(change(path, edit))
    assert problems == ()
    assert list(zip(frame["respondent"], frame["item"], frame["mark"], strict=True)) == [
        ("Anna", "1.3", "+")
    ]


def test_a_sheet_without_its_key_is_refused_and_a_sheet_of_notes_is_told(forms: Forms) -> None:
    path = forms.write(respondents=2)

    def edit(book: Any) -> None:
        fill(book.worksheets[1], {"1.1": {"mark": "+"}}, **PERSON)
        book.worksheets[0].cell(1, KEY + 1).value = None
        book.create_sheet("Notes").cell(1, 1).value = "call Anna"

    _, problems = forms.read(change(path, edit))
    assert [(p.code, p.place.sheet, p.is_error) for p in problems] == [
        ("form_key", "Respondent 1", True),
        ("form_sheet", "Notes", False),
    ]


def test_a_workbook_without_a_form_and_other_files_are_refused(forms: Forms) -> None:
    book = openpyxl.Workbook()
    book.active.cell(1, 1).value = "mark"
    book.save(forms.folder / "other.xlsx")
    for name, content in (("text.xlsx", b"item,mark\n1.1,+\n"), ("empty.xlsx", b"")):
        (forms.folder / name).write_bytes(content)
    found = {
        name: codes(forms.read(forms.folder / name)[1])
        for name in ("other.xlsx", "text.xlsx", "empty.xlsx")
    }
    assert found == {
        "other.xlsx": ["form_sheet", "form_none"],
        "text.xlsx": ["workbook_damaged"],
        "empty.xlsx": ["file_empty"],
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_drop_downs_are_spellings_of_the_table(
    forms: Forms, language: str
) -> None:
    texts = load_texts("form", language)
    schema = load_schema("answers")
    for name, labels in (
        ("mark", dict(zip(Mark, mark_labels(texts), strict=True))),
        ("level", {level: level_label(level, texts) for level in Level}),
    ):
        choices = schema.column(name).choices or {}
        for word, label in labels.items():
            assert plain(label) in {plain(form) for form in choices[word]}

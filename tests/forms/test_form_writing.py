"""What a form looks like: drop-downs, protection, guidance, the same bytes twice."""

from pathlib import Path

import openpyxl
import pytest
from filled_forms import Forms, row_by_key

from workbook.diagnostics.controllability.questionnaire import Level
from workbook.forms.layout import ANSWERS, EVIDENCE, GUIDANCE, ITEM, KEY, MARK, WORDING, Respondent
from workbook.forms.writing import MOST_RESPONDENTS
from workbook.language.catalog import LANGUAGES

LISTS = {
    "en": {"+,+/-,-,don't know,not applicable", "yes,no", "management,line"},
    "ru": {"+,+/-,-,не знаю,не применимо", "да,нет", "руководство,исполнители"},
    "sk": {"+,+/-,-,neviem,netýka sa", "áno,nie", "vedenie,výkonní pracovníci"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_drop_downs_offer_the_words_of_the_language(forms: Forms, language: str) -> None:
    sheet = openpyxl.load_workbook(forms.write(language=language)).worksheets[0]
    lists = {rule.formula1.strip('"'): rule for rule in sheet.data_validations.dataValidation}
    assert lists.keys() == LISTS[language]
    assert all(rule.type == "list" and rule.errorStyle in (None, "stop") for rule in lists.values())
    assert all(rule.showErrorMessage and rule.error for rule in lists.values())


def test_every_mark_cell_has_the_drop_down(forms: Forms) -> None:
    sheet = openpyxl.load_workbook(forms.write()).worksheets[0]
    marks = next(r for r in sheet.data_validations.dataValidation if "+/-" in r.formula1)
    rows = [row for key, row in row_by_key(sheet).items() if key.startswith("item:")]
    assert len(rows) == 30
    assert all(sheet.cell(row, MARK + 1).coordinate in marks.sqref for row in rows)


def test_wording_is_protected_and_answers_are_not(forms: Forms) -> None:
    book = openpyxl.load_workbook(forms.write(respondents=2))
    for sheet in book.worksheets[:2]:
        assert sheet.protection.sheet
        for key, row in row_by_key(sheet).items():
            if key.startswith("item:"):
                for column in (KEY, ITEM, WORDING, GUIDANCE):
                    assert sheet.cell(row, column + 1).protection.locked
                for column in ANSWERS.values():
                    assert not sheet.cell(row, column + 1).protection.locked
                    assert sheet.cell(row, column + 1).number_format == "@"
    assert book.worksheets[2].protection.sheet


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_has_title_version_wording_and_guidance(forms: Forms, language: str) -> None:
    questionnaire = forms.questionnaires[0].asked()
    sheet = openpyxl.load_workbook(forms.write(language=language)).worksheets[0]
    assert sheet.cell(1, ITEM + 1).value == questionnaire.title[language]
    assert sheet.cell(1, EVIDENCE + 1).value.endswith(" 1")
    assert sheet.cell(1, KEY + 1).value == f"form:controllability:1:{language}"
    assert sheet.column_dimensions["A"].hidden
    rows = row_by_key(sheet)
    for item in questionnaire.items:
        row = rows[f"item:{item.id}"]
        assert sheet.cell(row, ITEM + 1).value == item.id
        assert sheet.cell(row, WORDING + 1).value == item.wording[language]
        assert sheet.cell(row, GUIDANCE + 1).value == item.guidance[language]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Respondent 1", "Respondent 2", "How to fill in"]),
        ("ru", ["Респондент 1", "Респондент 2", "Как заполнять"]),
        ("sk", ["Respondent 1", "Respondent 2", "Ako vyplniť"]),
    ],
)
def test_there_is_a_sheet_per_respondent_and_one_that_explains(
    forms: Forms, language: str, names: list[str]
) -> None:
    book = openpyxl.load_workbook(forms.write(language=language, respondents=2))
    assert book.sheetnames == names
    said = [cell.value for row in book.worksheets[2] for cell in row if cell.value]
    assert forms.questionnaires[0].marks["+/-"][language] in said


def test_what_is_known_of_a_respondent_is_written_and_never_a_formula(forms: Forms) -> None:
    person = Respondent(name="=1+1", role="Head", department="Sales", level=Level.MANAGEMENT)
    book = openpyxl.load_workbook(forms.write(respondents=[person]))
    cells = {cell.value: cell for row in book.worksheets[0].iter_rows(max_row=5) for cell in row}
    assert {"=1+1", "Head", "Sales", "management"} <= cells.keys()
    assert cells["=1+1"].data_type == "s"
    frame, problems = forms.read(forms.folder / "form.xlsx")
    assert frame.empty
    assert [problem.code for problem in problems] == ["form_blank"]


def test_pages_are_set_up_and_the_head_stays_in_sight(forms: Forms) -> None:
    sheet = openpyxl.load_workbook(forms.write()).worksheets[0]
    assert sheet.freeze_panes == "D6"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$5:$5"
    assert all(sheet.column_dimensions[letter].width > 5 for letter in "BCDEI")


def test_items_that_are_off_are_asked_only_when_turned_on(forms: Forms) -> None:
    whole = forms.questionnaires[0]
    default = row_by_key(openpyxl.load_workbook(forms.write()).worksheets[0])
    more = forms.write(questionnaire=whole.asked(frozenset({"4.9", "2.3"})))
    turned_on = row_by_key(openpyxl.load_workbook(more).worksheets[0])
    assert turned_on.keys() - default.keys() == {"item:2.3", "item:4.9"}


def test_the_same_form_gives_the_same_bytes(forms: Forms) -> None:
    first = forms.write(respondents=3).read_bytes()
    assert forms.write(respondents=3, name="again.xlsx").read_bytes() == first


@pytest.mark.parametrize("count", [0, -1, MOST_RESPONDENTS + 1])
def test_a_form_for_nobody_or_for_too_many_is_not_written(forms: Forms, count: int) -> None:
    with pytest.raises(ValueError, match="respondents"):
        forms.write(respondents=count)
    assert not Path(forms.folder / "form.xlsx").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_questionnaire_makes_a_form(forms: Forms, language: str) -> None:
    for questionnaire in forms.questionnaires:
        path = forms.write(language=language, questionnaire=questionnaire.asked())
        keys = row_by_key(openpyxl.load_workbook(path).worksheets[0])
        assert [k[5:] for k in keys if k.startswith("item:")] == [
            item.id for item in questionnaire.asked().items
        ]

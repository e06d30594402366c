"""From a client's file to problems and a result: what is understood, what is refused, where."""

from pathlib import Path

import pytest
import xlsxwriter

from workbook.diagnostics.controllability.compute import compute
from workbook.diagnostics.controllability.diagnostic import DIAGNOSTIC
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.sources.loading import TABLES, check, load
from workbook.diagnostics.inputs import Inputs
from workbook.engagement.engagement_file import load_engagement
from workbook.errors import InputError
from workbook.intake.param_tables import build_params
from workbook.intake.schema_files import load_schema
from workbook.intake.tables import read_tables
from workbook.language.package_data import templates
from workbook.language.problems import line

ENGAGEMENT = """schema_version = 1
id = "acme"
client = "Acme"
language = "en"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
anonymity_threshold = 1
"""
HEADER = ("respondent", "item", "mark")


class Folder:
    """An engagement folder with answers."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "data").mkdir()
        self.configure("")

    def configure(self, more: str) -> None:
        (self.path / "engagement.toml").write_text(ENGAGEMENT + more, encoding="utf-8")

    def csv(self, *rows, header=HEADER):
        text = "\n".join(";".join(map(str, row)) for row in (header, *rows))
        (self.path / "data" / "answers.csv").write_text(text + "\n", encoding="utf-8")
        return self

    def xlsx(self, *rows, header=HEADER, sheet="Answers"):
        options = {"strings_to_numbers": False, "strings_to_formulas": False}
        with xlsxwriter.Workbook(self.path / "data" / "intake.xlsx", options) as book:
            page = book.add_worksheet(sheet)
            for i, row in enumerate((header, *rows)):
                page.write_row(i, 0, row)
        return self

    def open(self):
        engagement = load_engagement(self.path, {"controllability": Params})
        return engagement, read_tables(engagement)

    def problems(self):
        engagement, intake = self.open()
        found = (*intake.problems, *check(engagement, intake.tables))
        skipped = "answers_skipped"
        every = [p for p in found if skipped not in (p.code, p.facts.get("code"))]
        assert all("…" not in line(p, lang) for p in every for lang in ("en", "ru", "sk"))
        return every

    def result(self):
        engagement, intake = self.open()
        frames = {name: table.frame for name, table in intake.tables.items()}
        inputs = Inputs(
            tables=frames,
            as_of=engagement.as_of,
            label=engagement.period,
            anonymity_threshold=1,
        )
        params = build_params(engagement, "controllability", Params)
        return compute(inputs, params, load(engagement, inputs, params).sources)


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def marks_of(folder):
    (one,) = folder.result().questionnaires
    found = {}
    for item in one.items:
        counts = (item.plus, item.half, item.minus, item.dont_know, item.not_applicable)
        said = [word for word, n in zip(SPELLINGS, counts, strict=True) for _ in range(n)]
        if said:
            found[item.id] = tuple(said)
    return found


SPELLINGS = {
    "+": ["+", "＋", " + ", "плюс", "Plus", "'+"],
    "+/-": ["+/-", "+ / -", "±", "+-", "＋／－", "+/−", "плюс/минус", "частично", "čiastočne"],
    "-": ["-", "−", "–", "—", "минус", "mínus"],
    "don't know": ["не знаю", "Neviem", "don’t know", "DON'T KNOW", "?"],
    "not applicable": ["не применимо", "netýka sa", "N/A"],
}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_mark_is_understood_as_people_write_it(folder, kind):
    pairs = [(written, mark) for mark, forms in SPELLINGS.items() for written in forms]
    rows = [(f"R{i:03}", "1.1", written) for i, (written, _) in enumerate(pairs)]
    getattr(folder, kind)(*rows)
    assert folder.problems() == []
    assert marks_of(folder)["1.1"] == tuple(mark for _, mark in pairs)


def test_other_marks_are_refused_once_with_sheet_row_and_what_is_allowed(folder):
    wrong = ["да", "yes", "1", "0.5", "++", "5", "áno", "x"]
    folder.xlsx(("Ann", "1.1", "+"), *((f"R{i}", "1.2", w) for i, w in enumerate(wrong)))
    problems = folder.problems()
    assert [(p.code, p.place.row, p.found) for p in problems] == [("not_in_choices", 3, "да")]
    assert problems[0].facts["count"] == len(wrong)
    assert problems[0].facts["examples"] == "; ".join(wrong)
    text = line(problems[0], "en")
    assert 'data/intake.xlsx, sheet "Answers", row 3, column C (mark)' in text
    for mark in ("+", "+/-", "-", "don't know", "not applicable"):
        assert mark in text


def test_a_letter_of_another_alphabet_is_told(folder):
    folder.csv(("Ann", "1.1", "рlus"))
    assert [p.code for p in folder.problems()] == ["other_alphabet"]


@pytest.mark.bad_input("D9")
@pytest.mark.parametrize("second", ["+", "-"])
def test_an_item_answered_twice_is_refused_also_where_both_are_equal(folder, second):
    folder.csv(("Ann", "1.2", "+"), ("Bob", "1.2", "+"), ("Ann", "1.2", second))
    (problem,) = folder.problems()
    assert (problem.code, problem.is_error, problem.place.row) == ("answers_twice", True, 4)
    assert (problem.found, problem.facts["other"]) == ("1.2", 2)
    assert "Ann has already answered this item in row 2" in line(problem, "en")


def test_an_item_may_be_answered_once_in_every_wave(folder):
    folder.csv(("Ann", "1.2", "+", "2024"), ("Ann", "1.2", "-", "2025"), header=(*HEADER, "wave"))
    assert folder.problems() == []
    (one,) = folder.result().questionnaires
    assert [w.index for w in one.waves] == [1, 0]


def test_the_tenth_item_that_excel_turned_into_a_number_is_recognised(folder):
    folder.xlsx(("Ann", "1.1", "+"), ("Ann", 1.10, "-"), ("Ann", "1.2", "+"))
    (problem,) = folder.problems()
    assert (problem.code, problem.place.row) == ("answers_twice_tenth", 3)
    assert "1.10" in line(problem, "sk")


def test_items_are_found_as_people_number_them(folder):
    folder.csv(("Ann", "1,10", "+"), ("Ann", "1.2.", "-"), ("Ann", " 1.3 ", "+/-"))
    assert folder.problems() == []
    assert marks_of(folder) == {"1.10": ("+",), "1.2": ("-",), "1.3": ("+/-",)}


def test_an_unknown_item_is_refused_once_with_the_nearest(folder):
    folder.csv(("Ann", "4.11", "+"), ("Bob", "4.11", "+"), ("Ann", "1.1", "+"))
    (problem,) = folder.problems()
    assert (problem.code, problem.place.row, problem.found) == ("answers_no_item", 2, "4.11")
    assert (problem.facts["count"], problem.facts["nearest"]) == (2, "4.1")


def test_an_unknown_questionnaire_is_refused_with_the_nearest(folder):
    folder.csv(("Ann", "1.1", "+", "controlability"), header=(*HEADER, "questionnaire"))
    (problem,) = folder.problems()
    assert (problem.code, problem.place.column) == ("answers_no_questionnaire", "questionnaire")
    assert 'Did you mean "controllability"?' in line(problem, "en")


def test_a_questionnaire_may_be_called_by_its_title(folder, questionnaires):
    titles = {q.id: q.title["ru"] for q in questionnaires}
    item = {q.id: q.items[0].id for q in questionnaires}
    rows = [("Ann", item[name], "+", title) for name, title in titles.items()]
    folder.csv(*rows, ("Bob", "1.1", "-", ""), header=(*HEADER, "questionnaire"))
    assert folder.problems() == []
    made = folder.result().questionnaires
    assert [one.id for one in made] == list(titles)
    assert made[0].index == 0.5
    assert {one.index for one in made[1:]} == {1}


@pytest.mark.bad_input("D9")
def test_items_left_out_are_one_warning_per_respondent(folder):
    folder.csv(*(("Ann", f"1.{i}", "+") for i in range(1, 14)), ("Ann", "1.14", ""))
    engagement, intake = folder.open()
    (problem,) = check(engagement, intake.tables)
    assert (problem.code, problem.is_error, problem.found) == ("answers_skipped", False, "")
    assert problem.facts["count"] == 17
    assert problem.facts["items"].startswith("1.14, 2.1, 2.2, 2.4")


def test_a_mark_of_an_item_that_is_off_is_a_warning_until_it_is_turned_on(folder):
    folder.csv(("Ann", "2.3", "+"), ("Ann", "1.1", "-"))
    (problem,) = folder.problems()
    assert (problem.code, problem.is_error, problem.found) == ("answers_off", False, "2.3")
    assert folder.result().questionnaires[0].index == 0
    folder.configure('[params.controllability]\noptional_items = ["2.3"]\n')
    assert folder.problems() == []
    assert folder.result().questionnaires[0].index == 0.5


def test_the_three_questions_are_warned_about_where_they_do_not_fit(folder):
    header = (*HEADER, "process", "reporting", "data")
    folder.csv(
        ("Ann", "1.1", "", "yes", "yes", ""),
        ("Ann", "1.2", "+", "no", "", ""),
        ("Ann", "1.3", "", "yes", "yes", "yes"),
        header=header,
    )
    found = [(p.code, p.place.row, p.is_error) for p in folder.problems()]
    assert found == [("answers_undecided", 2, False), ("answers_differ", 3, False)]
    assert marks_of(folder) == {"1.2": ("+",), "1.3": ("+",)}


def test_rows_without_a_wave_and_respondents_of_two_levels_are_warned_about(folder):
    header = (*HEADER, "wave", "level")
    folder.csv(
        ("Ann", "1.1", "+", "2025", "line"),
        ("Ann", "1.2", "+", "2025", "руководитель"),
        ("Bob", "1.1", "+", "", ""),
        header=header,
    )
    found = [(p.code, p.place.row, p.is_error) for p in folder.problems()]
    assert found == [("answers_no_wave", 4, False), ("answers_two_levels", 3, False)]


@pytest.mark.parametrize(
    ("option", "code", "key", "nearest"),
    [
        ('weights = {"4,4" = 2}', "option_no_item", "weights.4,4", "4.4"),
        ('weights = {"controllability:4.44" = 2}', "option_no_item",
         "weights.controllability:4.44", "controllability:4.4"),
        ('optional_items = ["2.33"]', "option_no_item", "optional_items", "2.3"),
        ('questionnaires = ["strategy_factor"]', "option_no_questionnaire", "questionnaires",
         "strategy_factors"),
    ],
)  # fmt: skip
def test_an_option_that_names_nothing_is_refused_with_the_nearest(
    folder, option, code, key, nearest
):
    folder.csv(("Ann", "1.1", "+"))
    folder.configure(f"[params.controllability]\n{option}\n")
    (problem,) = folder.problems()
    assert (problem.code, problem.place.file) == (code, "engagement.toml")
    assert problem.place.column == f"params.controllability.{key}"
    assert problem.facts["nearest"] == nearest


@pytest.mark.parametrize(
    "option",
    ["confidence = 2", 'weights = {"4.4" = -1}', "bootstrap = 5", "claimed_score = 0",
     "least_records = 0", 'weights = {"4.4" = "much"}', "weights = 3", "bootstrap = 2.5"],
)  # fmt: skip
def test_an_option_out_of_range_is_one_problem_and_no_traceback(folder, option):
    folder.configure(f"[params.controllability]\n{option}\n")
    with pytest.raises(InputError) as failure:
        folder.open()
    (problem,) = failure.value.problems
    assert problem.place.column.startswith("params.controllability")


@pytest.mark.bad_input("D9")
def test_weights_and_chosen_questionnaires_reach_the_result(folder, questionnaires):
    other = questionnaires[1]
    folder.csv(
        ("Ann", "1.1", "-", ""), ("Ann", other.items[0].id, "-", other.id),
        header=(*HEADER, "questionnaire"),
    )  # fmt: skip
    folder.configure(
        f'[params.controllability]\nquestionnaires = ["{other.id}", "controllability"]\n'
        '[params.controllability.weights]\n"controllability:1.1" = 2.5\n'
    )
    assert folder.problems() == []
    first, second = folder.result().questionnaires
    assert (first.id, second.id) == (other.id, "controllability")
    assert second.gaps[0].priority == 2.5


def test_a_chosen_questionnaire_that_nobody_answers_is_a_warning(folder):
    folder.csv(("Ann", "1.1", "+"))
    folder.configure(
        '[params.controllability]\nquestionnaires = ["controllability", "strategy_factors"]\n'
    )
    (problem,) = folder.problems()
    assert (problem.code, problem.is_error) == ("option_unanswered", False)
    assert [one.id for one in folder.result().questionnaires] == ["controllability"]


def test_every_table_of_a_check_is_read():
    assert TABLES[0] == "answers"
    assert DIAGNOSTIC.tables == TABLES
    assert {"offers", "control_points", "targets", "complaints", "customers"} <= set(TABLES)
    assert all(load_schema(table).name == table for table in TABLES)


def test_without_answers_there_is_nothing_to_check(folder):
    engagement, intake = folder.open()
    assert check(engagement, intake.tables) == ()


def test_a_seventh_questionnaire_is_a_new_file_and_nothing_else(folder):
    text = (templates() / "questionnaires" / "partner_programme.yaml").read_text("utf-8")
    (folder.path / "questionnaires").mkdir()
    own = folder.path / "questionnaires" / "seventh.yaml"
    own.write_text(text.replace("id: partner_programme", "id: seventh"), encoding="utf-8")
    folder.csv(("Ann", "1.1", "+/-", "seventh"), header=(*HEADER, "questionnaire"))
    assert folder.problems() == []
    (one,) = folder.result().questionnaires
    assert (one.id, one.index) == ("seventh", 0.5)
    own.write_text("id: seventh\n", encoding="utf-8")
    assert [(p.code, p.place.file) for p in folder.problems()] == [
        ("questionnaire_no_sections", "questionnaires/seventh.yaml")
    ]
    with pytest.raises(InputError):
        folder.result()


def test_an_engagements_own_file_takes_the_place_of_the_shipped_one(folder):
    text = (templates() / "questionnaires" / "partner_programme.yaml").read_text("utf-8")
    (folder.path / "questionnaires").mkdir()
    own = folder.path / "questionnaires" / "partner_programme.yaml"
    own.write_text(text.replace("version: 1", "version: 7"), encoding="utf-8")
    folder.csv(("Ann", "1.1", "+", "partner_programme"), header=(*HEADER, "questionnaire"))
    assert folder.result().questionnaires[0].version == 7

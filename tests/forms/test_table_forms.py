"""Filled forms of tables read back as rows of the client's tables, and what is wrong told."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from filled_forms import check_sentences, codes, row_by_key
from table_engagement import DAY, Rows, engagement, opened, put, rows_of, told

from workbook.diagnostics import diagnostic_named
from workbook.forms.table_form import table_forms
from workbook.language.catalog import LANGUAGES

YES = {"en": "yes", "ru": "да", "sk": "áno"}
COMPETITOR = {"en": "competitor", "ru": "конкурент", "sk": "konkurencia"}
WOW = {"en": "wow", "ru": "вау", "sk": "wow"}
STAFF = {"en": "staff", "ru": "сотрудник", "sk": "zamestnanec"}


class TestRoundTrip:
    """What is chosen from the lists of a form is what its table gets."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_scores_become_rows_of_the_survey(self, tmp_path: Path, language: str) -> None:
        folder = engagement(tmp_path / "acme", language)
        rows: Rows = {
            0: {"respondent_id": "R1", "customer_id": "C-1", "date": DAY, "score": 9,
                "reason": "Быстро", "improvement": "Dlhšia záruka"},
            3: {"date": DAY, "score": 0},
        }  # fmt: skip
        at = put(folder, "nps", rows, language=language, wave="2025-Q4")
        case = opened(folder)
        assert told(case) == []
        sheet = case.tables["survey"].sheet
        found = rows_of(case, "survey", "respondent_id", "customer_id", "score", "reason", "wave")
        assert found == [
            ("R1", "C-1", 9, "Быстро", "2025-Q4"),
            (f"a, {sheet}, {at[3]}", None, 0, None, "2025-Q4"),
        ]
        assert case.tables["survey"].frame["date"].tolist() == [pd.Timestamp(DAY)] * 2
        assert [(f.file, f.tables, f.rows) for f in case.files] == [
            ("data/forms/a.xlsx", ("survey",), 2)
        ]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_marks_of_touchpoints_have_the_category_and_our_language(
        self, acme: Path, language: str
    ) -> None:
        rows: Rows = {
            0: {"mark": WOW[language], "comment": "x"},
            12: {"mark": WOW[language]},
            33: {"category": "Depot", "touchpoint": "Gate", "mark": WOW[language]},
        }
        put(acme, "touchpoints", rows, language=language, rater="A1", date=DAY)
        case = opened(acme)
        assert told(case) == []
        names = ("category", "touchpoint", "mark", "rater", "comment")
        assert rows_of(case, "touchpoints", *names) == [
            ("business", "Website", "wow", "A1", "x"),
            ("product", "Packaging", "wow", "A1", None),
            ("Depot", "Gate", "wow", "A1", None),
        ]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_marks_of_products_are_on_one_to_five(self, acme: Path, language: str) -> None:
        rows: Rows = {0: {"mark": 5}, 7: {"mark": "2"}}
        put(
            acme, "satisfaction", rows, language=language,
            respondent_id="R1", date=DAY, customer_id="C-1", side=STAFF[language],
        )  # fmt: skip
        case = opened(acme)
        assert told(case) == []
        names = ("respondent_id", "product", "parameter", "mark", "customer_id", "side")
        assert rows_of(case, "satisfaction", *names) == [
            ("R1", "Pumps", "Price", 5.0, "C-1", "staff"),
            ("R1", "Service", "Assortment", 2.0, "C-1", "staff"),
        ]
        assert case.tables["satisfaction"].frame.attrs["scale"] == "1-5"

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_an_interview_becomes_a_lost_customer(self, acme: Path, language: str) -> None:
        said = {
            "customer_id": "C-7", "lost_date": DAY, "stated_reasons": "price",
            "reasons": "late; rude", "verified": YES[language],
            "destination": COMPETITOR[language], "competitor": "Rival",
            "return_condition": "A fixed day",
        }  # fmt: skip
        put(acme, "exit_interview", {0: said}, language=language)
        case = opened(acme)
        assert told(case) == []
        names = ("customer_id", "stated_reasons", "reasons", "verified", "destination",
                 "competitor", "exit_interview", "return_condition")  # fmt: skip
        assert rows_of(case, "lost_customers", *names) == [
            ("C-7", "price", "late; rude", True, "competitor", "Rival", True, "A fixed day")
        ]


class TestManyFiles:
    """Rows may stand in one form or in many, beside a table of the client's or not."""

    def test_forms_follow_the_rows_of_the_clients_table(self, acme: Path) -> None:
        table = "Respondent,Date,Score,Customer ID\nR1,2025-10-01,10,C-1\nR2,2025-10-02,3,C-2\n"
        (acme / "data" / "survey.csv").write_text(table, "utf-8")
        put(acme, "nps", {0: {"respondent_id": "R3", "date": DAY, "score": 7}}, name="b.xlsx")
        put(acme, "nps", {5: {"respondent_id": "R4", "date": DAY, "score": 8}}, name="c.xlsx")
        case = opened(acme)
        assert not any(p.is_error for p in case.intake.problems)
        survey = case.tables["survey"]
        assert rows_of(case, "survey", "respondent_id", "score") == [
            ("R1", 10), ("R2", 3), ("R3", 7), ("R4", 8),
        ]  # fmt: skip
        assert survey.frame.index.is_unique
        assert survey.rows_by_file == (
            ("data/survey.csv", 2, 2), ("data/forms/b.xlsx", 1, 1), ("data/forms/c.xlsx", 1, 1),
        )  # fmt: skip
        last = survey.place_of(int(survey.frame.index[-1]), "score")
        assert (last.file, last.row, last.column) == ("data/forms/c.xlsx", 11, "E (Score 0-10)")
        first = survey.place_of(int(survey.frame.index[0]), "score")
        assert (first.file, first.row, first.column) == ("data/survey.csv", 2, "Score")

    def test_one_row_per_file_gives_the_same_rows_as_one_file(self, tmp_path: Path) -> None:
        answers = [{"respondent_id": f"R{n}", "date": DAY, "score": n} for n in range(5)]
        one, many = engagement(tmp_path / "one", "en"), engagement(tmp_path / "many", "en")
        put(one, "nps", dict(enumerate(answers)))
        for number, answer in enumerate(answers):
            put(many, "nps", {0: answer}, name=f"{number}.xlsx")
        columns = ("respondent_id", "score", "date")
        found = [rows_of(opened(folder), "survey", *columns) for folder in (one, many)]
        assert found[0] == found[1]

    def test_customers_are_spelt_as_in_the_table_of_customers(self, acme: Path) -> None:
        (acme / "data" / "customers.csv").write_text("customer_id\nC-1\nC-2\n", "utf-8")
        put(acme, "nps", {0: {"customer_id": "C-9", "date": DAY, "score": 7},
                            1: {"customer_id": "c-1", "date": DAY, "score": 7}})  # fmt: skip
        case = opened(acme)
        found = {p.code: p for p in told(case)}
        assert found.keys() == {"unknown_customers", "ids_spelt_otherwise"}
        assert found["unknown_customers"].found == "C-9"

    def test_both_kinds_of_form_may_lie_side_by_side(self, acme: Path) -> None:
        put(acme, "nps", {0: {"date": DAY, "score": 7}}, name="n.xlsx")
        put(acme, "touchpoints", {0: {"mark": "poor"}}, name="t.xlsx", rater="A")
        case = opened(acme)
        assert {name: len(table.frame) for name, table in case.tables.items()} == {
            "survey": 1, "touchpoints": 1,
        }  # fmt: skip


class TestProblems:
    """What is wrong is told with file, sheet, row and column, and read no further."""

    @pytest.mark.parametrize(
        ("form", "line", "code", "column"),
        [
            ("nps", {"date": DAY, "score": 11}, "out_of_range", "E (Score 0-10)"),
            ("nps", {"date": DAY, "score": 7.5}, "not_whole", "E (Score 0-10)"),
            ("nps", {"date": DAY, "score": "good"}, "not_a_number", "E (Score 0-10)"),
            ("nps", {"date": "soon", "score": 5}, "not_a_date", "D (Date of answer)"),
            ("nps", {"date": "03/04/2025", "score": 5}, "not_a_date", "D (Date of answer)"),
            ("nps", {"score": 5}, "form_cell_blank", "D (Date of answer)"),
            ("nps", {"date": DAY, "score": "=1/0"}, "formula_not_calculated", "E (Score 0-10)"),
            ("satisfaction", {"mark": 6}, "out_of_range", "D (Mark 1-5)"),
            ("satisfaction", {"mark": 0}, "out_of_range", "D (Mark 1-5)"),
            ("touchpoints", {"mark": "superb"}, "not_a_choice", "D (Mark (poor / normal / wow))"),
            ("exit_interview", {"customer_id": "C", "stated_reasons": "x"}, "form_cell_blank",
             "C (Date lost)"),
            ("exit_interview", {"customer_id": "C", "lost_date": DAY, "destination": "moon"},
             "not_a_choice", "G (Left for)"),
        ],
    )  # fmt: skip
    def test_a_bad_cell_is_named(
        self, acme: Path, form: str, line: Mapping[str, object], code: str, column: str
    ) -> None:
        known = {"satisfaction": {"respondent_id": "R", "date": DAY}, "touchpoints": {"rater": "A"}}
        at = put(acme, form, {2: line}, **known.get(form, {}))
        errors = [p for p in told(opened(acme)) if p.is_error]
        [problem] = errors
        assert (problem.code, problem.place.row, problem.place.column) == (code, at[2], column)
        assert problem.place.sheet

    def test_allowed_words_are_those_of_the_form(self, acme: Path) -> None:
        put(acme, "touchpoints", {0: {"mark": "скверно"}}, language="ru", rater="A")
        [problem] = [p for p in told(opened(acme)) if p.is_error]
        assert problem.facts["expected"] == "плохо, нормально, вау"

    @pytest.mark.parametrize(("said", "near"), [("superb", ""), ("normall", "normal")])
    def test_a_proposed_word_is_on_the_list_of_the_form(
        self, acme: Path, said: str, near: str
    ) -> None:
        put(acme, "touchpoints", {0: {"mark": said}}, rater="A")
        [problem] = [p for p in told(opened(acme)) if p.is_error]
        assert (problem.found, problem.facts["nearest"]) == (said, near)

    @pytest.mark.parametrize("name", ["survey.xlsx", "intake.xlsx"])
    def test_a_filled_form_among_the_tables_is_told_where_it_belongs(
        self, acme: Path, name: str
    ) -> None:
        put(acme, "nps", {0: {"date": DAY, "score": 9}})
        (acme / "data" / "forms" / "a.xlsx").rename(acme / "data" / name)
        case = opened(acme)
        assert codes(case.intake.problems) == ["form_misplaced"]
        check_sentences(case.intake.problems)

    def test_a_bad_field_is_told_once(self, acme: Path) -> None:
        put(acme, "satisfaction", {n: {"mark": 4} for n in range(6)},
            respondent_id="R", date="yesterday")  # fmt: skip
        [problem] = [p for p in told(opened(acme)) if p.is_error]
        assert (problem.code, problem.place.column) == ("not_a_date", "C (Date of mark)")
        assert problem.place.row == 4

    def test_a_nameless_rater_is_called_by_file_and_sheet(self, acme: Path) -> None:
        put(acme, "touchpoints", {0: {"mark": "poor"}})
        case = opened(acme)
        assert codes(told(case)) == ["form_no_name"]
        assert rows_of(case, "touchpoints", "rater") == [("a, Rater 1",)]

    @pytest.mark.parametrize("form", table_forms())
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_an_empty_sheet_is_told(self, acme: Path, form: str, language: str) -> None:
        put(acme, form, {}, language=language)
        case = opened(acme)
        assert codes(told(case)) == ["form_blank"]
        assert case.tables == {}

    def test_a_form_of_another_program_version_is_refused(self, acme: Path) -> None:
        def edit(book: Any) -> None:
            book.worksheets[0]["A1"] = "form:nps:9:en"

        put(acme, "nps", {0: {"date": DAY, "score": 1}}, edit=edit)
        [problem] = told(opened(acme))
        assert (problem.code, problem.facts["version"], problem.facts["known"]) == (
            "form_version", 9, 1,
        )  # fmt: skip

    def test_a_form_of_no_known_kind_is_refused_with_the_nearest(self, acme: Path) -> None:
        def edit(book: Any) -> None:
            book.worksheets[0]["A1"] = "form:touchpoint:1:en"

        put(acme, "touchpoints", {0: {"mark": "poor"}}, edit=edit)
        [problem] = told(opened(acme))
        assert (problem.code, problem.facts["nearest"]) == ("form_questionnaire", "touchpoints")

    def test_an_ordinary_table_among_the_forms_is_no_form(self, acme: Path) -> None:
        def edit(book: Any) -> None:
            book.worksheets[0].delete_cols(1)

        put(acme, "nps", {0: {"date": DAY, "score": 1}}, edit=edit)
        assert "form_none" in codes(told(opened(acme)))

    def test_a_column_that_is_gone_is_named_in_the_language_of_the_form(self, acme: Path) -> None:
        def edit(book: Any) -> None:
            sheet = book.worksheets[0]
            sheet.cell(row_by_key(sheet)["columns"], 5).value = "?"

        put(acme, "nps", {0: {"date": DAY, "score": 1}}, language="sk", edit=edit)
        [problem] = told(opened(acme))
        assert (problem.code, problem.found) == ("form_column", "Hodnotenie 0-10")

    def test_a_copy_of_a_file_is_refused(self, acme: Path) -> None:
        put(acme, "nps", {0: {"date": DAY, "score": 1}})
        forms = acme / "data" / "forms"
        (forms / "b.xlsx").write_bytes((forms / "a.xlsx").read_bytes())
        case = opened(acme)
        [problem] = told(case)
        assert (problem.code, problem.facts["file"]) == ("form_file_twice", "data/forms/a.xlsx")
        assert len(case.tables["survey"].frame) == 1

    def test_a_row_that_is_there_already_is_refused(self, acme: Path) -> None:
        table = "Respondent,Date,Score\nR1,2025-10-01,10\n"
        (acme / "data" / "survey.csv").write_text(table, "utf-8")
        answer = {"date": DAY, "score": 1}
        rows: Rows = {0: {"respondent_id": "r1", **answer}, 1: {"respondent_id": "R2", **answer},
                      2: {"respondent_id": "R2", **answer}}  # fmt: skip
        at = put(acme, "nps", rows)
        case = opened(acme)
        found = [(p.code, p.place.row, p.facts["file"], p.facts["other"]) for p in told(case)]
        assert found == [
            ("form_row_twice", at[0], "data/survey.csv", 2),
            ("form_row_twice", at[2], "data/forms/a.xlsx", at[1]),
        ]
        assert rows_of(case, "survey", "respondent_id") == [("R1",), ("R2",)]

    def test_marks_of_two_scales_are_not_mixed(self, acme: Path) -> None:
        table = "Respondent,Date,Product,Parameter,Mark\n" + "".join(
            f"R{n},2025-10-01,Pumps,Price,{60 + n}%\n" for n in range(20)
        )
        (acme / "data" / "satisfaction.csv").write_text(table, "utf-8")
        put(acme, "satisfaction", {0: {"mark": 4}}, respondent_id="R", date=DAY)
        case = opened(acme)
        [problem] = told(case)
        assert (problem.code, problem.facts["other"]) == ("form_scale", "percent")
        assert len(case.tables["satisfaction"].frame) == 20

    def test_a_day_ahead_is_doubted_at_its_row(self, acme: Path) -> None:
        (acme / "data" / "survey.csv").write_text(
            "Respondent,Date,Score\nR1,2025-10-01,10\n", "utf-8"
        )
        late = {"respondent_id": "R2", "date": datetime(2026, 2, 1), "score": 1}
        at = put(acme, "nps", {4: late})
        [problem] = told(opened(acme))
        assert (problem.code, problem.place.row, problem.place.column) == (
            "future_days", at[4], "D (Date of answer)",
        )  # fmt: skip
        assert problem.facts["rows"] == f"{at[4]} (data/forms/a.xlsx, Answers 1)"

    def test_a_problem_is_told_to_those_that_read_the_table(self, acme: Path) -> None:
        put(acme, "nps", {0: {"date": DAY, "score": 11}, 1: {"date": DAY, "score": 1}})
        case = opened(acme)
        telling = {
            name: [p.code for p in case.problems_of(diagnostic_named(name)) if p.is_error]
            for name in ("loyalty", "controllability", "financial_quartiles")
        }
        assert telling["loyalty"] == ["out_of_range"]
        assert telling["financial_quartiles"] == []

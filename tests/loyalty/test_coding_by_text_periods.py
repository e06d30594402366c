"""The human coding of open answers belongs to their text, within a period and over several."""

from pathlib import Path

import pytest

from workbook.diagnostics.loyalty.coding import CodedRow, Coding, bound
from workbook.diagnostics.loyalty.sources.code_frame_file import load_code_frame
from workbook.diagnostics.loyalty.sources.coding_file import coding_problems, read_coding
from workbook.errors import Location
from workbook.language.package_data import templates

FRAME = load_code_frame(templates() / "code_frames" / "loyalty.yaml")
NOW = {
    "1/reason": "Сроки срываются",
    "2/reason": "Всё дорого!",
    "3/improvement": "всё  ДОРОГО",
    "4/reason": "Новый ответ",
}
"""Respondents are numbered anew: what 1 wrote was 2's last time."""


def row(answer, text, *themes, coder="Anna", file="coding/loyalty.csv"):
    return CodedRow(
        answer_id=answer,
        question="",
        text=text,
        proposed="",
        confirmed=themes,
        coder=coder,
        place=Location(file=file, row=2),
    )


def themes(coding):
    return {answer: found.confirmed for answer, found in coding.first.items()}


def bound_now(own=(), *earlier):
    answers = {answer: (text,) for answer, text in NOW.items()}
    return bound(Coding(rows=tuple(own)), [Coding(rows=tuple(rows)) for rows in earlier], answers)


CARRIED = (row("1/reason", "Всё дорого", "price"), row("2/reason", "сроки срываются", "delivery"))
EXPECTED = {
    "1/reason": ("delivery",),
    "2/reason": ("price",),
    "3/improvement": ("price",),
}


def test_same_text_same_themes_whoever_wrote_it_and_whatever_has_no_text_is_not_coded():
    assert themes(bound_now(CARRIED)) == EXPECTED


def test_coding_of_an_earlier_period_counts_for_the_same_texts():
    assert themes(bound_now((), CARRIED)) == EXPECTED
    assert themes(bound_now((), (), CARRIED)) == EXPECTED


def test_the_newest_coding_of_a_text_prevails():
    now, last = row("9/reason", "Всё дорого", "staff"), row("1/reason", "всё дорого", "quality")
    assert themes(bound_now([now], [last], CARRIED)) == {
        "1/reason": ("delivery",),
        "2/reason": ("staff",),
        "3/improvement": ("staff",),
    }


def test_two_coders_are_compared_on_answers_whose_text_both_coded():
    boris = row("1/reason", "Всё дорого", "staff", coder="Boris")
    stranger = row("4/reason", "Этого никто не писал", "staff", coder="Boris")
    found = bound_now([*CARRIED, boris, stranger])
    assert {answer: second.confirmed for answer, second in found.second.items()} == {
        "2/reason": ("staff",),
        "3/improvement": ("staff",),
    }


def test_a_copy_of_the_last_file_is_no_second_coder():
    nameless = [row(one.answer_id, one.text, *one.confirmed, coder="") for one in CARRIED]
    renamed = [row(o.answer_id, o.text, *o.confirmed, coder="", file="b.csv") for o in CARRIED]
    assert bound_now(nameless, renamed).second == {}


def test_rows_without_a_text_go_by_the_respondent_in_the_period_they_were_made_in():
    rows = [row("1/reason", "", "delivery"), row("4/reason", "", "staff")]
    assert themes(bound_now(rows)) == {"1/reason": ("delivery",), "4/reason": ("staff",)}
    assert themes(bound_now((), rows)) == {}


def test_rows_without_a_text_that_are_the_last_period_s_are_not_used_and_that_is_said():
    rows = [row("1/reason", "", "delivery"), row("4/reason", "", "staff")]
    before = [row("1/reason", "", "delivery")]
    assert themes(bound_now(rows, before)) == {"4/reason": ("staff",)}
    (problem,) = coding_problems(Coding(rows=tuple(rows)), NOW, [Coding(rows=tuple(before))])
    assert (problem.code, problem.facts) == ("coding_without_text", {"n": 1, "all": 1})


def test_what_a_carried_file_has_beside_these_answers_is_one_remark_with_their_number():
    rows = (*CARRIED, *(row(f"{i}/reason", f"Старый ответ {i}", "price") for i in range(143)))
    (problem,) = coding_problems(Coding(rows=rows), NOW)
    assert (problem.code, problem.facts) == ("coding_text_changed", {"n": 143, "all": 145})


@pytest.mark.parametrize("columns", ["answer_id;confirmed", "answer_id;text;confirmed"])
def test_an_old_file_is_read_with_and_without_its_texts(tmp_path: Path, columns):
    (tmp_path / "coding").mkdir()
    cells = {"answer_id": "1/reason", "text": "Сроки срываются!", "confirmed": "delivery"}
    line = ";".join(cells[name] for name in columns.split(";"))
    (tmp_path / "coding" / "loyalty.csv").write_text(f"{columns}\n{line}\n", "utf-8")
    coding = read_coding(tmp_path, FRAME)
    assert coding.problems == ()
    assert themes(bound_now(coding.rows)) == {"1/reason": ("delivery",)}


def test_a_long_text_that_a_cell_has_cut_is_still_known():
    written = "Ж" * 40_000
    found = bound(
        Coding(rows=(row("1/reason", written[:32_000] + "…", "price"),)), (), {"2": (written,)}
    )
    assert themes(found) == {"2": ("price",)}


def test_a_text_is_known_under_the_marks_of_a_sheet_with_masked_names():
    rows = (row("X/reason", "Позвоните •••", "staff"),)
    found = bound(Coding(rows=rows), (), {"2": ("Позвоните Анне", "Позвоните •••")})
    assert themes(found) == {"2": ("staff",)}

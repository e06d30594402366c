"""The index: the source's unmanaged example, both forms, and what may not change it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.diagnostics.controllability.key_figures import key_figures
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.questionnaire import SCORES, Mark
from workbook.diagnostics.controllability.scores import index
from workbook.report.plain_data import plain_data

ALL = Params(optional_items=("2.3",))
NEXT = {"-": "+/-", "+/-": "+", "+": "+"}


def test_the_unmanaged_example_scores_as_in_the_source(one, answers, unmanaged):
    """7 items +/- and 24 items - of 31: 3.5 / 31."""
    result = one(answers(unmanaged), ALL)
    assert (result.n_items, result.n_scored, result.n_respondents) == (31, 31, 1)
    assert result.index == pytest.approx(3.5 / 31)
    assert round(100 * result.index, 2) == 11.29
    assert [s.index for s in result.sections] == pytest.approx([0, 0.20, 0.25, 0.1875])
    assert round(100 * result.index_sections, 2) == 15.94
    assert dict(result.marks) == {"+": 0, "+/-": 7, "-": 24}


def test_without_the_repeated_item_the_denominator_is_30(one, answers, unmanaged):
    result = one(answers(unmanaged))
    assert (result.n_items, round(100 * result.index, 2)) == (30, 11.67)
    assert [(o.item, o.repeats, o.answers) for o in result.off] == [
        ("2.3", "2.2", 1),
        ("4.9", "", 0),
    ]


def test_reference_profiles_are_scored_over_the_asked_and_over_the_source_items(one, answers):
    profiles = {p.id: p for p in one(answers({"1.1": "+"})).profiles}
    assert profiles["managed"].whole.index == profiles["managed"].asked.index == 1
    unmanaged = profiles["unmanaged"]
    assert (unmanaged.whole.n_items, unmanaged.asked.n_items) == (31, 30)
    assert unmanaged.whole.index == pytest.approx(3.5 / 31)
    assert unmanaged.whole.index_sections == pytest.approx(0.159375)
    assert [s.index for s in unmanaged.whole.sections] == pytest.approx([0, 0.2, 0.25, 0.1875])
    assert unmanaged.asked.index == pytest.approx(3.5 / 30)
    assert dict(unmanaged.whole.marks) == {"+": 0, "+/-": 7, "-": 24}


def test_an_optional_item_can_be_turned_on_by_its_full_name(one, answers):
    frame = answers({"4.9": "+", "1.1": "-"})
    assert one(frame).index == 0
    result = one(frame, Params(optional_items=("controllability:4.9",)))
    assert (result.n_items, result.index) == (31, 0.5)


def test_an_item_is_the_mean_of_its_marks(one, answers):
    result = one(answers({"1.1": ["+", "+/-", "-"], "1.2": ["+", "+", "don't know"]}))
    first, second = result.items[:2]
    assert (first.score, first.n, first.spread) == (0.5, 3, pytest.approx(0.408248))
    assert (first.plus, first.half, first.minus, first.agreement) == (1, 1, 1, 0)
    assert (second.score, second.n, second.dont_know, second.agreement) == (1, 2, 1, 1)
    assert result.index == 0.75
    assert len(result.unscored) == 28
    assert [i.id for i in result.items if i.score is None] == list(result.unscored)


def test_not_applicable_and_dont_know_are_left_out_and_counted(one, answers):
    result = one(answers({"1.1": "+", "1.2": "not applicable", "1.3": "don't know", "1.4": ""}))
    assert (result.index, result.n_scored, result.n_marks) == (1, 1, 1)
    assert (result.not_applicable, result.dont_know, result.blank) == (1, 1, 27)
    said = [(i.n, i.dont_know, i.not_applicable, i.blank) for i in result.items[:4]]
    assert said == [(1, 0, 0, 0), (0, 0, 1, 0), (0, 1, 0, 0), (0, 0, 0, 1)]


def test_answers_without_any_mark_have_no_index(one, answers):
    result = one(answers({"1.1": ["don't know", "don't know"]}))
    assert (result.index, result.index_sections, result.n_scored) == (None, None, 0)
    assert (result.gaps, result.agenda, result.kappas) == ((), (), None)
    assert (result.alpha.undefined, result.alpha.reason) == (True, "too_few")


def test_gaps_come_by_priority_and_weight_orders_only_them(one, answers):
    frame = answers({"1.1": "-", "1.2": "+/-", "1.3": "+", "4.4": "+/-"})
    plain = one(frame)
    assert [g.item for g in plain.gaps] == ["1.1", "1.2", "4.4"]
    weighted = one(frame, Params(weights={"4.4": 3, "controllability:1.1": 0}))
    assert [(g.item, g.priority) for g in weighted.gaps] == [
        ("4.4", 1.5), ("1.2", 0.5), ("1.1", 0),
    ]  # fmt: skip
    assert weighted.index == plain.index


def test_aspects_cover_every_item_once(one, answers, control):
    result = one(answers({item.id: "+/-" for item in control.items}))
    assert sum(a.n_items for a in result.aspects) == result.n_items
    assert sum(sum(a.marks.values()) for a in result.aspects) == result.n_marks
    assert {a.index for a in result.aspects} == {0.5}


def test_a_respondent_of_one_and_the_same_mark_is_pointed_out(one, answers, control):
    marks = {item.id: ["+", "-" if item.id == "1.1" else "+"] for item in control.asked().items}
    result = one(answers(marks))
    assert result.straight_respondents == 1
    assert result.index_without_straight == pytest.approx(29 / 30)
    few = one(answers({"1.1": "+", "1.2": "+"}))
    assert few.straight_respondents == 0
    assert one(answers(marks), anonymity_threshold=2).index_without_straight is None


def test_levels_are_compared_on_the_items_that_both_marked(one, answers):
    level = {"A": "line", "B": "management", "C": "management"}
    result = one(answers({"1.1": ["-", "+", "+"], "1.2": ["", "+", "+/-"]}, level=level))
    first, second = result.items[:2]
    assert (first.management, first.line, first.gap) == (1, 0, 1)
    assert (second.management, second.line, second.gap) == (0.75, None, None)
    assert result.level_gap == 1
    assert [(x.level, x.n_respondents, x.index) for x in result.levels] == [
        ("management", 2, 0.875), ("line", 1, 0),
    ]  # fmt: skip


def test_marks_follow_from_three_questions_where_none_is_given(one, answers):
    frame = answers({f"1.{i}": "" for i in range(1, 7)} | {"1.7": "+"})
    frame["process"] = [True, False, True, True, None, True, False]
    frame["reporting"] = [True, None, False, True, True, None, False]
    frame["data"] = [True, None, None, None, True, False, False]
    frame = frame.astype(dict.fromkeys(["process", "reporting", "data"], "boolean"))
    result = one(frame)
    marks = [(item.plus, item.half, item.minus) for item in result.items[:7]]
    plus, half, minus, nothing = (1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)
    assert marks == [plus, minus, half, nothing, nothing, half, plus]
    assert result.derived == 4


def test_what_is_given_as_evidence_is_kept_in_order(one, answers):
    frame = answers({"1.2": ["+", "-"], "1.1": ["+", "-"]}, evidence={"A": "CRM", "B": None})
    said = [(e.item, e.text) for e in one(frame).evidence]
    assert said == [("1.1", "CRM"), ("1.2", "CRM")]


def test_the_result_file_has_the_names_scripts_rely_on(found, answers, unmanaged):
    data = plain_data(found(answers=answers(unmanaged)))
    one = data["questionnaires"]["controllability"]
    assert one["marks"] == {"+": 0, "+/-": 7, "-": 23}
    assert {"n_items", "n_respondents", "index", "index_sections", "contradictions"} <= one.keys()
    for name, keys in {
        "sections": {"id", "index"},
        "aspects": {"aspect", "index"},
        "items": {"id", "n", "score", "agreement"},
        "gaps": {"item", "priority"},
    }.items():
        assert keys <= one[name][0].keys()
    assert {"value", "ci_low", "ci_high", "undefined"} <= one["alpha"].keys()


def test_key_figures_name_the_questionnaire(found, answers, unmanaged):
    figures = {f.name: f.value for f in key_figures(found(answers=answers(unmanaged)))}
    assert figures["controllability_index"] == pytest.approx(3.5 / 30)
    assert figures["controllability_contradictions"] is None  # nothing could be checked
    assert "controllability_alpha" not in figures


def test_no_answers_no_report(found):
    result = found()
    assert (result.questionnaires, result.absent) == ((), ("answers",))


MARKS = st.sampled_from([*Mark, ""])
SHEETS = st.dictionaries(
    st.sampled_from([f"1.{i}" for i in range(1, 15)] + ["2.1", "3.1", "4.9"]),
    st.lists(MARKS, min_size=3, max_size=3),
    min_size=1,
)


@settings(max_examples=60, deadline=None)
@given(sheet=SHEETS, data=st.data())
def test_raising_one_mark_never_lowers_the_index(one, answers, sheet, data):
    counted = [(i, k) for i, row in sheet.items() for k, m in enumerate(row) if m in SCORES]
    if not counted:
        return
    item, place = data.draw(st.sampled_from(counted))
    raised = {i: list(row) for i, row in sheet.items()}
    raised[item][place] = NEXT[raised[item][place]]
    before, after = one(answers(sheet)), one(answers(raised))
    if before.index is not None:
        assert after.index >= before.index
        assert after.index_sections >= before.index_sections


@settings(max_examples=60, deadline=None)
@given(sheet=SHEETS, data=st.data())
def test_dont_know_changes_n_and_not_the_score_of_others(one, answers, sheet, data):
    item = data.draw(st.sampled_from(sorted(sheet)))
    changed = {i: list(row) for i, row in sheet.items()}
    changed[item][1] = "don't know"
    before, after = one(answers(sheet)), one(answers(changed))
    for old, new in zip(before.items, after.items, strict=True):
        if old.id != item:
            assert old == new
        else:
            assert new.n == old.n - (sheet[item][1] in SCORES)


@settings(max_examples=40, deadline=None)
@given(sheet=SHEETS, data=st.data())
def test_the_order_of_rows_is_irrelevant(found, answers, sheet, data):
    frame = answers(sheet, level={"A": "line", "B": "management", "C": "line"})
    order = data.draw(st.permutations(range(len(frame))))
    assert found(answers=frame.iloc[list(order)]) == found(answers=frame)


def test_the_tables_are_not_modified(one, answers, unmanaged):
    frame = answers(unmanaged)
    copy = frame.copy(deep=True)
    one(frame)
    assert frame.equals(copy)
    assert list(frame.columns) == list(copy.columns)


def test_an_index_over_sections_leaves_out_a_section_without_marks(control):
    asked = control.asked()
    over = index(asked, {"1.1": 1.0, "3.1": 0.0, "3.2": 1.0})
    assert (over.items, over.sections, over.n) == (pytest.approx(2 / 3), 0.75, 3)

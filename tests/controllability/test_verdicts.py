"""Words and verdicts begin where Params says, and a difference of few people is no claim."""

from dataclasses import fields

import pytest

from workbook.diagnostics.claims import Confidence
from workbook.diagnostics.controllability.agreement_result import LevelVerdict
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.result import ControlThresholds
from workbook.diagnostics.controllability.verdicts import (
    alpha_reading,
    direction,
    extremes,
    mark_of,
    standing,
)
from workbook.diagnostics.gates import Gate
from workbook.intake.param_tables import checked_params
from workbook.report.plain_data import plain_data

ITEMS = [f"1.{i}" for i in range(1, 13)]


def people(n_management, n_line):
    """Return levels of respondents A, B, C …: management first."""
    names = [chr(ord("A") + i) for i in range(n_management + n_line)]
    levels = ["management"] * n_management + ["line"] * n_line
    return dict(zip(names, levels, strict=True))


@pytest.fixture
def split(found, answers):
    """Compute management that marks everything + and line staff that marks everything -."""

    def compute(n_management, n_line, params=None):
        who = people(n_management, n_line)
        marks = ["+"] * n_management + ["-"] * n_line
        frame = answers(dict.fromkeys(ITEMS, tuple(marks)), level=who)
        return found(params, answers=frame)

    return compute


@pytest.mark.parametrize(
    ("index", "wording"),
    [(0.33, "unmanaged"), (1 / 3, "partly"), (2 / 3, "partly"), (0.67, "managed"), (None, "")],
)
def test_the_words_of_the_index_begin_at_thirds(index, wording):
    assert standing("controllability", index, Params()) == wording


def test_the_thirds_are_options():
    assert standing("controllability", 0.5, Params(unmanaged_below=0.6)) == "unmanaged"
    assert standing("strategy_factors", 0.1, Params()) == "plain"


@pytest.mark.parametrize(
    ("score", "mark"),
    [(1.0, "+"), (0.70, "+"), (2 / 3, "+"), (0.5, "+/-"), (0.38, "+/-"), (0.32, "-"), (None, "")],
)
def test_a_mean_is_told_as_one_mark_whatever_the_most_frequent_one(score, mark):
    """It said "+ (0.50)" not high, "+/− (0.70)" high, "− (0.38)" and "+/− (0.38)"."""
    assert mark_of(score, Params()) == mark


@pytest.mark.parametrize(
    ("alpha", "reading"), [(0.666, "low"), (0.667, "middle"), (0.799, "middle"), (0.8, "high")]
)
def test_alpha_has_its_conventional_reading(alpha, reading):
    assert alpha_reading(alpha, "", Params()) == reading
    assert alpha_reading(None, "complete_agreement", Params()) == "complete"
    assert alpha_reading(None, "too_few", Params()) == "alone"


def test_a_change_below_the_bound_is_none():
    assert [direction(d, Params()) for d in (0.0004, 0.01, -0.01)] == ["same", "up", "down"]


def test_a_place_that_two_share_is_nobodys(one, answers):
    tied = one(answers({"1.1": "-", "2.1": "-", "3.1": "+", "4.1": "+/-"}))
    assert (tied.weakest_section, tied.strongest_section) == ("", "3")
    assert extremes(()) == (None, None)


def test_a_ranking_names_an_end_only_after_its_test(one, answers):
    alike = one(answers(dict.fromkeys(ITEMS, "+/-")))
    assert (alike.ranking("section"), alike.ranking("aspect")) == ("even", "even")
    spread = one(answers({"1.1": "-", "2.1": "-", "3.1": "+", "4.1": "+/-"}))
    assert [p.told for p in spread.places] == [False] * len(spread.places)
    assert (spread.ranking("section"), spread.named("section", "highest")) == ("spread", "")


@pytest.mark.parametrize(
    ("marks", "headline"),
    [("+", "index_alone_kept"), ("++", "managed_kept"), ("++--", "differing")],
)
def test_the_line_below_the_headline_says_only_what_the_headline_has_not(
    found, answers, marks, headline
):
    answer = found(answers=answers({item: list(marks) for item in ITEMS})).answer
    assert (answer.id, answer.figures["basis"]) == (headline, "people")


def test_two_of_management_and_three_of_line_staff_cannot_be_told_apart(split):
    """The clearest split of five people has one of ten arrangements behind it."""
    result = split(2, 3)
    test = result.questionnaires[0].level_test
    assert (test.difference, test.p_value, test.least_p_value) == (1.0, 0.1, 0.1)
    assert test.verdict is LevelVerdict.UNTESTABLE
    assert (test.testable, test.told) == (False, False)
    told = {claim.id: claim for claim in result.findings}
    assert not [name for name in told if name.startswith("levels")]
    assert "levels" not in {family.id for family in result.families}
    assert ("levels_higher", Gate.TESTED) in [(r.id, r.gate) for r in result.refused_findings]


def test_three_and_four_that_wholly_differ_are_told_apart(split):
    result = split(3, 4)
    test = result.questionnaires[0].level_test
    assert test.p_value == pytest.approx(1 / 35)
    assert test.verdict is LevelVerdict.HIGHER
    assert (test.testable, test.told) == (True, True)
    assert [i.told for i in test.items] == [i.p_value < 0.05 for i in test.items]
    (claim,) = [c for c in result.findings if c.id == "levels_higher"]
    assert claim.confidence is Confidence.TESTED


def test_many_respondents_are_permuted_by_seeded_draws(split):
    test = split(10, 12).questionnaires[0].level_test
    assert 0 < test.p_value < 0.01
    assert split(10, 12).questionnaires[0].level_test == test


def test_an_item_is_named_only_after_the_test_of_all_items(found, answers):
    """All of management is a step above on every item, and wholly above on the first."""
    who = people(4, 5)
    marks = {item: ["+/-"] * 4 + ["-", "-", "-", "-", "+"] for item in ITEMS}
    for item in ITEMS[1:7]:
        marks[item] = ["+"] * 4 + ["+/-"] * 5
    marks[ITEMS[0]] = ["+"] * 4 + ["-"] * 5
    result = found(answers=answers(marks, level=who))
    test = result.questionnaires[0].level_test
    p_values = {i.item: i.p_value for i in test.items}
    assert p_values[ITEMS[0]] == min(p_values.values()) == pytest.approx(1 / 126)
    assert p_values[ITEMS[-1]] > 0.05
    (claim,) = [c for c in result.findings if c.id.startswith("levels")]
    assert claim.figures["item"].startswith(ITEMS[0])
    tested = {f.id: (f.comparisons, f.passed) for f in result.families}
    assert tested["levels"] == (1, 1)
    assert tested["level_items"][0] == len(ITEMS)


def test_a_whole_without_an_item_that_stands_out_names_none(found, answers):
    """Of three levels each item is marked higher by other two of management: none stands out."""
    who = people(4, 4)
    marks = {}
    for i, item in enumerate(ITEMS):
        marks[item] = ["+" if (p + i) % 4 < 2 else "-" for p in range(4)] + [
            "+" if p == i % 4 else "-" for p in range(4)
        ]
    result = found(answers=answers(marks, level=who))
    (claim,) = [c for c in result.findings if c.id.startswith("levels")]
    assert (claim.id, claim.figures["item"]) == ("levels_higher_overall", "")


def test_levels_that_mark_alike_are_no_finding(found, answers):
    frame = answers({item: ["+", "-", "+", "-"] for item in ITEMS}, level=people(2, 2))
    result = found(answers=frame)
    assert result.questionnaires[0].level_test.verdict is LevelVerdict.ALIKE
    assert not [c for c in result.findings if c.id.startswith("levels")]


def test_the_result_file_carries_every_threshold(found, answers):
    data = plain_data(found(Params(claimed_score=0.5), answers=answers({"1.1": "+"})))
    assert data["thresholds"]["claimed_score"] == 0.5
    assert set(data["thresholds"]) == {f.name for f in fields(ControlThresholds)}
    assert {"answer", "tiles", "findings", "refused_findings"} <= data.keys()


@pytest.mark.parametrize(
    ("wrong", "key", "bound"),
    [
        ({"unmanaged_below": 0.8}, "managed_above", "≥ 0.8"),
        ({"unmanaged_below": 0.8, "managed_above": 0.7}, "managed_above", "≥ 0.8"),
        ({"alpha_tentative": 0.9}, "alpha_reliable", "≥ 0.9"),
        ({"level_p_value": 0}, "level_p_value", "> 0.0"),
        ({"level_difference": 1}, "level_difference", "< 1.0"),
        ({"claimed_score": 1.01}, "claimed_score", "≤ 1.0"),
        ({"confidence": 1}, "confidence", "< 1.0"),
        ({"bootstrap": 99}, "bootstrap", "≥ 100"),
        ({"straight_items": 0}, "straight_items", "≥ 1"),
        ({"weights": {"4.4": -1}}, "weights.4.4", "≥ 0.0"),
    ],
)
def test_an_option_out_of_its_range_is_refused_where_it_stands(wrong, key, bound):
    with pytest.raises(ValueError, match="Input should be"):
        Params(**wrong)
    made, problems = checked_params(wrong, "controllability", Params)
    assert made is None
    assert [(p.code, p.place.column, p.facts["bound"]) for p in problems] == [
        ("option_out_of_range", f"params.controllability.{key}", bound)
    ]


def test_a_misspelt_option_is_refused():
    with pytest.raises(ValueError, match="Unexpected keyword argument"):
        Params(unmanged_below=0.3)

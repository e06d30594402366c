"""Waves of one table, and the previous engagement."""

from datetime import date

import pandas as pd
import pytest

from workbook.diagnostics.controllability.key_figures import key_figures
from workbook.diagnostics.inputs import Inputs


@pytest.fixture(scope="module")
def two_waves(answers):
    first = answers({"1.1": ["-", "-"], "1.2": ["+", "+"], "1.3": ["+", "+"]}, wave="Wave 9")
    second = answers({"1.1": ["+", "-"], "1.2": ["+", ""], "1.4": ["+", "+"]}, wave="Wave 10")
    return pd.concat([second, first], ignore_index=True)


def before(frame):
    return Inputs(tables={"answers": frame}, as_of=date(2024, 12, 31), label="2024")


def test_the_latest_wave_is_reported_and_compared_with_the_one_before(one, two_waves):
    result = one(two_waves)
    assert result.wave == "Wave 10"
    assert [(w.wave, w.n_items, w.index) for w in result.waves] == [
        ("Wave 9", 3, pytest.approx(2 / 3)), ("Wave 10", 3, pytest.approx(5 / 6)),
    ]  # fmt: skip
    change = result.change
    assert (change.wave, change.against, change.n_items) == ("Wave 10", "Wave 9", 2)
    assert (change.before, change.now, change.difference) == (0.5, 0.75, 0.25)
    assert (change.improved, change.worsened, change.same) == (1, 0, 1)
    assert [(i.item, i.difference, i.now_n) for i in change.items] == [
        ("1.1", 0.5, 2), ("1.2", 0, 1),
    ]  # fmt: skip
    assert change.both_respondents == 2


def test_the_previous_engagement_comes_first(found, answers, two_waves):
    earlier = answers({"1.1": ["-", "-", "-"], "1.4": ["+/-", "+/-", "+/-"]})
    (one,) = found(answers=two_waves, previous=before(earlier), label="2025").questionnaires
    assert [w.wave for w in one.waves] == ["2024", "Wave 9", "Wave 10"]
    assert (one.change.against, one.change.wave) == ("2024", "Wave 10")
    assert (one.change.before, one.change.now) == (0.25, 0.75)
    assert (one.change.before_respondents, one.change.both_respondents) == (3, 2)


def test_an_engagement_without_waves_is_called_by_its_period(found, answers):
    frame = answers({"1.1": "+"})
    result = found(answers=frame, previous=before(answers({"1.1": "-"})), label="2025")
    (one,) = result.questionnaires
    assert (one.change.wave, one.change.against, one.change.difference) == ("2025", "2024", 1)
    assert "waves" not in result.absent
    figures = {f.name: (f.value, f.previous) for f in key_figures(result)}
    assert figures["controllability_index"] == (1, 0)


@pytest.mark.bad_input("D10")
def test_waves_without_common_items_are_not_compared(found, answers):
    previous = before(answers({"1.2": "-"}))
    (one,) = found(answers=answers({"1.1": "+"}), previous=previous).questionnaires
    assert (one.change, len(one.waves)) == (None, 2)


def test_a_previous_engagement_without_this_questionnaire_is_no_wave(found, answers):
    other = answers({"1.1": "-"}, questionnaire="strategy_factors")
    (one,) = found(answers=answers({"1.1": "+"}), previous=before(other)).questionnaires
    assert (one.change, len(one.waves)) == (None, 1)


def test_rows_without_a_wave_are_counted_apart(found, answers, two_waves):
    rest = answers({"1.5": ["-"]})
    result = found(answers=pd.concat([two_waves, rest], ignore_index=True))
    assert result.unlabelled == 1
    assert "1.5" in result.questionnaires[0].unscored

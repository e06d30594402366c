"""Questionnaires over several periods: waves in order of time, what is compared, and its test."""

from datetime import date

import pandas as pd
import pytest

from workbook.diagnostics.compared import PeriodMeasures
from workbook.diagnostics.controllability.compute import Sources, compute
from workbook.diagnostics.controllability.key_figures import key_figures
from workbook.diagnostics.controllability.measures import measures
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.periods.changes import Course, changes
from workbook.diagnostics.periods.period import Period

FIVE = ["+", "+/-", "-", "+", "-"]


def period(frame, year, previous=None, threshold=1, **tables):
    return Inputs(
        tables={"answers": frame, **tables}, as_of=date(year, 12, 31), label=str(year),
        previous=previous, anonymity_threshold=threshold,
    )  # fmt: skip


@pytest.fixture(scope="module")
def compared(questionnaires):
    """Compare a chain of periods as a report does."""

    def compare(inputs, params=None):
        params, sources = params or Params(), Sources(questionnaires=questionnaires)
        result = compute(inputs, params, sources)
        facts = {"params": params, "sources": sources, "compute": compute}
        now = Period(label=inputs.label, inputs=inputs, known=result, **facts)
        made = [
            Period(label=one.label, inputs=one, newest=None if one is inputs else now, **facts)
            for one in inputs.periods
        ]
        measured = [PeriodMeasures(label=p.label, measures=tuple(measures(p))) for p in made]
        return result, changes(measured, confidence=0.95)

    return compare


@pytest.fixture(scope="module")
def three(answers):
    """Three periods; the middle one has two waves, the last one no label."""
    first = period(answers({"1.1": FIVE, "1.2": FIVE}, wave="2024"), 2024)
    spring = answers({"1.1": ["-"] * 5, "1.2": FIVE}, wave="Wave 9")
    autumn = answers({"1.1": FIVE, "1.2": FIVE}, wave="Wave 10")
    second = period(pd.concat([autumn, spring], ignore_index=True), 2025, first)
    return period(answers({"1.1": ["+"] * 5, "1.2": FIVE}), 2026, second)


def test_waves_of_all_periods_stand_once_and_in_order_of_time(found, three):
    (one,) = found(answers=three.tables["answers"], previous=three.previous,
                   label="2026").questionnaires  # fmt: skip
    assert [w.wave for w in one.waves] == ["2024", "Wave 9", "Wave 10", ""]
    assert [w.index for w in one.waves] == pytest.approx([0.5, 0.25, 0.5, 0.75])
    change = one.change
    assert (change.wave, change.against, change.against_period) == ("2026", "Wave 10", "2025")
    assert (change.before, change.now, change.difference) == pytest.approx((0.5, 0.75, 0.25))


def test_one_label_in_two_periods_is_told_apart(one, answers):
    before = period(answers({"1.1": "-"}, wave="Spring"), 2024)
    result = one(answers({"1.1": "+"}, wave="Spring"), previous=before, label="2025")
    assert [w.wave for w in result.waves] == ["Spring (2024)", "Spring (2025)"]
    assert (result.change.against, result.change.wave) == ("Spring (2024)", "Spring (2025)")


def test_a_period_without_answers_is_passed_over(one, answers):
    first = period(answers({"1.1": "-"}), 2023)
    second = Inputs(tables={}, as_of=date(2024, 12, 31), label="2024", previous=first)
    result = one(answers({"1.1": "+"}), previous=second, label="2025")
    assert (result.change.against, [w.wave for w in result.waves]) == ("2023", ["2023", ""])


def test_a_small_wave_of_an_earlier_period_is_named_and_in_no_figure(answers, compared):
    before = period(answers({"1.1": ["-"] * 4}), 2024, threshold=5)
    result, told = compared(period(answers({"1.1": ["+"] * 5}), 2025, before, threshold=5))
    (one,) = result.questionnaires
    assert (one.waves_left_out, one.change, len(one.waves)) == (("2024",), None, 1)
    assert told.changes == ()


def test_a_small_wave_of_this_period_is_compared_in_no_table(answers, compared):
    before = period(answers({"1.1": ["-"] * 5}), 2024, threshold=5)
    _, told = compared(period(answers({"1.1": ["+"] * 4}), 2025, before, threshold=5))
    assert told.changes == ()


def test_the_measures_are_the_figures_of_the_report(compared, three):
    result, told = compared(three)
    (one,) = result.questionnaires
    whole, change = told.of("index"), one.change
    assert (whole.before, whole.now) == pytest.approx((change.before, change.now))
    assert (whole.p_value, whole.headline) == (change.test.p_value, True)
    assert [p.value for p in whole.series] == pytest.approx([0.5, 0.5, 0.75])
    item = told.of("item", "1.1 Customers profiled by product")
    assert (item.before, item.now, item.now_n) == (0.5, 1.0, 5)
    assert told.of("gaps").now == len(one.gaps) == 1
    assert told.of("respondents").now == one.n_respondents
    section = next(s for s in one.sections if s.index is not None)
    assert told.of("section", section.title).now == pytest.approx(section.index)
    figures = {f.name: f.previous for f in key_figures(result)}
    assert figures["controllability_index"] == pytest.approx(whole.before)


def test_enough_people_tell_a_rise(answers, compared):
    twelve = ["-"] * 12
    before = period(answers({"1.1": twelve, "1.2": twelve}), 2024)
    _, told = compared(period(answers({"1.1": ["+"] * 12, "1.2": twelve}), 2025, before))
    assert told.of("index").course is Course.UP
    assert told.of("item", "1.1 Customers profiled by product").course is Course.UP
    assert {f.id: f.procedure for f in told.families}["periods.index"] == "permutation"


def test_an_index_over_other_items_is_compared_over_those_of_both(answers, compared):
    before = period(answers({"1.1": FIVE, "1.2": ["-"] * 5, "1.9": FIVE, "9.9": FIVE}), 2024)
    inputs = period(answers({"1.1": ["+"] * 5, "1.2": ["-"] * 5, "1.4": ["+"] * 5}), 2025, before)
    result, told = compared(inputs)
    change = result.questionnaires[0].change
    assert (change.n_items, change.only_before, change.only_now) == (2, 2, 1)
    assert told.of("index") is None
    both = told.of("index_of_both", "(2)")
    assert both.headline
    assert (both.before, both.now) == pytest.approx((0.25, 0.5))
    assert (both.before, both.now, both.p_value) == pytest.approx(
        (change.before, change.now, change.test.p_value)
    )
    assert {f.name: f.previous for f in key_figures(result)}["controllability_index"] is None


def test_another_questionnaire_has_families_of_its_own(answers, compared):
    def both(mark):
        other = answers({"1.1": [mark] * 5}, questionnaire="strategy_factors")
        return pd.concat([answers({"1.1": FIVE}), other], ignore_index=True)

    _, told = compared(period(both("+"), 2025, period(both("-"), 2024)))
    (index,) = [c for c in told.changes if c.name == "other_index"]
    assert (index.before, index.now, index.headline) == (0, 1, False)
    assert {"periods.index", "periods.other_index"} <= {f.id for f in told.families}


def test_contradictions_are_compared_over_the_same_checks(answers, compared, table):
    def offers(n):
        ids = [str(i) for i in range(10)]
        source = [None] * n + ["fair"] * (10 - n)
        return table(customer_id=ids, deal_id=ids, product="CRM", date="2024-06-01",
                     status="open", source=source)  # fmt: skip

    plus = answers({"2.2": ["+"] * 5})
    before = period(plus, 2024, offers=offers(0))
    result, told = compared(period(plus, 2025, before, offers=offers(10)))
    assert len(result.questionnaires[0].contradictions) == 1
    counted = told.of("contradictions")
    assert (counted.before, counted.now, counted.course) == (0, 1, Course.NOT_TESTED)
    _, told = compared(period(plus, 2025, period(plus, 2024), offers=offers(10)))
    assert told.of("contradictions") is None

"""What reports read of a result beside its fields: decided once, in the result."""

from dataclasses import replace
from fractions import Fraction

import pytest
from financial_tables import SOUND, exact_base, statement

from workbook.diagnostics.financial_quartiles.organisation import _writing
from workbook.diagnostics.financial_quartiles.organisation_result import ByBase, Growth
from workbook.diagnostics.financial_quartiles.ratio_result import Band, TippingPoint

BASE = exact_base((0.1, 0.4, 0.7))


def band(**facts):
    told = {
        "q1": 1.0, "median": 2.0, "q3": 3.0, "n": 50, "level": "all", "code": "", "size": "all",
        "score": 2, "position": 1.0, "to_better": None, "to_worse": 0.5, "rounding_decides": False,
        "possible_scores": (2,),
    }  # fmt: skip
    return Band(**told | facts)


def point(**facts):
    told = {
        "base": "industry", "line": "cash", "label": "Cash", "change": -50.0, "value": 100.0,
        "relative": -0.5, "verdict": "better", "to": "about_the_same",
    }  # fmt: skip
    return TippingPoint(**told | facts)


@pytest.mark.parametrize(
    ("group", "values", "in_per_cent", "decimals"),
    [
        ("profitability", (0.12, -9.99), True, 1),
        ("profitability", (0.12, 10.0), False, 3),
        ("profitability", (0.12, -10.0), False, 3),
        ("liquidity", (0.12, 99.9), False, 3),
        ("liquidity", (0.12, 100.0), False, 1),
        ("liquidity", (None,), False, 3),
    ],
)
def test_a_ratio_is_written_by_the_largest_of_its_row(group, values, in_per_cent, decimals):
    assert _writing(group, values) == {"in_per_cent": in_per_cent, "decimals": decimals}


@pytest.mark.parametrize(
    ("relative", "is_far"), [(None, False), (-1.0, False), (1.0, False), (1.01, True), (-2.0, True)]
)
def test_a_change_of_more_than_the_line_is_far(relative, is_far):
    assert point(relative=relative).is_far is is_far


@pytest.mark.parametrize(
    ("low", "high", "firm", "open_below"),
    [(None, None, True, False), (2, 2, True, False), (-1, 0, False, True), (-2, -1, False, False),
     (0, 1, False, False)],
)  # fmt: skip
def test_a_score_is_firm_where_the_rounding_leaves_one(low, high, firm, open_below):
    found = band(score_low=low, score_high=high)
    assert (found.is_firm, found.may_be_below) == (firm, open_below)


def test_the_best_quarter_is_told_only_where_it_is_firm():
    assert band().in_best_quarter
    assert not band(score_low=1, score_high=2).in_best_quarter
    assert band(score=-2).in_worst_quarter
    assert not band(score=-2, score_low=-2, score_high=-1).in_worst_quarter
    assert not band(score=1).in_best_quarter


@pytest.mark.parametrize(
    ("change", "wanted", "good"),
    [(0.1, "more", True), (-0.1, "more", False), (0.1, "less", False), (-0.1, "less", True),
     (0.1, "", None), (None, "more", None), (0.0, "more", True)],
)  # fmt: skip
def test_growth_is_good_news_where_it_is_wanted(change, wanted, good):
    told = Growth(
        line="x", label="x", before=1.0, now=1.0, change=change, times=None, as_times=False,
        from_prior_column=True, own_before=None, wanted=wanted,
    )  # fmt: skip
    assert told.is_good is good


def two(found, **weaker):
    acme = statement(SOUND, okved="46.90")
    other = statement(SOUND | weaker, organisation="Beta", okved="46.90")
    return found(acme, other, base=BASE)


def test_the_best_organisation_has_the_highest_mean(found):
    result = two(found, equity=100, long_term_liabilities=100, current_liabilities=800)
    assert result.best is result.lead is result.latest[0]
    assert result.best_is_apart
    assert result.best.exact_mean.industry > result.latest[1].exact_mean.industry


def test_without_a_verdict_there_is_no_best(found):
    result = found(statement({"revenue": 5, "net_profit": 1}), base=BASE)
    assert (result.best, result.best_is_apart) == (None, False)


@pytest.mark.parametrize(("low", "apart"), [(0.5, True), (0.49, False)])
def test_the_best_is_apart_where_no_rounding_brings_another_above_it(found, low, apart):
    result = two(found, equity=100, long_term_liabilities=100, current_liabilities=800)
    first = replace(result.latest[0], mean_low=ByBase(all=None, industry=low))
    second = replace(result.latest[1], mean_high=ByBase(all=None, industry=0.5))
    assert replace(result, organisations=(first, second)).best_is_apart is apart


@pytest.mark.parametrize(("unit", "alone"), [(None, False), (99.0, False), (100.0, True)])
def test_a_line_turns_the_verdict_alone_where_half_its_unit_does(found, unit, alone):
    (row,) = found(statement(SOUND, okved="46.90"), base=BASE).organisations
    assert replace(row, rounding_unit=unit).turns_by_rounding(point(change=-50.0)) is alone


def test_checks_that_do_not_close_are_counted_the_latest_year_first(found):
    broken = SOUND | {"assets": 2000}
    result = found(statement(broken, year=2022), statement(broken, year=2023), base=BASE)
    assert [row.year for row, _ in result.broken_checks] == [2023, 2023, 2022, 2022]
    assert result.checks_made == sum(len(row.articulation) for row in result.organisations)
    assert [row.year for row in result.years_of("Acme")] == [2022, 2023]


def test_an_industry_is_told_by_its_exact_mean(found):
    (row,) = found(statement(SOUND, okved="46.90"), base=BASE).organisations
    scores = [score for _, score in row.scored_against("industry")]
    assert row.exact_mean.against("industry") == Fraction(sum(scores), len(scores))
    assert row.peers("industry").n == 450

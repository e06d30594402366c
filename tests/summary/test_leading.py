"""Findings that lead the summary: nothing is told twice, nothing without money."""

import pytest

from workbook.diagnostics.claims import Claim, MoneyKind
from workbook.diagnostics.summary.leading import leading
from workbook.diagnostics.summary.result import Told


def told(report, name, money=None, *ids, kind=MoneyKind.AT_RISK, problem=True):
    """Return a finding of a report; of a rule across reports where it has none."""
    claim = Claim(
        id=name, figures={}, problem=problem, money=money, customer_ids=ids,
        money_kind=None if money is None else kind, diagnostics=(report or "loyalty",),
    )  # fmt: skip
    return Told(claim=claim, own=not report)


def names(*found):
    return [one.claim.id for one in leading(found)]


def test_the_first_of_each_report_leads():
    found = told("loyalty", "a", 9.0), told("loyalty", "b", 8.0), told("churn_reasons", "c", 1.0)
    assert names(*found) == ["a", "c"]


@pytest.mark.parametrize("other", [{"money": None}, {"money": 9.0, "kind": MoneyKind.REVENUE}])
def test_what_has_no_money_at_stake_does_not_lead(other):
    assert names(told("", "one_thread", **other), told("loyalty", "a", 1.0)) == ["a"]
    assert names(told("loyalty", "good", 9.0, problem=False)) == []


def test_customers_of_a_better_finding_are_not_told_again():
    """Both accounts wait for an answer; the next finding of the rules takes the place."""
    waiting = told("churn_reasons", "waiting", 9.0, "x", "y", "z")
    unhappy, next_ = told("", "unhappy_a", 8.0, "x", "y"), told("", "liquidity", 2.0)
    assert names(waiting, unhappy, next_) == ["waiting", "liquidity"]
    assert names(unhappy, waiting) == ["unhappy_a", "waiting"]
    lost = told("", "unhappy_a", 8.0, "x", "y", kind=MoneyKind.LOST)
    assert names(waiting, lost) == ["waiting", "unhappy_a"]


def test_a_fall_of_turnover_gives_way_to_who_left_and_why():
    fall = told("segmentation_matrix", "turnover_down", 9.0, kind=MoneyKind.LOST)
    group = told("churn_reasons", "group", 8.0, kind=MoneyKind.LOST)
    quiet = told("segmentation_matrix", "quiet", 2.0)
    assert names(fall, group, quiet) == ["group", "quiet"]
    assert names(fall, quiet) == ["turnover_down"]


def test_a_group_by_answers_replaces_no_fall_of_turnover():
    """Loyalty has a finding of the same name."""
    fall = told("segmentation_matrix", "turnover_down", 9.0, kind=MoneyKind.LOST)
    assert names(fall, told("loyalty", "group", 8.0)) == ["turnover_down", "group"]


def test_a_rule_replaces_only_where_it_leads():
    """What customers leave over replaces what they mark low, unless another rule comes first."""
    driver = told("", "driver_of_loss", 5.0, kind=MoneyKind.LOST)
    low, next_ = told("loyalty", "driver_low", 4.0), told("loyalty", "waiting", 3.0)
    assert names(driver, low, next_) == ["driver_of_loss", "waiting"]
    first = told("", "unmanaged_reasons", 6.0, kind=MoneyKind.LOST)
    assert names(first, driver, low, next_) == ["unmanaged_reasons", "driver_low"]

"""Each gate passes what may be told and stops what may not."""

import pytest

from workbook.diagnostics.gates import (
    Gate,
    assumption_holds,
    beats_chance,
    fits,
    has_history,
    has_record,
    is_tested,
    knows_portfolio,
    mostly_judged,
    says_something,
    within_money,
    within_population,
)

TABLE = [
    (within_population(7, 10), None),
    (within_population(10, 10), None),
    (within_population(11, 10), Gate.POPULATION),
    (within_population(-1, 10), Gate.POPULATION),
    (within_population(None, 10), None),
    (within_population(3, None), None),
    (within_money(100.0, 100.0), None),
    (within_money(0.1 + 0.2, 0.3), None),
    (within_money(100.01, 100.0), Gate.MONEY),
    (within_money(5.0, None), None),
    (within_money(5.0, 0.0), Gate.MONEY),
    (says_something(by_definition=False), None),
    (says_something(by_definition=True), Gate.DEFINITION),
    (fits(True), None),
    (fits(None), None),
    (fits(False), Gate.FIT),
    (knows_portfolio(95, 100, least=0.95), None),
    (knows_portfolio(94, 100, least=0.95), Gate.PORTFOLIO),
    (knows_portfolio(0, 0, least=0.95), Gate.PORTFOLIO),
    (is_tested(True), None),
    (is_tested(False), Gate.TESTED),
    (is_tested(None), Gate.TESTED),
    (assumption_holds(10, 10), None),
    (assumption_holds(30, 10), Gate.ASSUMPTION),
    (has_history(3, least=3), None),
    (has_history(2, least=3), Gate.HISTORY),
    (mostly_judged(80, 100, least=0.8), None),
    (mostly_judged(79, 100, least=0.8), Gate.JUDGED),
    (mostly_judged(0, 0, least=0.8), Gate.JUDGED),
    (has_record(True), None),
    (has_record(False), Gate.RECORD),
]


@pytest.mark.parametrize(("answer", "expected"), TABLE)
def test_a_gate_answers_none_or_its_name(answer, expected):
    assert answer is expected


@pytest.mark.parametrize(
    ("hit", "false", "p", "expected"),
    [
        (0.12, 0.03, 0.001, None),
        (0.88, 0.77, 0.001, Gate.CHANCE),  # rings for nearly everybody
        (0.50, 0.10, 0.20, Gate.CHANCE),
        (0.0, 0.0, 0.001, Gate.CHANCE),
        (None, 0.1, 0.001, Gate.CHANCE),
        (0.5, None, 0.001, Gate.CHANCE),
        (0.5, 0.1, None, Gate.CHANCE),
    ],
)
def test_a_signal_is_told_when_it_rings_before_losses_more_than_otherwise(hit, false, p, expected):
    assert beats_chance(hit, false, p_value=p, alpha=0.05, least_ratio=2.0) is expected

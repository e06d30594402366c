"""The summary of every sample tells the sums that the reports themselves tell."""

from pathlib import Path

import pytest

from workbook.notebook import open_book

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"
ENGAGEMENTS = sorted(p.parent for p in SAMPLES.glob("*/engagement.toml"))


@pytest.fixture(scope="module", params=ENGAGEMENTS, ids=lambda p: p.name)
def result(request):
    return open_book("summary", str(request.param)).view.result


def sister(result, name):
    return next((one.result for one in result.joined if one.name == name), None)


def test_revenue_is_the_turnover_of_the_matrix(result):
    matrix = sister(result, "segmentation_matrix")
    if matrix is None:
        assert result.money is None
        return
    assert result.money.revenue == pytest.approx(matrix.turnover.total)
    parts = matrix.white_space_parts
    assert result.money.could_be_sold == (None if parts is None else parts.open.value)


def test_states_hold_every_customer_and_are_those_of_the_matrix(result):
    states, matrix = result.states, sister(result, "segmentation_matrix")
    if states is None:
        return
    parts = (states.prospect, states.registered_loss, states.contract_ended, states.silent)
    assert sum(parts) + states.active == states.customers
    if matrix is not None:
        assert states.lost == matrix.lifecycle_counts.lost
        assert states.prospect == matrix.lifecycle_counts.potential
        assert states.customers == matrix.customers_n


def test_registered_losses_are_those_of_the_churn_report(result):
    churn = sister(result, "churn_reasons")
    if churn is not None:
        assert result.states.registered_loss == churn.lost_definitions.register


def test_each_customer_is_listed_once_most_money_first(result):
    ids, money = result.customers.values("customer_id"), result.customers.values("money")
    assert len(set(ids)) == len(ids)
    assert list(money) == sorted(money, reverse=True)


def test_the_first_of_each_report_comes_first_and_all_are_there(result):
    leading = [c for c in result.findings if c.problem]
    reports = list(dict.fromkeys(c.diagnostics for c in leading))
    first = leading[: len(reports)]
    assert [c.diagnostics for c in first] == reports
    for some in (first, leading[len(reports) :]):
        stakes = [claim.stake for claim in some]
        assert stakes == sorted(stakes, reverse=True)
    told = {(c.diagnostics, c.id) for c in result.findings}
    for one in result.joined:
        assert {((one.name,), c.id) for c in one.result.findings} <= told

"""The summary of every sample tells the sums that the reports themselves tell."""

from itertools import permutations

import pytest
from opened_samples import ENGAGEMENTS, opened

from workbook.diagnostics.claims import ON_PAGE_TWO, MoneyKind
from workbook.diagnostics.summary.contradictions import OF_CLAIMS
from workbook.diagnostics.summary.leading import inside, leading
from workbook.language.catalog import LANGUAGES, load_texts


@pytest.fixture(scope="module", params=ENGAGEMENTS, ids=lambda p: p.name)
def result(request):
    return opened("summary", request.param).view.result


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
    """The rules across reports count as one of them."""
    first = leading(result.told)
    assert list(result.told[: len(first)]) == first
    of = [() if one.own else one.claim.diagnostics for one in first]
    assert len(set(of)) == len(of)
    for some in (first, [one for one in result.told[len(first) :] if one.claim.problem]):
        stakes = [one.claim.stake for one in some]
        assert stakes == sorted(stakes, reverse=True)
    told = {(c.diagnostics, c.id) for c in result.findings}
    for one in result.joined:
        assert {((one.name,), c.id) for c in one.result.findings} <= told


def test_page_two_tells_no_money_twice_and_nothing_without_money(result):
    told = [one.claim for one in result.told[:ON_PAGE_TWO]]
    assert all(claim.stake for claim in told)
    for one, other in permutations(told, 2):
        assert not inside(one, other), (one.id, other.id)


LEADING = {
    "northbridge": ["waiting", "liquidity", "key_losses_reason"],
    "severstroy": ["payouts", "loans_rose", "receivables"],
    "tatra-servis": ["group", "unmanaged_reasons", "unheard"],
    "ural-tekhnika": ["waiting", "key_losses_reason", "driver_of_loss"],
    "vektor-it": ["only_repeat", "contradiction", "neighbour"],
}


def test_page_two_of_every_sample(result, request):
    told = [one.claim.id for one in result.told[:ON_PAGE_TWO]]
    assert told == LEADING[request.node.callspec.id]


def test_nobody_in_the_register_of_losses_is_called_at_risk_by_the_matrix(result):
    rows = result.ledger.customers
    gone = set(rows.where(rows["state"] == "registered_loss")["customer_id"])
    matrix = sister(result, "segmentation_matrix")
    for claim in () if matrix is None else matrix.findings:
        if claim.money_kind is MoneyKind.AT_RISK:
            assert not gone & set(claim.customer_ids), claim.id


OWN = {
    "northbridge": {"liquidity", "one_thread_no_contact"},
    "severstroy": set(),
    "tatra-servis": {"one_thread_no_contact", "promoters_named", "sales_above_statement"},
    "ural-tekhnika": {"one_thread_no_contact"},
    "vektor-it": {"one_thread_no_contact"},
}
"""Which of the rules 7 to 10 find something in a sample; no other of them does."""
RULES_7_TO_10 = {
    "one_thread", "one_thread_no_contact", "sales_above_statement", "sales_below_statement",
    "liquidity", "promoters_named", "detractors_left",
}  # fmt: skip


def test_rules_find_what_is_there(result, request):
    own = {one.claim.id for one in result.told if one.own}
    assert own & RULES_7_TO_10 == OWN[request.node.callspec.id]


def test_every_change_and_contradiction_has_words_in_every_language(result):
    for language in LANGUAGES:
        texts = load_texts("summary", language)
        for one in result.changes:  # a figure is called as its own report calls it
            assert load_texts(one.diagnostic, language)(f"measures.{one.name}", label=one.label)
            assert texts(f"periods.courses.{one.course}")
        between = {one.id for one in result.contradictions} - OF_CLAIMS - {"answers"}
        assert all(texts(f"differences.{kind}") for kind in between)
        for one in result.told:
            if one.own:
                parts = ("text", "action", "owner", "effect", "metric")
                assert all(f"findings.{one.claim.id}.{part}" in texts for part in parts)


def test_contradictions_name_every_customer_of_the_ledger_once(result):
    named = [c for one in result.contradictions for c in one.customers]
    assert sorted(named) == sorted(result.differences.values("customer_id"))

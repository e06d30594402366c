"""Every report says what it calls lost, with the numbers of the ledger, in every language."""

import re

import pytest

from workbook.diagnostics.customer_ledger.ledger_result import StateCounts
from workbook.diagnostics.segmentation_matrix.compute import compute
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.language.catalog import LANGUAGES, load_texts
from workbook.report.lost_words import lost_beside, lost_statuses

COUNTS = {
    "customers": 1000, "prospect": 100, "registered_loss": 21, "contract_ended": 32, "silent": 43,
    "active": 804, "new": 5, "returned": 6, "all_silent": 58, "both": 15,
    "register_still_buying": 1, "months": 7,
}  # fmt: skip


def numbers(sentence):
    return set(map(int, re.findall(r"\d+", sentence)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_parts_of_the_lost_add_up_in_words(language):
    texts = load_texts("segmentation_matrix", language)
    told = lost_statuses(texts, StateCounts(**COUNTS, register_known=True))
    assert numbers(told) == {21, 32, 43, 96, 58, 15, 7}
    alone = lost_statuses(
        texts, StateCounts(**(COUNTS | {"registered_loss": 0}), register_known=False)
    )
    assert numbers(alone) == {32, 43, 75, 7}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_did_not_buy_again_is_set_beside_who_is_lost(language):
    texts = load_texts("loyalty", language)
    told = lost_beside(texts, StateCounts(**COUNTS, register_known=True), gone=65, registered=11)
    assert numbers(told) == {12, 65, 11, 21, 32, 43, 7}
    alone = lost_beside(texts, StateCounts(**COUNTS, register_known=False), gone=65, registered=0)
    assert numbers(alone) == {12, 65, 43, 7}


class TestOneWordForTheLost:
    """Buys every half year, so that three months do not fit: silent, unless the register says."""

    @pytest.fixture
    def told(self, table, inputs):
        def compute_with(*lost):
            days = [f"{year}-{month}-15" for year in (2023, 2024, 2025) for month in ("02", "08")]
            tables = {
                "sales": table(
                    customer_id=[c for c in "abc" for _ in days] + ["d"],
                    date=[*days * 3, "2025-12-01"],
                    amount=10.0,
                )
            }
            if lost:
                tables["lost_customers"] = table(customer_id=list(lost), lost_date="2025-12-05")
            return compute(inputs(**tables), Params(bootstrap=1))

        return compute_with

    def test_silent_without_a_register(self, told):
        result = told()
        window = result.lifecycle_window
        assert (window.called, window.named, window.silent) == ("silent", "silent", 3)
        assert not result.lifecycle["registered"].any()

    def test_silent_where_the_register_adds_nobody(self, told):
        window = told("a").lifecycle_window
        assert (window.called, window.named, window.silent) == ("silent", "silent", 3)

    def test_lost_or_silent_where_it_adds_somebody(self, told):
        """Customer d bought in December and is in the register: lost, and not silent."""
        result = told("a", "d")
        window = result.lifecycle_window
        assert (window.called, window.named, window.silent) == ("silent", "either", 3)
        assert result.lifecycle_counts.lost == 4
        registered = result.lifecycle["customer_id"].loc[result.lifecycle["registered"]]
        assert registered.tolist() == ["a", "d"]
        assert result.customer_states.registered_loss == 2


def test_lost_by_the_register_is_a_claim_of_its_own(table, inputs):
    """Three months fit monthly buyers: one is silent, one is lost by the register alone."""
    days = [f"2025-{month:02}-10" for month in range(1, 13)]
    sales = table(
        customer_id=["a"] * 12 + ["b"] * 12 + ["c"] * 4,
        date=[*days, *days, *days[:4]],
        amount=10.0,
    )
    losses = table(customer_id="b", lost_date="2025-12-20")
    result = compute(inputs(sales=sales, lost_customers=losses), Params(bootstrap=1))
    assert result.lifecycle_window.called == "lost"
    (claim,) = [c for c in result.findings if c.id == "lost_register"]
    assert (claim.figures["n"], claim.figures["silent"], claim.figures["others"]) == (2, 1, 1)
    assert claim.population == 3

"""Competitors: deals met, won and lost, counted."""

import pytest

from workbook.diagnostics.segmentation_matrix.competitors import competitors
from workbook.diagnostics.segmentation_matrix.deals import deals
from workbook.diagnostics.segmentation_matrix.params import Params

NAMES = ("deal_id", "customer_id", "status", "date", "amount", "reason", "competitor")
DEALS = [
    ("1", "a", "open", "2025-01-10", 100.0, None, "Rival"),
    ("1", "a", "lost", "2025-02-10", 120.0, "Price", "Other"),
    ("2", "a", "lost", "2025-02-11", 50.0, " price", "Other"),
    ("3", "b", "lost", "2025-04-01", None, None, "Other"),
    ("4", "c", "won", "2025-05-01", 40.0, None, "Rival"),
    ("5", "c", "open", "2025-05-02", 5.0, None, "Rival"),
    ("6", "d", "lost", "2025-05-03", 9.0, "Price", None),
]  # fmt: skip


@pytest.fixture
def found(table, inputs):
    def build(rows=DEALS, names=NAMES):
        columns = {n: list(c) for n, c in zip(names, zip(*rows, strict=True), strict=True)}
        frame = table(**columns, product="X", stage="proposal")
        return competitors(deals(inputs(offers=frame), Params()))

    return build


def test_a_deal_counts_under_the_competitor_named_last(found):
    (other, rival), basis = found()
    assert (other.competitor, other.met, other.won, other.lost, other.open) == ("Other", 3, 0, 3, 0)
    assert (other.customers, other.amount_lost, other.amount_won) == (2, 170.0, None)
    assert (rival.competitor, rival.met, rival.won, rival.lost, rival.open) == ("Rival", 2, 1, 0, 1)
    assert (rival.amount_won, rival.amount_lost, rival.reasons) == (40.0, None, ())
    assert (basis.lost, basis.lost_named, basis.amount_lost, basis.without_amount) == (4, 3, 170, 1)
    assert not basis.only_lost


def test_reasons_differ_not_by_case_and_the_unrecorded_come_last(found):
    (other, _), _ = found()
    assert [(r.reason, r.n) for r in other.reasons] == [("Price", 2), (None, 1)]


def test_where_only_lost_deals_name_a_competitor_that_is_said(found):
    _, basis = found([row for row in DEALS if row[2] == "lost"])
    assert basis.only_lost


def test_without_a_competitor_there_is_nothing(found):
    assert found([row[:6] for row in DEALS], NAMES[:6]) == ((), None)
    assert competitors(None) == ((), None)


def test_the_order_of_rows_does_not_matter(found):
    assert found(DEALS[::-1]) == found()

"""Moves between two windows: margins, shares, money."""

import numpy as np
import pytest

from workbook.diagnostics.segmentation_matrix.migration import Moment, moves
from workbook.diagnostics.segmentation_matrix.params import Params


def moved(books, table, before, now, **params):
    n = len(before)
    book = books(
        sales=table(customer_id=[f"c{k}" for k in range(n)], date="2025-01-01", amount=1.0)
    )
    amounts = np.arange(n, dtype=np.int64) * 10_000
    parts = [
        Moment(marks=np.array(marks, dtype=np.int8), amounts=amounts * k)
        for k, marks in ((1, before), (2, now))
    ]
    return moves(book, "ABC", before=parts[0], now=parts[1], params=Params(**params))


def test_moves_with_money_and_without_class(books, table):
    rows = moved(books, table, [0, 0, 1, -1, -1], [0, 1, 1, 2, -1], min_row=2)
    told = [(m.before, m.now, m.n, m.row, m.share, m.amount_before, m.amount_now) for m in rows]
    assert told == [
        ("A", "A", 1, 2, 0.5, 0.0, 0.0),
        ("A", "B", 1, 2, 0.5, 1.0, 2.0),
        ("B", "B", 1, 1, None, 2.0, 4.0),
        ("none", "C", 1, 1, None, 3.0, 6.0),
    ]


def test_shares_need_ten_customers(books, table):
    (few,) = moved(books, table, [0] * 9, [0] * 9)
    (enough,) = moved(books, table, [0] * 10, [0] * 10)
    assert (few.share, enough.share) == (None, 1.0)


def test_the_margins_are_the_classes_of_both_windows(books, table):
    rng = np.random.default_rng(3)
    before, now = rng.integers(-1, 3, 200), rng.integers(-1, 3, 200)
    rows = moved(books, table, before, now)
    for place, name in enumerate("ABC"):
        assert sum(m.n for m in rows if m.before == name) == (before == place).sum()
        assert sum(m.n for m in rows if m.now == name) == (now == place).sum()


def test_the_windows_of_a_result_are_those_of_its_tables(found, table):
    """Half a year each; the classes before are those computed as of the end of June."""
    rng = np.random.default_rng(11)
    who = [f"c{k}" for k in rng.integers(0, 40, 600)]
    days = np.datetime64("2024-01-01") + rng.integers(0, 731, 600)
    amounts = rng.integers(1, 900, 600).astype(float).tolist()
    sales = table(customer_id=who, date=[str(d) for d in days], amount=amounts)
    params = Params(window_months=6, xyz_window_months=6)
    now = found(params, sales=sales)
    before = found(params, sales=sales, as_of=np.datetime64("2025-06-30").astype(object))
    for name, counts in (("abc", before.abc_counts), ("xyz", before.xyz_counts)):
        rows = getattr(now.migration, name)
        for label in "ABC" if name == "abc" else "XYZ":
            assert sum(m.n for m in rows if m.before == label) == getattr(counts, label), label
    assert before.abc_counts == type(before.abc_counts)(
        A=now.abc_history[-2].A, B=now.abc_history[-2].B, C=now.abc_history[-2].C
    )
    moved_amount = sum(m.amount_before for m in now.migration.abc)
    assert moved_amount == pytest.approx(before.turnover.total)


def test_nothing_moves_before_the_data(found, table):
    result = found(sales=table(customer_id="a", date="2025-12-01", amount=1.0))
    assert result.migration is None
    assert "migration" in result.absent

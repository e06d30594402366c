"""Months back keep month ends, and windows tile."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.diagnostics.customer_ledger.months import back, back_days, span

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 6, 30), 3, date(2025, 3, 31)),
        (date(2025, 3, 31), 1, date(2025, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2025, 2, 28), 12, date(2024, 2, 29)),
        (date(2025, 5, 30), 3, date(2025, 2, 28)),
        (date(2025, 5, 15), 3, date(2025, 2, 15)),
        (date(2025, 1, 31), 2, date(2024, 11, 30)),
        (date(2025, 1, 1), 0, date(2025, 1, 1)),
    ],
)
def test_month_ends_go_to_month_ends(day, months, expected):
    assert back(day, months) == expected


@given(day=DAYS, months=st.integers(min_value=1, max_value=36))
def test_windows_tile_without_gap_or_overlap(day, months):
    now, before = span(day, months), span(day, months, ago=1)
    assert now.last == day
    assert now.after == before.last
    assert now.first == before.last + timedelta(days=1)
    assert before.after < before.last < now.last


@given(days=st.lists(DAYS, min_size=1, max_size=20), months=st.integers(0, 40))
def test_many_days_move_as_one_does(days, months):
    moved = back_days(np.array(days, dtype="datetime64[D]"), months)
    assert moved.tolist() == [back(day, months) for day in days]


@given(first=DAYS, second=DAYS, months=st.integers(0, 40))
def test_the_order_of_days_is_kept(first, second, months):
    low, high = sorted((first, second))
    assert back(low, months) <= back(high, months)

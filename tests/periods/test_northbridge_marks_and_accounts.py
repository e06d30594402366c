"""Northbridge over three periods: what its questionnaires and accounts must say."""

import pytest

from tests.periods.next_periods import Sheet, northbridge
from workbook.notebook import open_book


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return northbridge(tmp_path_factory.mktemp("nb"))


@pytest.fixture(scope="module")
def restated(tmp_path_factory):
    """Restate the accounts of 2024: a turnover of 1700 instead of 1638, in thousands."""
    folder = northbridge(tmp_path_factory.mktemp("nbr"))
    accounts = Sheet(folder / "data" / "statements.xlsx", "Financial year")
    rows = accounts.body
    changed = {"Turnover": 1700, "Gross profit": 618, "Operating profit": 136,
               "Profit before tax": 104, "Profit for the year": 94}  # fmt: skip
    for row in rows:
        if row[accounts.at("Financial year")] == 2024:
            for heading, value in changed.items():
                row[accounts.at(heading)] = value
    accounts.put(rows)
    return folder


def test_one_item_is_managed_now_and_the_index_rose_by_as_much(folder):
    book = open_book("controllability", str(folder))
    (one,) = (q for q in book.view.result.questionnaires if q.id == "controllability")
    assert [w.wave for w in one.waves] == ["2025", "2026"]
    assert one.waves_left_out == ("2024",)  # four people, the threshold is five
    change = one.change
    assert (change.against, change.wave, change.n_items) == ("2025", "2026", 30)
    assert 100 * change.difference == pytest.approx(2.33, abs=0.01)
    first = change.items[0]
    assert (first.item, first.before, first.now) == ("3.4", pytest.approx(0.3), 1.0)
    index, item = book.changed.of("index"), book.changed.of("item", one.labels["3.4"])
    assert index.difference == pytest.approx(change.difference)
    assert index.p_value == change.test.p_value
    assert (item.before, item.now) == (pytest.approx(0.3), 1.0)


def test_the_accounts_of_one_more_year_are_compared_with_the_last_ones(folder):
    book = open_book("financial_quartiles", str(folder))
    assert book.view.result.restated == ()
    (revenue,) = (c for c in book.changed.changes if c.label.startswith("Revenue"))
    assert (revenue.before, revenue.now) == (1_638_000, 1_802_000)
    assert revenue.label == "Revenue (2024 → 2025)"


def test_restated_accounts_are_listed_with_the_score_before_and_now(restated):
    result = open_book("financial_quartiles", str(restated)).view.result
    (year,) = result.restated
    assert (year.year, year.period) == (2024, "2025")
    assert (year.total_before.industry, year.total_now.industry) == (-1, 5)
    revenue = year.lines[0]
    assert (revenue.line, revenue.before, revenue.now) == ("revenue", 1_638_000, 1_700_000)
    assert len(year.lines) == 5

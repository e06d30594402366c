"""What is planted in the IT firm is in its files, and so is the dirt."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest

IT = "vektor-it"
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
YEAR_BEFORE = (date(2024, 1, 1), date(2024, 12, 31))
Rows = list[dict[str, Any]]
Read = Callable[[str, str], Rows]
Truth = dict[str, Any]


@pytest.fixture(scope="module")
def stories(truth: Truth) -> Truth:
    return truth[IT]["segmentation"]["stories"]


def _counted(rows: Rows) -> Rows:
    return [row for row in rows if row["kind"] != "cancelled"]


def _of(rows: Rows, span: tuple[date, date]) -> Rows:
    return [row for row in rows if span[0] <= row["date"] <= span[1]]


def _money(rows: Rows) -> float:
    return round(sum(round(100 * row["amount"]) for row in rows) / 100, 2)


class TestStories:
    def test_nobody_offers_the_neighbours_what_part_of_the_segment_buys(
        self, read: Read, truth: Truth, stories: Truth
    ) -> None:
        pocket = stories["pocket"]
        size = truth[IT]["segmentation"]["rules"]["sizes"][pocket["segment"]]
        lines = [r for r in read(IT, "sales") if r["product"] == pocket["product"]]
        now = [row for row in _of(_counted(lines), YEAR) if row["customer_id"] in pocket["buyers"]]
        spent: Counter[str] = Counter()
        for row in now:
            spent[row["customer_id"]] += round(100 * row["amount"])
        assert set(spent) == set(pocket["buyers"])
        assert median(spent.values()) / 100 == pytest.approx(pocket["value"], abs=0.005)
        assert size == len(pocket["buyers"]) + pocket["others"]
        assert pocket["never_offered"] == pocket["others"] > 2 * len(pocket["buyers"]) > 10
        target = next(r for r in read(IT, "targets") if r["segment"] == pocket["segment"])
        assert target[pocket["product"]].casefold() == "цель"

    def test_one_manager_grows_by_repeat_sales_alone(
        self, read: Read, truth: Truth, stories: Truth
    ) -> None:
        name = stories["only_repeat"]["manager"]
        sales = read(IT, "sales")
        first: dict[tuple[str, str], date] = {}
        for row in sales:
            if row["kind"] == "sale":
                cell = (row["customer_id"], row["product"])
                first[cell] = min(row["date"], first.get(cell, date.max))
        own = [row for row in _counted(sales) if row["manager"] == name]
        now, before = _of(own, YEAR), _of(own, YEAR_BEFORE)
        assert _money(now) == stories["only_repeat"]["total"]
        assert _money(before) == stories["only_repeat"]["total_before"]
        assert _money(now) > 1.1 * _money(before)
        assert not [r for r in now if first[r["customer_id"], r["product"]] == r["date"]]
        managers = truth[IT]["segmentation"]["managers"]
        others = [m for other, m in managers.items() if other != name]
        assert all(m["primary_sum"] > 0 and m["new_direction_sum"] > 0 for m in others)

    def test_the_one_a_customer_gone_silent_bought_every_month(
        self, read: Read, stories: Truth
    ) -> None:
        (silent,) = stories["silent"]
        rows = [r for r in read(IT, "sales") if r["customer_id"] == silent["customer_id"]]
        days = sorted({row["date"] for row in rows if row["kind"] == "sale"})
        assert days[-1].isoformat() == silent["last_sale"]
        assert median((b - a).days for a, b in pairwise(days)) == silent["usual_days"] < 35
        assert (YEAR[1] - days[-1]).days == silent["silent_days"] > 4 * silent["usual_days"]
        assert silent["class"] == silent["class_before"] == "A"
        assert _money(_of(_counted(rows), YEAR)) == silent["amount"]

    def test_all_other_a_customers_bought_in_the_last_quarter(
        self, read: Read, truth: Truth, stories: Truth
    ) -> None:
        sums: Counter[str] = Counter()
        last: defaultdict[str, date] = defaultdict(lambda: date.min)
        for row in _of(_counted(read(IT, "sales")), YEAR):
            sums[row["customer_id"]] += round(100 * row["amount"])
            if row["kind"] == "sale":
                last[row["customer_id"]] = max(last[row["customer_id"]], row["date"])
        a = [name for name, _ in sums.most_common(truth[IT]["segmentation"]["abc_counts"]["A"])]
        (silent,) = stories["silent"]
        assert silent["customer_id"] in a
        assert [name for name in a if last[name] < date(2025, 10, 1)] == [silent["customer_id"]]


class TestDirt:
    def test_the_ledger_is_cp1251_with_decimal_commas(self, samples: Path) -> None:
        content = (samples / IT / "data" / "sales.csv").read_bytes()
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")
        assert "Сумма продажи" in content.decode("cp1251").splitlines()[0]
        assert "\u00a0" in content.decode("cp1251")

    def test_documents_have_several_lines_returns_and_cancellations(self, read: Read) -> None:
        sales = read(IT, "sales")
        assert 4_000 <= len(sales) <= 5_000
        assert max(Counter(row["document_id"] for row in sales).values()) >= 5
        kinds = Counter(row["kind"] for row in sales)
        assert min(kinds["return"], kinds["cancelled"]) > 10
        assert all(r["amount"] < 0 and r["margin"] < 0 for r in sales if r["kind"] == "return")
        assert len({row["manager"] for row in sales}) == 5

    def test_yes_and_target_are_typed_in_any_case(self, read: Read) -> None:
        cells = {c for r in read(IT, "targets") for n, c in r.items() if n != "segment" and c}
        assert {cell.casefold() for cell in cells} == {"цель", "по желанию"}
        assert len(cells) > 3

    def test_one_offers_table_has_no_deal_numbers(self, read: Read) -> None:
        assert "deal_id" not in read("tatra-servis", "offers")[0]
        assert all(row["deal_id"] for row in read("northbridge", "offers"))

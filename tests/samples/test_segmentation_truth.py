"""The truth planted for the segmentation agrees with simple counts in the files as read."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

PLANNED = ("tatra-servis", "northbridge", "vektor-it")
EVERY = ("ural-tekhnika", *PLANNED)
IT = "vektor-it"
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
YEAR_BEFORE = (date(2024, 1, 1), date(2024, 12, 31))
Rows = list[dict[str, Any]]
Read = Callable[[str, str], Rows]
Truth = dict[str, Any]
each = pytest.mark.parametrize("engagement", EVERY)
planned = pytest.mark.parametrize("engagement", PLANNED)


def _counted(rows: Rows) -> Rows:
    return [row for row in rows if row["kind"] != "cancelled"]


def _of(rows: Rows, span: tuple[date, date]) -> Rows:
    return [row for row in rows if span[0] <= row["date"] <= span[1]]


def _money(rows: Rows) -> float:
    return round(sum(round(100 * row["amount"]) for row in rows) / 100, 2)


def _last_events(rows: Rows) -> Rows:
    last: dict[Any, dict[str, Any]] = {}
    for row in rows:
        last[row.get("deal_id") or (row["customer_id"], row["product"])] = row
    return list(last.values())


class TestEverySample:
    @each
    def test_the_turnover_of_both_years_is_what_the_files_hold(
        self, engagement: str, read: Read, truth: Truth
    ) -> None:
        sales, stated = _counted(read(engagement, "sales")), truth[engagement]["segmentation"]
        assert _money(_of(sales, YEAR)) == stated["turnover"]["amount"]
        assert _money(_of(sales, YEAR_BEFORE)) == stated["turnover_before"]
        assert sum(stated["turnover"]["products"].values()) == pytest.approx(
            stated["turnover"]["amount"]
        )

    @each
    def test_managers_add_up_to_the_turnover(self, engagement: str, truth: Truth) -> None:
        stated = truth[engagement]["segmentation"]
        managers = stated["managers"].values()
        assert sum(m["total"] for m in managers) == pytest.approx(stated["turnover"]["amount"])
        for row in managers:
            parts = ("primary_sum", "repeat_sum", "new_direction_sum", "returns_sum")
            assert sum(row[part] for part in parts) == pytest.approx(row["total"])

    @each
    def test_the_largest_customers_up_to_half_of_the_sum_are_a(
        self, engagement: str, read: Read, truth: Truth
    ) -> None:
        stated = truth[engagement]["segmentation"]["abc_counts"]
        sums: Counter[str] = Counter()
        for row in _of(_counted(read(engagement, "sales")), YEAR):
            sums[row["customer_id"]] += round(100 * row["amount"])
        ordered = sorted(sums.values(), reverse=True)
        base = sum(amount for amount in ordered if amount > 0)
        for bound, expected in ((0.5, stated["A"]), (0.8, stated["A"] + stated["B"])):
            first = next(n for n in range(len(ordered)) if sum(ordered[:n]) >= bound * base)
            tied = ordered.count(ordered[first - 1]) > 1
            assert expected >= first if tied else expected == first
        assert sum(stated.values()) == len(sums)

    @each
    def test_statuses_count_every_customer_once(
        self, engagement: str, read: Read, truth: Truth
    ) -> None:
        """Lost is who stands in the register of losses and has not returned, and who is silent.

        Customers that only the register names are customers, and have bought.
        """
        stated = truth[engagement]["segmentation"]["lifecycle_counts"]
        sales = [row for row in read(engagement, "sales") if row["kind"] == "sale"]
        listed = {row["customer_id"] for row in read(engagement, "customers")}
        register = read(engagement, "lost_customers") if engagement != IT else []
        left = {row["customer_id"] for row in register}
        gone = {row["customer_id"] for row in register if not row["returned_date"]}
        last: dict[str, date] = dict.fromkeys(left, date.min)
        for row in sales:
            last[row["customer_id"]] = max(row["date"], last.get(row["customer_id"], date.min))
        assert sum(stated.values()) == len(listed | set(last))
        assert stated["potential"] == len(listed - set(last))
        silent = {name for name, day in last.items() if day <= date(2025, 9, 30)}
        assert stated["lost"] == len(gone | silent)


class TestSegments:
    @planned
    def test_every_customer_has_one_segment_or_a_reason_for_none(
        self, engagement: str, read: Read, truth: Truth
    ) -> None:
        rules = truth[engagement]["segmentation"]["rules"]
        counted = sum(rules["sizes"].values()) + rules["unassigned"] + rules["undetermined"]
        assert counted == len(read(engagement, "customers"))
        assert len(rules["unassigned_ids"]) == rules["unassigned"]
        assert len(rules["undetermined_ids"]) == rules["undetermined"]

    @planned
    def test_rules_and_targets_name_the_same_segments(
        self, engagement: str, read: Read, truth: Truth
    ) -> None:
        names = [row["segment"] for row in read(engagement, "segments")]
        assert names == list(truth[engagement]["segmentation"]["rules"]["sizes"])
        assert names == [row["segment"] for row in read(engagement, "targets")]

    @planned
    def test_products_of_targets_and_offers_are_those_of_the_sales(
        self, engagement: str, read: Read
    ) -> None:
        sold = {row["product"] for row in read(engagement, "sales")}
        assert set(read(engagement, "targets")[0]) - {"segment"} == sold
        assert {row["product"] for row in read(engagement, "offers")} <= sold

    @planned
    def test_one_rule_has_no_purpose_and_every_rule_wins_somebody(
        self, engagement: str, read: Read, truth: Truth
    ) -> None:
        rules = truth[engagement]["segmentation"]["rules"]
        without = [row["segment"] for row in read(engagement, "segments") if not row["purpose"]]
        assert without == rules["no_purpose"]
        assert len(without) == 1
        assert min(rules["sizes"].values()) > 0

    @planned
    def test_a_segment_covers_no_more_than_it_wants(self, engagement: str, truth: Truth) -> None:
        stated = truth[engagement]["segmentation"]
        assert {name: row["n"] for name, row in stated["matrix"].items()} == stated["rules"][
            "sizes"
        ]
        assert all(0 < row["covered"] <= row["wanted"] for row in stated["matrix"].values())

    def test_the_undetermined_of_the_it_firm_lack_an_attribute(
        self, read: Read, truth: Truth
    ) -> None:
        asked = ("industry", "has_branches", "employees", "customer_type", "founded_year")
        lacking = {
            row["customer_id"]
            for row in read(IT, "customers")
            if any(row[column] is None for column in asked)
        }
        rules = truth[IT]["segmentation"]["rules"]
        assert set(rules["undetermined_ids"]) <= lacking
        assert rules["undetermined"] > 5

    def test_some_customers_of_the_it_firm_are_exactly_on_a_bound(
        self, read: Read, truth: Truth
    ) -> None:
        bounds = {1000, 500, 150, 20, 1990}
        found = {
            row["customer_id"]: {row["employees"], row["founded_year"]} & bounds
            for row in read(IT, "customers")
        }
        on_a_bound = truth[IT]["segmentation"]["rules"]["on_a_bound"]
        assert all(found[name] for name in on_a_bound)
        assert set().union(*(found[name] for name in on_a_bound)) == bounds


class TestDeals:
    @planned
    def test_deals_stand_as_their_last_event_says(
        self, engagement: str, read: Read, truth: Truth
    ) -> None:
        stated = truth[engagement]["segmentation"]["offers"]
        last = _last_events(read(engagement, "offers"))
        counts = Counter(row["status"] for row in last)
        assert len(last) == stated["deals"]
        assert dict(counts) == {name: stated[name] for name in ("open", "won", "lost")}

    @planned
    def test_overdue_and_missing_next_steps(
        self, engagement: str, read: Read, truth: Truth
    ) -> None:
        stated = truth[engagement]["segmentation"]["offers"]
        open_ = [r for r in _last_events(read(engagement, "offers")) if r["status"] == "open"]
        late = [row for row in open_ if row["due_date"] and row["due_date"] < YEAR[1]]
        assert len(late) == stated["overdue"] > 0
        assert Counter(row["manager"] for row in late) == stated["overdue_by_manager"]
        assert sum(row["due_date"] is None for row in open_) == stated["no_next_step"] > 0

    @planned
    def test_refusals_by_reason_and_by_stage(
        self, engagement: str, read: Read, truth: Truth
    ) -> None:
        stated = truth[engagement]["segmentation"]["offers"]
        lost = [row for row in read(engagement, "offers") if row["status"] == "lost"]
        reasons = Counter(row["reason"] for row in lost)
        assert reasons.pop(None, 0) == stated["lost_without_reason"]
        assert reasons == stated["lost_by_reason"]
        assert sum(row["stage"] is None for row in lost) == stated["lost_without_stage"]

    @planned
    def test_nobody_is_offered_what_it_buys_already(self, engagement: str, read: Read) -> None:
        bought = {
            (row["customer_id"], row["product"])
            for row in read(engagement, "sales")
            if row["kind"] == "sale"
        }
        last = _last_events(read(engagement, "offers"))
        cells = {(r["customer_id"], r["product"]) for r in last if r["status"] == "open"}
        assert not cells & bought
        assert {(r["customer_id"], r["product"]) for r in last if r["status"] == "won"} <= bought

    @planned
    def test_control_points_overdue_by_manager(
        self, engagement: str, read: Read, truth: Truth
    ) -> None:
        stated = truth[engagement]["segmentation"]["control_points"]
        rows = read(engagement, "control_points")
        late = [row for row in rows if not row["done_date"] and row["due_date"] < YEAR[1]]
        counts = Counter(row["manager"] for row in late)
        assert counts == stated["overdue_by_manager"]
        first, second = (n for _, n in counts.most_common(2))
        assert first > 2 * second
        assert len({row["point"] for row in rows}) == 8

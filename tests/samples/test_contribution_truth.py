"""The truth planted for the cost to serve agrees with simple sums of the files as read."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest

Rows = list[dict[str, Any]]


def test_margin_less_cost_of_the_year_is_what_the_files_hold(
    read: Callable[[str, str], Rows], truth: dict[str, Any]
) -> None:
    stated = truth["vektor-it"]["segmentation"]["contribution"]
    left: dict[str, float] = defaultdict(float)
    for row in read("vektor-it", "sales"):
        if row["kind"] != "cancelled" and row["date"].year == 2025:
            left[row["customer_id"]] += row["margin"]
    assert sum(left.values()) == pytest.approx(stated["margin"])
    costs = read("vektor-it", "service_costs")
    for row in costs:
        assert row["period"].startswith("2025-Q")
        left[row["customer_id"]] -= row["amount"]
    assert (len(costs), len(left)) == (stated["rows"], stated["customers"])
    assert sum(row["amount"] for row in costs) == pytest.approx(stated["cost"])
    assert sum(left.values()) == pytest.approx(stated["contribution"])
    negative = {name for name, amount in left.items() if round(amount, 2) < 0}
    assert sorted(negative) == stated["negative"]
    assert sum(left[name] for name in negative) == pytest.approx(stated["negative_amount"])


def test_the_planted_segment_alone_costs_more_than_it_brings(truth: dict[str, Any]) -> None:
    segments = truth["vektor-it"]["segmentation"]["contribution"]["segments"]
    assert [name for name, left in segments.items() if left < 0] == ["Малые и средние производства"]

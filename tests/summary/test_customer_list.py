"""The customers by money at stake, by hand."""

import pandas as pd
import pytest

from workbook.diagnostics.summary.customer_list import customer_list
from workbook.diagnostics.summary.money import fates


@pytest.fixture
def given(table, inputs):
    """Return four customers: a active, b at risk and complaining, c and d lost, d not valued."""
    return inputs(
        customers=table(
            customer_id=["a", "b", "c", "d"], name=["Alfa", None, "Cecil", "Delta"],
            segment=["large", None, "small", "small"], manager=["Eva", "Eva", None, "Ivan"],
        ),
        sales=table(
            customer_id=["a", "b", "c", "d", "d", "a"],
            date=["2025-12-01", "2025-12-02", "2025-02-01", "2025-02-01", "2024-05-01",
                  "2023-12-05"],
            amount=[100.0, 40.0, 30.0, 20.0, 70.0, 999.0],
        ),
        lost_customers=table(
            customer_id=["c", "d"], lost_date=["2025-06-01", "2025-06-01"],
            reasons=["price", "price"], annual_revenue=[250.0, None],
        ),
        complaints=table(
            customer_id=["b", "c"], date=["2025-11-01", "2025-03-01"],
            closed_date=[None, "2025-03-09"],
        ),
    )  # fmt: skip


class _Spaces:
    """White space as the matrix has it."""

    def __init__(self, *rows):
        self.frame = pd.DataFrame(rows, columns=["customer_id", "part", "value"])

    def __len__(self):
        return len(self.frame)


def listed(given, risky=("b",), joined=()):
    found = fates(given.ledger, risky, silent_lost=True)
    return list(customer_list(given, found, frozenset(risky), joined).records())


def test_money_at_stake_is_by_what_becomes_of_the_customer(given):
    """C by the register 250, d by its better year 70, b its revenue 40; of a nothing is."""
    rows = listed(given)
    assert [(row["customer_id"], row["money"]) for row in rows] == [
        ("c", 250.0), ("d", 70.0), ("b", 40.0),
    ]  # fmt: skip
    assert [row["state"] for row in rows] == ["registered_loss", "registered_loss", "active"]
    assert [row["name"] for row in rows] == ["Cecil", "Delta", "b"]
    assert [row["manager"] for row in rows] == ["", "Ivan", "Eva"]
    assert [row["segment"] for row in rows] == ["small", "small", ""]


def test_what_more_could_be_sold_is_at_stake_of_those_who_stay(given, joined):
    """Only the open part counts: 60 + 5 of a; of the lost and those at risk nothing is added."""
    rows = _Spaces(("a", "open", 60.0), ("a", "open", 5.0), ("a", "pipeline", 900.0),
                   ("c", "open", 9.0))  # fmt: skip
    found = listed(given, joined=joined(segmentation_matrix={"white_space": rows}))
    money = {row["customer_id"]: row["money"] for row in found}
    assert money == {"c": 250.0, "d": 70.0, "a": 65.0, "b": 40.0}
    assert next(row for row in found if row["customer_id"] == "a")["signs"] == ("white_space",)


def test_at_risk_is_said_only_where_nothing_else_says_why(given):
    """Of b there is an open complaint; of a nothing but the finding."""
    signs = {row["customer_id"]: row["signs"] for row in listed(given, risky=("a", "b"))}
    assert "at_risk" not in signs["b"]
    assert signs["a"] == ("at_risk",)
    assert signs["c"][0] == "registered_loss"


def test_a_score_stands_beside_a_name_only_where_it_may(table, inputs):
    tables = {
        "sales": table(customer_id=["a"], date=["2025-12-01"], amount=[10.0]),
        "survey": table(
            respondent_id=["r"], customer_id=["a"], score=[2], date=["2025-11-01"]
        ),
    }  # fmt: skip
    hidden = listed(inputs(**tables), risky=("a",))
    told = listed(inputs(**tables, anonymity_threshold=1), risky=("a",))
    assert "detractor" not in hidden[0]["signs"]
    assert "detractor" in told[0]["signs"]


def test_equal_money_is_in_the_order_of_ids_and_nobody_is_twice(table, inputs):
    sales = table(
        customer_id=["b", "a", "c"], date=["2025-12-01"] * 3, amount=[10.0, 10.0, 10.0]
    )  # fmt: skip
    rows = listed(inputs(sales=sales), risky=("a", "b", "c"))
    assert [row["customer_id"] for row in rows] == ["a", "b", "c"]

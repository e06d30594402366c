"""The revenue behind the findings of the loyalty report, and what page 2 makes of it."""

import pytest

from workbook.diagnostics.claims import MoneyKind
from workbook.diagnostics.loyalty.compute import compute
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.survey import Sources

YEAR_BEFORE, THIS_YEAR = "2024-06-01", "2025-06-01"


@pytest.fixture(scope="module")
def told(inputs, finite):
    def of(params=None, *, threshold=5, **tables):
        given = inputs(anonymity_threshold=threshold, **tables)
        return finite(compute(given, params or Params(), Sources()))

    return of


@pytest.fixture(scope="module")
def sold(table):
    """Sales of customers c0, c1 … in this year and in the one before (0: nothing)."""

    def of(now, before=None):
        rows = [(f"c{i}", THIS_YEAR, a) for i, a in enumerate(now) if a]
        rows += [(f"c{i}", YEAR_BEFORE, a) for i, a in enumerate(before or now) if a]
        rows.append(("old", "2023-01-02", 1.0))
        ids, days, amounts = zip(*rows, strict=True)
        return table(customer_id=list(ids), date=list(days), amount=list(amounts))

    return of


def by_id(result):
    return {claim.id: claim for claim in result.findings}


def complaints_of(table, ids, days, closed=None):
    """Return a register in which the last complaint, of another customer, was closed."""
    days = [days] * len(ids) if isinstance(days, str) else days
    return table(
        complaint_id=[f"k{i}" for i in range(len(ids) + 1)], customer_id=[*ids, "c9"],
        date=[*days, "2025-03-01"], closed_date=[*(closed or [None] * len(ids)), "2025-03-05"],
    )  # fmt: skip


def test_customers_with_complaints_open_too_long_are_named_with_their_revenue(told, sold, table):
    """c1 was answered, c2 complained a week ago, c3 twice: two customers wait for three answers."""
    ids = ["c0", "c1", "c2", "c3", "c3"]
    days = ["2025-11-01", "2025-11-01", "2025-12-24", "2025-11-01", "2025-11-05"]
    closed = [None, "2025-11-09", None, None, None]
    result = told(
        sales=sold([100, 50, 70, 30] + [10] * 8), complaints=complaints_of(table, ids, days, closed)
    )
    claim = by_id(result)["waiting"]
    assert (claim.count, claim.population) == (3, 6)
    assert (claim.customers, claim.customer_ids) == (2, ("c0", "c3"))
    assert (claim.money, claim.money_of, claim.money_kind) == (130.0, 330.0, MoneyKind.AT_RISK)
    assert claim.due_days == 14


def test_a_register_in_which_nobody_writes_closing_dates_tells_of_nobody_who_waits(
    told, sold, table
):
    register = table(complaint_id=["k0"], customer_id=["c0"], date="2025-06-01")
    assert "waiting" not in by_id(told(sales=sold([100] * 12), complaints=register))


def test_a_step_keeps_revenue_at_the_rate_at_which_customers_left(told, sold, table):
    """2 of 12 have not come back: Wilson 95 % of 10 of 12 is 0.5520 to 0.9530."""
    sales = sold([100.0] * 10 + [0, 0], before=[100.0] * 12)
    result = told(sales=sales, complaints=complaints_of(table, ["c0"], "2025-06-01"))
    claim = by_id(result)["waiting"]
    assert claim.effect_low == pytest.approx(100 * (1 - 0.953), abs=0.1)
    assert claim.effect_high == pytest.approx(100 * (1 - 0.552), abs=0.1)


def test_who_has_not_come_back_is_named_the_largest_first(told, sold):
    sales = sold([100.0] * 10 + [0, 0], before=[100.0] * 10 + [20.0, 300.0])
    claim = by_id(told(sales=sales))["retention"]
    assert (claim.count, claim.population, claim.customer_ids) == (2, 12, ("c11", "c10"))
    assert (claim.money, claim.money_of) == (320.0, 1320.0)
    assert claim.effect_low is None  # what of it comes back is not known


def test_who_is_in_the_register_of_losses_is_not_called_to_ask(told, sold, table):
    """Of the three that stopped, the largest has left: its reason is in the register."""
    sales = sold([100.0] * 10, before=[100.0] * 10 + [20.0, 30.0, 300.0])
    left = table(customer_id=["c12"], lost_date=["2025-02-01"], reasons=["price"])
    claim = by_id(told(sales=sales, lost_customers=left))["retention"]
    assert claim.figures["names"] == "c11, c10"
    assert claim.customer_ids == ("c12", "c11", "c10")
    every = table(customer_id=["c10", "c11", "c12"], lost_date="2025-02-01", reasons="price")
    claim = by_id(told(sales=sales, lost_customers=every))["retention"]
    assert claim.figures["names"] == "c12, c11, c10"


def test_of_few_customers_of_last_year_nothing_is_said(told, sold):
    result = told(sales=sold([100.0, 0, 0], before=[100.0] * 3))
    assert "retention" not in by_id(result)
    assert [(r.id, r.gate.value) for r in result.refused_findings] == [("retention", "history")]


def test_all_customers_lost_is_the_answer(told, sold):
    result = told(sales=sold([0] * 12, before=[100.0] * 12))
    assert (result.answer.id, result.answer.figures["first"]) == ("none", "retention")
    claim = by_id(result)["retention"]
    assert claim.money == claim.money_of == 1200.0


@pytest.fixture(scope="module")
def regions(told, survey, sold, table):
    """Twenty of the South score 3, forty of the North 10; c0 of the South bought 500, others 10."""

    def of(threshold=5, **tables):
        ids = [f"c{i}" for i in range(60)]
        where = ["South"] * 20 + ["North"] * 40
        customers = table(
            customer_id=[*ids, "s"], region=[*where, "South"], name=[*ids, "Silent Ltd"]
        )
        answers = survey([3] * 20 + [10] * 40, customer_id=ids)
        sales = sold([500.0] + [10.0] * 59)
        return told(threshold=threshold, survey=answers, customers=customers, sales=sales, **tables)

    return of


def test_a_group_carries_the_revenue_of_all_its_customers_whoever_answered(regions):
    claim = by_id(regions())["group"]
    assert (claim.figures["group"], claim.customers, claim.money) == ("South", 21, 690.0)
    assert claim.customer_ids[0] == "c0"
    assert "s" in claim.customer_ids  # did not answer


def test_the_answer_ends_with_the_group_that_is_lowest(regions):
    result = regions()
    assert (result.answer.id, result.answer.figures["first"]) == ("alone", "group")


def test_detractors_of_whom_one_stands_out_by_size_carry_no_revenue(regions):
    assert "detractors" not in by_id(regions())
    assert regions().stakes.by_class is None


def test_where_answers_may_be_told_by_name_they_do(regions):
    claim = by_id(regions(threshold=1))["detractors"]
    assert (claim.count, claim.population, claim.customers) == (20, 60, 20)
    assert claim.money == 690.0


def test_without_sales_the_surveys_own_revenue_is_at_stake(told, survey):
    ids = [f"c{i}" for i in range(30)]
    scores = [3] * 10 + [8] * 10 + [10] * 10
    answers = survey(scores, customer_id=ids, revenue=[20.0] * 10 + [10.0] * 20)
    result = told(survey=answers)
    assert result.stakes.total == 400.0
    assert by_id(result)["detractors"].money == 200.0
    assert by_id(result)["detractors"].effect_low is None


def test_without_any_revenue_nothing_carries_money(told, survey, table):
    answers = survey([3] * 10 + [10] * 20, customer_id=[f"c{i}" for i in range(30)])
    result = told(survey=answers, complaints=complaints_of(table, ["c0"] * 3, "2025-06-01"))
    assert result.stakes.total is None
    assert {claim.money for claim in result.findings} == {None}
    assert by_id(result)["waiting"].customer_ids == ("c0",)


def test_one_customer_that_answered_is_told_nothing_of(told, survey, sold):
    result = told(survey=survey([2], customer_id=["c0"]), sales=sold([100.0]))
    assert (result.answer.id, result.answer.figures["first"]) == ("too_few", "nothing")
    assert result.findings == ()
    assert result.limitation.id == "too_few"


def test_nothing_but_complaints_is_an_answer_too(told, table):
    register = complaints_of(table, ["c0", "c1"], "2025-06-01")
    result = told(complaints=register.assign(process_mended=[False, True, True]))
    assert (result.answer.id, result.answer.figures["first"]) == ("none", "register")
    assert set(by_id(result)) == {"register", "waiting"}
    assert result.limitation.id == "no_survey"


@pytest.mark.parametrize("threshold", [1, 5])
def test_unhappy_and_silent_customers_are_named_only_where_answers_may_be(
    told, sold, table, given_marks, threshold
):
    ids = [f"c{i}" for i in range(20)]
    marks = given_marks([2] * 8 + [5] * 12, customer_id=ids)
    result = told(
        threshold=threshold, satisfaction=marks, sales=sold([10.0] * 20),
        complaints=complaints_of(table, ids[15:], "2025-06-01"),
    )  # fmt: skip
    claim = by_id(result)["unheard"]
    assert (claim.count, claim.population, claim.customers) == (8, 15, 8)  # of 21, six complained
    assert claim.money == 80.0  # of those who have not complained none stands out
    assert claim.customer_ids == (() if threshold == 5 else tuple(ids[:8]))


def test_largest_customers_are_told_by_size_alone(told, survey, sold):
    """The two that bring more than half are named, whatever they answered."""
    ids = [f"c{i}" for i in range(40)]
    answers = survey([3] * 10 + [10] * 30, customer_id=ids)
    sales = sold([400.0, 300.0] + [30.0] * 8 + [10.0] * 30)
    result = told(survey=answers, sales=sales)
    assert result.stakes.largest.ids == ("c0", "c1")
    claim = by_id(result).get("weighted_few")
    if claim is not None:
        assert claim.money == 700.0


def test_revenue_that_rests_on_many_is_nobodys(told, sold):
    assert told(sales=sold([10.0] * 40)).stakes.largest is None

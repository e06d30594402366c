"""Every check fires on a small table and stays silent on a good one."""

import pytest

from workbook.diagnostics.controllability.check_rule import Records
from workbook.diagnostics.controllability.checks_result import CheckStatus
from workbook.diagnostics.controllability.contradictions import RULES
from workbook.diagnostics.controllability.deal_checks import deals
from workbook.diagnostics.controllability.params import Params

FIVE = ["1", "2", "3", "4", "5"]
DEAL = {"customer_id": FIVE, "product": "CRM", "date": "2025-06-01", "deal_id": FIVE}
LOST = DEAL | {"status": "lost"}
OPEN = DEAL | {"status": "open", "stage": "offer"}
POINT = {"customer_id": FIVE, "point": "call", "due_date": "2025-06-01"}
SALE = {"customer_id": FIVE, "date": "2025-12-01", "amount": 10.0, "kind": "sale"}
COMPLAINT = {"complaint_id": FIVE, "customer_id": FIVE, "date": "2025-06-01"}
GONE = {"customer_id": FIVE, "lost_date": "2025-06-01", "reasons": "price"}
CASES = {
    "late_control_points": (
        "1.5",
        {"control_points": POINT | {"done_date": ["2025-06-02"] + ["2025-05-30"] * 4}},
        {"control_points": POINT | {"done_date": "2025-06-01"}},
        (0.2, 1, 5),
    ),
    "open_deals_without_next_step": (
        "1.11",
        {"offers": OPEN | {"due_date": [None, None, "2026-01-09", "2026-01-09", "2026-01-09"]}},
        {"offers": OPEN | {"due_date": "2026-01-09"}},
        (0.4, 2, 5),
    ),
    "overdue_deals": (
        "1.14",
        {"offers": OPEN | {"due_date": ["2025-12-30"] + ["2025-12-31"] * 4}},
        {"offers": OPEN | {"due_date": "2025-12-31"}},
        (0.2, 1, 5),
    ),
    "deals_without_source": (
        "2.2",
        {"offers": OPEN | {"source": ["fair", None, None, None, "web"]}},
        {"offers": OPEN | {"source": "web"}},
        (0.6, 3, 5),
    ),
    "lost_deals_without_reason": (
        "2.4",
        {"offers": LOST | {"stage": "offer", "reason": ["price", None, "price", "price", "price"]}},
        {"offers": LOST | {"stage": "offer", "reason": "price"}},
        (0.2, 1, 5),
    ),
    "won_deals_without_amount": (
        "2.5",
        {"offers": OPEN | {"status": "won", "amount": [None, 1.0, 2.0, 3.0, 4.0]}},
        {"offers": OPEN | {"status": "won", "amount": 1.0}},
        (0.2, 1, 5),
    ),
    "segments_without_target": (
        "4.1",
        {"customers": {"customer_id": FIVE, "segment": ["A", "A", "B", "B", "a"]}},
        {
            "customers": {"customer_id": FIVE, "segment": ["A", "A", "B", "B", None]},
            "targets": {"segment": ["a", "B"], "CRM": ["target", None], "ERP": [None, "target"]},
        },
        (1.0, 2, 2),
    ),
    "lost_deals_without_stage": (
        "4.4",
        {"offers": LOST | {"stage": [None, None, "offer", "offer", "demo"]}},
        {"offers": LOST | {"stage": "offer"}},
        (0.4, 2, 5),
    ),
    "overdue_control_points": (
        "4.8",
        {"control_points": POINT | {"done_date": [None, "2025-05-01", "2025-07-01", None, None]}},
        {"control_points": POINT | {"done_date": "2025-07-01"}},
        (0.6, 3, 5),
    ),
    "customers_without_segment": (
        "1.1",
        {"customers": {"customer_id": FIVE, "segment": [None, "A", "A", "B", "B"]}},
        {"customers": {"customer_id": FIVE, "segment": "A"}},
        (0.2, 1, 5),
    ),
    "competitor_unnamed": (
        "1.4",
        {"lost_customers": GONE | {"destination": "competitor",
                                   "competitor": [None, None, "X", "Y", "X"]}},
        {"lost_customers": GONE | {"destination": "competitor", "competitor": "X"}},
        (0.4, 2, 5),
    ),
    "served_without_contract": (
        "1.6",
        {"sales": SALE, "customers": {"customer_id": FIVE,
                                      "contract_end": ["2025-11-30"] + ["2026-12-31"] * 4}},
        {"sales": SALE, "customers": {"customer_id": FIVE, "contract_end": "2026-12-31"}},
        (0.2, 1, 5),
    ),
    "satisfaction_age": (
        "1.9",
        {"satisfaction": {"respondent_id": FIVE, "date": ["2023-12-31"] + ["2023-01-01"] * 4}},
        {"satisfaction": {"respondent_id": FIVE, "date": ["2025-06-30"] + ["2023-01-01"] * 4}},
        (24.016, 0, 5),
    ),
    "lost_customers_without_reason": (
        "1.10",
        {"lost_customers": GONE | {"reasons": [None, "price", "price", "price", "price"]}},
        {"lost_customers": GONE},
        (0.2, 1, 5),
    ),
    "sales_without_document": (
        "1.12",
        {"sales": SALE | {"document_id": [None, "2", "3", "4", "5"]}},
        {"sales": SALE | {"document_id": FIVE}},
        (0.2, 1, 5),
    ),
    "process_not_mended": (
        "1.13",
        {"complaints": COMPLAINT | {"cause_found": True, "process_mended": [True] + [False] * 4}},
        {"complaints": COMPLAINT
         | {"cause_found": True, "process_mended": [True] * 2 + [None] * 3}},
        (0.8, 4, 5),
    ),
    "complaints_without_cause": (
        "3.1",
        {"complaints": COMPLAINT | {"cause_found": [False, None, None, False, False]}},
        {"complaints": COMPLAINT | {"cause_found": True}},
        (1.0, 5, 5),
    ),
    "survey_age": (
        "3.2",
        {"survey": {"respondent_id": ["1"], "date": ["2024-12-30"]}},
        {"survey": {"respondent_id": ["1"], "date": ["2025-01-31"]}},
        (12.025, 0, 1),
    ),
    "sales_without_product": (
        "4.2",
        {"sales": SALE | {"product": [None, "CRM", "CRM", "CRM", "CRM"]}},
        {"sales": SALE | {"product": "CRM"}},
        (0.2, 1, 5),
    ),
    "sales_of_strangers": (
        "4.3",
        {"sales": SALE, "customers": {"customer_id": ["1", "2", "3", "4"]}},
        {"sales": SALE, "customers": {"customer_id": FIVE}},
        (0.2, 1, 5),
    ),
    "complaints_without_category": (
        "4.5",
        {"complaints": COMPLAINT | {"category": [None, "late", "late", "late", "late"]}},
        {"complaints": COMPLAINT | {"category": "late"}},
        (0.2, 1, 5),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def checked(one, answers, table):
    """Return the check of one item, marked so, against tables."""

    def check(name: str, mark: str, tables, params=None):
        item = CASES[name][0]
        made = {t: table(**columns) for t, columns in tables.items()}
        result = one(answers({item: mark}), params, **made)
        (found,) = [c for c in result.checks if c.check == name]
        fired = [c for c in result.contradictions if c.check == name]
        assert bool(fired) == (found.status is CheckStatus.CONTRADICTION)
        return found

    return check


def test_every_check_has_its_case_and_an_item_of_the_questionnaire(control):
    assert len(RULES) >= 8
    assert sorted(rule.check for rule in RULES) == sorted(CASES)
    asked = {item.id for item in control.asked().items}
    assert {rule.item for rule in RULES} <= asked
    assert all(hasattr(Params(), rule.bound) for rule in RULES)


@pytest.mark.parametrize("name", CASES)
class TestCheck:
    def test_contradicts_a_plus_that_the_data_deny(self, checked, name):
        item, bad, _, (value, n, base) = CASES[name]
        found = checked(name, "+", bad)
        assert found.status is CheckStatus.CONTRADICTION
        assert (found.item, found.mark, found.score, found.measured) == (item, "+", 1, name)
        assert (found.value, found.n, found.base) == (pytest.approx(value, abs=1e-3), n, base)

    def test_is_silent_where_the_data_bear_the_plus_out(self, checked, name):
        found = checked(name, "+", CASES[name][2])
        assert found.status is CheckStatus.CONSISTENT
        assert found.value < found.bound

    def test_has_nothing_to_say_of_a_minus(self, checked, name):
        found = checked(name, "-", CASES[name][1])
        assert (found.status, found.mark) == (CheckStatus.NOT_CLAIMED, "-")
        assert found.value >= found.bound

    def test_tells_which_table_it_misses(self, checked, name):
        found = checked(name, "+", {})
        assert (found.status, found.value) == (CheckStatus.NO_DATA, None)
        assert found.missing[0] in found.tables


def test_a_column_that_is_not_there_is_named(checked):
    found = checked("complaints_without_cause", "+", {"complaints": COMPLAINT})
    assert (found.status, found.missing) == (CheckStatus.NO_DATA, ("complaints.cause_found",))


def test_few_records_contradict_nothing(checked):
    few = {"complaint_id": ["1"], "customer_id": ["1"], "date": "2025-06-01", "cause_found": False}
    found = checked("complaints_without_cause", "+", {"complaints": few})
    assert (found.status, found.missing, found.base) == (CheckStatus.NO_DATA, (), 1)
    params = Params(least_records=1)
    found = checked("complaints_without_cause", "+", {"complaints": few}, params)
    assert found.status is CheckStatus.CONTRADICTION


def test_an_unmarked_item_is_not_contradicted(checked):
    found = checked("complaints_without_cause", "don't know", CASES["complaints_without_cause"][1])
    assert (found.status, found.mark, found.score) == (CheckStatus.NO_ANSWER, "", None)


def test_an_optional_product_is_no_target_of_its_segment(checked):
    tables = CASES["segments_without_target"][2]
    targets = {"segment": ["a", "B"], "CRM": ["target", None], "ERP": [None, "optional"]}
    found = checked("segments_without_target", "+", {**tables, "targets": targets})
    assert (found.n, found.base) == (1, 2)


@pytest.mark.parametrize("name", CASES)
def test_only_checks_of_customers_say_how_many_customers_they_concern(checked, name):
    of_customers = {
        "customers_without_segment", "competitor_unnamed", "served_without_contract",
        "lost_customers_without_reason",
    }  # fmt: skip
    found = checked(name, "+", CASES[name][1])
    assert found.customers == (found.n if name in of_customers else None)


def test_the_finding_of_a_contradiction_carries_its_customers(found, answers, table):
    tables = {
        "lost_customers": table(**CASES["lost_customers_without_reason"][1]["lost_customers"])
    }
    (claim,) = [
        c for c in found(answers=answers({"1.10": "+"}), **tables).findings
        if c.id == "contradiction"
    ]  # fmt: skip
    assert (claim.customers, claim.population) == (claim.count, 5)
    complaints = {"complaints": table(**CASES["complaints_without_cause"][1]["complaints"])}
    (claim,) = [
        c for c in found(answers=answers({"3.1": "+"}), **complaints).findings
        if c.id == "contradiction"
    ]  # fmt: skip
    assert claim.customers is None


def test_a_mean_of_two_thirds_is_a_claim_and_told_as_plus(one, answers, table):
    tables = {"complaints": table(**CASES["complaints_without_cause"][1]["complaints"])}
    claimed = one(answers({"3.1": ["+", "+/-", "+/-"]}), **tables)
    assert [(c.item, c.mark) for c in claimed.contradictions] == [("3.1", "+")]
    below = one(answers({"3.1": ["+", "+/-", "-"]}), **tables)
    assert below.contradictions == ()


def test_a_deal_of_several_events_is_one_deal_as_it_stands(table):
    """The stage is the last one known; a won deal ends, the next offer is another deal."""
    offers = table(
        customer_id=["1", "1", "1", "2", "2", "3"],
        product="CRM",
        stage=["demo", None, "offer", "demo", None, "demo"],
        status=["open", "won", "open", "open", "lost", "open"],
        date=["2025-01-01", "2025-02-01", "2025-05-01", "2025-01-01", "2025-03-01", "2025-01-01"],
        due_date=["2025-01-10", None, "2026-01-10", "2025-01-10", None, None],
    )
    found = deals(Records(tables={"offers": offers}, as_of=None))
    standing = sorted(zip(found["status"], found["stage"], found["due_date"].isna(), strict=True))
    assert standing == [
        ("lost", "demo", True), ("open", "demo", True), ("open", "offer", False),
        ("won", "demo", True),
    ]  # fmt: skip


def test_returns_and_cancelled_sales_are_no_sales(checked):
    sales = SALE | {"product": [None, "CRM", "CRM", "CRM", "CRM"]}
    sales["kind"] = ["return", "sale", "sale", "sale", "sale"]
    found = checked("sales_without_product", "+", {"sales": sales}, Params(least_records=4))
    assert (found.status, found.base) == (CheckStatus.CONSISTENT, 4)

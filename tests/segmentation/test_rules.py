"""The source's eight rules: first match wins, overlaps, near misses, bounds, missing attributes."""

import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_rows import rows_of

from workbook.diagnostics.customer_ledger.sales_ledger import ledger_of
from workbook.diagnostics.segmentation_matrix.rules import assign
from workbook.diagnostics.segmentation_matrix.rules_result import Belonging, NearMiss

RULES = {
    "order": [1, 2, 3, 4, 5, 6, 7, 8],
    "segment": ["Plants", "Trade B2B", "Trade B2C", "Catering", "SME trade", "SME plants",
                "Schools", "Small"],
    "purpose": ["own team", "a", "b", "c", "d", "e", "f", None],
    "industry": ["manufacturing", "trade", "trade", "public catering", "trade", "manufacturing",
                 "education", None],
    "has_branches": [True, True, True, True, None, None, None, None],
    "employees": ["> 1000", "> 1000", "> 1000", "> 500", "< 150", "< 150", None, "< 20"],
    "customer_type": [None, "legal entities", "individuals", None, None, None, None, None],
    "founded_year": [None, None, None, None, None, None, "> 1990", None],
}  # fmt: skip
CUSTOMERS = {
    #  id: industry, activity, branches, employees, type, founded, segment
    "plant": ("Manufacturing", "steel", True, 1001, "legal entities", 1950, "Plants"),
    "bound": ("manufacturing", "steel", True, 1000, "legal entities", 1950, None),
    "b2b": ("trade", "wholesale", True, 5000, "legal entities", 1999, "Trade B2B"),
    "b2c": ("services", "TRADE", True, 5000, "individuals", 1999, "Trade B2C"),
    "shop": ("trade", "retail", False, 12, "individuals", 2001, "SME trade"),
    "kiosk": ("services", "repairs", False, 3, "individuals", 2001, "Small"),
    "school": ("education", "school", False, 400, "legal entities", 1991, "Schools"),
    "old school": ("education", "school", False, 400, "legal entities", 1990, None),
    "nobody": ("services", "law", False, 400, "legal entities", 2001, None),
    "secret": ("manufacturing", "steel", True, None, "legal entities", 2001, None),
    "any type": ("trade", "wholesale", True, 5000, None, 2001, None),
}


def people(table, **more):
    columns = list(zip(*CUSTOMERS.values(), strict=True))
    names = ("industry", "activity", "has_branches", "employees", "customer_type", "founded_year")
    parts = {name: list(c) for name, c in zip(names, columns, strict=False)}
    return table(customer_id=list(CUSTOMERS), **(parts | more))


@pytest.fixture
def eight(table, inputs):
    """Assign the customers by the eight rules."""
    given_ = inputs(customers=people(table), segments=table(**RULES))
    return assign(given_, ledger_of(given_))


def row(found, name):
    return next(a for a in rows_of(found.assignment) if a.customer_id == name)


def test_the_first_rule_that_holds_wins(eight):
    got = {a.customer_id: a.segment for a in rows_of(eight.assignment)}
    assert got == {name: facts[-1] for name, facts in CUSTOMERS.items()}
    assert eight.names == tuple(RULES["segment"])
    codes = [None if code < 0 else eight.names[code] for code in eight.codes]
    assert codes == [a.segment for a in rows_of(eight.assignment)]


def test_rule_eight_overlaps_five(eight):
    assert row(eight, "shop").also_matches == ("Small",)
    (overlap,) = eight.check.overlaps
    assert (overlap.first, overlap.second, overlap.n) == ("SME trade", "Small", 1)


def test_near_misses_are_rules_failed_by_one_condition(eight):
    assert row(eight, "bound").near_misses == (
        NearMiss(segment="Plants", column="employees", test="> 1000", found="1000"),
        NearMiss(
            segment="Catering",
            column="industry",
            test="public catering",
            found="manufacturing / steel",
        ),
        NearMiss(segment="SME plants", column="employees", test="< 150", found="1000"),
        NearMiss(segment="Small", column="employees", test="< 20", found="1000"),
    )
    assert [m.segment for m in row(eight, "old school").near_misses] == ["Schools", "Small"]
    assert row(eight, "plant").near_misses == ()
    assert [m.segment for m in row(eight, "nobody").near_misses] == ["Schools", "Small"]


def test_customers_exactly_on_a_strict_bound_are_listed(eight):
    """Only where no other condition of the rule rules them out."""
    assert [(b.customer_id, b.segment, b.column, b.value) for b in rows_of(eight.check.bounds)] == [
        ("bound", "Plants", "employees", 1000.0),
        ("old school", "Schools", "founded_year", 1990.0),
    ]


def test_a_missing_attribute_is_unknown_never_false(eight):
    secret, any_type = row(eight, "secret"), row(eight, "any type")
    assert (secret.belonging, secret.unknown) == (Belonging.UNDETERMINED, ("employees",))
    assert (any_type.belonging, any_type.unknown) == (Belonging.UNDETERMINED, ("customer_type",))
    assert [(m.column, m.n, m.missing) for m in eight.check.missing] == [
        ("customer_type", 1, 1),
        ("employees", 1, 1),
    ]


def test_the_check_counts_gaps_purposes_and_reach(eight):
    check = eight.check
    assert (check.unassigned, check.undetermined, check.near) == (3, 2, 3)
    assert check.no_purpose == ("Small",)
    assert check.empty == ("Catering", "SME plants")
    assert check.never_reached == ()
    kinds = [a.belonging for a in rows_of(eight.assignment)]
    assert [kinds.count(kind) for kind in Belonging] == [6, 0, 3, 2]
    plants = check.rules[0]
    assert (plants.holds, plants.assigned, plants.unknown, plants.near) == (1, 1, 1, 1)
    assert [(c.column, c.test) for c in plants.conditions] == [
        ("industry", "manufacturing"),
        ("has_branches", "yes"),
        ("employees", "> 1000"),
    ]


def test_a_rule_after_a_wider_one_is_never_reached(table, inputs):
    rules = table(order=[1, 2], segment=["All", "Big"], employees=["> 0", "> 1000"])
    given_ = inputs(customers=people(table), segments=rules)
    found = assign(given_, ledger_of(given_))
    assert found.check.never_reached == ("Big",)
    assert found.check.empty == ()


def test_rules_run_by_their_order_not_by_their_rows(table, inputs, eight):
    shuffled = table(**RULES).iloc[::-1]
    given_ = inputs(customers=people(table).iloc[::-1], segments=shuffled)
    found = assign(given_, ledger_of(given_))
    assert found.assignment == eight.assignment
    assert found.check == eight.check


def test_two_rules_of_one_segment_are_alternatives(table, inputs):
    rules = table(
        order=[1, 2, 3],
        segment=["Big", "Big", "Rest"],
        employees=["> 1000", None, "> 0"],
        industry=[None, "education", None],
    )
    given_ = inputs(customers=people(table), segments=rules)
    found = assign(given_, ledger_of(given_))
    assert found.names == ("Big", "Rest")
    assert row(found, "school").segment == row(found, "plant").segment == "Big"
    assert row(found, "plant").also_matches == ("Rest",)


def test_an_industry_is_looked_for_among_activities_too(table, inputs):
    rules = table(order=[1], segment=["Steel"], industry=["steel"])
    for columns in ({}, {"industry": None}):
        given_ = inputs(customers=people(table, **columns), segments=rules)
        found = assign(given_, ledger_of(given_))
        assert row(found, "plant").segment == "Steel"


def test_a_blank_activity_keeps_a_rule_of_the_industry_open(table, inputs):
    people_ = table(customer_id=["a", "b"], industry=["law", "trade"], activity=["advice", None])
    rules = table(order=[1], segment=["Advice"], industry=["advice"])
    given_ = inputs(customers=people_, segments=rules)
    found = assign(given_, ledger_of(given_))
    assert row(found, "a").segment == "Advice"
    assert row(found, "b").unknown == ("activity",)


def test_customers_only_in_sales_are_undetermined(table, inputs):
    sales = table(customer_id="stranger", date="2025-05-05", amount=[1.0])
    given_ = inputs(customers=people(table), segments=table(**RULES), sales=sales)
    found = assign(given_, ledger_of(given_))
    assert row(found, "stranger").belonging == Belonging.UNDETERMINED


def test_without_rules_the_segments_of_customers_are_taken(table, inputs):
    given_ = inputs(
        customers=table(customer_id=list("abcd"), segment=["SME", "sme ", "SME", None]),
        targets=table(segment=["Large", "SME"], X=["target", "target"]),
    )
    found = assign(given_, ledger_of(given_))
    assert found.names == ("SME",)
    assert found.codes.tolist() == [0, 0, 0, -1]
    assert found.check is None
    kinds = {a.belonging for a in rows_of(found.assignment)}
    assert kinds == {Belonging.GIVEN, Belonging.UNASSIGNED}


def test_a_table_of_purposes_without_conditions_leaves_given_segments(table, inputs):
    given_ = inputs(
        customers=table(customer_id=list("ab"), segment=["B", "A"]),
        segments=table(segment=["B", "A"], purpose=["calls", None], order=[1, 2]),
    )
    found = assign(given_, ledger_of(given_))
    assert (found.names, found.purposes) == (("B", "A"), ("calls", None))


def test_without_segments_there_is_no_assignment(table, inputs):
    given_ = inputs(customers=table(customer_id=["a"]))
    found = assign(given_, ledger_of(given_))
    assert (len(found.assignment), found.names, found.codes.tolist()) == (0, (), [-1])


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["trade", "manufacturing", "education", None]),
            st.sampled_from([True, False, None]),
            st.sampled_from([5, 20, 150, 1000, 2000, None]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_customer_belongs_in_exactly_one_way(rows, table, inputs):
    ids = [f"c{i}" for i in range(len(rows))]
    industry, branches, employees = (list(c) for c in zip(*rows, strict=True))
    customers = table(customer_id=ids, industry=industry, employees=employees)
    customers["has_branches"] = pd.array(branches, dtype="boolean")
    given_ = inputs(customers=customers, segments=table(**RULES))
    found = assign(given_, ledger_of(given_))
    check = found.check
    assigned = sum(rule.assigned for rule in check.rules)
    assert assigned + check.unassigned + check.undetermined == len(ids)
    for a in rows_of(found.assignment):
        assert (a.segment is not None) == (a.belonging == Belonging.RULE)
        assert bool(a.unknown) == (a.belonging == Belonging.UNDETERMINED)
        assert not a.near_misses or a.belonging == Belonging.UNASSIGNED
        assert a.segment not in a.also_matches


def test_a_hundred_thousand_customers_take_seconds(table, inputs):
    rng = np.random.default_rng(3)
    n = 100_000
    customers = pd.DataFrame(
        {
            "customer_id": pd.array([f"c{i:06d}" for i in range(n)], "str"),
            "industry": pd.array(
                rng.choice(["trade", "manufacturing", "education", "law"], n), "str"
            ),
            "has_branches": pd.array(rng.random(n) < 0.5, "boolean"),
            "employees": pd.array(rng.integers(1, 3000, n), "Int64"),
            "founded_year": pd.array(rng.integers(1950, 2020, n), "Int64"),
        }
    )
    given_ = inputs(customers=customers, segments=table(**RULES))
    book = ledger_of(given_)
    began = time.perf_counter()
    found = assign(given_, book)
    assert len(found.assignment) == n
    assert time.perf_counter() - began < 20


def test_inputs_stay_as_they_were(table, inputs):
    given_ = inputs(customers=people(table), segments=table(**RULES))
    before = {name: frame.copy(deep=True) for name, frame in given_.tables.items()}
    assign(replace(given_), ledger_of(given_))
    for name, frame in before.items():
        pd.testing.assert_frame_equal(given_.tables[name], frame)

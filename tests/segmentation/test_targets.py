"""The target matrix: maturity, white space and its value, off-target use, gaps of the range."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_rows import rows_of

from workbook.diagnostics.customer_ledger.sales_ledger import ledger_of
from workbook.diagnostics.segmentation_matrix.board import board
from workbook.diagnostics.segmentation_matrix.deals import deals
from workbook.diagnostics.segmentation_matrix.matrix import matrix_of, need_of
from workbook.diagnostics.segmentation_matrix.matrix_result import Need, WhiteSpacePart
from workbook.diagnostics.segmentation_matrix.neighbours import neighbours, targets_first
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.rules import assign
from workbook.diagnostics.segmentation_matrix.segments import segments
from workbook.diagnostics.segmentation_matrix.standing import (
    BUYING,
    GONE,
    PROSPECT,
    STOPPED,
    CustomerStanding,
    everyone,
)
from workbook.diagnostics.segmentation_matrix.targets import (
    maturity,
    mean_maturity,
    off_target,
    products_per_customer,
    range_gaps,
    single_product,
    target_matrix,
)
from workbook.diagnostics.segmentation_matrix.white_space import (
    last_contacts,
    parts,
    total,
    white_space,
)

IDS = ["a1", "a2", "a3", "b1", "b2", "c1", "none"]
CUSTOMERS = {"customer_id": IDS, "segment": ["A", "A", "A", "B", "B", "C", None]}
TARGETS = {
    "segment": ["A", "B", "D"],
    "X": ["target", "optional", "target"],
    "Y": ["Target", "x", None],
    "Z": [None, None, "цель"],
}
SALES = {
    "customer_id": ["a1", "a1", "a2", "a2", "b1", "b1", "c1", "none", "a3", "a3"],
    "date": ["2025-03-01", "2025-04-01", "2025-05-01", "2024-12-31", "2025-06-01", "2025-06-02",
             "2025-07-01", "2025-08-01", "2025-09-01", "2025-09-02"],
    "product": ["X", "Y", "X", "Y", "X", "W", "X", "X", "Y", "Y"],
    "amount": [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, -5.0, 4.0],
    "kind": ["sale"] * 8 + ["return", "sale"],
}  # fmt: skip


@pytest.fixture(scope="module")
def facts(table, inputs):
    """Join the tables; options and other tables may be given."""

    def build(params=None, **more):
        tables = {
            "customers": table(**CUSTOMERS),
            "targets": table(**TARGETS),
            "sales": table(**SALES),
        } | more
        given_ = inputs(**{k: v for k, v in tables.items() if v is not None})
        options = params or Params()
        book = ledger_of(given_)
        return matrix_of(given_, book, assign(given_, book), options), book, given_

    return build


@pytest.mark.parametrize(
    ("cell", "need"),
    [
        ("target", Need.TARGET),
        ("X", Need.TARGET),
        ("+", Need.TARGET),
        ("ДА", Need.TARGET),
        ("Cieľ", Need.TARGET),
        ("Цель", Need.TARGET),
        ("voliteľné", Need.OPTIONAL),
        ("Опционально", Need.OPTIONAL),
        ("optional ", Need.OPTIONAL),
        ("", Need.NONE),
        ("-", Need.NONE),
        ("нет", Need.NONE),
        ("targett", None),
    ],
)
def test_cells_of_the_targets_in_three_languages(cell, need):
    assert need_of(cell) is need


def test_maturity_is_the_share_of_target_products_in_use(facts):
    """Optional products do not count; a2 bought Y a day too early; returns alone are no use."""
    found, _, _ = facts()
    assert {
        m.customer_id: (m.covered, m.wanted, m.used, m.value)
        for m in rows_of(maturity(found, all_buy(found)))
    } == {
        "a1": (2, 2, 2, 1.0),
        "a2": (1, 2, 1, 0.5),
        "a3": (1, 2, 1, 0.5),
        "b1": (0, 1, 2, 0.0),
        "b2": (0, 1, 0, 0.0),
        "c1": (0, 0, 1, None),
        "none": (0, 0, 1, None),
    }
    mean = mean_maturity(found)
    assert (mean.mean, mean.pooled) == (pytest.approx(0.4), pytest.approx(0.5))
    assert (mean.n, mean.excluded) == (5, 2)


def test_ever_counts_what_was_bought_at_any_time(facts):
    found, _, _ = facts(Params(used_months="ever"))
    ripe = {m.customer_id: m.value for m in rows_of(maturity(found, all_buy(found)))}
    assert ripe["a2"] == 1.0


def test_a_return_alone_is_no_use(facts, table):
    sales = table(**(SALES | {"kind": ["sale"] * 8 + ["return", "return"]}))
    found, _, _ = facts(sales=sales)
    used = {m.customer_id: m.used for m in rows_of(maturity(found, all_buy(found)))}
    assert used["a3"] == 0


def test_off_target_is_used_and_neither_target_nor_optional(facts):
    """C has no row in the targets, and a customer without segment has no target to miss."""
    total, uses = off_target(facts()[0])
    assert [(u.customer_id, u.product, u.amount) for u in rows_of(uses)] == [("b1", "W", 60.0)]
    assert (total.n, total.customers, total.amount) == (1, 1, 60.0)


def test_the_matrix_has_target_columns_whole_and_others_where_used(facts):
    cells = {(c.segment, c.product): c for c in target_matrix(facts()[0])}
    assert len(cells) == 4 * 3 + 1
    assert (cells["A", "X"].need, cells["A", "X"].users, cells["A", "X"].amount) == (
        Need.TARGET,
        2,
        40.0,
    )
    assert (cells["A", "Y"].users, cells["A", "Y"].amount) == (2, 19.0)
    assert (cells["B", "W"].users, cells["D", "X"].customers) == (1, 0)


def test_gaps_of_the_range_are_shown(facts, table):
    found, _, _ = facts()
    assert [(g.product, g.kind, g.customers, g.amount) for g in range_gaps(found)] == [
        ("W", "not_targeted", 1, 60.0),
        ("Z", "not_sold", 0, 0.0),
    ]


def test_single_product_customers_by_revenue(facts):
    found, book, _ = facts()
    turnover = np.array([30.0, 30.0, -1.0, 110.0, 0.0, 70.0, 80.0])
    assert [(s.customer_id, s.product) for s in rows_of(single_product(found, turnover))] == [
        ("none", "X"),
        ("c1", "X"),
        ("a2", "X"),
        ("a3", "Y"),
    ]
    assert single_product(found, turnover)["share"].iloc[0] == pytest.approx(80 / 319)
    assert products_per_customer(found, np.arange(book.n)) == pytest.approx(8 / 7)


def all_buy(found):
    return everyone(len(found.ids), date(2025, 12, 31))


def spaces(found, given_, book, params=None, **more):
    options = params or Params()
    cells = board(found, book, deals(given_, options), options)[0]
    return white_space(
        found, options, cells=cells, contacts=last_contacts(given_, book),
        **({"classes": NOBODY, "statuses": NOBODY, "standing": all_buy(found)} | more),
    )  # fmt: skip


NOBODY = pd.Series(dtype="str")
PLACES = st.lists(st.sampled_from([BUYING, STOPPED, GONE, PROSPECT]), min_size=7, max_size=7)


@settings(max_examples=30, deadline=None)
@given(places=PLACES, day=st.sampled_from(["2025-01-01", "2025-12-01"]))
def test_every_cell_is_in_one_part_and_the_parts_add_up(places, day, facts, table):
    """Whoever buys, stopped or never bought, and whenever b1 refused."""
    offers = table(
        customer_id=["b1", "a3"], product=["Y", "X"], stage="proposal",
        status=["lost", "open"], date=[day, day],
    )  # fmt: skip
    found, book, given_ = facts(Params(min_buyers=2), offers=offers)
    where = CustomerStanding(as_of=date(2025, 12, 31), codes=np.array(places))
    white = spaces(found, given_, book, Params(min_buyers=2), standing=where)
    summed = parts(white)
    rows = [getattr(summed, part.value) for part in WhiteSpacePart]
    assert sum(row.cells for row in rows) == total(white).cells == len(white)
    assert sum(row.value or 0 for row in rows) == pytest.approx(total(white).value or 0)
    buying = {found.ids[code] for code in np.flatnonzero(where.buying)}
    for space in rows_of(white):
        still = space.part in (WhiteSpacePart.OPEN, WhiteSpacePart.PIPELINE, WhiteSpacePart.REFUSED)
        assert still == (space.customer_id in buying)
        if still:
            refused = space.state == "refused"
            assert (space.part == WhiteSpacePart.PIPELINE) == (space.state in ("offer", "contract"))
            assert (space.part == WhiteSpacePart.REFUSED) == (refused and day == "2025-12-01")


def test_white_space_by_class_then_value_then_customer(facts):
    found, book, given_ = facts(Params(min_buyers=2))
    white = spaces(
        found, given_, book, Params(min_buyers=2),
        classes=pd.Series({"b1": "A", "a2": "B"}), statuses=pd.Series({"a2": "regular"}),
    )  # fmt: skip
    rows = rows_of(white)
    assert [(r.customer_id, r.product, r.value, r.state, r.abc) for r in rows] == [
        ("b1", "Y", None, "not offered", "A"),
        ("a2", "Y", 9.5, "lapsed", "B"),
        ("a3", "X", 20.0, "not offered", None),
        ("b2", "Y", None, "not offered", None),
    ]
    assert rows[1].status == "regular"
    assert (rows[1].last_contact, rows[3].last_contact) == (date(2025, 5, 1), None)
    assert (rows[0].buyers, rows[1].buyers) == (0, 2)


def test_below_five_buyers_there_is_no_value(facts):
    found, book, given_ = facts()
    assert spaces(found, given_, book)["value"].isna().all()


def test_a_contact_is_a_sale_an_offer_or_a_point_that_was_done(facts, table):
    _, book, given_ = facts(
        offers=table(customer_id=["b2", "b2"], product="Y", stage="proposal", status="open",
                     date=["2025-10-01", "2026-01-05"]),
        control_points=table(customer_id=["a2", "a3"], point="visit", due_date="2025-11-01",
                             done_date=["2025-11-02", None]),
    )  # fmt: skip
    contact = dict(zip(book.customers, last_contacts(given_, book).tolist(), strict=True))
    assert (contact["b2"], contact["a2"]) == (date(2025, 10, 1), date(2025, 11, 2))
    assert contact["a3"] == date(2025, 9, 2)


def test_without_sales_of_products_nothing_is_said_of_use(facts):
    found, book, given_ = facts(sales=None)
    assert len(spaces(found, given_, book)) == 0
    total_, uses = off_target(found)
    assert (total_, len(uses)) == (None, 0)
    assert range_gaps(found) == neighbours(found, None, Params(), standing=all_buy(found)) == ()
    assert mean_maturity(found).n == 0
    assert products_per_customer(found, np.arange(3)) is None


def test_neighbours_were_never_offered_what_others_of_their_segment_use(facts, table):
    offers = table(
        customer_id=["a3"], product="X", stage="proposal", status="lost", date="2024-01-01"
    )
    found, _, given_ = facts(Params(min_buyers=2), offers=offers)
    options = Params(min_buyers=2)
    rows = neighbours(found, deals(given_, Params()), options, standing=all_buy(found))
    assert [(n.segment, n.product, n.buyers, n.others, n.never_offered) for n in rows] == [
        ("B", "W", 1, 1, 1),
        ("B", "X", 1, 1, 1),
    ]
    rows = neighbours(facts()[0], None, options, standing=all_buy(found))
    assert (rows[0].segment, rows[0].product, rows[0].value) == ("A", "X", 20.0)
    needs = [n.need for n in targets_first(rows[::-1])]
    assert needs == sorted(needs, key=[Need.TARGET, Need.OPTIONAL, Need.NONE].index)
    assert len({*needs}) > 1


def test_segments_count_every_customer_once(facts):
    found, book, given_ = facts(Params(min_buyers=2))
    white = spaces(found, given_, book, Params(min_buyers=2))
    rows = segments(found, white, np.full(7, 10.0), active=np.ones(7, dtype=bool))
    assert [(s.segment, s.n, s.covered, s.wanted, s.white_space) for s in rows] == [
        ("A", 3, 4, 6, 2),
        ("B", 2, 0, 2, 2),
        ("C", 1, 0, 0, 0),
        ("D", 0, 0, 0, 0),
        (None, 1, 0, 0, 0),
    ]
    assert (rows[0].mean_maturity, rows[2].mean_maturity) == (pytest.approx(2 / 3), None)
    assert (rows[0].white_space_value, rows[1].white_space_value) == (29.5, None)
    assert sum(s.share for s in rows) == pytest.approx(1)


def test_a_segment_and_a_product_are_known_in_other_spelling(facts, table):
    targets = table(segment=["a ", "B"], x=["target"] * 2)
    found, _, _ = facts(targets=targets)
    assert found.segments == ("A", "B", "C")
    assert found.products.names == ("x", "W", "Y")


@settings(max_examples=30, deadline=None)
@given(
    lines=st.lists(
        st.tuples(st.sampled_from(IDS), st.sampled_from(["X", "Y", "Z", "W", None]),
                  st.integers(-3, 9)),
        min_size=1, max_size=15,
    ),
    seed=st.integers(0, 9),
)  # fmt: skip
def test_covered_and_white_space_make_up_the_targets_in_any_order(lines, seed, table, inputs):
    names, products, amounts = (list(c) for c in zip(*lines, strict=True))
    sales = table(customer_id=names, product=products, amount=[float(a) for a in amounts],
                  date="2025-06-01")  # fmt: skip
    order = np.random.default_rng(seed).permutation(len(sales))
    results = []
    for rows in (sales, sales.iloc[order]):
        given_ = inputs(customers=table(**CUSTOMERS), targets=table(**TARGETS), sales=rows)
        book = ledger_of(given_)
        found = matrix_of(given_, book, assign(given_, book), Params())
        white = spaces(found, given_, book)
        ripe = maturity(found, all_buy(found))
        if found.usage.told:
            assert ripe["covered"].sum() + len(white) == ripe["wanted"].sum()
        assert ripe["value"].dropna().between(0, 1).all()
        results.append((white, ripe, target_matrix(found), off_target(found)))
    assert results[0] == results[1]

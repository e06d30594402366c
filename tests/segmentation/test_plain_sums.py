"""Sums, kinds of sale, days and white space are those of their definitions, row by row."""

from collections import defaultdict
from datetime import date
from itertools import pairwise
from math import fsum
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.diagnostics.customer_ledger.purchases import purchases, usual_intervals
from workbook.diagnostics.segmentation_matrix.compute import compute
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.sale_kinds import SaleKind, sale_kinds

DAYS = [date(2024, 3, 31), date(2025, 6, 1), date(2025, 6, 2), date(2025, 11, 30)]
SALES = st.lists(
    st.fixed_dictionaries(
        {
            "customer_id": st.sampled_from("cab"),
            "date": st.sampled_from(DAYS),
            "amount": st.sampled_from([-3.0, 0.0, 0.1, 0.2, 5.0]),
            "product": st.sampled_from(["P", "Q", None]),
            "document_id": st.sampled_from(["9", "10", "x", None]),
            "manager": st.sampled_from(["M", "N", None]),
            "kind": st.sampled_from(["sale", "sale", "return", "cancelled"]),
        }
    ),
    min_size=1,
    max_size=12,
)


def table_of(table, rows):
    """Return drawn rows as the reader types them."""
    return table(**{name: [row[name] for row in rows] for name in rows[0]})


def lines_of(rows):
    """Return the rows that count, with their signs: what the ledger is to hold."""
    return [
        {**row, "amount": -abs(row["amount"]) if row["kind"] == "return" else row["amount"],
         "bought": row["kind"] == "sale" and row["amount"] > 0}
        for row in rows
        if row["kind"] != "cancelled"
    ]  # fmt: skip


def documents_of(lines):
    """Return the lines by customer and document: its number, else day and manager."""
    found = defaultdict(list)
    for line in lines:
        number = line["document_id"]
        own = ("", line["date"], line["manager"]) if number is None else number
        found[line["customer_id"], own].append(line)
    return found


def age_of(own, lines):
    """Return what documents of a customer are put in order by."""
    number = "" if isinstance(own, tuple) else own
    first = min(lines, key=lambda line: line["date"])
    return first["date"], len(number), number, first["manager"] or ""


def kinds_by_definition(lines):
    """Return by customer the documents and sums of first, repeat and new sales."""
    found = defaultdict(lambda: {kind: [] for kind in SaleKind})
    documents = documents_of([line for line in lines if line["bought"]])
    for customer in {customer for customer, _ in documents}:
        own = [(name, held) for (whose, name), held in documents.items() if whose == customer]
        seen: set[str | None] = set()
        for place, (_, held) in enumerate(sorted(own, key=lambda one: age_of(*one))):
            for line in held:
                old = line["product"] in seen
                later = SaleKind.REPEAT if old else SaleKind.NEW_DIRECTION
                found[customer][SaleKind.PRIMARY if place == 0 else later].append(line["amount"])
            seen |= {line["product"] for line in held}
    return found


@given(rows=SALES)
def test_kinds_of_sale_are_told_document_by_document(table, books, rows):
    lines = lines_of(rows)
    if not any(line["bought"] for line in lines):
        return
    book = books(sales=table_of(table, rows))
    found, wanted = sale_kinds(book), kinds_by_definition(lines)
    for code, customer in enumerate(book.customers):
        for kind in (SaleKind.PRIMARY, SaleKind.REPEAT, SaleKind.NEW_DIRECTION):
            mine = (book.customer == code) & (found.kind == kind)
            amounts = wanted[customer][kind] if customer in wanted else []
            assert sorted(book.amount[mine] / book.scale) == sorted(amounts)


@given(rows=SALES)
def test_purchase_days_are_looked_up_as_they_would_be_counted(table, books, rows):
    book = books(sales=table_of(table, rows))
    bought = purchases(book)
    for code, customer in enumerate(book.customers):
        days = sorted({x["date"] for x in lines_of(rows)
                       if x["bought"] and x["customer_id"] == customer})  # fmt: skip
        for day in (*DAYS, date(2023, 1, 1)):
            past = [d for d in days if d <= day]
            assert bought.until(day)[code] == len(past)
            assert bought.last(day)[code].astype(object) == (past[-1] if past else None)
        assert bought.first()[code].astype(object) == (days[0] if days else None)
        gaps = [(late - early).days for early, late in pairwise(days)]
        usual = usual_intervals(bought)[code]
        assert usual == median(gaps) if gaps else np.isnan(usual)


@settings(max_examples=25)
@given(rows=SALES)
def test_totals_are_those_of_the_rows_of_the_year(table, inputs, rows):
    """In any order of the rows: the same totals of customers, managers and products."""
    year = [x for x in lines_of(rows) if date(2024, 12, 31) < x["date"] <= date(2025, 12, 31)]
    found = compute(inputs(sales=table_of(table, rows)), Params())
    turned = compute(inputs(sales=table_of(table, rows[::-1])), Params())
    if found.turnover is None:
        assert not lines_of(rows)
        return
    assert found == turned
    assert found.turnover.total == pytest.approx(fsum(x["amount"] for x in year))
    by_customer = dict(zip(found.customers["customer_id"], found.customers["amount"], strict=True))
    for customer, amount in by_customer.items():
        own = [x["amount"] for x in year if x["customer_id"] == customer]
        assert amount == pytest.approx(fsum(own))
    for product in found.products:
        own = [x for x in year if x["product"] == product.product]
        assert product.amount == pytest.approx(fsum(x["amount"] for x in own))
        assert product.customers == len({x["customer_id"] for x in own if x["bought"]})


@settings(max_examples=25)
@given(
    rows=SALES,
    needs=st.dictionaries(
        st.tuples(st.sampled_from("ST"), st.sampled_from("PQ")), st.just("target"), min_size=1
    ),
    segment=st.dictionaries(st.sampled_from("abcd"), st.sampled_from("ST"), min_size=1),
)
def test_white_space_is_what_is_wanted_and_not_used(table, inputs, rows, needs, segment):
    known = table(customer_id=list(segment), segment=list(segment.values()))
    targets = table(segment=["S", "T"], **{p: [needs.get((s, p), "-") for s in "ST"] for p in "PQ"})
    year = [
        x for x in lines_of(rows)
        if x["bought"] and date(2024, 12, 31) < x["date"] <= date(2025, 12, 31)
    ]  # fmt: skip
    given_ = inputs(sales=table_of(table, rows), customers=known, targets=targets)
    found = compute(given_, Params())
    if not any(x["product"] for x in rows):
        return
    used = {(x["customer_id"], x["product"]) for x in year}
    wanted = {(c, p) for c, s in segment.items() for p in "PQ" if (s, p) in needs}
    white = found.white_space.frame
    cells = list(zip(white["customer_id"], white["product"], strict=True))
    assert len(cells) == len(set(cells))
    if found.white_space_parts is not None:
        assert set(cells) == wanted - used
    board = found.board.frame
    bought = {
        (x["customer_id"], x["product"]) for x in lines_of(rows) if x["bought"] and x["product"]
    }
    if len(board):
        assert set(zip(board["customer_id"], board["product"], strict=True)) == wanted | bought

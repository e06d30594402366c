"""Tables of the result: columns that say what they hold, the same rows from any order of input."""

import doctest
from dataclasses import fields
from importlib import import_module
from pkgutil import walk_packages

import numpy as np
import pandas as pd
import pytest
from table_rows import rows_of

from workbook.diagnostics import customer_ledger, segmentation_matrix
from workbook.diagnostics.segmentation_matrix.contacts import offers_by_customer
from workbook.diagnostics.segmentation_matrix.deals_result import (
    BOARD,
    BOARD_EVENTS,
    CellStatus,
    deal_amount,
    deal_status,
    late_cells,
    open_cells,
    under_way,
)
from workbook.diagnostics.segmentation_matrix.result import Result
from workbook.stats.data_table import DataTable

TABLES = {f.name: getattr(Result(), f.name) for f in fields(Result)}
TABLES = {name: table for name, table in TABLES.items() if isinstance(table, DataTable)}


@pytest.mark.parametrize("name", TABLES)
def test_every_column_says_in_a_sentence_what_it_holds(name):
    columns = TABLES[name].columns
    assert len({column.name for column in columns}) == len(columns)
    assert all(column.meaning[0].isupper() and column.meaning[-1] in ".)" for column in columns)
    assert columns[0].name == "customer_id"


def test_the_examples_hold():
    """In every module of the slice, and of the customer ledger that it stands on."""
    found = [
        module
        for part in (segmentation_matrix, customer_ledger)
        for module in walk_packages(part.__path__, f"{part.__name__}.")
    ]
    results = [doctest.testmod(import_module(module.name)) for module in found]
    assert sum(result.attempted for result in results) > 20
    assert sum(result.failed for result in results) == 0


def table(columns, *rows):
    """Build a table; what a row does not say is missing or False."""
    blank = {c.name: False if c.kind == "flag" else None for c in columns}
    frame = pd.DataFrame([blank | row for row in rows], columns=list(blank))
    return DataTable(columns, frame)


def cell(customer, product, status, **more):
    return {"customer_id": customer, "product": product, "status": status} | more


CELLS = (
    cell("a", "X", CellStatus.IN_USE, amount=5.0, mark=CellStatus.OFFER, mark_amount=7.0),
    cell("a", "Y", CellStatus.CONTRACT, amount=3.0),
    cell("b", "X", CellStatus.REFUSED),
    cell("b", "Y", CellStatus.NOT_OFFERED),
    cell("b", "Z", CellStatus.LAPSED, amount=2.0),
)


def test_the_mark_of_a_cell_goes_before_its_status():
    board = table(BOARD, *CELLS)
    assert under_way(board).tolist() == [True, True, False, False, False]
    status = deal_status(board)
    assert status.dropna().tolist() == [CellStatus.OFFER, CellStatus.CONTRACT, CellStatus.REFUSED]
    assert deal_amount(board).iloc[:2].tolist() == [7.0, 3.0]


def test_a_cell_is_late_that_is_under_way_and_overdue_or_without_a_next_step():
    board = table(
        BOARD,
        cell("a", "X", CellStatus.OFFER, overdue=True),
        cell("a", "Y", CellStatus.OFFER, no_next_step=True),
        cell("a", "Z", CellStatus.OFFER),
        cell("b", "X", CellStatus.REFUSED),
    )
    assert open_cells(board).values("product") == ["X", "Y", "Z"]
    assert late_cells(board).values("product") == ["X", "Y"]


def event(product, day, stage=None, reason=None):
    refused = {"customer_id": "b", "product": product, "event": CellStatus.REFUSED}
    return refused | {"date": pd.Timestamp(day), "stage": stage, "reason": reason}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_latest_refusal_is_the_same_in_any_order_of_events(order):
    """Of one day the later product by text, then stage and reason; blank ones first."""
    told = [
        event("X", "2025-05-01", "proposal", "Price"),
        event("Y", "2025-05-01", "proposal"),
        event("Y", "2025-05-01", "proposal", "Delay"),
    ]
    events = table(BOARD_EVENTS, *(told[i] for i in order))
    due = cell("a", "Y", CellStatus.CONTRACT, due_date=pd.Timestamp("2025-07-01"))
    board = table(BOARD, *CELLS[:1], due)
    found = offers_by_customer(board, events, ("a", "b", "c"))
    assert found["open_offers"].tolist() == [2, 0, 0]
    assert found["refusals"].tolist() == [0, 3, 0]
    assert found["reason"].tolist()[1] == "Delay"
    assert found["next_step"].notna().tolist() == [True, False, False]


def test_missing_cells_of_a_table_are_none():
    (row,) = rows_of(table(BOARD, CELLS[3]))
    assert (row.due_date, row.overdue, row.overdue_days, row.mark) == (None, False, None, None)
    assert isinstance(np.asarray(row.status).item(), str)

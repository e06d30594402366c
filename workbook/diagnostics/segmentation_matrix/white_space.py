"""White space: target products not in use, what they are worth, and who could buy them now."""

from datetime import date
from math import fsum
from typing import Any

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, texts
from workbook.diagnostics.customer_ledger.months import Days
from workbook.diagnostics.customer_ledger.sales_ledger import Ints, Ledger
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.names import Words, ranks, words_at
from workbook.diagnostics.segmentation_matrix.deals_result import CellStatus, under_way
from workbook.diagnostics.segmentation_matrix.matrix import Matrix
from workbook.diagnostics.segmentation_matrix.matrix_result import (
    WHITE_SPACE,
    PartTotal,
    WhiteSpacePart,
    WhiteSpaceParts,
)
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.standing import BUYING, PROSPECT, CustomerStanding
from workbook.stats import Floats
from workbook.stats.data_table import DataTable

_CLASSES = {"A": 0, "B": 1, "C": 2}
_PARTS = {part: place for place, part in enumerate(WhiteSpacePart)}


def white_space(
    matrix: Matrix,
    params: Params,
    *,
    standing: CustomerStanding,
    cells: DataTable,
    contacts: Days,
    classes: "pd.Series[Any]",
    statuses: "pd.Series[Any]",
) -> DataTable:
    """Return the target products that customers do not use, what can be sold now first.

    By part, ABC class, potential value (those without one last), customer and product.  Without
    sales of products nothing can be said of use, and there is no white space.

    Parameters
    ----------
    matrix
        Segments, targets and use.
    params
        ``min_buyers`` is what a potential needs.
    standing
        Who buys, who stopped, who never bought.
    cells
        The board, for the state of each product.
    contacts
        Latest contact by customer code (:func:`last_contacts`).
    classes, statuses
        ABC class and lifecycle status, indexed by customer id.
    """
    if not matrix.usage.told:
        return DataTable.empty(WHITE_SPACE)
    pairs = np.setdiff1d(matrix.target_pairs(), matrix.used_pairs(), assume_unique=True)
    customer, product = pairs // matrix.products.n, pairs % matrix.products.n
    segment = matrix.segment[customer]
    value, buyers = potentials(matrix, params)
    states = _states(matrix, pairs, cells)
    names, titles = words_at(matrix.ids, customer), words_at(matrix.products.names, product)
    found = pd.DataFrame(
        {
            "customer_id": names,
            "product": titles,
            "part": _part(standing.codes[customer], states, standing.as_of),
            "value": value[segment, product],
            "buyers": buyers[segment, product],
            "segment": words_at(matrix.segments, segment),
            "abc": classes.reindex(names).to_numpy(),
            "status": statuses.reindex(names).to_numpy(),
            "state": states["state"].to_numpy(),
            "last_contact": contacts[customer],
            "reoffer": states["reoffer"].to_numpy(),
        }
    )
    return DataTable(WHITE_SPACE, found.iloc[_order(found)])


def _order(found: pd.DataFrame) -> Ints:
    """Return the rows by part, class, potential (unknown ones last), customer and product."""
    part = found["part"].map(_PARTS)
    rank = found["abc"].map(_CLASSES).fillna(len(_CLASSES))
    worth = (-found["value"]).fillna(np.inf)
    customer, product = (ranks(found[c].to_numpy(dtype=object)) for c in ("customer_id", "product"))
    return np.lexsort((product, customer, worth, rank, part))


def _states(matrix: Matrix, pairs: Ints, cells: DataTable) -> pd.DataFrame:
    """Return by pair of customer and product what the board says of its cell.

    Columns: ``state``, ``reoffer`` and ``busy`` (an offer or a contract is under way).
    """
    customer = pd.Index(matrix.ids).get_indexer(pd.Index(cells["customer_id"]))
    product = pd.Index(matrix.products.names).get_indexer(pd.Index(cells["product"]))
    known = customer >= 0  # a customer that only the offers name has no target
    on_board = pd.DataFrame(
        {
            "state": cells["status"].astype(object),
            "reoffer": cells["reoffer"],
            "busy": under_way(cells),
        }
    )
    on_board.index = pd.Index(customer * matrix.products.n + product)
    told = on_board.loc[known].reindex(pairs)
    told["state"] = told["state"].fillna(str(CellStatus.NOT_OFFERED))
    told["busy"] = told["busy"].eq(True)
    return told


def _part(places: Ints, states: pd.DataFrame, as_of: date) -> Words:
    """Return what the cells of customers that stand in ``places`` mean for sales."""
    waiting = states["state"].eq(CellStatus.REFUSED) & states["reoffer"].gt(pd.Timestamp(as_of))
    return np.select(
        [places == PROSPECT, places != BUYING, states["busy"], waiting],
        [
            WhiteSpacePart.PROSPECTS,
            WhiteSpacePart.LOST,
            WhiteSpacePart.PIPELINE,
            WhiteSpacePart.REFUSED,
        ],
        WhiteSpacePart.OPEN,
    ).astype(object)


def parts(spaces: DataTable) -> WhiteSpaceParts:
    """Return the sums of the five parts.

    Raises
    ------
    ValueError
        When they do not hold every cell once.
    """
    found = {part: total(spaces.where(spaces["part"] == part)) for part in WhiteSpacePart}
    if sum(part.cells for part in found.values()) != len(spaces):
        raise ValueError("the parts of the white space do not hold every cell once")
    return WhiteSpaceParts(**{str(part): summed for part, summed in found.items()})


def total(spaces: DataTable) -> PartTotal:
    """Return the sum of some white space."""
    values = spaces["value"].dropna()
    return PartTotal(
        cells=len(spaces),
        customers=spaces["customer_id"].nunique(),
        # The exact sum: it does not depend on the order of the cells.
        value=fsum(values) if len(values) or not len(spaces) else None,
        valued=len(values),
    )


def known(value: float) -> float | None:
    """Return a number, None for NaN."""
    return None if np.isnan(value) else float(value)


def potentials(matrix: Matrix, params: Params) -> tuple[Floats, Ints]:
    """Return by segment and product what its buyers spend a year at the median, and how many.

    Buyers are those of the last twelve months, and so is their spend: a longer or shorter window
    of use changes neither.  Fewer than ``Params.min_buyers`` give no value (NaN), nor does a
    median of zero or below (returns).
    """
    shape = (len(matrix.segments), matrix.products.n)
    segment = matrix.segment[matrix.usage.customer]
    bought = matrix.usage.year_bought & (segment >= 0)
    frame = pd.DataFrame(
        {
            "cell": segment[bought] * matrix.products.n + matrix.usage.product[bought],
            "amount": matrix.usage.year_amount[bought],
        }
    )
    grouped = frame.groupby("cell")["amount"]
    size, median = grouped.size(), grouped.median()
    buyers = np.zeros(shape[0] * shape[1], dtype=np.int64)
    value = np.full(shape[0] * shape[1], np.nan)
    buyers[size.index.to_numpy(dtype=np.int64)] = size.to_numpy()
    # Few buyers tell no usual spend, and returns above sales no potential.
    enough = (size.to_numpy() >= params.min_buyers) & (median.to_numpy() > 0)
    value[median.index.to_numpy(dtype=np.int64)[enough]] = median.to_numpy()[enough]
    return value.reshape(shape), buyers.reshape(shape)


def last_contacts(inputs: Inputs, ledger: Ledger) -> Days:
    """Return the latest sale, offer or control point done of each customer, NaT without any."""
    found = np.full(ledger.n, np.datetime64("NaT", "D"))
    place = {name: code for code, name in enumerate(ledger.customers)}
    _later(found, ledger.customer, ledger.day)
    for name, column in (("offers", "date"), ("control_points", "done_date")):
        table = inputs.tables.get(name)
        if table is None:
            continue
        codes = [place.get(str(word), -1) for word in texts(table, "customer_id")]
        days = dates(table, column).to_numpy().astype("datetime64[D]")
        past = days <= np.datetime64(inputs.as_of, "D")
        _later(found, np.array(codes, dtype=np.int64)[past], days[past])
    return found


def _later(found: Days, codes: Ints, days: Days) -> None:
    """Move each customer's day forward to the latest of some days."""
    known = codes >= 0
    order = np.argsort(days[known], kind="stable")
    latest = np.full(len(found), np.datetime64("NaT", "D"))
    latest[codes[known][order]] = days[known][order]
    later = ~np.isnat(latest) & (np.isnat(found) | (latest > found))
    found[later] = latest[later]

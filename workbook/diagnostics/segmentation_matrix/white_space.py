"""White space: target products not in use, what they are worth, and who could buy them now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Any

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, texts
from workbook.diagnostics.customer_ledger.months import Days
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints, Ledger
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.names import choices_at, ranks, texts_at
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
from workbook.diagnostics.segmentation_matrix.value_result import LifecycleStatus
from workbook.stats import Floats
from workbook.stats.data_table import DataTable, choice_dtype
from workbook.stats.whole_order import distinct, places_in, without

Totals = Callable[[Bools], PartTotal]
"""What gives the sum of the cells of a mask."""
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
    size = len(matrix.ids) * matrix.products.n
    pairs = without(matrix.target_pairs(), matrix.used_pairs(), size)
    customer, product = pairs // matrix.products.n, pairs % matrix.products.n
    segment = matrix.segment[customer]
    prices, counts = potentials(matrix, params)
    value, buyers = prices[segment, product], counts[segment, product]
    states = _states(matrix, pairs, cells)
    part = _part(standing.codes[customer], states, standing.as_of)
    rank = _by_customer(classes, "ABC", matrix.ids)[customer]
    order = _first_to_sell(matrix, customer, product, part=part, rank=rank, value=value)
    customer, product, segment = customer[order], product[order], segment[order]
    found = pd.DataFrame(
        {
            "customer_id": texts_at(matrix.ids, customer),
            "product": texts_at(matrix.products.names, product),
            "part": choices_at(WhiteSpacePart, part[order]),
            "value": value[order],
            "buyers": buyers[order],
            "segment": texts_at(matrix.segments, segment),
            "abc": choices_at("ABC", rank[order]),
            "status": choices_at(
                LifecycleStatus, _by_customer(statuses, LifecycleStatus, matrix.ids)[customer]
            ),
            "state": choices_at(CellStatus, states.state[order]),
            "last_contact": contacts[customer],
            "reoffer": states.reoffer[order],
        }
    )
    return DataTable(WHITE_SPACE, found)


def _first_to_sell(
    matrix: Matrix, customer: Ints, product: Ints, *, part: Ints, rank: Ints, value: Floats
) -> Ints:
    """Return the order of the pairs; unknown classes and potentials come last."""
    by_id, by_title = (
        ranks(np.array(names, dtype=object)) for names in (matrix.ids, matrix.products.names)
    )
    worth = np.where(np.isnan(value), np.inf, -value)
    classes = np.where(rank < 0, len("ABC"), rank)
    return np.lexsort((by_title[product], by_id[customer], worth, classes, part))


def _by_customer(given: "pd.Series[Any]", choices: Iterable[str], ids: tuple[str, ...]) -> Ints:
    """Return the place of each customer's word among the choices, -1 without one."""
    words = given.reindex(pd.Index(ids))
    return pd.Categorical(words, dtype=choice_dtype(tuple(map(str, choices)))).codes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _States:
    """What the board says of cells."""

    state: Ints
    """Place in ``CellStatus``."""
    reoffer: Days
    busy: Bools
    """An offer or a contract is under way."""


def _states(matrix: Matrix, pairs: Ints, cells: DataTable) -> _States:
    """Return by pair of customer and product what the board says of its cell."""
    # A cell in use is no white space; one without a word on the board was not offered.
    told = cells.where(~cells["status"].isin([CellStatus.IN_USE, CellStatus.NOT_OFFERED]))
    customer = pd.Index(matrix.ids).get_indexer(pd.Index(told["customer_id"]))
    product = pd.Index(matrix.products.names).get_indexer(pd.Index(told["product"]))
    size = len(matrix.ids) * matrix.products.n
    cell = customer * matrix.products.n + product
    # A customer that only the offers name has no target.
    place = places_in(pairs, np.where(customer >= 0, cell, -1), size)
    here = place >= 0
    state = np.full(len(pairs), list(CellStatus).index(CellStatus.NOT_OFFERED), dtype=np.int64)
    reoffer = np.full(len(pairs), np.datetime64("NaT", "D"))
    busy = np.zeros(len(pairs), dtype=bool)
    state[place[here]] = told["status"].cat.codes.to_numpy()[here]
    reoffer[place[here]] = told["reoffer"].to_numpy()[here]
    busy[place[here]] = under_way(told).to_numpy()[here]
    return _States(state=state, reoffer=reoffer, busy=busy)


def _part(places: Ints, states: _States, as_of: date) -> Ints:
    """Return what the cells of customers that stand in ``places`` mean for sales.

    Each is a place in ``WhiteSpacePart``.
    """
    refused = states.state == list(CellStatus).index(CellStatus.REFUSED)
    waiting = refused & (states.reoffer > np.datetime64(as_of, "D"))
    return np.select(
        [places == PROSPECT, places != BUYING, states.busy, waiting],
        [
            _PARTS[part]
            for part in (
                WhiteSpacePart.PROSPECTS,
                WhiteSpacePart.LOST,
                WhiteSpacePart.PIPELINE,
                WhiteSpacePart.REFUSED,
            )
        ],
        _PARTS[WhiteSpacePart.OPEN],
    )


def parts(spaces: DataTable, sums: Totals | None = None) -> WhiteSpaceParts:
    """Return the sums of the five parts; ``sums`` are its :func:`totals`, where they are known.

    Raises
    ------
    ValueError
        When they do not hold every cell once.
    """
    sums = sums or totals(spaces)
    found = {part: sums((spaces["part"] == part).to_numpy()) for part in WhiteSpacePart}
    if sum(part.cells for part in found.values()) != len(spaces):
        raise ValueError("the parts of the white space do not hold every cell once")
    return WhiteSpaceParts(**{str(part): summed for part, summed in found.items()})


def total(spaces: DataTable) -> PartTotal:
    """Return the sum of some white space."""
    return totals(spaces)(np.ones(len(spaces), dtype=bool))


def totals(spaces: DataTable) -> Totals:
    """Return what gives the sum of the cells of a mask."""
    customer, ids = pd.factorize(spaces["customer_id"].to_numpy(dtype=object))
    worth = spaces["value"].to_numpy()
    told = ~np.isnan(worth)

    def summed(mask: Bools) -> PartTotal:
        cells, values = int(mask.sum()), worth[mask & told]
        return PartTotal(
            cells=cells,
            customers=len(distinct(customer[mask], len(ids))),
            # The exact sum: it does not depend on the order of the cells.
            value=fsum(values.tolist()) if len(values) or not cells else None,
            valued=len(values),
        )

    return summed


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

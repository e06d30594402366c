"""White space: target products not in use, what they are worth, and who could buy them now."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import fsum

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.segmentation_matrix.deals_result import BoardCell, CellStatus
from workbook.diagnostics.segmentation_matrix.ledger import Ints, Ledger
from workbook.diagnostics.segmentation_matrix.matrix import Matrix
from workbook.diagnostics.segmentation_matrix.matrix_result import (
    Part,
    PartTotal,
    WhiteSpace,
    WhiteSpaceParts,
)
from workbook.diagnostics.segmentation_matrix.months import Days
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.standing import BUYING, PROSPECT, Standing
from workbook.stats import Floats

_CLASSES = {"A": 0, "B": 1, "C": 2}
_PARTS = {part: place for place, part in enumerate(Part)}


def white_space(
    facts: Matrix,
    params: Params,
    *,
    standing: Standing,
    cells: Sequence[BoardCell],
    contacts: Days,
    classes: Mapping[str, str],
    statuses: Mapping[str, str],
) -> tuple[WhiteSpace, ...]:
    """Return the target products that customers do not use, what can be sold now first.

    By part, ABC class, potential value (those without one last), customer and product.  Without
    sales of products nothing can be said of use, and there is no white space.

    Parameters
    ----------
    facts
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
        ABC class and lifecycle status by customer id.
    """
    if not facts.usage.told:
        return ()
    pairs = np.setdiff1d(facts.target_pairs(), facts.used_pairs(), assume_unique=True)
    value, buyers = potentials(facts, params)
    states = {
        (cell.customer_id, cell.product): cell
        for cell in cells
        if cell.status is not CellStatus.IN_USE
    }
    contact: list[date | None] = contacts.astype("datetime64[D]").astype(object).tolist()
    found = [
        _space(
            facts,
            *divmod(pair, facts.products.n),
            value=value,
            buyers=buyers,
            standing=standing,
            states=states,
            contact=contact,
            classes=classes,
            statuses=statuses,
        )
        for pair in pairs.tolist()
    ]
    return tuple(sorted(found, key=_order))


def _order(space: WhiteSpace) -> tuple[int, int, float, str, str]:
    rank = len(_CLASSES) if space.abc is None else _CLASSES.get(space.abc, len(_CLASSES))
    worth = np.inf if space.value is None else -space.value
    return _PARTS[space.part], rank, worth, space.customer_id, space.product


def _space(
    facts: Matrix,
    customer: int,
    product: int,
    *,
    value: Floats,
    buyers: Ints,
    standing: Standing,
    states: Mapping[tuple[str, str], BoardCell],
    contact: Sequence[date | None],
    classes: Mapping[str, str],
    statuses: Mapping[str, str],
) -> WhiteSpace:
    segment = facts.segment[customer]
    name, title = facts.ids[customer], facts.products.names[product]
    cell = states.get((name, title))
    return WhiteSpace(
        customer_id=name,
        product=title,
        part=_part(int(standing.codes[customer]), cell, standing.as_of),
        value=known(value[segment, product]),
        buyers=int(buyers[segment, product]),
        segment=facts.segments[segment],
        abc=classes.get(name),
        status=statuses.get(name),
        state=str(CellStatus.NOT_OFFERED if cell is None else cell.status),
        last_contact=contact[customer],
        reoffer=None if cell is None else cell.reoffer,
    )


def _part(place: int, cell: BoardCell | None, as_of: date) -> Part:
    """Return what a cell of a customer that stands in ``place`` means for sales."""
    if place == PROSPECT:
        return Part.PROSPECTS
    if place != BUYING:
        return Part.LOST
    if cell is not None and cell.under_way:
        return Part.PIPELINE
    waiting = cell is not None and cell.status is CellStatus.REFUSED
    if waiting and cell is not None and cell.reoffer is not None and cell.reoffer > as_of:
        return Part.REFUSED
    return Part.OPEN


def parts(spaces: Sequence[WhiteSpace]) -> WhiteSpaceParts:
    """Return the sums of the five parts.

    Raises
    ------
    ValueError
        When they do not hold every cell once.
    """
    found = {part: total([s for s in spaces if s.part is part]) for part in Part}
    if sum(part.cells for part in found.values()) != len(spaces):
        raise ValueError("the parts of the white space do not hold every cell once")
    return WhiteSpaceParts(**{str(part): summed for part, summed in found.items()})


def total(spaces: Sequence[WhiteSpace]) -> PartTotal:
    """Return the sum of some white space."""
    values = [space.value for space in spaces if space.value is not None]
    return PartTotal(
        cells=len(spaces),
        customers=len({space.customer_id for space in spaces}),
        value=fsum(values) if values or not spaces else None,
        valued=len(values),
    )


def known(value: float) -> float | None:
    """Return a number, None for NaN."""
    return None if np.isnan(value) else float(value)


def potentials(facts: Matrix, params: Params) -> tuple[Floats, Ints]:
    """Return by segment and product what its buyers spend a year at the median, and how many.

    Buyers are those of the last twelve months, and so is their spend: a longer or shorter window
    of use changes neither.  Fewer than ``Params.min_buyers`` give no value (NaN), nor does a
    median of zero or below (returns).
    """
    shape = (len(facts.segments), facts.products.n)
    segment = facts.segment[facts.usage.customer]
    bought = facts.usage.year_bought & (segment >= 0)
    frame = pd.DataFrame(
        {
            "cell": segment[bought] * facts.products.n + facts.usage.product[bought],
            "amount": facts.usage.year_amount[bought],
        }
    )
    grouped = frame.groupby("cell")["amount"]
    size, median = grouped.size(), grouped.median()
    buyers = np.zeros(shape[0] * shape[1], dtype=np.int64)
    value = np.full(shape[0] * shape[1], np.nan)
    buyers[size.index.to_numpy(dtype=np.int64)] = size.to_numpy()
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

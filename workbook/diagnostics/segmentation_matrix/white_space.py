"""What else to sell: target products not in use, and products never offered to neighbours."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.segmentation_matrix.deals import Deals
from workbook.diagnostics.segmentation_matrix.deals_result import BoardCell, CellStatus
from workbook.diagnostics.segmentation_matrix.ledger import Bools, Ints, Ledger
from workbook.diagnostics.segmentation_matrix.matrix import NEEDS, Matrix
from workbook.diagnostics.segmentation_matrix.matrix_result import Neighbour, WhiteSpace
from workbook.diagnostics.segmentation_matrix.months import Days
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.stats import Floats

_CLASSES = {"A": 0, "B": 1, "C": 2}


def white_space(
    facts: Matrix,
    params: Params,
    *,
    cells: Sequence[BoardCell],
    contacts: Days,
    classes: Mapping[str, str],
    statuses: Mapping[str, str],
) -> tuple[WhiteSpace, ...]:
    """Return the target products that customers do not use, most promising first.

    By ABC class, then potential value (those without one last), customer and product.  Without
    sales of products nothing can be said of use, and there is no white space.

    Parameters
    ----------
    facts
        Segments, targets and use.
    params
        ``min_buyers`` is what a potential needs.
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
            states=states,
            contact=contact,
            classes=classes,
            statuses=statuses,
        )
        for pair in pairs.tolist()
    ]
    return tuple(sorted(found, key=_order))


def _order(space: WhiteSpace) -> tuple[int, float, str, str]:
    rank = len(_CLASSES) if space.abc is None else _CLASSES.get(space.abc, len(_CLASSES))
    worth = np.inf if space.value is None else -space.value
    return rank, worth, space.customer_id, space.product


def _space(
    facts: Matrix,
    customer: int,
    product: int,
    *,
    value: Floats,
    buyers: Ints,
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
        value=_known(value[segment, product]),
        buyers=int(buyers[segment, product]),
        segment=facts.segments[segment],
        abc=classes.get(name),
        status=statuses.get(name),
        state=str(CellStatus.NOT_OFFERED if cell is None else cell.status),
        last_contact=contact[customer],
        reoffer=None if cell is None else cell.reoffer,
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def potentials(facts: Matrix, params: Params) -> tuple[Floats, Ints]:
    """Return by segment and product the buyers' median spend and their number.

    Fewer than ``Params.min_buyers`` give no value (NaN).
    """
    shape = (len(facts.segments), facts.products.n)
    segment = facts.segment[facts.usage.customer]
    used = facts.usage.used & (segment >= 0)
    frame = pd.DataFrame(
        {
            "cell": segment[used] * facts.products.n + facts.usage.product[used],
            "amount": facts.usage.amount[used],
        }
    )
    grouped = frame.groupby("cell")["amount"]
    size, median = grouped.size(), grouped.median()
    buyers = np.zeros(shape[0] * shape[1], dtype=np.int64)
    value = np.full(shape[0] * shape[1], np.nan)
    buyers[size.index.to_numpy(dtype=np.int64)] = size.to_numpy()
    enough = size.to_numpy() >= params.min_buyers
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


def neighbours(facts: Matrix, events: Deals | None, params: Params) -> tuple[Neighbour, ...]:
    """Return products that part of a segment uses and that the rest was never offered.

    The largest potential (median spend times customers never asked) comes first, then what has
    no potential value by the number never asked.
    """
    if not facts.usage.told:
        return ()
    value, buyers = potentials(facts, params)
    asked = _asked(facts, events)
    found = [
        Neighbour(
            segment=facts.segments[segment],
            product=facts.products.names[product],
            need=NEEDS[facts.need[segment, product]],
            buyers=int(buyers[segment, product]),
            others=int(facts.sizes[segment] - buyers[segment, product]),
            never_offered=never,
            value=_known(value[segment, product]),
            potential=_known(value[segment, product] * never),
        )
        for segment, product in np.argwhere(buyers > 0).tolist()
        if (never := int(facts.sizes[segment] - asked[segment, product])) > 0
    ]
    return tuple(
        sorted(
            found,
            key=lambda n: (
                -(n.value or 0) * n.never_offered,
                -n.never_offered,
                n.segment,
                n.product,
            ),
        )
    )


def _asked(facts: Matrix, events: Deals | None) -> Ints:
    """Count by segment and product the customers with a sale or an offer ever."""
    pairs = facts.usage.pair
    if events is not None:
        place = {name: code for code, name in enumerate(facts.ids)}
        customer = np.array([place.get(str(c), -1) for c in events.customer.tolist()], np.int64)
        product = facts.products.codes(str(name) for name in events.product.tolist())
        known: Bools = (customer >= 0) & (product >= 0)
        offered = customer[known] * facts.products.n + product[known]
        pairs = np.union1d(pairs, offered)
    customer, product = pairs // facts.products.n, pairs % facts.products.n
    segment = facts.segment[customer]
    inside = segment >= 0
    count = len(facts.segments) * facts.products.n
    cell = segment[inside] * facts.products.n + product[inside]
    return np.bincount(cell, minlength=count).reshape(len(facts.segments), facts.products.n)

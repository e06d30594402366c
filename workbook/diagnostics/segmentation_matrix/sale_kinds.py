"""Kinds of sale: the first document, repeat sales and new directions."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.customer_ledger.abc_classes import sums
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints, Ledger
from workbook.stats.whole_order import dense, numbered, order_by

Codes = npt.NDArray[np.int32]
"""Numbers of things that lines are, half as long as those that are calculated with."""


class SaleKind(IntEnum):
    """What a line is to its customer."""

    PRIMARY = 0
    """Of the customer's first document, whole."""
    REPEAT = 1
    """Of a product line that the customer bought before."""
    NEW_DIRECTION = 2
    """Of a product line that it had not bought yet."""
    RETURN = 3
    """A return, or nothing: part of none of the three."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SaleKinds:
    """The kind of every line of the ledger, and what is counted as one sale."""

    kind: Codes
    """:class:`SaleKind` by line."""
    document: Codes
    """Document by line: as numbered, else what a customer buys of a manager on one day; -1 of
    returns."""
    sale: Codes
    """Document and product by line, -1 of returns."""
    manager: Codes
    """Manager of the line's document: the first by name where it has several."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tally:
    """Counts and exact sums of one kind by owner (manager or customer)."""

    documents: Ints
    sales: Ints
    """Documents x product lines."""
    units: Ints


def sale_kinds(ledger: Ledger) -> SaleKinds:
    """Return the kind of each line.

    A document is its number (the same number of another customer is another document); without
    one it is what a customer buys of one manager on one day.  A customer's documents come in the
    order of their first day, on one day in the order of their numbers.
    """
    bought = np.flatnonzero(ledger.is_purchase)
    customer, product = ledger.customer[bought], ledger.product[bought]
    document = _documents(ledger, bought)
    place = _places(ledger, bought, document)
    width = len(ledger.products) + 1
    # All of the customer's first document is a first sale, whatever the products in it.
    first_of_line = _earliest(place, customer * width + product + 1, ledger.n * width)
    first_of_all = _earliest(place, customer, ledger.n)
    kind = np.where(place == first_of_line, SaleKind.NEW_DIRECTION, SaleKind.REPEAT)
    kind[place == first_of_all] = SaleKind.PRIMARY
    sale = numbered(document * width + product + 1)
    n = len(ledger.amount)
    return SaleKinds(
        kind=_spread(kind, bought, n, blank=int(SaleKind.RETURN)),
        document=_spread(document, bought, n, blank=-1),
        sale=_spread(sale, bought, n, blank=-1),
        manager=_managers(ledger, bought, document),
    )


def _earliest(place: Ints, keys: Ints, size: int) -> Ints:
    """Return the first place of all that have the same key, which is below ``size``."""
    codes, n = dense(keys, size)
    first = np.full(n, np.iinfo(np.int64).max)
    np.minimum.at(first, codes, place)
    return first[codes]


def _documents(ledger: Ledger, lines: Ints) -> Ints:
    """Return one number per customer and document, or per customer, day and manager.

    Numbers rise by first appearance.
    """
    day = ledger.day[lines].astype(np.int64)
    number, sellers = ledger.document[lines], len(ledger.managers) + 1
    # A day of one manager gets a number beyond those of documents.
    unnamed = (day - day.min(initial=0)) * sellers + ledger.manager[lines] + 1
    own = np.where(number >= 0, number, len(ledger.documents) + unnamed)
    width = int(own.max(initial=0)) + 1
    return numbered(ledger.customer[lines] * width + own)


def _places(ledger: Ledger, lines: Ints, document: Ints) -> Ints:
    """Return the place of each line's document among all, in time."""
    # Lines come by customer and day: the first seen of a document is its earliest.
    seen = np.maximum.accumulate(document)
    opening = np.flatnonzero(np.diff(seen, prepend=-1))
    first = lines[opening]
    whose, when = ledger.customer[first], ledger.day[first]
    # So do the documents; only those of one customer and day are still to be put in order.
    opens = np.ones(len(first), dtype=bool)
    opens[1:] = (whose[1:] != whose[:-1]) | (when[1:] != when[:-1])
    group = np.cumsum(opens) - 1
    tied = np.flatnonzero(np.bincount(group, minlength=1)[group] > 1)
    at = first[tied]
    order = order_by(group[tied], _tie_order(ledger, ledger.document[at]), ledger.manager[at])
    place = np.arange(len(first))
    place[tied[order]] = tied
    return place[document]


def _tie_order(ledger: Ledger, number: Ints) -> Ints:
    """Return the order of documents' numbers, 0 for those that have none: 9 comes before 10."""
    numbered = np.flatnonzero(number >= 0)
    names = list(map(ledger.documents.__getitem__, number[numbered].tolist()))
    in_order = sorted(sorted(set(names)), key=len)  # shorter numbers are older
    rank = dict(zip(in_order, range(1, len(in_order) + 1), strict=True))
    order = np.zeros(len(number), dtype=np.int64)
    order[numbered] = list(map(rank.__getitem__, names))
    return order


def _managers(ledger: Ledger, lines: Ints, document: Ints) -> Codes:
    last = len(ledger.managers)
    named = np.where(ledger.manager[lines] >= 0, ledger.manager[lines], last)
    first = _earliest(named, document, len(lines))
    managers = ledger.manager.astype(np.int32)
    managers[lines] = np.where(first < last, first, -1)
    return managers


def _spread(values: Ints, places: Ints, n: int, *, blank: int) -> Codes:
    spread = np.full(n, blank, dtype=np.int32)
    spread[places] = values
    return spread


def tally(
    ledger: Ledger, found: SaleKinds, kind: SaleKind, *, owner: Ints, n: int, lines: Bools
) -> Tally:
    """Count one kind of sale among some lines by owner.

    Parameters
    ----------
    owner
        Owner of every line of the ledger, 0 to n - 1.
    lines
        Lines that count.
    """
    at = np.flatnonzero(lines & (found.kind == kind))
    whose = owner[at]
    return Tally(
        documents=_distinct(found.document[at], whose, n),
        sales=_distinct(found.sale[at], whose, n),
        units=sums(whose, ledger.amount[at], n),
    )


def _distinct(what: Codes, whose: Ints, n: int) -> Ints:
    """Count distinct things by owner; a thing has one owner, and -1 is none."""
    owner = np.full(int(what.max(initial=-1)) + 2, -1, dtype=np.int64)
    owner[what] = whose
    owner[-1] = -1
    return np.bincount(owner[owner >= 0], minlength=n)

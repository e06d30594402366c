"""Kinds of sale: the first document, repeat sales and new directions."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd

from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints, Ledger


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

    kind: Ints
    """:class:`SaleKind` by line."""
    document: Ints
    """Document by line: as numbered, else what a customer buys of a manager on one day; -1 of
    returns."""
    manager: Ints
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
    # All of the customer's first document is a first sale, whatever the products in it.
    line = pd.Series(place).groupby(customer * (len(ledger.products) + 1) + product + 1)
    first_of_line = line.transform("min").to_numpy()
    first_of_all = pd.Series(place).groupby(customer).transform("min").to_numpy()
    kind = np.where(place == first_of_line, SaleKind.NEW_DIRECTION, SaleKind.REPEAT)
    kind[place == first_of_all] = SaleKind.PRIMARY
    return SaleKinds(
        kind=_spread(kind, bought, len(ledger.amount), blank=int(SaleKind.RETURN)),
        document=_spread(document, bought, len(ledger.amount), blank=-1),
        manager=_managers(ledger, bought, document),
    )


def _documents(ledger: Ledger, lines: Ints) -> Ints:
    """Return one number per customer and document, or per customer, day and manager."""
    day = ledger.day[lines].astype(np.int64)
    number, sellers = ledger.document[lines], len(ledger.managers) + 1
    # A day of one manager gets a number beyond those of documents.
    unnamed = (day - day.min(initial=0)) * sellers + ledger.manager[lines] + 1
    own = np.where(number >= 0, number, len(ledger.documents) + unnamed)
    width = int(own.max(initial=0)) + 1
    codes: Ints = pd.factorize(ledger.customer[lines] * width + own)[0]
    return codes


def _places(ledger: Ledger, lines: Ints, document: Ints) -> Ints:
    """Return the place of each line's document among all, in time."""
    n = int(document.max(initial=-1)) + 1
    day = ledger.day[lines].astype(np.int64)
    # Lines come by customer and day: the first seen of a document is its earliest.
    opening = np.unique(document, return_index=True)[1]
    whose, when = ledger.customer[lines][opening], day[opening]
    seller = ledger.manager[lines][opening]
    name = _tie_order(ledger, ledger.document[lines][opening], whose=whose, when=when)
    order = np.lexsort((seller, name, when, whose))
    place = np.empty(n, dtype=np.int64)
    place[order] = np.arange(n)
    return place[document]


def _tie_order(ledger: Ledger, number: Ints, *, whose: Ints, when: Ints) -> Ints:
    """Return the order of numbers among documents of one customer and day, 0 for lone ones."""
    pairs = pd.DataFrame({"whose": whose, "when": when})
    tied = np.flatnonzero(pairs.duplicated(keep=False).to_numpy() & (number >= 0))
    names = {int(code): _number(ledger.documents[code]) for code in number[tied]}
    rank = {code: place for place, code in enumerate(sorted(names, key=lambda c: names[c]))}
    order = np.zeros(len(number), dtype=np.int64)
    order[tied] = [rank[int(code)] + 1 for code in number[tied]]
    return order


def _number(document: str) -> tuple[int, str]:
    """Sort 9 before 10: shorter numbers are older."""
    return len(document), document


def _managers(ledger: Ledger, lines: Ints, document: Ints) -> Ints:
    last = len(ledger.managers)
    named = np.where(ledger.manager[lines] >= 0, ledger.manager[lines], last)
    first = pd.Series(named).groupby(document).transform("min").to_numpy()
    of_lines = np.where(first < last, first, -1).astype(np.int64)
    managers = ledger.manager.copy()
    managers[lines] = of_lines
    return managers


def _spread(values: Ints, places: Ints, n: int, *, blank: int) -> Ints:
    spread = np.full(n, blank, dtype=np.int64)
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
    whose, document = owner[at], found.document[at]
    units = np.zeros(n, dtype=np.int64)
    np.add.at(units, whose, ledger.amount[at])
    width = len(ledger.products) + 1
    sale = document * width + ledger.product[at] + 1
    return Tally(
        documents=_distinct(document, whose, n), sales=_distinct(sale, whose, n), units=units
    )


def _distinct(what: Ints, whose: Ints, n: int) -> Ints:
    """Count distinct things by owner; a thing has one owner."""
    first = ~pd.Series(what).duplicated().to_numpy()
    return np.bincount(whose[first], minlength=n)

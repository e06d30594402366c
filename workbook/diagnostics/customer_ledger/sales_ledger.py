"""Sales that count, as arrays: exact amounts and codes; and the customers of all tables."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import repeat
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import dates, numbers, texts
from workbook.diagnostics.customer_ledger.codes import coded, codes_in, one_spelling, places
from workbook.diagnostics.customer_ledger.ledger_tables import ELSEWHERE
from workbook.diagnostics.customer_ledger.months import Days, Span, compared_span
from workbook.diagnostics.customer_ledger.register import Bools as Bools
from workbook.diagnostics.customer_ledger.register import Ints as Ints
from workbook.diagnostics.customer_ledger.register import Register, register_of
from workbook.stats import Floats
from workbook.stats.whole_order import order_by

if TYPE_CHECKING:
    from workbook.diagnostics.inputs import Inputs

Kind = TypeVar("Kind", bound=np.generic)
DIGITS = 4
"""Decimals of an amount that are kept exactly; fewer where totals would outgrow 64 bits."""
_LARGEST = 4e18


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ledger:
    """Counted sales lines, sorted by customer and day, and what is known of customers.

    A code is a place in ``customers``, ``products``, ``managers`` or ``documents``; -1 is blank.
    Money is in whole units of 1 / ``scale`` of the currency, so that sums and comparisons are
    exact.
    """

    customers: tuple[str, ...]
    """Ids of the customers table, then those only in sales, then those that only other tables
    name; each part in the order of text."""
    listed: int
    """How many of them the customers table names."""
    listed_or_bought: int
    """How many of them it names or the sales: those that stand in nothing else come after."""
    products: tuple[str, ...]
    managers: tuple[str, ...]
    documents: tuple[str, ...]
    """In no meaningful order."""
    customer: Ints
    product: Ints
    manager: Ints
    """On the document; of the customer where no sale names one."""
    document: Ints
    """Nothing where documents are not told apart."""
    row: Ints
    """Row of the sales table that each line is, from 0."""
    day: Days
    amount: Ints
    margin: Ints | None
    """None: no margin is given."""
    has_margin: Bools
    """The line tells its margin."""
    is_return: Bools
    """A return, or a negative amount; neither it nor a line of 0.00 is a purchase."""
    scale: float
    manager_now: Ints
    """By customer: of the customers table, else of the latest document."""
    registered: Days
    """By customer, NaT where not known."""
    contract_end: Days
    """By customer: last day of its contract, NaT where none is known."""
    register: Register
    """The losses that are written down."""
    as_of: date
    before: date | None
    """Last day of the period that this one is compared with; None: with what lies right before."""
    first: date | None
    """First day with a counted line; None without any."""
    cancelled: int
    """Lines left out: cancelled documents."""
    future: int
    """Lines left out: after the as-of date."""
    no_margin: int
    """Counted lines without a margin (taken as 0)."""

    @property
    def n(self) -> int:
        """Number of known customers."""
        return len(self.customers)

    @property
    def is_purchase(self) -> Bools:
        """Lines that make a customer active: not a return, more than 0."""
        return ~self.is_return & (self.amount > 0)

    def money(self, units: int) -> float:
        """Return exact units as money, the nearest float."""
        return int(units) / self.scale

    def within(self, window: Span) -> Bools:
        """Return which lines lie in the window."""
        after, last = np.datetime64(window.after, "D"), np.datetime64(window.last, "D")
        return (self.day > after) & (self.day <= last)

    def then(self, months: int) -> tuple[date, int]:
        """Return where what is called "before" ends: so many months before a day.

        Bounds of windows are counted from that day itself, so that successive ones tile.

        Parameters
        ----------
        months
            Length of the window that is compared.
        """
        return (self.as_of, months) if self.before is None else (self.before, 0)

    def earlier(self, months: int, *, ago: int = 0) -> Span:
        """Return the window that the last ``months`` are compared with, or some before it."""
        return compared_span(self.as_of, months, before=self.before, ago=ago)

    def reaches(self, day: date) -> bool:
        """Return whether the data begin in the month of ``day`` or earlier.

        By month, for a year of data need not begin with a sale on 1 January.
        """
        if self.first is None:
            return False
        return (self.first.year, self.first.month) <= (day.year, day.month)

    def without_documents(self) -> "Ledger":
        """Return the ledger with its documents forgotten, which take the most room."""
        return replace(self, document=np.array([], dtype=np.int64), documents=())

    def id_of(self, code: int) -> str:
        """Return the id of a customer."""
        return self.customers[code]

    def of_listed_or_bought(self) -> "Ledger":
        """Return the ledger without the customers that stand in other tables only.

        Nothing is known of these but what they answered or why they left: they have neither
        attributes to be put into a segment by, nor sales.
        """
        n = self.listed_or_bought
        kept = self.register.customer < n
        return replace(
            self,
            customers=self.customers[:n],
            manager_now=self.manager_now[:n],
            registered=self.registered[:n],
            contract_end=self.contract_end[:n],
            register=Register(
                customer=self.register.customer[kept],
                lost=self.register.lost[kept],
                returned=self.register.returned[kept],
                row=self.register.row[kept],
                n=n,
            ),
        )


def ledger_of(inputs: "Inputs", *, with_documents: bool = True) -> Ledger:
    """Return the ledger of an engagement; without sales it has customers but no lines.

    Cancelled documents and days after the as-of date are left out and counted.  A return takes
    its amount away whichever sign it is written with.

    Parameters
    ----------
    with_documents
        Whether documents are told apart, which is dear where there is one per line.
    """
    ledger = inputs.sales  # sorted and summed once for all that ask
    return _with_documents(ledger, inputs.tables.get("sales")) if with_documents else ledger


def _with_documents(ledger: Ledger, sales: pd.DataFrame | None) -> Ledger:
    if sales is None:
        sales = pd.DataFrame(index=ledger.row)
    document, documents = coded(sales, "document_id", in_order=False)
    return replace(ledger, document=document[ledger.row], documents=documents)


def sales_ledger(inputs: "Inputs") -> Ledger:
    """Return the ledger of an engagement without documents (see :func:`ledger_of`)."""
    known = inputs.tables.get("customers", pd.DataFrame({"customer_id": pd.array([], "str")}))
    sales = inputs.tables.get("sales")
    if sales is None:
        sales = pd.DataFrame({"customer_id": pd.array([], "str"), "date": [], "amount": []})
    cancelled, returned = _of_kinds(sales, "cancelled", "return")
    day = dates(sales, "date").to_numpy().astype("datetime64[D]")
    past = day <= np.datetime64(inputs.as_of, "D")
    ids = texts(known, "customer_id")
    listed = set(ids.tolist()) - {""}
    whom = coded(sales, "customer_id")
    rows, customer, counted = _lines(whom, day, past & ~cancelled, listed)
    customers = (*counted, *_elsewhere(inputs, whom[1], set(counted)))
    amount, margin = _money(sales, rows, returned=returned[rows])
    scale = _scale(amount, margin)
    product, products = one_spelling(*coded(sales, "product"))
    whose = pd.Index(customers, dtype=object).get_indexer(pd.Index(ids, dtype=object))
    managers, on_document, kept = _managers(sales, known, rows=rows)
    now = _by_customer(kept, whose, len(customers), np.int64(-1))
    losses = inputs.tables.get("lost_customers")
    return Ledger(
        customers=customers,
        listed=len(listed),
        listed_or_bought=len(counted),
        products=products,
        managers=managers,
        documents=(),
        customer=customer,
        product=product[rows],
        manager=_of_sales(on_document, now[customer]),
        document=np.array([], dtype=np.int64),
        row=rows,
        day=day[rows],
        amount=_units(amount, scale),
        margin=None if np.isnan(margin).all() else _units(margin, scale),
        has_margin=~np.isnan(margin),
        is_return=returned[rows] | (amount < 0),
        scale=scale,
        manager_now=_now(now, customer, on_document, day[rows]),
        registered=_dates(known, "registered_date", whose, len(customers)),
        contract_end=_dates(known, "contract_end", whose, len(customers)),
        register=register_of(
            losses,
            np.array([], dtype=np.int64) if losses is None else codes_in(losses, customers),
            len(customers),
            as_of=np.datetime64(inputs.as_of, "D"),
        ),
        as_of=inputs.as_of,
        before=inputs.before,
        first=day[rows].min().astype(object) if len(rows) else None,
        cancelled=int((past & cancelled).sum()),
        future=int((~past & ~np.isnat(day)).sum()),
        no_margin=int(np.isnan(margin).sum()),
    )


def _elsewhere(inputs: "Inputs", sold: tuple[str, ...], counted: set[str]) -> list[str]:
    """Return the customers that neither the customers table nor a counted sale names."""
    tables = [inputs.tables[name] for name in ELSEWHERE if name in inputs.tables]
    named = {word for table in tables for word in coded(table, "customer_id", in_order=False)[1]}
    return sorted(named.union(sold) - counted)


def _lines(
    whom: tuple[Ints, tuple[str, ...]], day: Days, counted: Bools, listed: set[str]
) -> tuple[Ints, Ints, tuple[str, ...]]:
    """Return the rows that count by customer and day, their customers, and all known customers."""
    rows = np.flatnonzero(counted)
    customer, customers = _customers(*whom, rows, listed)
    rows, customer = rows[customer >= 0], customer[customer >= 0]
    order = order_by(customer, day[rows].astype(np.int64))
    return rows[order], customer[order], customers


def _of_kinds(sales: pd.DataFrame, *kinds: str) -> list[Bools]:
    """Return which rows are of each of some kinds of document."""
    codes, words = coded(sales, "kind")
    return [codes == (words.index(kind) if kind in words else len(words)) for kind in kinds]


def _customers(
    codes: Ints, words: tuple[str, ...], counted: Ints, listed: set[str]
) -> tuple[Ints, tuple[str, ...]]:
    """Return the customer of each counted row, and all known customers."""
    codes = codes[counted]
    lines = np.bincount(codes[codes >= 0], minlength=len(words))
    bought = {words[code] for code in np.flatnonzero(lines).tolist()}
    customers = (*sorted(listed), *sorted(bought - listed))
    place = places(customers)
    renamed = np.array([*map(place.get, words, repeat(-1)), -1], dtype=np.int64)
    return renamed[codes], customers


def _money(sales: pd.DataFrame, rows: Ints, *, returned: Bools) -> tuple[Floats, Floats]:
    amount = np.nan_to_num(numbers(sales, "amount")[rows])
    margin = numbers(sales, "margin")[rows]
    turned = returned & (amount > 0)  # a return written without its sign
    return np.where(turned, -amount, amount), np.where(turned, -margin, margin)


def _scale(amount: Floats, margin: Floats) -> float:
    """Return the largest power of ten up to ``DIGITS`` under which all totals fit 64 bits."""
    total = max(float(np.abs(amount).sum()), float(np.nansum(np.abs(margin))))
    digits = DIGITS
    while total * 10.0**digits > _LARGEST:
        digits -= 1
    return 10.0**digits


def _units(values: Floats, scale: float) -> Ints:
    return np.rint(np.nan_to_num(values) * scale).astype(np.int64)


def _managers(
    sales: pd.DataFrame, known: pd.DataFrame, *, rows: Ints
) -> tuple[tuple[str, ...], Ints, Ints]:
    """Return the managers' names, those on the rows and those of the customers table's rows."""
    sold, sellers = coded(sales, "manager")
    kept, keepers = coded(known, "manager")
    names = tuple(sorted({*sellers, *keepers}))
    place = places(names)
    on_sale = np.array([*(place[name] for name in sellers), -1], dtype=np.int64)[sold[rows]]
    of_row = np.array([*(place[name] for name in keepers), -1], dtype=np.int64)[kept]
    return names, on_sale, of_row


def _of_sales(on_document: Ints, of_customer: Ints) -> Ints:
    return on_document if bool((on_document >= 0).any()) else of_customer


def _now(given: Ints, customer: Ints, manager: Ints, day: Days) -> Ints:
    """Return who is responsible at the as-of date: as given, else of the latest document."""
    named = np.flatnonzero(manager >= 0)
    whose, when = customer[named], day[named]
    # Lines come by customer and day: of a customer's last day the last manager by name counts.
    closing = np.full(len(given), np.datetime64("NaT", "D"))
    closing[whose] = when
    last = when == closing[whose]
    latest = np.full(len(given), -1, dtype=np.int64)
    np.maximum.at(latest, whose[last], manager[named][last])
    return np.where(given >= 0, given, latest)


def _dates(known: pd.DataFrame, column: str, whose: Ints, n: int) -> Days:
    """Return a date of the customers table by customer, NaT where not known."""
    given = dates(known, column).to_numpy().astype("datetime64[D]")
    return _by_customer(given, whose, n, np.datetime64("NaT", "D"))


def _by_customer(values: npt.NDArray[Kind], whose: Ints, n: int, blank: Kind) -> npt.NDArray[Kind]:
    """Spread a column of the customers table over all customers; ``whose`` is each row's, or -1."""
    spread = np.full(n, blank, dtype=values.dtype)
    spread[whose[whose >= 0]] = values[whose >= 0]
    return spread

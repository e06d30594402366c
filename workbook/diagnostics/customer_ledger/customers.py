"""The customer ledger made: every customer of the tables once, with what is known of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import has, texts
from workbook.diagnostics.customer_ledger import contacts
from workbook.diagnostics.customer_ledger.abc_classes import CLASSES, abc, sums
from workbook.diagnostics.customer_ledger.codes import codes_in
from workbook.diagnostics.customer_ledger.differences import differences
from workbook.diagnostics.customer_ledger.identities import check
from workbook.diagnostics.customer_ledger.ledger_result import (
    CUSTOMERS,
    CustomerLedger,
    StateCounts,
)
from workbook.diagnostics.customer_ledger.months import Days, Span, back, span
from workbook.diagnostics.customer_ledger.purchases import Purchases, own_intervals, purchases
from workbook.diagnostics.customer_ledger.rules import LedgerRules
from workbook.diagnostics.customer_ledger.sales_ledger import Ints, Ledger, ledger_of
from workbook.diagnostics.customer_ledger.states import (
    ACTIVE,
    CONTRACT_ENDED,
    ORDER,
    PROSPECT,
    REGISTERED_LOSS,
    SILENT,
    Marks,
    all_silent,
    begun,
    is_lost,
    states,
)
from workbook.diagnostics.names import or_none, words_at
from workbook.stats.data_table import DataTable
from workbook.stats.whole_order import distinct

if TYPE_CHECKING:
    from workbook.diagnostics.inputs import Inputs

YEAR = 12
"""Months of the revenue of a customer."""
Columns = dict[str, Any]
"""Columns of the ledger by customer code; what no table speaks of is left out."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Books:
    """What the columns are made of."""

    inputs: "Inputs"
    rules: LedgerRules
    sales: Ledger
    bought: Purchases
    marks: Marks


def customer_ledger(inputs: "Inputs", rules: LedgerRules) -> CustomerLedger:
    """Return the ledger of an engagement.

    The state is the first that holds: prospect (never bought, and in no register of losses),
    registered loss (in the register, not returned by the as-of date), contract ended (without a
    purchase since), silent (nothing bought for longer than ``rules.lifecycle_months`` and no
    contract running), active.  Sales, losses, returns and answers after the as-of date have not
    happened; cancelled documents do not count, and returned goods alone are no purchase.

    Raises
    ------
    ValueError
        When states or revenue do not add up.
    """
    sales = ledger_of(inputs, with_documents=False)
    bought = purchases(sales)
    since = back(sales.as_of, rules.lifecycle_months)
    books = _Books(
        inputs=inputs,
        rules=rules,
        sales=sales,
        bought=bought,
        marks=states(sales, bought, day=sales.as_of, since=since),
    )
    columns = {**_states(books), **_who(books), **_register(books)}
    if sales.first is not None:
        columns |= _sales(books)
    columns |= _contacts(books)
    unknown = set() if sales.first is not None else {"is_silent", "is_new"}
    blank = np.full(sales.n, None, dtype=object)
    frame = pd.DataFrame({c.name: columns.get(c.name, blank) for c in CUSTOMERS})
    made = CustomerLedger(
        customers=DataTable(CUSTOMERS, frame),
        known=frozenset(columns) - unknown,
        differences=differences(sales, bought, books.marks, frame),
        counts=_counts(books, columns),
        rules=rules,
        as_of=sales.as_of,
        sales_known=sales.first is not None,
        silence_known=sales.reaches(since),
    )
    check(made, inputs)
    return made


def _states(books: _Books) -> Columns:
    sales, bought, marks = books.sales, books.bought, books.marks
    today = sales.as_of
    since = back(today, books.rules.lifecycle_months)
    active = marks == ACTIVE
    in_register = sales.register.latest(np.datetime64(today, "D")) >= 0
    return {
        "customer_id": words_at(sales.customers, np.arange(sales.n)),
        "state": words_at(ORDER, marks),
        "is_lost": is_lost(marks),
        "is_new": active & ~begun(sales, bought, since),
        "is_returned": active & in_register,
        "is_silent": all_silent(sales, bought, day=today, since=since),
        "in_register": in_register,
    }


def _who(books: _Books) -> Columns:
    """Return names and groups: of the customers table, else of the register."""
    sales, tables = books.sales, books.inputs.tables
    found: Columns = {}
    listed, losses = tables.get("customers"), tables.get("lost_customers")
    for column in ("name", "segment", "region", "manager"):
        responsible = column == "manager" and bool((sales.manager_now >= 0).any())
        if not (responsible or has(listed, column) or has(losses, column)):
            continue
        words = np.full(sales.n, "", dtype=object)
        if losses is not None:
            at = sales.register.latest(np.datetime64(sales.as_of, "D"))
            row = np.append(sales.register.row, -1)[at]
            words = np.append(texts(losses, column).to_numpy(dtype=object), "")[row]
        if listed is not None:
            given = texts(listed, column).to_numpy(dtype=object)
            filled = np.flatnonzero(given != "")
            words[codes_in(listed, sales.customers)[filled]] = given[filled]
        if responsible:
            now = sales.manager_now
            words = np.where(now >= 0, words_at(sales.managers, now), words)
        found[column] = or_none(words)
    if not np.isnat(sales.contract_end).all():
        found["contract_end"] = sales.contract_end
    return found


def _register(books: _Books) -> Columns:
    losses = books.inputs.tables.get("lost_customers")
    if losses is None:
        return {}
    register, today = books.sales.register, np.datetime64(books.sales.as_of, "D")
    row = np.append(register.row, -1)[register.latest(today)]
    reasons = np.append(texts(losses, "reasons").to_numpy(dtype=object), "")[row]
    return {
        "lost_date": register.lost_on(today),
        "returned": register.returned_on(today),
        "reasons": or_none(reasons),
    }


def _sales(books: _Books) -> Columns:
    sales, bought, rules = books.sales, books.bought, books.rules
    last = bought.last(sales.as_of)
    silence = (np.datetime64(sales.as_of, "D") - last).astype(np.int64)
    year, before = span(sales.as_of, YEAR), sales.earlier(YEAR)
    found: Columns = {
        "first_sale": bought.first(),
        "last_sale": last,
        "own_interval": own_intervals(bought, rules.min_intervals),
        "silence_days": pd.Series(silence).astype("Int64").mask(np.isnat(last)),
        "revenue": _revenue(sales, year),
    }
    if sales.reaches(before.first):
        found["revenue_before"] = _revenue(sales, before)
    if rules.abc_measure == "amount" or sales.margin is not None:
        ranked = abc(sales, span(sales.as_of, rules.window_months), rules)
        found["abc"] = words_at(CLASSES, ranked.marks)
    if sales.products:
        lines = sales.is_purchase & sales.within(year) & (sales.product >= 0)
        found["products"] = _products(sales, lines)
        found["single_product"] = found["products"] == 1
    return found


def _revenue(sales: Ledger, window: Span) -> Any:
    lines = sales.within(window)
    return sums(sales.customer[lines], sales.amount[lines], sales.n) / sales.scale


def _products(sales: Ledger, lines: "np.ndarray[Any, np.dtype[np.bool_]]") -> Ints:
    """Return the product lines that each customer bought."""
    width = len(sales.products)
    pairs = distinct(sales.customer[lines] * width + sales.product[lines], sales.n * width)
    return np.bincount(pairs // width, minlength=sales.n)


def _contacts(books: _Books) -> Columns:
    tables, sales = books.inputs.tables, books.sales
    known = contacts.Known(ids=pd.Index(sales.customers, dtype="str"), year=span(sales.as_of, YEAR))
    found: Columns = {}
    survey, marks = tables.get("survey"), tables.get("satisfaction")
    if survey is not None and has(survey, "customer_id"):
        scores = contacts.latest_scores(survey, known)
        found |= {"score": scores, "score_class": contacts.class_of_scores(scores)}
    if marks is not None and has(marks, "customer_id"):
        found["lowest_mark"] = contacts.lowest_marks(marks, known)
    complaints = tables.get("complaints")
    if complaints is not None and has(complaints, "closed_date"):
        found["open_complaint"] = contacts.open_complaints(complaints, known)
    offers = tables.get("offers")
    if offers is not None:
        told = contacts.open_offers(offers, known)
        found |= {"open_offers": told["open_offers"], "next_step": told["next_step"]}
    people = contacts.first_answers([t for t in (survey, marks) if t is not None], known.ids)
    if people is not None:
        found["single_contact"] = contacts.single_contacts(people, known)
    return found


def _counts(books: _Books, columns: Columns) -> StateCounts:
    marks = books.marks
    n = np.bincount(marks, minlength=len(ORDER))
    registered, quiet = marks == REGISTERED_LOSS, columns["is_silent"]
    lost: Days = books.sales.register.lost_on(np.datetime64(books.sales.as_of, "D"))
    later = books.bought.last(books.sales.as_of) > lost  # NaT is never later
    return StateCounts(
        customers=books.sales.n,
        prospect=int(n[PROSPECT]),
        registered_loss=int(n[REGISTERED_LOSS]),
        contract_ended=int(n[CONTRACT_ENDED]),
        silent=int(n[SILENT]),
        active=int(n[ACTIVE]),
        new=int(columns["is_new"].sum()),
        returned=int(columns["is_returned"].sum()),
        all_silent=int(quiet.sum()),
        both=int((registered & quiet).sum()),
        register_still_buying=int((registered & ~quiet & later).sum()),
        months=books.rules.lifecycle_months,
        register_known="lost_customers" in books.inputs.tables,
    )

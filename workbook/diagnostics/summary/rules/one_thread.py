"""Rule 7: revenue that hangs on one manager, one contact and one product."""

from collections.abc import Iterator
from math import fsum

import pandas as pd

from workbook.diagnostics.claims import Claim, Judged, MoneyKind, judge
from workbook.diagnostics.gates import says_something
from workbook.diagnostics.summary.cross_facts import CrossFacts
from workbook.diagnostics.what_if.last_year import last_year
from workbook.diagnostics.what_if.leaving_manager import held, told_flags


def one_thread(facts: CrossFacts) -> Iterator[Judged]:
    """Yield the customers that nothing else holds, over all managers; nobody is named.

    Where nobody's contacts are known, the claim is of one manager and one product, and says so.
    Where there is one manager, or every customer buys one product, it is so by definition.
    """
    year = last_year(facts.inputs)
    customers = facts.ledger.customers
    if year is None:
        return
    contacts = told_flags(customers, "single_contact")
    rows = held(year, contacts, told_flags(customers, "single_product"))
    managers = rows.loc[rows["manager"] != "", "manager"].nunique()
    products = rows["single_product"].dropna()
    if not managers or products.empty:
        return
    found = rows.loc[_on_one_thread(rows, with_contact=bool(contacts))]
    if found.empty:
        return
    money = fsum(found["revenue"])
    yield judge(
        Claim(
            id="one_thread" if contacts else "one_thread_no_contact",
            figures={"n": len(found), "all": len(rows), "money": money},
            count=len(found),
            population=len(rows),
            customers=len(found),
            customer_ids=tuple(found["customer_id"]),
            money=money,
            money_of=fsum(rows["revenue"]),
            money_kind=MoneyKind.REVENUE,
            evidence="customers",
            diagnostics=facts.present("segmentation_matrix", *(["loyalty"] if contacts else [])),
            due_days=60,
        ),
        says_something(by_definition=managers == 1 or bool(products.all())),
    )


def _on_one_thread(rows: pd.DataFrame, *, with_contact: bool) -> "pd.Series[bool]":
    one = rows["only_manager"] & (rows["manager"] != "")
    one &= rows["single_product"].fillna(False).astype(bool)
    return one & rows["single_contact"].fillna(False).astype(bool) if with_contact else one

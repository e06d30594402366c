"""The 12 months to the as-of date by customer: net invoices, margin, who sold."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, numbers, texts
from workbook.diagnostics.inputs import Inputs
from workbook.stats import Floats
from workbook.stats.data_table import DataTable, flag, number, text

LAST_YEAR = (
    text("customer_id", "A customer with an invoice or a return in these months."),
    text("name", "Its name; its id where no table has one."),
    number("turnover", "Net invoices: what was returned is taken away.", unit="money"),
    number("margin", "Margin of the lines that tell one.", unit="money"),
    number("margin_turnover", "Net invoices of the lines that tell a margin.", unit="money"),
    text("manager", "Who looks after it: of the customers table, else of its latest document."),
    flag("only_manager", "None of its documents of these months names another manager."),
)
"""Columns of a year by customer, largest turnover first."""
_DIGITS = 4
"""Decimals of an amount that are kept; fewer where sums would outgrow 64 bits."""
_LARGEST = 4e18
_MONEY = ("turnover", "margin", "margin_turnover")


def year_to(as_of: date) -> tuple[date, date]:
    """Return the first and the last day of the 12 months that end with ``as_of``.

    Months end with their last day: the year to 28 February 2025 begins on 1 March 2024.

    Examples
    --------
    >>> [day.isoformat() for day in year_to(date(2025, 12, 31))]
    ['2025-01-01', '2025-12-31']
    """
    tomorrow = as_of + timedelta(days=1)
    if tomorrow.day == 1:
        return tomorrow.replace(year=tomorrow.year - 1), as_of
    return as_of.replace(year=as_of.year - 1) + timedelta(days=1), as_of


def last_year(inputs: Inputs) -> DataTable | None:
    """Return the year by customer; None without a table of sales.

    Cancelled documents are left out.  A return takes its amount away whichever sign it is written
    with.  Sums are taken in whole units of the smallest decimal, so that a customer is at a
    threshold exactly when its invoices are.
    """
    sales = inputs.tables.get("sales")
    if sales is None:
        return None
    lines = _lines(sales, inputs.as_of)
    first, last = (np.datetime64(day, "D") for day in year_to(inputs.as_of))
    year = lines.loc[(lines["day"] >= first) & (lines["day"] <= last)]
    scale = _scale(year)
    units = year[list(_MONEY)].mul(scale).round().astype("int64")
    sums = units.groupby(year["customer"]).sum()
    keeper = _keepers(inputs, lines).reindex(sums.index).fillna("")
    found = pd.DataFrame(
        {
            "customer_id": sums.index,
            "name": _names(inputs, sums.index),
            **{column: sums[column] / scale for column in _MONEY},
            "manager": keeper,
            "only_manager": ~sums.index.isin(_of_others(year, keeper)),
        }
    )
    return DataTable(
        LAST_YEAR, found.sort_values(["turnover", "customer_id"], ascending=[False, True])
    )


def _lines(sales: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the lines that count up to the as-of date."""
    kind = texts(sales, "kind").to_numpy()
    amount, margin = numbers(sales, "amount"), numbers(sales, "margin")
    turned = np.where((kind == "return") & (amount > 0), -1.0, 1.0)
    priced = ~np.isnan(margin)
    lines = pd.DataFrame(
        {
            "customer": texts(sales, "customer_id").to_numpy(),
            "day": dates(sales, "date").to_numpy().astype("datetime64[D]"),
            "manager": texts(sales, "manager").to_numpy(),
            "turnover": _known(amount * turned),
            "margin": _known(margin * turned),
            "margin_turnover": np.where(priced, _known(amount * turned), 0.0),
        }
    )
    counted = (kind != "cancelled") & (lines["customer"] != "")
    made: pd.DataFrame = lines.loc[counted & (lines["day"] <= np.datetime64(as_of, "D"))]
    return made


def _known(values: Floats) -> Floats:
    return np.asarray(np.nan_to_num(values), dtype=np.float64)


def _scale(lines: pd.DataFrame) -> float:
    total = max((float(lines[column].abs().sum()) for column in _MONEY), default=0.0)
    digits = _DIGITS
    while total * 10.0**digits > _LARGEST:
        digits -= 1
    return 10.0**digits


def _names(inputs: Inputs, ids: "pd.Index[str]") -> list[str]:
    table = inputs.tables.get("customers")
    known: dict[str, str] = {}
    if table is not None:
        known = dict(zip(texts(table, "customer_id"), texts(table, "name"), strict=True))
    return [known.get(one) or one for one in ids]


def _keepers(inputs: Inputs, lines: pd.DataFrame) -> "pd.Series[str]":
    """Return who looks after each customer: as the customers table says, else as sold last.

    Of two managers on one day the later by name, whatever the order of rows.
    """
    named = lines.loc[lines["manager"] != ""].sort_values(["customer", "day", "manager"])
    latest = named.drop_duplicates("customer", keep="last").set_index("customer")["manager"]
    table = inputs.tables.get("customers")
    if table is None:
        return latest
    given = pd.Series(
        texts(table, "manager").to_numpy(), index=texts(table, "customer_id").to_numpy()
    )
    given = given.loc[(given != "").to_numpy()]
    return given.loc[~given.index.duplicated()].combine_first(latest)


def _of_others(year: pd.DataFrame, keeper: "pd.Series[str]") -> "pd.Index[str]":
    """Return the customers with a document that names a manager who does not look after them."""
    named = year.loc[year["manager"] != ""]
    other = named["manager"].to_numpy() != keeper.reindex(named["customer"]).to_numpy()
    found: pd.Index[str] = pd.Index(named["customer"].to_numpy()[other], dtype="str")
    return found

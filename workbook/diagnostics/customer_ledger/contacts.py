"""What customers answered, complained of and were offered, by customer code."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, has, numbers, texts
from workbook.diagnostics.customer_ledger.ledger_result import ScoreClass
from workbook.diagnostics.customer_ledger.months import Span
from workbook.diagnostics.score_classes import DETRACTORS_TO, PROMOTERS_FROM


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The customers by code, and the days that count."""

    ids: "pd.Index[str]"
    year: Span
    """The 12 months to the as-of date."""

    def rows(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return ``code`` and ``day`` of each row; staff is no customer."""
        found = pd.DataFrame(
            {
                "code": self.ids.get_indexer(pd.Index(texts(table, "customer_id"))),
                "day": dates(table, "date").to_numpy(),
            }
        )
        own = (found["code"] >= 0) & (texts(table, "side") != "staff").to_numpy()
        return found.loc[own]

    def within_year(self, days: "pd.Series[pd.Timestamp]") -> "pd.Series[bool]":
        """Return which days lie in the last 12 months."""
        return (days > pd.Timestamp(self.year.after)) & self.past(days)

    def past(self, days: "pd.Series[pd.Timestamp]") -> "pd.Series[bool]":
        """Return which days are not after the as-of date."""
        return days <= pd.Timestamp(self.year.last)

    def spread(self, by_code: "pd.Series[Any]") -> "pd.Series[Any]":
        """Return values by code as a column of all customers."""
        return by_code.reindex(pd.RangeIndex(len(self.ids)))


def latest_scores(table: pd.DataFrame, known: Known) -> "pd.Series[float]":
    """Return each customer's latest score, the lowest of its day; one without a day is oldest."""
    rows = known.rows(table)
    rows["score"] = numbers(table, "score")[rows.index]
    rows = rows.loc[rows["score"].notna() & (rows["day"].isna() | known.past(rows["day"]))]
    rows = rows.sort_values(["code", "day", "score"], ascending=[True, False, True])
    return known.spread(rows.drop_duplicates("code").set_index("code")["score"])


def class_of_scores(scores: "pd.Series[float]") -> "pd.Series[Any]":
    """Return the class of each score, blank where there is none.

    Examples
    --------
    >>> [str(name) for name in class_of_scores(pd.Series([9.0, 8.0, 6.0]))]
    ['promoter', 'passive', 'detractor']
    """
    found = pd.Series(pd.NA, index=scores.index, dtype="object")
    found[scores >= PROMOTERS_FROM] = ScoreClass.PROMOTER
    found[scores < PROMOTERS_FROM] = ScoreClass.PASSIVE
    found[scores <= DETRACTORS_TO] = ScoreClass.DETRACTOR
    return found


def lowest_marks(table: pd.DataFrame, known: Known) -> "pd.Series[float]":
    """Return each customer's lowest mark of the last 12 months."""
    rows = known.rows(table)
    rows["mark"] = numbers(table, "mark")[rows.index]
    rows = rows.loc[known.within_year(rows["day"])]
    return known.spread(rows.groupby("code")["mark"].min())


def open_complaints(table: pd.DataFrame, known: Known) -> "pd.Series[Any]":
    """Return who complained in the last 12 months and was not answered by the as-of date.

    A complaint that nobody ever closed in the books does not stay open for years.
    """
    rows = known.rows(table)
    closed = dates(table, "closed_date").reset_index(drop=True).loc[rows.index]
    still = known.within_year(rows["day"]) & ~known.past(closed)
    found = np.zeros(len(known.ids), dtype=bool)
    found[rows.loc[still, "code"].to_numpy()] = True
    return pd.Series(found)


def open_offers(table: pd.DataFrame, known: Known) -> pd.DataFrame:
    """Return ``open_offers`` and ``next_step`` of each customer.

    A deal is its number, without one the customer and product; it is open unless its latest
    event up to the as-of date closed it.
    """
    rows = known.rows(table)
    at = rows.index.to_numpy()
    number = texts(table, "deal_id").to_numpy()[at]
    rows["number"] = number
    rows["product"] = np.where(number == "", texts(table, "product").to_numpy()[at], "")
    rows["owner"] = np.where(number == "", rows["code"], -1)
    rows["closed"] = texts(table, "status").isin(["won", "lost"]).to_numpy()[at].astype(np.int64)
    rows["due"] = dates(table, "due_date").to_numpy()[at]
    rows = rows.loc[known.past(rows["day"])]
    deal = ["number", "owner", "product"]
    rows = rows.sort_values([*deal, "day", "closed", "due", "code"], kind="stable")
    last = rows.drop_duplicates(deal, keep="last")
    is_open = last.loc[last["closed"] == 0].groupby("code")
    return pd.DataFrame(
        {
            "open_offers": known.spread(is_open.size()).fillna(0).astype(np.int64),
            "next_step": known.spread(is_open["due"].min()),
        }
    )


def first_answers(tables: Sequence[pd.DataFrame], ids: "pd.Index[str]") -> pd.DataFrame | None:
    """Return ``code``, ``person`` and the ``day`` of the first answer of each person.

    None where no customer has two persons or nobody answered twice: such tables number the
    answers, not the people.  An answer without a name is nobody's.
    """
    told = [table for table in tables if has(table, "customer_id")]
    if not told:
        return None
    rows = pd.concat([_people(table, ids) for table in told])
    rows = rows.loc[(rows["code"] >= 0) & (rows["person"] != "")]
    first = rows.groupby(["code", "person"])["day"].min().reset_index()
    again = rows.groupby(["code", "person"])["day"].nunique()
    if not first["code"].duplicated().any() or not (again > 1).any():
        return None
    return first


def _people(table: pd.DataFrame, ids: "pd.Index[str]") -> pd.DataFrame:
    rows = pd.DataFrame(
        {
            "code": ids.get_indexer(pd.Index(texts(table, "customer_id"))),
            "person": texts(table, "respondent_id").to_numpy(),
            "day": dates(table, "date").to_numpy(),
        }
    )
    return rows.loc[(texts(table, "side") != "staff").to_numpy()]


def single_contacts(first: pd.DataFrame, known: Known) -> "pd.Series[Any]":
    """Return of whom exactly one person has answered up to the as-of date, blank without any."""
    people = first.loc[known.past(first["day"])].groupby("code").size()
    found = known.spread(people)
    return (found == 1).astype("boolean").mask(found.isna())

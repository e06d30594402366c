"""What the records that contradict a mark weigh in money: their offers, their customers' turnover.

Money is in the engagement's currency, turnover that of the 365 days before the as-of date.
"""

from collections.abc import Callable, Iterable
from math import fsum

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, numbers, texts, truths
from workbook.diagnostics.claims import Confidence, MoneyKind
from workbook.diagnostics.controllability.check_rule import Records
from workbook.diagnostics.controllability.checks_result import Stake
from workbook.diagnostics.controllability.deal_checks import deals
from workbook.diagnostics.effect import share_of
from workbook.stats.clustered_share import clustered_share

_YEAR = pd.Timedelta(days=365)


def overdue_deals(records: Records) -> Stake | None:
    """Return what open deals with a past next step weigh."""
    found = deals(records)
    past = found["due_date"] < pd.Timestamp(records.as_of)
    return _of_deals(found, past & (found["status"] == "open"))


def open_deals_without_next_step(records: Records) -> Stake | None:
    """Return what open deals without a date of the next step weigh."""
    found = deals(records)
    return _of_deals(found, found["due_date"].isna() & (found["status"] == "open"))


def _of_deals(found: pd.DataFrame, which: "pd.Series[bool]") -> Stake | None:
    """Return what is won of some deals at the rate so far; all of it where no deal is closed."""
    amount = fsum(found.loc[which, "amount"].dropna())
    if amount <= 0:
        return None
    closed = found["status"].isin(["won", "lost"])
    won = (found.loc[closed, "status"] == "won").to_numpy()
    named = found["customer"].where(found["customer"] != "", found.index.to_series())
    rate = clustered_share(won, named.loc[closed].to_numpy(dtype=str))
    interval = None if rate is None else rate.interval
    effect = None if interval is None else share_of(amount, interval.low, interval.high)
    return Stake(
        kind=MoneyKind.POTENTIAL,
        amount=amount,
        money=amount if rate is None else amount * rate.share,
        whole=None,
        confidence=Confidence.ASSUMED,
        customer_ids=_named(found.loc[which, "customer"]),
        effect_low=None if effect is None else effect.low,
        effect_high=None if effect is None else effect.high,
    )


def complaints_without_cause(records: Records) -> Stake | None:
    """Return the turnover of customers with a complaint whose cause is not known."""
    frame = records.tables["complaints"]
    return _of_customers(
        records, texts(frame, "customer_id").loc[truths(frame, "cause_found") != 1]
    )


def process_not_mended(records: Records) -> Stake | None:
    """Return the turnover of customers whose complaint has a cause that may come again."""
    frame = records.tables["complaints"]
    left = (truths(frame, "cause_found") == 1) & (truths(frame, "process_mended") != 1)
    return _of_customers(records, texts(frame, "customer_id").loc[left])


def _of_customers(records: Records, named: Iterable[str]) -> Stake | None:
    """Return the turnover of the last year of some customers; None without any."""
    sales, ids = records.tables.get("sales"), _named(named)
    if sales is None:
        return None
    today, day = pd.Timestamp(records.as_of), dates(sales, "date")
    year = (day <= today) & (day > today - _YEAR)
    amount = np.nan_to_num(numbers(sales, "amount"))
    own = texts(sales, "customer_id").isin(list(ids))
    money, whole = fsum(amount[year & own]), fsum(amount[year])
    if money <= 0:
        return None
    return Stake(
        kind=MoneyKind.AT_RISK,
        amount=money,
        money=money,
        whole=whole,
        confidence=Confidence.ASSUMED,
        customer_ids=ids,
        effect_low=None,
        effect_high=None,
    )


def lost_without_reason(records: Records) -> Stake | None:
    """Return the yearly revenue of lost customers whose reason nobody knows."""
    frame = records.tables["lost_customers"]
    return _of_lost(frame, texts(frame, "reasons") == "")


def competitor_unnamed(records: Records) -> Stake | None:
    """Return the yearly revenue of customers lost to a competitor nobody can name."""
    frame = records.tables["lost_customers"]
    left = texts(frame, "destination") == "competitor"
    return _of_lost(frame, left & (texts(frame, "competitor") == ""))


def _of_lost(frame: pd.DataFrame, which: "pd.Series[bool]") -> Stake | None:
    revenue = np.nan_to_num(numbers(frame, "annual_revenue"))
    money = fsum(revenue[which.to_numpy(dtype=bool)])
    if money <= 0:
        return None
    return Stake(
        kind=MoneyKind.LOST,
        amount=money,
        money=money,
        whole=fsum(revenue),
        confidence=Confidence.COUNTED,
        customer_ids=_named(texts(frame, "customer_id").loc[which]),
        effect_low=None,
        effect_high=None,
    )


def _named(words: Iterable[str]) -> tuple[str, ...]:
    """Return the customers named, each once."""
    return tuple(dict.fromkeys(str(word) for word in words if word))


STAKES: dict[str, Callable[[Records], Stake | None]] = {
    "overdue_deals": overdue_deals,
    "open_deals_without_next_step": open_deals_without_next_step,
    "complaints_without_cause": complaints_without_cause,
    "process_not_mended": process_not_mended,
    "lost_customers_without_reason": lost_without_reason,
    "competitor_unnamed": competitor_unnamed,
}
"""What the records of a check weigh, by its id; others weigh nothing that the tables tell."""

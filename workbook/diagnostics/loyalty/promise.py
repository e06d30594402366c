"""Promise against deed: whether promoters recommend, and whether detractors leave.

Source: the recommendation question is a promise (loyalty_nps); the sales say who was named as
the recommender of a new customer, and who has stopped buying since the answer.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from workbook.diagnostics.cells import dates, has, numbers, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.criteria_result import Promise, SilenceWindow
from workbook.diagnostics.loyalty.nps import classes
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.silence import (
    days_of,
    held_against,
    last_day,
    purchase_days,
    window_days,
)
from workbook.language.spelling import id_keys
from workbook.stats import Floats

PROMOTER, DETRACTOR = 1, -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Deeds:
    """What customers who answered did afterwards."""

    latest: pd.DataFrame
    """``class`` and ``day`` of each customer's latest score, and its ``row`` of the survey; index:
    the customer."""
    named: frozenset[str] | None
    """Of them, named as recommenders; None where no recommender is a customer."""
    followed: Mapping[str, Floats]
    """Purchases of those who were buying when they answered, long enough ago."""
    gone: frozenset[str] | None
    """Of these, fallen silent since; None where the window of silence does not fit."""
    fit: SilenceWindow

    def rows(self) -> dict[str, pd.Index]:
        """Return the rows of the survey behind each figure."""
        parts = {
            "latest": self.latest.index,
            "named": self.named,
            "followed": self.followed.keys(),
            "gone": self.gone,
        }
        return {
            name: pd.Index(self.latest.loc[sorted(part), "row"])
            for name, part in parts.items()
            if part is not None and len(part)
        }


def deeds(inputs: Inputs, params: Params) -> Deeds | None:
    """Return what those who answered did; None without named customers in both tables.

    A customer has the class of its latest score.  Recommenders are matched by the customer's id,
    else by its name where only one customer has it.  Who has left is told of those who were
    buying when they answered and whose answer is older than the window of silence; a detractor
    of last week has had no time to leave.
    """
    survey, sales = inputs.tables.get("survey"), inputs.tables.get("sales")
    if survey is None or sales is None or not has(survey, "customer_id"):
        return None
    latest = _latest(survey, inputs)
    if latest.empty:
        return None
    named = _recommenders(inputs, sales)
    followed = _followed(latest, purchase_days(sales, inputs), inputs=inputs, params=params)
    fit = held_against(list(followed.values()), params)
    gone = _gone(followed, inputs=inputs, params=params) if fit.fits is not False else None
    return Deeds(
        latest=latest,
        named=None if named is None else frozenset(named & set(latest.index)),
        followed=followed,
        gone=None if gone is None else frozenset(gone),
        fit=fit,
    )


def promise(found: Deeds | None, *, told: Collection[str]) -> Promise | None:
    """Return what promoters and detractors did; None without :func:`deeds` that may be told.

    Parameters
    ----------
    told
        Names of :meth:`Deeds.rows` that may be told; of nobody there is nothing to hide.
    """
    if found is None or "latest" not in told:
        return None
    latest = found.latest
    classes_of = {
        kind: frozenset(latest.index[latest["class"] == kind]) for kind in (PROMOTER, DETRACTOR)
    }

    def count(name: str, part: Collection[str] | None, kind: int) -> int | None:
        if part is None or (part and name not in told):
            return None
        return len(classes_of[kind] & set(part))

    return Promise(
        promoters=len(classes_of[PROMOTER]),
        promoters_named=count("named", found.named, PROMOTER),
        detractors=len(classes_of[DETRACTOR]),
        promoters_followed=count("followed", found.followed, PROMOTER),
        promoters_left=count("gone", found.gone, PROMOTER),
        detractors_followed=count("followed", found.followed, DETRACTOR),
        detractors_left=count("gone", found.gone, DETRACTOR),
        window=found.fit,
    )


def _latest(survey: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """Return class, day and row of each customer's latest score; index: the customer."""
    score, day = numbers(survey, "score"), dates(survey, "date")
    frame = pd.DataFrame(
        {
            "customer": texts(survey, "customer_id"),
            "day": days_of(day),
            "class": classes(score),
            "known": ~pd.isna(score),
            "row": survey.index,
        },
        index=survey.index,
    )
    late = day > pd.Timestamp(inputs.as_of)
    frame = frame.loc[frame["known"] & (frame["customer"] != "") & ~late]
    # Of scores of one day the later row counts; one without a date gives way to any other.
    ordered = frame.sort_values("day", kind="stable", na_position="first")
    return ordered.drop_duplicates("customer", keep="last").set_index("customer")


def _recommenders(inputs: Inputs, sales: pd.DataFrame) -> set[str] | None:
    """Return the customers named as recommenders; None where no cell names a customer."""
    cells = texts(sales, "recommended_by").loc[dates(sales, "date") <= pd.Timestamp(inputs.as_of)]
    known = _names(inputs, sales)
    named = sorted(set(cells) - {""})
    keys = [cell if cell in known else key for cell, key in zip(named, id_keys(named), strict=True)]
    return {known[key] for key in keys if key in known} or None


def _names(inputs: Inputs, sales: pd.DataFrame) -> dict[str, str]:
    """Return customers by id, by the key of its spellings, and by names that only one has."""
    customers = inputs.tables.get("customers")
    ids = {c: c for c in texts(sales, "customer_id") if c}
    names: dict[str, str] = {}
    if customers is not None:
        listed, called = texts(customers, "customer_id"), id_keys(texts(customers, "name").tolist())
        ids |= {c: c for c in listed if c}
        shared = Counter(called)
        names = {n: c for n, c in zip(called, listed, strict=True) if n and shared[n] == 1}
    return names | dict(zip(id_keys(list(ids)), ids, strict=True)) | ids


def _followed(
    latest: pd.DataFrame, bought: dict[str, Floats], *, inputs: Inputs, params: Params
) -> dict[str, Floats]:
    """Return purchases of those who bought when they answered, long enough ago."""
    window, end = window_days(params), last_day(inputs)
    found = {}
    for customer, day in latest["day"].items():
        days = bought.get(str(customer))
        if days is None or pd.isna(day) or end - day <= window:
            continue
        before = days[days <= day]
        if len(before) and day - before[-1] <= window:
            found[str(customer)] = days
    return found


def _gone(followed: dict[str, Floats], *, inputs: Inputs, params: Params) -> set[str]:
    window, end = window_days(params), last_day(inputs)
    return {customer for customer, days in followed.items() if end - days[-1] > window}

"""Rule 1: class A customers that complain, are watched, late or unhappy."""

from collections.abc import Iterator

import pandas as pd

from workbook.diagnostics.claims import Claim, Judged, MoneyKind, judge
from workbook.diagnostics.customer_ledger.ledger_result import ScoreClass
from workbook.diagnostics.customer_ledger.states import State
from workbook.diagnostics.gates import has_history
from workbook.diagnostics.summary.cross_facts import CrossFacts

LOW_MARK = 3
"""Marks of 1-5 up to this are low (the method: loyalty)."""
LATE_TIMES = 2
"""Times its own usual interval (the project's own)."""


def unhappy_a_customers(facts: CrossFacts) -> Iterator[Judged]:
    """Yield the active class A customers with an open complaint, or late by their own rhythm.

    Scores and marks of single customers count only where answers may be told by name.
    """
    if "abc" not in facts.ledger.known:
        return
    rows = facts.ledger.customers.frame
    active = rows.loc[(rows["state"] == State.ACTIVE.value) & (rows["abc"] == "A")]
    signs = _signs(active, by_name=facts.inputs.answers_by_name)
    found = active.loc[signs.any(axis=1)].sort_values("revenue", ascending=False)
    if found.empty:
        return
    money = float(found["revenue"].sum())
    first = found.iloc[0]
    yield judge(
        Claim(
            id="unhappy_a",
            figures={
                "n": len(found),
                "all": len(active),
                "money": money,
                "complaints": int(signs["complaint"].sum()),
                "late": int(signs["late"].sum()),
                "first": str(first["name"]) if pd.notna(first["name"]) else "",
                "first_money": float(first["revenue"]),
            },
            count=len(found),
            population=len(active),
            customers=len(found),
            customer_ids=tuple(found["customer_id"]),
            money=money,
            money_of=float(rows["revenue"].sum()),
            money_kind=MoneyKind.AT_RISK,
            evidence="customers",
            diagnostics=("segmentation_matrix", "loyalty"),
            due_days=14,
        ),
        has_history(len(active), least=1),
    )


def _signs(active: pd.DataFrame, *, by_name: bool) -> pd.DataFrame:
    late = active["silence_days"].astype(float) > LATE_TIMES * active["own_interval"].astype(float)
    low = active["lowest_mark"].astype(float) <= LOW_MARK
    unhappy = active["score_class"].astype("string") == ScoreClass.DETRACTOR.value
    return pd.DataFrame(
        {
            "complaint": active["open_complaint"].astype("boolean").fillna(False).astype(bool),
            "late": late,
            "low": low & by_name,
            "detractor": unhappy.fillna(False).astype(bool) & by_name,
        }
    )
